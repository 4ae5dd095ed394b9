"""Album: what the window asks of one collection. Every method may be slow: call it from
Background only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.indexing.likeness import Likeness
from app.indexing.suggestions import Suggestion, Suggestions
from app.library.database import Library
from app.library.queries import decisions, faces, folders, people, photos, tasks
from app.library.rows import (
    Counts,
    FaceRow,
    FolderRow,
    Looks,
    PersonRow,
    PhotoItem,
    PhotoRow,
    SkippedFile,
    TaskRow,
)


class Album:
    """The reads of one collection of a library."""

    def __init__(
        self,
        library: Library,
        suggestions: Suggestions,
        likeness: Likeness,
        collection_id: int,
    ) -> None:
        self._library = library
        self._suggestions = suggestions
        self._likeness = likeness
        self._collection = collection_id

    def people(self, sort: str) -> list[PersonRow]:
        """Everyone who is not hidden: named, groups, small groups."""
        return people.list_people(self._library, self._collection, sort=sort)

    def hidden(self) -> list[PersonRow]:
        """The people kept out of sight."""
        return people.hidden_people(self._library, self._collection)

    def person(self, person_id: int) -> PersonRow:
        """One person."""
        return people.person(self._library, person_id)

    def companions(self, person_id: int) -> list[tuple[PersonRow, int]]:
        """Who is most often in the same photos."""
        return people.companions(self._library, person_id, limit=12)

    def looks(self, person_id: int) -> Looks:
        """How old and of which gender the faces of a person look."""
        return faces.looks(self._library, person_id)

    def people_in_photo(self, photo_id: int) -> list[PersonRow]:
        """Who is in a photo, from left to right."""
        return people.people_in_photo(self._library, photo_id)

    def timeline(self) -> list[PhotoItem]:
        """Every photo, newest first."""
        return photos.timeline(self._library, self._collection)

    def photos_of(self, person_ids: Sequence[int]) -> list[PhotoItem]:
        """The photos that show all of these people."""
        return photos.photos_of(self._library, person_ids)

    def photo(self, photo_id: int) -> PhotoRow:
        """One photo with everything known of it."""
        return photos.photo(self._library, photo_id)

    def faces_in_photo(self, photo_id: int) -> list[FaceRow]:
        """The faces of a photo, from left to right."""
        return faces.faces_in_photo(self._library, photo_id)

    def faces_of(self, person_id: int) -> list[FaceRow]:
        """The faces of a person, newest first."""
        return faces.faces_of(self._library, person_id)

    def faces_by_id(self, ids: Sequence[int]) -> list[FaceRow]:
        """These faces, in the order asked for, without those that are not shown any more."""
        return faces.faces_by_id(self._library, ids)

    def faces_by_likeness(self, person_id: int) -> tuple[list[FaceRow], list[FaceRow]]:
        """The faces of a person that look like somebody else, most alike beside each other, and
        the others, the least like the person first."""
        return self._likeness.of_person(person_id)

    def unnamed_faces(self, check: Callable[[], None]) -> tuple[list[FaceRow], list[FaceRow]]:
        """The faces without a name: clear ones, and those that are hard to recognise; alike ones
        together. `check` may raise to stop."""
        return self._likeness.unnamed(self._collection, check)

    def questions(self) -> list[Suggestion]:
        """What the machine would like to know, but for what the user skipped."""
        skipped = decisions.skipped_questions(self._library, self._collection)
        asked = self._suggestions.ask(self._collection)
        return [one for one in asked if one.id not in skipped]

    def folders(self) -> list[FolderRow]:
        """The folders of the collection."""
        return folders.folders(self._library, self._collection)

    def counts(self) -> Counts:
        """The numbers beside the sidebar's entries."""
        return photos.counts(self._library, self._collection)

    def skipped(self) -> list[SkippedFile]:
        """The files that could not be looked at, and why."""
        return photos.skipped_photos(self._library, self._collection)

    def tasks(self) -> list[TaskRow]:
        """What was done in the last days, newest first."""
        return tasks.tasks(self._library, self._collection)
