"""Indexing: the household's work, where pixels, vectors and rows meet."""
