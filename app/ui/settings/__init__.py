"""Settings: the options of the library in a dialog, from their one declared list."""
