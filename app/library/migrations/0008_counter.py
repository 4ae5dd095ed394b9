"""People may be staff, who are no visitors."""

STATEMENTS = ("ALTER TABLE person ADD COLUMN staff INTEGER NOT NULL DEFAULT 0",)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the column: nobody is staff who was not said to be."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
