"""Widgets that know nothing of the album."""
