"""The Activity page: what Kinfolk did and does."""
