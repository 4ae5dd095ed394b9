"""Album: what the window asks of one collection. Every method may be slow: call it from
Background only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.library import commands, queries
from app.library.database import Library
from app.library.rows import TaskState, TaskType
from app.paths import Paths
from app.progress import Steps

if TYPE_CHECKING:
    from datetime import date, timedelta

    from app.indexing.export.exporter import Weight
    from app.indexing.export.order import Order
    from app.indexing.likeness import Likeness
    from app.indexing.name_import import Prospect
    from app.indexing.sidecars import Scope, Tally
    from app.indexing.suggestions import Explanation, Suggestion, Suggestions
    from app.indexing.turnstile import Came, Turnstile
    from app.library.queries.alerts import AlertRow, SightingRow
    from app.library.queries.erasing import FaceData
    from app.library.queries.exports import PhotoFiles
    from app.library.queries.items import PhotoItems
    from app.library.queries.search import Directory, Month
    from app.library.queries.visits import By, Visitors
    from app.library.rows import (
        BackupRow,
        Counts,
        DecisionRow,
        FaceRow,
        FolderRow,
        Looks,
        PersonRow,
        PhotoItem,
        PhotoRow,
        PhotoSearch,
        SkippedFile,
        TaskRow,
    )
    from app.progress import Steps

_AT_ONCE = 2000
"""Photos: more than a window shows, and read in a few hundredths of a second."""


class Album:
    """The reads of one collection of a library."""

    def __init__(
        self,
        library: Library,
        suggestions: Suggestions,
        likeness: Likeness,
        collection_id: int,
        turnstile: Turnstile,
    ) -> None:
        self._library = library
        self._suggestions = suggestions
        self._likeness = likeness
        self._collection = collection_id
        self._turnstile = turnstile

    @property
    def collection_id(self) -> int:
        """Of which collection."""
        return self._collection

    def people(self, sort: str) -> list[PersonRow]:
        """Everyone who is not hidden: named, groups, small groups."""
        return queries.people.list_people(self._library, self._collection, sort=sort)

    def first_people(self, sort: str, limit: int) -> tuple[list[PersonRow], dict[str, int]]:
        """The first people of an order, and how many there are of each kind and hidden."""
        return queries.people.first_people(self._library, self._collection, sort, limit)

    def came(
        self, window: timedelta, since: date | None, until: date | None, check: Callable[[], None]
    ) -> Came:
        """Who came from one day to another. `check` may raise to stop."""
        return self._turnstile.came(self._collection, window, since, until, check=check)

    def visitors(
        self, came: Came, by: By, since: date | None, until: date | None
    ) -> tuple[list[Visitors], Visitors | None]:
        """How many that were, by hours or days, and in all."""
        return queries.visit_totals.numbers(
            self._library, self._collection, came.visits, came.unclear, by, since, until
        )

    def hidden(self) -> list[PersonRow]:
        """The people kept out of sight."""
        return queries.people.hidden_people(self._library, self._collection)

    def everyone(self) -> list[PersonRow]:
        """Everyone, hidden or not."""
        return queries.people.list_people(self._library, self._collection, include_hidden=True)

    def named(self) -> list[PersonRow]:
        """Everyone who has a name, hidden or not."""
        return queries.people.named_people(self._library, self._collection)

    def people_now(self, person_ids: Iterable[int]) -> dict[int, PersonRow | None]:
        """Whom these ids stand for today; None for nobody."""
        return queries.people.people_now(self._library, person_ids)

    def faces_for_cover(self, person_id: int) -> list[FaceRow]:
        """The faces that show a person best."""
        return queries.covers.best_faces(self._library, person_id, limit=24)

    def person(self, person_id: int) -> PersonRow:
        """One person."""
        return queries.people.person(self._library, person_id)

    def companions(self, person_id: int) -> list[tuple[PersonRow, int]]:
        """Who is most often in the same photos."""
        return queries.people.companions(self._library, person_id, limit=12)

    def looks(self, person_id: int) -> Looks:
        """How old and of which gender the faces of a person look."""
        return queries.faces.looks(self._library, person_id)

    def people_in_photo(self, photo_id: int) -> list[PersonRow]:
        """Who is in a photo, from left to right."""
        return queries.people.people_in_photo(self._library, photo_id)

    def timeline(self) -> Sequence[PhotoItem]:
        """Every photo, newest first, of a stack the best; of those far down the details are read by
        `fill_in`."""
        return queries.photos.timeline(self._library, self._collection, _AT_ONCE, is_folded=True)

    def fill_in(self, items: PhotoItems, place: int) -> None:
        """Read details of the timeline that are lacking, some thousands from a place on."""
        queries.photos.fill_in(self._library, items, place, _AT_ONCE)

    def timeline_now(self, photo_ids: Iterable[int]) -> PhotoItems:
        """Those of these photos that the timeline shows now; with all that stand with them."""
        return queries.photos.timeline_now(
            self._library, self._collection, photo_ids, is_folded=True
        )

    def files_of(self, photo_ids: Sequence[int]) -> list[PhotoFiles]:
        """The files of these photos, in the order asked for."""
        from app.library.queries.exports import photo_files

        return photo_files(self._library, photo_ids)

    def with_mates(self, photo_ids: Iterable[int]) -> frozenset[int]:
        """These photos, and those that stand in a stack with one of them."""
        return queries.stacks.with_mates(self._library, photo_ids)

    def stack_of(self, photo_id: int) -> list[PhotoItem]:
        """The photos of the stack that a photo stands in, the one on top first."""
        return queries.stacks.stacked_items(self._library, photo_id)

    def photos_of(self, person_ids: Sequence[int]) -> PhotoItems:
        """The photos that show all of these people."""
        return queries.photos.photos_of(self._library, person_ids, is_folded=True)

    def found(self, wanted: PhotoSearch) -> PhotoItems:
        """The photos that a search finds, newest first."""
        return queries.search.search_photos(self._library, self._collection, wanted, is_folded=True)

    def every_found(self, wanted: PhotoSearch) -> list[int]:
        """The ids of all photos that a search finds, also of those that stand under another."""
        found = queries.search.search_photos(self._library, self._collection, wanted)
        return list(found.ids)

    def found_count(self, wanted: PhotoSearch) -> int:
        """How many photos a search finds."""
        return queries.search.count_photos(self._library, self._collection, wanted)

    def settled(self, wanted: PhotoSearch) -> PhotoSearch:
        """The search by the people whom merges have left."""
        return queries.search.settled(self._library, wanted)

    def months(self) -> list[Month]:
        """The months in which photos were taken, newest first."""
        return queries.search.months(self._library, self._collection)

    def directories(self) -> list[Directory]:
        """The directories that hold photos, by path."""
        return queries.search.directories(self._library, self._collection)

    def photo(self, photo_id: int) -> PhotoRow:
        """One photo with everything known of it."""
        return queries.photos.photo(self._library, photo_id)

    def faces_in_photo(self, photo_id: int) -> list[FaceRow]:
        """The faces of a photo, from left to right."""
        return queries.faces.faces_in_photo(self._library, photo_id)

    def faces_of(self, person_id: int) -> list[FaceRow]:
        """The faces of a person, newest first."""
        return queries.faces.faces_of(self._library, person_id)

    def faces_by_id(self, ids: Sequence[int]) -> list[FaceRow]:
        """These faces, in the order asked for, without those that are not shown any more."""
        return queries.faces.faces_by_id(self._library, ids)

    def faces_by_likeness(self, person_id: int) -> tuple[list[FaceRow], list[FaceRow]]:
        """The faces of a person that look like somebody else, most alike beside each other, and
        the others, the least like the person first."""
        return self._likeness.of_person(person_id)

    def first_unnamed(self, limit: int) -> list[FaceRow]:
        """So many faces of the largest groups without a name, at once."""
        return queries.faces.first_unnamed(self._library, self._collection, limit)

    def unnamed_faces(self, check: Callable[[], None]) -> tuple[list[FaceRow], list[FaceRow]]:
        """The faces without a name: clear ones, and those that are hard to recognise; alike ones
        together. `check` may raise to stop."""
        return self._likeness.unnamed(self._collection, check)

    def face_count(self) -> int:
        """How many faces there are to ask about."""
        return queries.faces.face_count(self._library, self._collection)

    def questions(
        self, check: Callable[[], None] = lambda: None
    ) -> tuple[list[Suggestion], list[Suggestion]]:
        """What the machine would like to know, and what of it the user skipped; nothing about
        people kept out of sight. `check` may raise to stop."""
        found = self._suggestions.ask(self._collection, check)
        asked = [one for one in found if not (one.other.hidden or (one.person or one.other).hidden)]
        skipped = queries.decisions.skipped_questions(self._library, self._collection)
        passed = [one for one in asked if one.id in skipped]
        return [one for one in asked if one.id not in skipped], passed

    def moot(self, asked: Sequence[Suggestion]) -> frozenset[str]:
        """The ids of those questions whose faces went elsewhere, or whose people are gone."""
        faces = sorted({face for one in asked for face in one.face_ids})
        now = queries.questions.whose(self._library, faces)
        people = {row.id for one in asked for row in (one.person, one.other) if row is not None}
        present = queries.questions.present_people(self._library, sorted(people))

        def holds(one: Suggestion) -> bool:
            was = None if one.person is None else one.person.id
            is_where_it_was = all(now.get(face, -1) == was for face in one.face_ids)
            return is_where_it_was and one.other.id in present and was in {None, *present}

        return frozenset(one.id for one in asked if not holds(one))

    def standing_words(self, since: int) -> list[int]:
        """The numbers of the user's words that stand, from `since` on."""
        return queries.questions.standing_words(self._library, self._collection, since)

    def clear_faces(self, person_id: int, limit: int) -> list[FaceRow]:
        """The faces by which a person is known best."""
        return queries.questions.clear_faces(self._library, person_id, limit)

    def people_by_id(self, ids: Sequence[int]) -> dict[int, PersonRow]:
        """These people by id, without those who are not there any more."""
        return {row.id: row for row in queries.people.people_by_id(ids)}

    def photos_by_id(self, ids: Sequence[int]) -> dict[int, PhotoRow]:
        """These photos by id."""
        return {row.id: row for row in queries.photos.photos_by_id(self._library, ids)}

    def history(self) -> tuple[list[DecisionRow], frozenset[int]]:
        """Everything the user said, newest first, and the ids of what redo would say again."""
        said = queries.decisions.history(self._library, self._collection)
        return said, queries.decisions.redoable(self._library, self._collection)

    def last_words(self) -> tuple[str, str]:
        """What undo would take back and what redo would say again; empty for nothing."""
        before = queries.decisions.can_undo(self._library, self._collection)
        after = queries.decisions.can_redo(self._library, self._collection)
        return before or "", after or ""

    def explain(self, face_id: int) -> Explanation:
        """Why a face is with its person, or whose it could be."""
        return self._suggestions.explain(self._collection, face_id)

    def folders(self) -> list[FolderRow]:
        """The folders of the collection."""
        return queries.folders.folders(self._library, self._collection)

    def counts(self) -> Counts:
        """The numbers beside the sidebar's entries."""
        return queries.photos.counts(self._library, self._collection)

    def foresee_names(
        self, people: Sequence[int], search: PhotoSearch | None, overwrite: bool, steps: Steps
    ) -> tuple[Scope, Tally]:
        """What writing names into sidecars would do: the names of these people, or everyone's
        beside the photos that a search finds, or beside all. `steps` tells how far it is, and ends
        it early."""
        from app.indexing.sidecars import Scope, foresee_names

        def tell(done: int, total: int) -> None:
            steps.done, steps.total = done, total

        if people:
            scope = Scope.of_people(self._library, self._collection, people)
        elif search is not None:
            scope = Scope(self._collection, tuple(self.every_found(search)))
        else:
            scope = Scope(self._collection)
        check = steps.token.check_cancelled
        return scope, foresee_names(self._library, scope, overwrite, check, tell)

    def foreign_names(
        self, steps: Steps, contacts: Path | None = None
    ) -> tuple[Prospect, dict[int, FaceRow]]:
        """What other programs wrote of the people in these photos, what taking it in would do, and
        the faces by which that is shown. `steps` tells how far it is, and ends it early."""
        from app.indexing.name_import import look, to_be_shown

        def tell(done: int, total: int) -> None:
            steps.done, steps.total = done, total
            steps.token.check_cancelled()

        prospect = look(self._library, self._collection, tell, contacts=contacts)
        shown = self.faces_by_id(to_be_shown(prospect.plan))
        return prospect, {face.id: face for face in shown}

    def are_names_waiting(self) -> bool:
        """Whether another program left names beside the photos, and none were ever taken in."""
        from app.indexing.name_import import are_names_waiting

        return are_names_waiting(self._library, self._collection)

    def skipped(self) -> list[SkippedFile]:
        """The files that could not be looked at, and why."""
        return queries.photos.skipped_photos(self._library, self._collection)

    def shown_in_part(self) -> list[SkippedFile]:
        """The files that are shown, but not in full, and what is not shown of them."""
        return queries.photos.noted_photos(self._library, self._collection)

    def in_cloud(self) -> list[Path]:
        """The files that are in the cloud only, and were never looked at."""
        return queries.photos.cloud_photos(self._library, self._collection)

    def backups(self) -> list[BackupRow]:
        """The backups of the library, newest first."""
        return commands.backups.list_backups(Paths.under(self._library.path.parent).backups)

    def weigh_export(self, order: Order, check: Callable[[], None]) -> Weight:
        """What an export would take, without writing anything; `check` may raise to stop."""
        from app.indexing.export.exporter import weigh

        return weigh(self._library, order, check)

    def verified_backup(self, path: Path) -> BackupRow:
        """A backup, read from its first to its last byte to see whether it can be restored."""
        return commands.backups.verify_backup(path)

    def face_data(self) -> FaceData:
        """How much there is that erasing all face data would take away."""
        return queries.erasing.face_data(self._library, self._collection)

    def was_interrupted(self) -> bool:
        """Whether the last looking at photos that ended was interrupted, and some are left."""
        kinds = [TaskType.INDEX.value]
        found = queries.tasks.tasks(self._library, self._collection, kinds)
        looks = [row for row in found if row.finished]
        if not looks or looks[0].state is not TaskState.INTERRUPTED:
            return False
        return bool(queries.folders.waiting_folders(self._library, self._collection))

    def activity(self, limit: int) -> list[TaskRow]:
        """What was done in the last days and goes on, newest first, at most so much; the files
        that were skipped are only counted."""
        return queries.tasks.latest_tasks(self._library, self._collection, limit)

    def skipped_by(self, task_id: str) -> list[SkippedFile]:
        """The files that a task passed over, and why."""
        return list(queries.tasks.task(self._library, task_id).skipped)

    def alerts(self, limit: int) -> list[AlertRow]:
        """The newest alerts of strangers."""
        return queries.alerts.alerts(self._library, self._collection, limit=limit)

    def unseen_alerts(self) -> int:
        """How many alerts were not read yet."""
        return queries.alerts.unseen_alerts(self._library, self._collection)

    def sightings(self, limit: int) -> list[SightingRow]:
        """Who was seen last of those who are known."""
        return queries.alerts.sightings(self._library, self._collection, limit=limit)

    def known_to_camera(self) -> list[PersonRow]:
        """Who has a name in a collection whose people the camera knows; one person of each name."""
        found: dict[str, PersonRow] = {}
        for number in queries.cameras.recognised(self._library, self._collection):
            for row in queries.people.named_people(self._library, number):
                found.setdefault(row.name.casefold(), row)
        return list(found.values())
