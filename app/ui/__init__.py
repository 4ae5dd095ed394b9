"""The front door with windows; the only room with Qt."""
