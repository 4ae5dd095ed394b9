"""The user guide: one page per task, in a window of the program."""
