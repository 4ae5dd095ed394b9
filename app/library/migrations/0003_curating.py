"""Faces may be drawn by hand, people know when they were seen last, questions may be skipped.

Faces are fat rows, so what is asked of many at once stands in the indexes: where they are in a
photo, and all that a person's card is made of. A photo is found by its content within its own
collection.
"""

STATEMENTS = (
    "ALTER TABLE face ADD COLUMN drawn INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE person ADD COLUMN last_seen REAL",
    """UPDATE person SET last_seen = (
        SELECT MAX(photo.taken) FROM face JOIN photo ON photo.id = face.photo_id
        WHERE face.person_id = person.id AND face.is_face AND photo.state = 'looked')""",
    "DROP INDEX photo_fingerprint",
    "CREATE INDEX photo_fingerprint ON photo (fingerprint, collection_id)",
    "DROP INDEX face_photo",
    "CREATE INDEX face_photo ON face (photo_id, x, y, w, h)",
    "DROP INDEX face_person",
    """CREATE INDEX face_person ON face (
        person_id, photo_id, is_face, placed, drawn, quality, pixels, pitch, yaw, roll, age,
        gender, gender_confidence, confidence, sharpness)""",
    """CREATE TABLE skippedquestion (
        id INTEGER PRIMARY KEY,
        collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        key TEXT NOT NULL, at REAL NOT NULL,
        UNIQUE (collection_id, key))""",
)


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the columns and the table; of the people there are, say when they were seen last."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
