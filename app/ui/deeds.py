"""Deeds: everything the user can do to the album, run in the background and told when done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.indexing.forgetting import forget_person
from app.indexing.suggestions import Reply, Suggestion, Suggestions
from app.library.commands import faces, people, questions, undo
from app.library.database import Library
from app.media.thumbnails import ThumbnailCache
from app.ui.background import Background


class Worker(Protocol):
    """What the window asks of the indexer."""

    def index(self, collection_id: int, paths: Sequence[Path]) -> str: ...
    def rescan(self, folder_id: int) -> object: ...
    def retry_skipped(self, collection_id: int) -> object: ...
    def spoken(self, collection_id: int) -> object: ...
    def cancel(self, task_id: str) -> object: ...
    def remove_folder(self, folder_id: int) -> Changes: ...
    def pause(self) -> object: ...
    def resume(self) -> object: ...
    @property
    def is_paused(self) -> bool: ...


class Deeds(QObject):
    """Gives commands and says what came of them."""

    changed = Signal(Changes)
    said = Signal(str, bool)
    """A sentence for the user, and whether Undo would take it back."""
    refused = Signal(str)
    """Why something could not be done."""

    def __init__(
        self,
        library: Library,
        worker: Worker,
        suggestions: Suggestions,
        background: Background,
        thumbnails: ThumbnailCache,
        collection_id: int,
    ) -> None:
        super().__init__()
        self._library = library
        self._thumbnails = thumbnails
        self._worker = worker
        self._suggestions = suggestions
        self._background = background
        self._collection = collection_id

    def name(self, person_id: int, name: str) -> None:
        """Name a person; a name that somebody has makes the two one person."""
        self._do(partial(people.name_person, self._library, person_id, name, merge=True))

    def merge(self, keep_id: int, other_ids: Sequence[int]) -> None:
        """Make several people one."""
        self._do(partial(people.merge_people, self._library, keep_id, tuple(other_ids)))

    def say_different(self, person_id: int, other_id: int) -> None:
        """Say that two people are not the same."""
        self._do(partial(people.say_different, self._library, person_id, other_id))

    def set_birth_year(self, person_id: int, year: int | None) -> None:
        """Say in which year a person was born; None takes it back."""
        self._do(partial(people.set_birth_year, self._library, person_id, year))

    def forget(self, person_id: int) -> None:
        """Erase a person, and do not learn them again."""
        work = partial(forget_person, self._library, self._thumbnails, person_id)
        self._do(work, undoable=False)  # what is erased does not come back

    def hide(self, person_id: int) -> None:
        """Keep a person out of sight."""
        self._do(partial(people.hide_person, self._library, person_id))

    def show(self, person_id: int) -> None:
        """Bring a hidden person back."""
        self._do(partial(people.show_person, self._library, person_id))

    def choose_cover(self, person_id: int, face_id: int) -> None:
        """Let a face stand for its person."""
        self._do(partial(people.choose_cover, self._library, person_id, face_id))

    def reject(self, person_id: int, face_ids: Sequence[int]) -> None:
        """Say that faces are not this person."""
        self._do(partial(faces.reject_faces, self._library, person_id, tuple(face_ids)))

    def confirm(self, person_id: int, face_ids: Sequence[int]) -> None:
        """Say that faces are this person."""
        self._do(partial(faces.confirm_faces, self._library, person_id, tuple(face_ids)))

    def split(self, person_id: int, face_ids: Sequence[int], name: str = "") -> None:
        """Let faces leave a person for a new one."""
        self._do(partial(faces.split_faces, self._library, person_id, tuple(face_ids), name))

    def move(self, face_ids: Sequence[int], to: int | str) -> None:
        """Say who faces are, by id or by name."""
        self._do(partial(faces.move_faces, self._library, tuple(face_ids), to))

    def mark_not_a_face(self, face_ids: Sequence[int]) -> None:
        """Say that something is not a face."""
        self._do(partial(faces.mark_not_a_face, self._library, tuple(face_ids)))

    def say_strangers(self, face_ids: Sequence[int]) -> None:
        """Say that faces are nobody the user knows."""
        self._do(partial(faces.say_strangers, self._library, tuple(face_ids)))

    def draw_face(
        self, photo_id: int, box: tuple[float, float, float, float], name: str = ""
    ) -> None:
        """Frame a face that was not found; `box` is x, y, width, height, 0..1."""
        self._do(partial(faces.draw_face, self._library, photo_id, box, name))

    def answer(self, asked: Suggestion, reply: Reply) -> None:
        """Answer a question."""
        self._do(partial(self._suggestions.carry_out, asked, reply))

    def skip_question(self, suggestion_id: str) -> None:
        """Do not ask this again."""
        self._order(
            partial(questions.skip_question, self._library, self._collection, suggestion_id)
        )

    def unskip_question(self, suggestion_id: str = "") -> None:
        """Ask it again, or all that was skipped."""
        self._order(
            partial(questions.unskip_question, self._library, self._collection, suggestion_id)
        )

    def undo(self) -> None:
        """Take back what was said last."""
        self._do(partial(undo.undo, self._library, self._collection), undoable=False)

    def redo(self) -> None:
        """Say again what was taken back."""
        self._do(partial(undo.redo, self._library, self._collection))

    def remove_folder(self, folder_id: int) -> None:
        """Forget a folder; its files stay."""
        self._do(partial(self._worker.remove_folder, folder_id), undoable=False)

    def add(self, paths: Sequence[Path]) -> None:
        """Take folders and files into the album."""
        self._order(partial(self._worker.index, self._collection, tuple(paths)))

    def rescan(self, folder_id: int) -> None:
        """Look for what is new in a folder."""
        self._order(partial(self._worker.rescan, folder_id))

    def retry_skipped(self) -> None:
        """Try the skipped files again."""
        self._order(partial(self._worker.retry_skipped, self._collection))

    def cancel(self, task_id: str) -> None:
        """End a task early."""
        self._order(partial(self._worker.cancel, task_id))

    def set_paused(self, is_paused: bool) -> None:
        """Hold the work still, or let it go on."""
        self._order(self._worker.pause if is_paused else self._worker.resume)

    def _do(self, work: Callable[[], Changes], undoable: bool = True) -> None:
        told = self._tell if undoable else self._tell_only
        self._background.command(self, work, told, self.refused.emit)

    def _order(self, work: Callable[[], object]) -> None:
        self._background.command(self, work, None, self.refused.emit)

    def _tell(self, changes: Changes, undoable: bool = True) -> None:
        self.changed.emit(changes)
        if changes.people or changes.photos or changes.faces:
            # It looks for what waits, in all photos.
            self._background.read(self, partial(self._worker.spoken, self._collection), _hear)
        if changes.said:
            self.said.emit(changes.said, undoable)

    def _tell_only(self, changes: Changes) -> None:
        self._tell(changes, undoable=False)


def _hear(_: object) -> None:
    """Nothing follows from it here."""
