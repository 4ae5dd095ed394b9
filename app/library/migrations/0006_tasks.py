"""Tasks know when they began, whether the user asked for them, and whether somebody wants them to
end. They are listed newest first, page by page."""

STATEMENTS = (
    "ALTER TABLE task ADD COLUMN started REAL",
    "ALTER TABLE task ADD COLUMN is_asked INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE task ADD COLUMN is_cancel_wanted INTEGER NOT NULL DEFAULT 0",
    "UPDATE task SET started = created",
    "CREATE INDEX task_created ON task (created, id)",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the columns; until now a task began when it was asked for."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
