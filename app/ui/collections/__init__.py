"""Collections: which there are, going from one to another, making, renaming, deleting them."""
