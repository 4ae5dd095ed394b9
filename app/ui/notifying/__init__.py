"""Notifying: what is told to somebody who looks elsewhere, on the desktop and in the window."""
