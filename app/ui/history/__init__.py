"""History: everything the user said, and the way back to any point of it."""
