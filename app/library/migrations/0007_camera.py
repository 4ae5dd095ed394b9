"""Cameras: strangers raise alerts, and who is known is seen.

The faces of an alert are named by content, as those of a decision are, so that it outlives every
regrouping and every new look.
"""

STATEMENTS = (
    """CREATE TABLE alert (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        began REAL NOT NULL, ended REAL NOT NULL, raised REAL NOT NULL, times INTEGER NOT NULL,
        is_seen INTEGER NOT NULL,
        like_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
        likeness REAL)""",
    "CREATE INDEX alert_shown ON alert (collection_id, ended)",
    "CREATE INDEX alert_like ON alert (like_id)",
    """CREATE TABLE alertface (
        id INTEGER PRIMARY KEY,
        alert_id INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
        at REAL NOT NULL, quality REAL NOT NULL,
        fingerprint TEXT NOT NULL, x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL,
        h REAL NOT NULL)""",
    "CREATE INDEX alertface_alert ON alertface (alert_id)",
    "CREATE INDEX alertface_fingerprint ON alertface (fingerprint)",
    """CREATE TABLE sighting (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        began REAL NOT NULL, ended REAL NOT NULL, times INTEGER NOT NULL,
        probability REAL NOT NULL, quality REAL NOT NULL,
        fingerprint TEXT NOT NULL, x REAL NOT NULL, y REAL NOT NULL, w REAL NOT NULL,
        h REAL NOT NULL)""",
    "CREATE INDEX sighting_shown ON sighting (collection_id, ended)",
    "CREATE INDEX sighting_person ON sighting (person_id)",
    "CREATE INDEX sighting_fingerprint ON sighting (fingerprint)",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Create the tables."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
