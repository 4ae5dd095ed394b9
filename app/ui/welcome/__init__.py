"""Welcome: what somebody sees who starts Kinfolk for the first time."""
