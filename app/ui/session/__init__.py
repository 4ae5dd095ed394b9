"""The session: how the window is found again, and how the program ends when the desktop does."""
