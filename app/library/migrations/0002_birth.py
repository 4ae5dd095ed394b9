"""People may have a year of birth."""

STATEMENTS = ("ALTER TABLE person ADD COLUMN birth_year INTEGER",)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the column."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
