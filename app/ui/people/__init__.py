"""The People page: a grid of covers, named in place."""
