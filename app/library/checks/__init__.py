"""Checks of the library file: each finds one kind of damage, and most can mend it."""
