"""Export: photos go out as files of the user's own, never changed, and never over other files."""
