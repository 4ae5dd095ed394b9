"""What people and programs wrote beside the pixels: XMP, in files and in sidecars."""
