"""The listed sequence of changes to the library file, run by database.py in file-name order."""
