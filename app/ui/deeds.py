"""Deeds: everything the user can do to the album, run in the background and told when done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.indexing.later import is_made
from app.library import commands, queries
from app.library.database import Library
from app.progress import Steps
from app.ui import words
from app.ui.background import Background
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.indexing.grouper import Waiting
    from app.indexing.suggestions import Reply, Suggestion, Suggestions
    from app.library.rows import BackupRow, FolderRow
    from app.media.thumbnails import ThumbnailCache
    from app.ui.worker import Worker

tr = Texts("deeds")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a message offers to do besides being read."""

    text: str
    work: Callable[[], object]


class Deeds(QObject):
    """Gives commands and says what came of them."""

    given = Signal()
    """A command that changes people or faces is on its way."""
    changed = Signal(Changes)
    said = Signal(str, bool)
    """A sentence for the user, and whether Undo would take it back."""
    offered = Signal(str, Offer)
    """A sentence for the user, and something else than Undo that goes with it."""
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
        self._do(partial(commands.people.name_person, self._library, person_id, name, merge=True))

    def merge(self, keep_id: int, other_ids: Sequence[int], name: str = "") -> None:
        """Make several people one, of this name if there is one."""
        self._do(
            partial(commands.people.merge_people, self._library, keep_id, tuple(other_ids), name)
        )

    def say_different(self, person_id: int, other_id: int) -> None:
        """Say that two people are not the same."""
        self._do(partial(commands.people.say_different, self._library, person_id, other_id))

    def set_birth_year(self, person_id: int, year: int | None) -> None:
        """Say in which year a person was born; None takes it back."""
        self._do(partial(commands.people.set_birth_year, self._library, person_id, year))

    def forget(self, person_id: int) -> None:
        """Erase a person, and do not learn them again."""

        def work() -> Changes:
            return self._worker.chores.forget(self._thumbnails, self._collection, person_id)

        self._do(work, undoable=False)  # what is erased does not come back

    def erase_all_faces(self, done: Callable[[], None], failed: Callable[[str], None]) -> None:
        """Erase everything that is known of anybody, for good."""

        def work() -> Changes:
            return self._worker.chores.erase_faces(self._thumbnails, self._collection)

        def tell(changes: Changes) -> None:
            done()
            self._tell_only(changes)

        self._say(work, tell, failed)

    def look_again(self) -> None:
        """Look for faces in every photo again, after they were erased."""
        self._order(lambda: self._worker.look_again(self._collection))

    def hide(self, *person_ids: int) -> None:
        """Keep people out of sight."""
        self._do(partial(commands.people.hide_people, self._library, person_ids))

    def show(self, *person_ids: int) -> None:
        """Bring hidden people back."""
        self._do(partial(commands.people.show_people, self._library, person_ids))

    def say_staff(self, is_staff: bool, *person_ids: int) -> None:
        """Say that people work here, or that they do not."""
        self._do(partial(commands.people.say_staff, self._library, person_ids, is_staff))

    def choose_cover(self, person_id: int, face_id: int) -> None:
        """Let a face stand for its person."""
        self._do(partial(commands.people.choose_cover, self._library, person_id, face_id))

    def reject(self, person_id: int, face_ids: Sequence[int]) -> None:
        """Say that faces are not this person."""
        self._do(partial(commands.faces.reject_faces, self._library, person_id, tuple(face_ids)))

    def confirm(self, person_id: int, face_ids: Sequence[int]) -> None:
        """Say that faces are this person."""
        self._do(partial(commands.faces.confirm_faces, self._library, person_id, tuple(face_ids)))

    def split(self, person_id: int, face_ids: Sequence[int], name: str = "") -> None:
        """Let faces leave a person for a new one."""
        self._do(
            partial(commands.faces.split_faces, self._library, person_id, tuple(face_ids), name)
        )

    def move(self, face_ids: Sequence[int], to: int | str) -> None:
        """Say who faces are, by id or by name."""
        self._do(partial(commands.faces.move_faces, self._library, tuple(face_ids), to))

    def mark_not_a_face(self, face_ids: Sequence[int]) -> None:
        """Say that something is not a face."""
        self._do(partial(commands.faces.mark_not_a_face, self._library, tuple(face_ids)))

    def say_strangers(self, face_ids: Sequence[int]) -> None:
        """Say that faces are nobody the user knows."""
        self._do(partial(commands.faces.say_strangers, self._library, tuple(face_ids)))

    def draw_face(
        self, photo_id: int, box: tuple[float, float, float, float], name: str = ""
    ) -> None:
        """Frame a face that was not found; `box` is x, y, width, height, 0..1."""
        self._do(partial(commands.faces.draw_face, self._library, photo_id, box, name))

    def restack(
        self, word: Callable[[Library, Sequence[int]], Changes], photo_ids: Sequence[int]
    ) -> None:
        """Say one of the words of `commands.stacks` about photos."""
        self._do(partial(word, self._library, tuple(photo_ids)))

    def say_who_it_was(self, alert_id: int, name: str) -> None:
        """Say who the stranger of an alert is."""
        self._do(partial(commands.alerts.say_who, self._library, self._collection, alert_id, name))

    def ignore_stranger(self, alert_id: int) -> None:
        """Raise no more alerts about a stranger."""
        self._do(partial(commands.alerts.ignore, self._library, self._collection, alert_id))

    def mark_alerts_seen(self, alert_ids: Sequence[int]) -> None:
        """The user has read these alerts."""
        work = partial(commands.alerts.mark_seen, self._library, self._collection, tuple(alert_ids))
        self._background.command(self, work, self.changed.emit)

    def answer(
        self,
        asked: Suggestion,
        reply: Reply | int | str,
        note: Callable[[int], None],
        refused: Callable[[], None],
        quiet: bool = False,
    ) -> None:
        """Answer a question, by a reply or by who it is instead (an id or a name).

        `note` is told the number of the word, 0 where there was nothing to say, before any later
        command runs, and not in the GUI thread. With `quiet` the page shows what came of it.
        """
        work = partial(self._answer, asked, reply, note)
        told = self._tell_quietly if quiet else self._tell
        self._say(work, told, partial(self._refuse, refused))

    def take_back(
        self, word: Callable[[], int], heard: Callable[[], None], refused: Callable[[], None]
    ) -> None:
        """Undo this very word, for a page that shows what came of it; `word` is asked when the
        commands before are done."""

        def work() -> Changes:
            number = word()
            if number <= 0:
                return Changes()  # the answer itself came to nothing
            return commands.questions.take_back(self._library, self._collection, number)

        def tell(changes: Changes) -> None:
            heard()
            self._tell_quietly(changes)

        self._say(work, tell, partial(self._refuse, refused))

    def skip_question(self, suggestion_id: str) -> None:
        """Do not ask this again."""
        self._order(
            partial(
                commands.questions.skip_question, self._library, self._collection, suggestion_id
            )
        )

    def unskip_question(self, suggestion_id: str = "") -> None:
        """Ask it again, or all that was skipped."""
        self._order(
            partial(
                commands.questions.unskip_question, self._library, self._collection, suggestion_id
            )
        )

    def undo(self) -> None:
        """Take back what was said last."""
        work = partial(commands.undo.undo, self._library, self._collection)
        self._take_back(work, self.redo)

    def redo(self) -> None:
        """Say again what was taken back."""
        self._do(partial(commands.undo.redo, self._library, self._collection))

    def undo_after(self, decision_id: int, last_id: int, total: int) -> Steps:
        """Take back the `total` words after a decision, of which `last_id` is the last."""
        steps = Steps(total)
        work = partial(
            commands.undo.undo_after, self._library, self._collection, decision_id, steps
        )
        self._take_back(work, partial(self.redo_through, last_id, total))
        return steps

    def redo_through(self, decision_id: int, total: int) -> Steps:
        """Say again the `total` words up to a decision and with it."""
        steps = Steps(total)
        self._do(
            partial(commands.undo.redo_through, self._library, self._collection, decision_id, steps)
        )
        return steps

    def remove_folder(self, folder: FolderRow) -> None:
        """Forget a folder; its files stay, and so does what was said of the people in them."""
        name = words.path(folder.path)
        told = tr("“{0}” is not in the album any more. Its files are where they were.")
        offer = Offer(tr("Add again"), partial(self.add, [folder.path]))

        def done(changes: Changes) -> None:
            self._spread(changes)
            self.offered.emit(told.format(name), offer)

        work = lambda: self._worker.remove_folder(folder.id)  # noqa: E731
        self._background.command(self, work, done, self.refused.emit)

    def add(self, paths: Sequence[Path]) -> None:
        """Take folders and files into the album."""
        wanted = tuple(paths)
        self._order(lambda: self._worker.index(self._collection, wanted))

    def rescan(self, folder_id: int) -> None:
        """Look for what is new in a folder."""
        self._order(lambda: self._worker.rescan(folder_id))

    def retry_skipped(
        self, paths: Sequence[Path] | None = None, done: Callable[[], object] = lambda: None
    ) -> None:
        """Try the skipped files again, or those at these paths; `done` is called when they wait
        for it."""

        def tell(_: object) -> None:
            done()

        work = lambda: self._worker.retry_skipped(self._collection, paths)  # noqa: E731
        self._background.command(self, work, tell, self.refused.emit)

    def back_up(
        self,
        into: Path | None,
        done: Callable[[BackupRow], None],
        failed: Callable[[str], None],
    ) -> None:
        """Copy the library into its folder of backups, or into another."""
        work = lambda: self._worker.chores.back_up(into=into)  # noqa: E731
        self._background.command(self, work, done, failed)

    def group_now(self) -> None:
        """Group what waits, whatever the settings say."""
        self._order(lambda: self._worker.cluster(self._collection))

    def waiting(self) -> Waiting | None:
        """What waits to be grouped; None before anybody works. Slow: not in the GUI thread."""
        return self._worker.waiting(self._collection) if is_made(self._worker) else None

    def cancel(self, task_id: str) -> None:
        """End a task early."""
        self._order(lambda: self._worker.cancel(task_id))

    def set_paused(self, is_paused: bool) -> None:
        """Hold the work still, or let it go on."""
        self._order(lambda: self._worker.pause() if is_paused else self._worker.resume())

    def carry_out(
        self,
        work: Callable[[], Changes],
        done: Callable[[], object],
        refused: Callable[[str], None],
    ) -> None:
        """Give a command of another part of the window, which Undo takes back."""

        def tell(changes: Changes) -> None:
            done()
            self._tell(changes)

        def fail(reason: str) -> None:
            self.changed.emit(Changes())  # whoever waits for what comes of it
            refused(reason)

        self._say(work, tell, fail)

    def _do(self, work: Callable[[], Changes], undoable: bool = True) -> None:
        self._say(work, self._tell if undoable else self._tell_only, self.refused.emit)

    def _say(
        self,
        work: Callable[[], Any],
        told: Callable[[Any], None],
        refused: Callable[[str], None],
    ) -> None:
        """Every word goes this way: that it is on its way is known before what came of it."""
        self.given.emit()
        self._background.command(self, work, told, refused)

    def _order(self, work: Callable[[], object]) -> None:
        self._background.command(self, work, None, self.refused.emit)

    def _take_back(self, work: Callable[[], Changes], again: Callable[[], object]) -> None:
        """Undo something, and offer to say it again where that is possible."""

        def run() -> tuple[Changes, bool]:
            return work(), queries.decisions.can_redo(self._library, self._collection) is not None

        def done(answer: tuple[Changes, bool]) -> None:
            changes, can_be_said_again = answer
            self._spread(changes)
            if can_be_said_again:
                self.offered.emit(changes.said, Offer(tr("Redo"), again))
            elif changes.said:
                self.said.emit(changes.said, False)

        self._say(run, done, self.refused.emit)

    def _answer(
        self, asked: Suggestion, reply: Reply | int | str, note: Callable[[int], None]
    ) -> Changes:
        """Commands come one after the other: the word that is new afterwards is the answer."""
        from app.indexing.suggestions import Reply

        before = queries.decisions.last_decision(self._library, self._collection)
        if isinstance(reply, Reply):
            changes = self._suggestions.carry_out(asked, reply)
        else:
            changes = self._suggestions.say_who(asked, reply)
        after = queries.decisions.last_decision(self._library, self._collection)
        note(after if after != before else 0)
        return changes

    def _refuse(self, refused: Callable[[], None], reason: str) -> None:
        refused()
        self.refused.emit(reason)

    def _tell(self, changes: Changes, undoable: bool = True, is_told: bool = True) -> None:
        self._spread(changes)
        if changes.said and is_told:
            self.said.emit(changes.said, undoable)

    def _tell_quietly(self, changes: Changes) -> None:
        self._tell(changes, is_told=False)

    def _tell_only(self, changes: Changes) -> None:
        self._tell(changes, undoable=False)

    def _spread(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if changes.people or changes.photos or changes.faces:
            # It looks for what waits, in all photos.
            self._background.read(self, lambda: self._worker.spoken(self._collection))
