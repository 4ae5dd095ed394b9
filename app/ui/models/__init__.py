"""Models: the packs there are to look at photos with, fetched, measured and chosen."""
