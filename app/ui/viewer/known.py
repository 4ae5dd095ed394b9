"""Known: what the library tells of the photo in sight."""

from __future__ import annotations

from typing import NamedTuple, Self

from app.library.rows import FaceRow, PersonRow, PhotoRow
from app.ui.absence import why_absent
from app.ui.album import Album
from app.ui.viewer import facts


class Known(NamedTuple):
    """A photo, the faces in it and whose they are."""

    photo: PhotoRow
    faces: list[FaceRow]
    people: list[PersonRow]
    absent: str
    """Why its file is not at hand; empty when it is."""

    @classmethod
    def read(cls, album: Album, photo_id: int) -> Self:
        """Ask for it; not for the window's thread. Raises KnownError when there is none."""
        photo = album.photo(photo_id)
        faces, people = album.faces_in_photo(photo_id), album.people_in_photo(photo_id)
        return cls(photo, faces, people, why_absent(album, photo))

    @property
    def strangers(self) -> set[int]:
        """The faces that need no name, by the user's word."""
        hidden = {person.id for person in self.people if person.hidden}
        return {face.id for face in self.faces if facts.is_stranger(face, hidden)}

    @property
    def nameless(self) -> list[int]:
        """The faces that have no name, but for those that need none."""
        known = self.strangers
        return [face.id for face in self.faces if not face.person_name and face.id not in known]
