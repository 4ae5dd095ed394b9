"""Pages of photos by month."""
