"""The tour: a few bubbles beside the real parts of the window, for whoever asks for it."""
