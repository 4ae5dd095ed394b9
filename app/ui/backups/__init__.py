"""Backups of the library: made, listed, and brought back."""
