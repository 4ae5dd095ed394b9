"""Looking ahead: a pack that is not in use looks at every photo while the album goes on as it is.

It is done on the looker's thread, whenever there is nothing else to do: photos that are new or
changed go first, and are looked at with the pack in use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.indexing.choices import Choices
from app.indexing.events import Announcer
from app.indexing.forgetting import keep_forgotten
from app.indexing.pipeline import Pipeline, Try
from app.indexing.tasks import Report, TaskReport
from app.indexing.workers import Workers
from app.library.commands.switching import look_ahead, pass_over_ahead
from app.library.database import Library
from app.library.queries.away import away_paths, is_within
from app.library.queries.switching import Maker, ToLook, to_look
from app.library.rows import Look
from app.media.formats import is_video_name
from app.media.placeholder import lies_in_cloud
from app.media.thumbnails import ThumbnailCache
from app.progress import Cancelled, CancelToken


@dataclass(frozen=True, slots=True)
class Target:
    """The pack to come."""

    choice: str
    maker: Maker


class _Slice:
    """What a task is told of some time spent on it; to end that time is not to end the task."""

    def __init__(self, report: TaskReport) -> None:
        self._report = report
        self.token = CancelToken()
        self.total = 0

    def looked(self, faces: int) -> None:
        """A photo was looked at."""
        self._report.looked(faces)

    def skip(self, path: Path, reason: str) -> None:
        """A file was passed over."""
        self._report.skip(path, reason)

    def hold(self) -> None:
        """It is never held, only ended."""

    def tell(self, at_once: bool = False) -> None:
        """Let others know how far it is."""
        self._report.tell(at_once)


class _AheadPipeline(Pipeline):
    """Keeps what is seen beside what is shown."""

    def __init__(
        self, library: Library, maker: Maker, prints: dict[int, str], *arguments: Any, **named: Any
    ) -> None:
        """`prints` are the fingerprints of the photos, as the library knows them."""
        super().__init__(library, *arguments, **named)
        self._maker = maker
        self._prints = prints

    def _keep(self, photo: Try, look: Look, report: Report) -> None:
        is_kept = look_ahead(self._library, photo.photo_id, look, self._maker)
        keep_forgotten(self._library, self._thumbnails, photo.photo_id, look)
        if is_kept:
            report.looked(len(look.faces))
        else:
            self._leave(photo, report)

    def _leave_in_cloud(self, photo: Try) -> None:
        self.in_cloud.add(photo.photo_id)

    def _skip(self, photo: Try, reason: str, report: Report) -> None:
        known = self._prints[photo.photo_id]
        if pass_over_ahead(self._library, photo.photo_id, known, reason, self._maker):
            report.skip(photo.path, f"{reason} What was seen of it before is kept.")
        else:
            self._leave(photo, report)


class LookingAhead:
    """Looks at what is left, as long as nobody needs the time for anything else."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        choices: Choices,
        thumbnails: ThumbnailCache,
        target: Target,
        report: TaskReport,
    ) -> None:
        self._library = library
        self._announcer = announcer
        self._choices = choices
        self._thumbnails = thumbnails
        self.target = target
        self.report = report
        self._workers: Workers | None = None
        self._left: set[tuple[int, str]] = set()
        """Photos, with their content, that could not be read just now: they stay as they are."""
        self._is_begun = False

    def begin(self) -> None:
        """It is the turn of the task, for the first time or again."""
        if not self._is_begun:
            self._is_begun = True
            self.report.begin()

    def todo(self) -> list[ToLook]:
        """The photos that can be looked at and were not yet."""
        away: dict[int, Sequence[Path]] = {}
        with_videos = self._choices.settings.videos == "on"
        found = []
        for photo in to_look(self._library, self.target.maker):
            if photo.collection not in away:
                away[photo.collection] = list(away_paths(self._library, photo.collection))
            is_out_of_reach = (
                (photo.id, photo.fingerprint) in self._left
                or is_within(photo.path, away[photo.collection])
                or (not with_videos and is_video_name(photo.path))
                or lies_in_cloud(photo.path)
            )
            if not is_out_of_reach:
                found.append(photo)
        return found

    def look(
        self,
        todo: Sequence[ToLook],
        is_wanted_elsewhere: Callable[[], bool],
        interlude: Callable[[], None],
        check: Callable[[], None],
    ) -> None:
        """Look at photos until all are done or the time is wanted for something else; what is
        under way then is given a moment. `interlude` is called again and again meanwhile.

        Raises ModelError when the pack cannot be used, CrewError when no worker can be started,
        and LibraryError when the library cannot be written: what was kept until then stays.
        """
        self.begin()
        part = _Slice(self.report)
        self.report.total = self.report.done + len(todo)
        self.report.tell(at_once=True)

        def attend() -> None:
            interlude()
            if is_wanted_elsewhere():
                part.token.cancel()

        prints = {photo.id: photo.fingerprint for photo in todo}
        pipeline = _AheadPipeline(
            self._library, self.target.maker, prints, self._announcer, lambda: self._pool(check),
            2 * self._choices.settings.worker_count, lambda _: None, self._thumbnails,
            self._choices.providers, None, attend,
        )  # fmt: skip
        try:
            pipeline.run([(photo.id, photo.path) for photo in todo], part)
        except Cancelled:
            pass  # somebody needs the time
        finally:
            self._left |= {(number, prints[number]) for number in pipeline.left}

    def rest(self) -> None:
        """Send the workers home, until there is time again."""
        if self._workers is not None:
            self._workers.stop()
            self._workers = None

    def _pool(self, check: Callable[[], None]) -> Workers:
        order, count = self._choices.manner(check)
        order = replace(order, pack=self.target.choice)
        if self._workers is None:
            settings = self._choices.settings
            self._workers = Workers(order, count, settings.photo_seconds, settings.video_seconds)
        else:
            self._workers.change(order, count)
        return self._workers
