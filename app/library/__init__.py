"""The library: memory. The only room with Peewee; it answers in rows and takes commands."""
