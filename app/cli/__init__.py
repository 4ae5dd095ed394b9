"""The command line: the same library without a window."""
