"""Activity: what Kinfolk does, and what it did in the last seven days."""
