"""Exporting: what is asked before photos go out as files, and what is said when they have."""
