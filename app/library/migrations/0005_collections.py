"""A collection is of a kind, may have settings of its own, and is kept for a while when deleted."""

STATEMENTS = (
    "ALTER TABLE collection ADD COLUMN kind TEXT NOT NULL DEFAULT 'album'",
    "ALTER TABLE collection ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE collection ADD COLUMN deleted REAL",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the columns: what there is are albums, with the settings of the library."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
