"""Foreign: names that other programs wrote about photos, read from their files."""
