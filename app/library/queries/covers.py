"""Which faces show a person best."""

from __future__ import annotations

from app.library.database import Library
from app.library.queries.shapes import covers_of
from app.library.rows import FaceRow, PhotoState

CLEAR = """(face.quality * face.quality * (0.6 + 0.4 * face.sharpness)
 * (0.4 + 0.6 * MIN(1.0, face.pixels / 200.0))
 * MAX(0.05, COALESCE(face.confidence, 0.5))
 * (1.0 - MIN(60.0, ABS(COALESCE(face.yaw, 0))) / 90.0)
 * (1.0 - MIN(60.0, ABS(COALESCE(face.pitch, 0))) / 120.0))"""
"""How clear a face is, as SQL over `face`: what an index tells of it."""
ALONE = 1.15
"""How much more it is worth where it is alone in its photo."""
HOW_ALONE = f"""
 CASE WHEN (SELECT COUNT(*) FROM face AS other
            WHERE other.photo_id = {{}}.photo_id AND other.is_face) = 1
      THEN {ALONE} ELSE 1.0 END"""
"""That, as SQL over a table of faces."""
WORTH = f"({CLEAR} * {HOW_ALONE.format('face')})"
"""How well a face stands for its person, as SQL over `face`: clear (sunglasses and hands lower the
quality), sharp, large enough for a big circle, surely theirs, looking at us, alone in the photo.
Faces drawn by hand come after all others."""

_BEST = f"""
SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id
WHERE face.person_id = ? AND face.is_face AND photo.state = ?
ORDER BY face.drawn, {WORTH} DESC, face.id LIMIT ?
"""


def best_faces(library: Library, person_id: int, limit: int) -> list[FaceRow]:
    """The faces of a person that would make a good cover, the best first."""
    found = library.sql(_BEST, (person_id, PhotoState.LOOKED.value, limit))
    rows = covers_of(face_id for (face_id,) in found)
    return [rows[face_id] for (face_id,) in found if face_id in rows]
