"""Videos, moving parts of photos, places, exposure, and photos that stand together."""

STATEMENTS = (
    "ALTER TABLE photo ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photo ADD COLUMN duration REAL",
    "ALTER TABLE photo ADD COLUMN still_id INTEGER REFERENCES photo (id) ON DELETE SET NULL",
    "ALTER TABLE photo ADD COLUMN motion_at INTEGER",
    "ALTER TABLE photo ADD COLUMN taken_offset INTEGER",
    "ALTER TABLE photo ADD COLUMN latitude REAL",
    "ALTER TABLE photo ADD COLUMN longitude REAL",
    "ALTER TABLE photo ADD COLUMN altitude REAL",
    "ALTER TABLE photo ADD COLUMN lens TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE photo ADD COLUMN exposure_time REAL",
    "ALTER TABLE photo ADD COLUMN f_number REAL",
    "ALTER TABLE photo ADD COLUMN iso INTEGER",
    "ALTER TABLE photo ADD COLUMN focal_length REAL",
    "ALTER TABLE photo ADD COLUMN likeness INTEGER",
    "ALTER TABLE photo ADD COLUMN sharpness REAL",
    "ALTER TABLE photo ADD COLUMN stack_id INTEGER REFERENCES photo (id) ON DELETE SET NULL",
    "ALTER TABLE photo ADD COLUMN stack_word TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX photo_still ON photo (still_id) WHERE still_id IS NOT NULL",
    "CREATE INDEX photo_stack ON photo (stack_id) WHERE stack_id IS NOT NULL",
    "ALTER TABLE person ADD COLUMN video_count INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE face ADD COLUMN seen TEXT",
    "ALTER TABLE photo ADD COLUMN facts INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX photo_facts ON photo (facts)",
    "ALTER TABLE photo ADD COLUMN compared INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX photo_uncompared ON photo (collection_id) WHERE NOT compared",
    "DROP INDEX IF EXISTS photo_shown",
    "CREATE INDEX photo_shown ON photo (collection_id, state, taken, id, stack_id)",
    "CREATE INDEX photo_likeness ON photo (collection_id, likeness) WHERE likeness IS NOT NULL",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the columns; nothing of this is known until photos are looked at again."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
