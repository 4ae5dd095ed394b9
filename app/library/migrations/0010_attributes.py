"""Of a face it is told whether mouth and eyes are open."""

STATEMENTS = (
    "ALTER TABLE face ADD COLUMN mouth TEXT",
    "ALTER TABLE face ADD COLUMN mouth_confidence REAL",
    "ALTER TABLE face ADD COLUMN eyes TEXT",
    "ALTER TABLE face ADD COLUMN eyes_confidence REAL",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the columns; nothing is known of the faces there are until they are looked at again."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
