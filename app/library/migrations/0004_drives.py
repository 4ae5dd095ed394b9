"""Folders know their volume, files of the same content are one photo.

Of photos that were looked at and have the same content, the first stays; the others become its
copies and leave their faces to it. Whom the machine put with a face of a copy alone goes with the
face of the first.
"""

from collections import defaultdict

STATEMENTS = (
    "ALTER TABLE folder ADD COLUMN mount BLOB",
    "UPDATE folder SET mount = path WHERE is_mount",
    "ALTER TABLE folder DROP COLUMN is_mount",
    """CREATE TABLE innermount (
        id INTEGER PRIMARY KEY,
        folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
        path BLOB NOT NULL, mount BLOB NOT NULL, is_away INTEGER NOT NULL,
        UNIQUE (folder_id, path))""",
    """ALTER TABLE photo ADD COLUMN copy_of_id INTEGER
        REFERENCES photo (id) ON DELETE SET NULL""",
    "CREATE INDEX photo_copy_of ON photo (copy_of_id)",
    "CREATE INDEX photo_size ON photo (collection_id, size)",
)
# A stale photo may hold something else by now: the next look tells.
_TWINS = """
SELECT photo.id, first.id FROM photo
JOIN (SELECT collection_id, fingerprint, MIN(id) AS id FROM photo
      WHERE state = 'looked' AND fingerprint <> ''
      GROUP BY collection_id, fingerprint HAVING COUNT(*) > 1) AS first
  ON first.collection_id = photo.collection_id AND first.fingerprint = photo.fingerprint
WHERE photo.state = 'looked' AND NOT photo.is_stale AND photo.id <> first.id
ORDER BY photo.id
"""
_FACES = "SELECT id, x, y, w, h, person_id, placed, is_face FROM face WHERE photo_id = ?"
_COUNT = """
UPDATE person SET
    face_count = (SELECT COUNT(*) FROM face JOIN photo ON photo.id = face.photo_id
        WHERE face.person_id = person.id AND face.is_face AND photo.state = 'looked'),
    photo_count = (SELECT COUNT(DISTINCT face.photo_id) FROM face
        JOIN photo ON photo.id = face.photo_id
        WHERE face.person_id = person.id AND face.is_face AND photo.state = 'looked'),
    cover_id = CASE
        WHEN EXISTS (SELECT 1 FROM face WHERE face.id = cover_id AND face.person_id = person.id)
        THEN cover_id
        ELSE (SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id
            WHERE face.person_id = person.id AND face.is_face AND photo.state = 'looked'
            ORDER BY face.drawn, face.quality DESC, face.id LIMIT 1) END
WHERE id = ?
"""
_SAME_BOX = 0.4


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the columns, and let copies be copies."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
    twins = defaultdict(list)
    for twin, first in db.execute_sql(_TWINS).fetchall():
        twins[first].append(twin)
    people = set()
    for first, others in twins.items():
        for twin in others:
            people |= _collapse(db, first, twin)  # type: ignore[no-untyped-call]
    for person in sorted(people):
        db.execute_sql(_COUNT, (person,))


def _collapse(db, first, twin):  # type: ignore[no-untyped-def]
    """Make a photo the copy of another; gives the people touched."""
    kept = db.execute_sql(_FACES, (first,)).fetchall()
    people = set()
    for face, x, y, w, h, person, placed, is_face in db.execute_sql(_FACES, (twin,)).fetchall():
        people.add(person)
        near = [(_overlap((x, y, w, h), other[1:5]), other) for other in kept]  # type: ignore[no-untyped-call]
        shared, best = max(near, key=lambda entry: entry[0], default=(0.0, None))
        if best is None or shared < _SAME_BOX:
            continue
        db.execute_sql("UPDATE person SET cover_id = ? WHERE cover_id = ?", (best[0], face))
        if best[5] is None and best[6] == "machine" and best[7] and person and is_face:
            db.execute_sql(
                "UPDATE face SET person_id = ?, placed = ?, grouped = 1 WHERE id = ?",
                (person, placed, best[0]),
            )
            kept = db.execute_sql(_FACES, (first,)).fetchall()
    db.execute_sql("DELETE FROM face WHERE photo_id = ?", (twin,))
    db.execute_sql("UPDATE photo SET state = 'copy', copy_of_id = ? WHERE id = ?", (first, twin))
    return people - {None}


def _overlap(a, b):  # type: ignore[no-untyped-def]
    """Intersection over union of two boxes (x, y, w, h)."""
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / (a[2] * a[3] + b[2] * b[3] - across * down)
