"""Importing: the dialog by which names of other programs come in."""
