"""One photo, large."""
