"""Looks of another pack are kept beside the faces that are shown: ahead of a switch to it, and
after one, so that it can be undone."""

STATEMENTS = (
    """CREATE TABLE spare (
        id INTEGER PRIMARY KEY,
        photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        fingerprint TEXT NOT NULL, pack TEXT NOT NULL, pack_version TEXT NOT NULL,
        error TEXT NOT NULL,
        UNIQUE (photo_id, pack, pack_version))""",
    """CREATE TABLE spareface (
        id INTEGER PRIMARY KEY,
        spare_id INTEGER NOT NULL REFERENCES spare (id) ON DELETE CASCADE,
        x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL,
        landmarks BLOB NOT NULL, score REAL NOT NULL, quality REAL NOT NULL,
        sharpness REAL NOT NULL, pixels REAL NOT NULL,
        pitch REAL, yaw REAL, roll REAL, age REAL, gender TEXT, gender_confidence REAL,
        embedding BLOB NOT NULL, pack TEXT NOT NULL, pack_version TEXT NOT NULL,
        drawn INTEGER NOT NULL, mouth TEXT, mouth_confidence REAL, eyes TEXT, eyes_confidence REAL,
        seen TEXT,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        placed TEXT NOT NULL, is_face INTEGER NOT NULL, grouped INTEGER NOT NULL)""",
    "CREATE INDEX spareface_spare ON spareface (spare_id)",
    "CREATE INDEX spareface_person ON spareface (person_id) WHERE person_id IS NOT NULL",
    """CREATE TABLE switch (
        id INTEGER PRIMARY KEY, phase TEXT NOT NULL,
        choice TEXT NOT NULL, pack TEXT NOT NULL, pack_version TEXT NOT NULL,
        choice_before TEXT NOT NULL, pack_before TEXT NOT NULL, version_before TEXT NOT NULL,
        owed TEXT NOT NULL, ungrouped TEXT NOT NULL, begun REAL NOT NULL, until REAL)""",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the tables."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
