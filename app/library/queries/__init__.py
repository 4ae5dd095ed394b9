"""Reads: each answers in rows, from any thread, and changes nothing."""
