"""Strangers are kept for a while: when a photo was found, where nobody is learnt again, and how
many came whose faces are erased."""

STATEMENTS = (
    "ALTER TABLE photo ADD COLUMN found REAL",
    # Until now only the moment was kept at which a scan saw the file first.
    "UPDATE photo SET found = added WHERE fingerprint <> ''",
    """CREATE TABLE expired (
        id INTEGER PRIMARY KEY,
        photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        fingerprint TEXT NOT NULL,
        x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL,
        at REAL NOT NULL, has_crop INTEGER NOT NULL)""",
    "CREATE INDEX expired_photo ON expired (photo_id)",
    "CREATE INDEX expired_at ON expired (at)",
    "CREATE INDEX expired_crop ON expired (id) WHERE has_crop",
    """CREATE TABLE visittotal (
        id INTEGER PRIMARY KEY,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        span TEXT NOT NULL, begin REAL NOT NULL,
        people INTEGER NOT NULL, new INTEGER NOT NULL, visits INTEGER NOT NULL,
        UNIQUE (collection_id, span, begin))""",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the column and the tables."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
