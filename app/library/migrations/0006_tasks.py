"""Tasks know when they began, and are listed newest first."""

STATEMENTS = (
    "ALTER TABLE task ADD COLUMN started REAL",
    "UPDATE task SET started = created",
    "CREATE INDEX task_created ON task (created, id)",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the column; until now a task began when it was asked for."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
