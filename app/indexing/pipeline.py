"""Pipeline: photos to workers, looks to the library, through a bounded window, until done."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import CloudError, LibraryError, ModelError, PhotoError, ProviderError
from app.indexing.blame import Blame
from app.indexing.crew import CrewError, DeadWorkerError
from app.indexing.events import Announcer
from app.indexing.forgetting import keep_forgotten
from app.indexing.measuring import PROCESSOR
from app.indexing.providers import Providers
from app.indexing.tasks import Report
from app.indexing.workers import Box, Workers
from app.library.commands.photos import leave_in_cloud, skip_photo, store_look
from app.library.database import Library
from app.library.queries.decisions import FilmPlaces, drawn_boxes, film_places
from app.library.rows import Look
from app.media.formats import is_video_name
from app.media.thumbnails import ThumbnailCache

TICK = 0.25
"""Seconds between two looks at the wish to pause or stop."""
GRACE = 3.0
"""Seconds that photos under way are given to finish when the user cancels."""


@dataclass(slots=True)
class Try:
    """One photo on its way; `blame` knows how it went before. `drawn` is where the user drew
    faces, as the worker is told."""

    photo_id: int
    path: Path
    blame: Blame = field(default_factory=Blame)
    drawn: list[Box] = field(default_factory=list)
    places: FilmPlaces = field(default_factory=FilmPlaces)
    """Of a video, what is known of the faces in it."""
    is_again: bool = False
    provider: str = PROCESSOR
    """What ran the models when it went on its way."""


class Pipeline:
    """Looks at a list of photos and stores what is seen, as it is seen."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        workers: Callable[[], Workers],
        width: int,
        looked: Callable[[int], None],
        thumbnails: ThumbnailCache,
        providers: Providers | None = None,
        seen: Callable[[int], None] | None = None,
        interlude: Callable[[], None] = lambda: None,
        downloads: bool = False,
    ) -> None:
        """`workers` gives the pool when the first photo needs it; `width` photos are under way
        at most; `looked` is told the number of faces of each photo stored; `thumbnails` is
        where the workers keep small pictures; `providers` is told when what runs the models may
        have failed; `seen` is told each photo stored; `interlude` is called again and again while
        photos are under way: what is more urgent may be done in it. With `downloads`,
        what is in the cloud is looked at, too."""
        self._library = library
        self._announcer = announcer
        self._workers = workers
        self._width = width
        self._looked = looked
        self._thumbnails = thumbnails
        self._providers = providers
        self._seen = seen
        self._interlude = interlude
        self._downloads = downloads
        self.left: set[int] = set()
        """The photos that went away before they were looked at: the next scan tells where to."""
        self.in_cloud: set[int] = set()
        """Those of them that are in the cloud and may not be downloaded."""

    def run(self, photos: Sequence[tuple[int, Path]], report: Report) -> None:
        """Look at all of them.

        Raises Cancelled when the user stops it, ModelError when the pack cannot be used,
        CrewError when no worker can be started and LibraryError when the library cannot be
        written: everything stored until then stays.
        """
        todo = deque(Try(photo_id, path) for photo_id, path in photos)
        under_way: dict[Future[Look], Try] = {}
        try:
            while todo or under_way:
                if report.token.is_paused and not under_way:
                    report.hold()
                report.token.check_cancelled()
                while self._may_begin(todo, under_way) and not report.token.is_paused:
                    photo = todo.popleft()
                    if not photo.is_again:
                        photo.drawn = drawn_boxes(self._library, photo.photo_id)
                        if is_video_name(photo.path):
                            photo.places = film_places(self._library, photo.photo_id)
                    workers = self._workers()
                    if self._providers is not None:
                        photo.provider = workers.order.provider
                    look = workers.look(photo.path, photo.drawn, photo.places, self._downloads)
                    under_way[look] = photo
                self._interlude()
                finished, _ = wait(under_way, timeout=TICK, return_when=FIRST_COMPLETED)
                for future in finished:
                    self._take(future, under_way.pop(future), todo, report)
                report.tell()
        finally:
            self._wind_up(under_way, report)

    def _may_begin(self, todo: deque[Try], under_way: dict[Future[Look], Try]) -> bool:
        """Whether the next photo may go on its way. One over which a worker died or hung goes
        alone, to know that it is the one and not for want of what others took."""
        if not todo or not under_way:
            return bool(todo)
        is_alone = todo[0].blame.is_suspect or any(p.blame.is_suspect for p in under_way.values())
        return not is_alone and len(under_way) < self._width

    def _take(self, future: Future[Look], photo: Try, todo: deque[Try], report: Report) -> None:
        if self._is_doubtful(photo, future.exception()):
            todo.append(photo)
            return
        try:
            look = future.result()
        except CloudError:
            self._leave_in_cloud(photo)
            self._leave(photo, report)
        except PhotoError as error:
            if _is_away(photo.path):
                self._leave(photo, report)
            else:
                self._skip(photo, str(error), report)
        except (TimeoutError, DeadWorkerError) as error:
            reason = photo.blame.verdict(error, *self._limit(photo))
            if reason is None:
                todo.append(photo)
            else:
                self._skip(photo, reason, report)
        except (ModelError, LibraryError, CrewError):
            raise
        except Exception as error:  # a bug over one photo costs that photo, and says so
            self._skip(photo, f"Something went wrong over it: {error!r}.", report)
        else:
            if not self._is_told(photo, look):
                todo.append(photo)
                return
            self._keep(photo, look, report)

    def _is_doubtful(self, photo: Try, error: BaseException | None) -> bool:
        """Whether it may have been the fault of what ran the models, and not of the photo: the
        processor looks at it once more, and nothing is held against the photo."""
        kinds = (ProviderError, TimeoutError, DeadWorkerError, CrewError)
        if self._providers is None or photo.provider == PROCESSOR or not isinstance(error, kinds):
            return False
        self._providers.doubt(photo.provider, error)
        return True

    def _limit(self, photo: Try) -> tuple[int, str]:
        """How long a look at it may take, s, and the setting that says so."""
        workers = self._workers()
        if is_video_name(photo.path):
            return workers.video_seconds, "video_seconds"
        return workers.seconds, "photo_seconds"

    def _is_told(self, photo: Try, look: Look) -> bool:
        """Whether the worker knew all that the user drew in what turned out to be this file: a
        copy of a photo, or one that came back, is looked at once more."""
        drawn = drawn_boxes(self._library, photo.photo_id, look.fingerprint)
        places = photo.places
        if look.content_type.startswith("video/"):
            places = film_places(self._library, photo.photo_id, look.fingerprint)
        if photo.is_again or (drawn, places) == (photo.drawn, photo.places):
            return True
        photo.drawn, photo.places, photo.is_again = drawn, places, True
        return False

    def _keep(self, photo: Try, look: Look, report: Report) -> None:
        self._announcer.changed(store_look(self._library, photo.photo_id, look))
        keep_forgotten(self._library, self._thumbnails, photo.photo_id, look)
        report.looked(len(look.faces))
        self._looked(len(look.faces))
        if self._seen is not None:
            self._seen(photo.photo_id)

    def _leave(self, photo: Try, report: Report) -> None:
        self.left.add(photo.photo_id)
        report.total -= 1

    def _leave_in_cloud(self, photo: Try) -> None:
        self._announcer.changed(leave_in_cloud(self._library, photo.photo_id))
        self.in_cloud.add(photo.photo_id)

    def _skip(self, photo: Try, reason: str, report: Report) -> None:
        self._announcer.changed(skip_photo(self._library, photo.photo_id, reason))
        report.skip(photo.path, reason)

    def _wind_up(self, under_way: dict[Future[Look], Try], report: Report) -> None:
        """After a cancel or an error: keep what is done in a moment, let the rest be."""
        if not under_way:
            return
        end = time.monotonic() + GRACE
        for future in list(under_way):
            if not future.running() and not future.done():
                future.cancel()
                del under_way[future]
        finished, late = wait(under_way, timeout=max(0.0, end - time.monotonic()))
        for future in late:
            future.cancel()
        for future in finished:
            if not future.cancelled() and future.exception() is None:
                self._take(future, under_way[future], deque(), report)


def _is_away(path: Path) -> bool:
    """Whether a file cannot even be found: it was deleted or moved, or its drive taken away."""
    try:
        os.lstat(path)
    except PermissionError:
        return False
    except (OSError, ValueError):
        return True
    return False
