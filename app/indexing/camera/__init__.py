"""Camera: who is seen in the photos that a camera drops into a folder, at once."""
