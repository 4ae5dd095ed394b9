"""Names go out into sidecars."""
