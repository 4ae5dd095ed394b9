"""Pixels into faces: find, align, embed and describe. Pure: no database, no window."""
