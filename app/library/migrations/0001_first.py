"""The first library: collections, folders, photos, people, faces, decisions, tasks.

The tables are written out here, apart from the models, so that a later change of the models
cannot change what this step does.
"""

STATEMENTS = (
    """CREATE TABLE collection (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created REAL NOT NULL)""",
    """CREATE TABLE folder (
        id INTEGER PRIMARY KEY,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        path BLOB NOT NULL, state TEXT NOT NULL, is_mount INTEGER NOT NULL,
        UNIQUE (collection_id, path))""",
    """CREATE TABLE photo (
        id INTEGER PRIMARY KEY,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        folder_id INTEGER REFERENCES folder (id) ON DELETE SET NULL,
        path BLOB NOT NULL, state TEXT NOT NULL, is_stale INTEGER NOT NULL,
        error TEXT NOT NULL,
        size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, fingerprint TEXT NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, orientation INTEGER NOT NULL,
        content_type TEXT NOT NULL, taken REAL, taken_from TEXT NOT NULL, camera TEXT NOT NULL,
        colour INTEGER NOT NULL, pack TEXT NOT NULL, pack_version TEXT NOT NULL,
        added REAL NOT NULL, gone REAL,
        UNIQUE (collection_id, path))""",
    "CREATE INDEX photo_fingerprint ON photo (fingerprint)",
    "CREATE INDEX photo_folder ON photo (folder_id)",
    "CREATE INDEX photo_shown ON photo (collection_id, state, taken)",
    """CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        key TEXT NOT NULL UNIQUE, name TEXT NOT NULL COLLATE NOCASE, kind TEXT NOT NULL,
        hidden INTEGER NOT NULL,
        merged_into_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        face_count INTEGER NOT NULL, photo_count INTEGER NOT NULL,
        cover_id INTEGER, cover_chosen INTEGER NOT NULL,
        gender TEXT, average_age REAL, min_age REAL, max_age REAL,
        created REAL NOT NULL, updated REAL NOT NULL)""",
    "CREATE INDEX person_name ON person (collection_id, name)",
    "CREATE INDEX person_merged ON person (merged_into_id)",
    """CREATE TABLE face (
        id INTEGER PRIMARY KEY,
        photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
        x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL, h REAL NOT NULL,
        landmarks BLOB NOT NULL, score REAL NOT NULL, quality REAL NOT NULL,
        sharpness REAL NOT NULL, pixels REAL NOT NULL,
        pitch REAL, yaw REAL, roll REAL, age REAL, gender TEXT, gender_confidence REAL,
        embedding BLOB NOT NULL, pack TEXT NOT NULL, pack_version TEXT NOT NULL,
        person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        confidence REAL, placed TEXT NOT NULL, is_face INTEGER NOT NULL,
        grouped INTEGER NOT NULL)""",
    "CREATE INDEX face_photo ON face (photo_id)",
    "CREATE INDEX face_person ON face (person_id, photo_id)",
    """CREATE TABLE decision (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        at REAL NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL, said TEXT NOT NULL,
        target_id INTEGER REFERENCES decision (id), undone INTEGER NOT NULL)""",
    """CREATE TABLE decisionface (
        id INTEGER PRIMARY KEY,
        decision_id INTEGER NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
        fingerprint TEXT NOT NULL, x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL,
        h REAL NOT NULL, before TEXT NOT NULL)""",
    "CREATE INDEX decisionface_decision ON decisionface (decision_id)",
    "CREATE INDEX decisionface_fingerprint ON decisionface (fingerprint)",
    """CREATE TABLE task (
        id TEXT PRIMARY KEY,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        type TEXT NOT NULL, state TEXT NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL,
        created REAL NOT NULL, finished REAL, error TEXT NOT NULL, result TEXT NOT NULL)""",
    """CREATE TABLE taskskip (
        id INTEGER PRIMARY KEY, task_id TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
        path BLOB NOT NULL, error TEXT NOT NULL)""",
    "CREATE INDEX taskskip_task ON taskskip (task_id)",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Create the tables."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
