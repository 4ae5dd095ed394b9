"""Writes: each command is one transaction and tells what it touched."""
