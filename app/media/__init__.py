"""The media room: files into pixels. It never changes a file and knows nothing of faces."""
