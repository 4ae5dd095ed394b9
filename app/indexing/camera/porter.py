"""Porter: knows the people of the house, writes down who came, and tells of strangers.

[Note: Porter] It waits for no grouping: every photo of a camera is held against the named people as
soon as it was looked at. What it remembers of the last minute are the numbers of photos; what faces
look like it reads again, so that nobody who is erased lives on here.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from app.changes import Changes
from app.clustering.linkage import closeness
from app.clustering.thresholds import Thresholds
from app.errors import KnownError
from app.indexing.camera.circle import Circle
from app.indexing.camera.judging import Judgement, Verdict
from app.indexing.camera.news import News
from app.indexing.camera.seeing import View, judged, rules_of
from app.indexing.choices import Choices
from app.indexing.events import Announcer, Changed, Event
from app.library.commands.alerts import NewAlert, count_again, note_sighting, raise_alert
from app.library.database import Library
from app.library.queries.alerts import recent_alerts, sightings
from app.library.queries.cameras import (
    CameraFace,
    faces_seen,
    known_people,
    moments,
    new_photos,
    recognised,
    signature,
)
from app.library.queries.collections import collections, is_living
from app.library.queries.faces import vectors_of
from app.library.queries.folders import folders
from app.settings import Settings

logger = logging.getLogger(__name__)

OLD = timedelta(days=1)
"""A photo that was written longer ago raises no alert: somebody has added what a camera kept."""
AGAIN = timedelta(seconds=120)
"""A photo that was looked at before is news if its file was written within this time."""
IDLE_SECONDS = 600.0
"""After so long without a photo nobody's faces are kept in memory."""


@dataclass(slots=True)
class _Camera:
    """What is remembered of one collection."""

    recent: deque[tuple[datetime, int]] = field(default_factory=deque)
    """The photos of the last minutes, and when they were written."""
    signature: tuple[object, ...] = ()
    circle: Circle | None = None


class Porter:
    """Sees who is in the new photos of cameras; on a thread of its own, one after the other."""

    def __init__(
        self,
        library: Library,
        announcer: Announcer,
        choices: Choices,
        maker: tuple[str, str],
        limits: Callable[[], Thresholds],
        news: News,
    ) -> None:
        """`maker` is the pack in use and its version, `limits` its thresholds."""
        self._library = library
        self._announcer = announcer
        self._choices = choices
        self._maker = maker
        self._limits = limits
        self._news = news
        self._cameras: dict[int, _Camera] = {}
        self._waiting: list[tuple[float, int, int]] = []
        """Unclear people: when to decide (monotonic), collection and photo."""
        self._photos: queue.SimpleQueue[tuple[int, int] | None] = queue.SimpleQueue()
        self._stirred = threading.Event()
        self._busy = 0.0
        """When a photo came last (monotonic)."""
        self._lock = threading.Lock()
        self._seeing = threading.Lock()
        """Faces and whom they are held against are of one pack."""
        self._thread: threading.Thread | None = None
        self._closing = False
        announcer.subscribe(self._hear)

    def is_on_duty(self) -> bool:
        """Whether any collection has a camera: it raises alerts and has a folder."""
        cameras = {row.id for row in collections(self._library) if self._settings_of(row.id)}
        return any(row.collection_id in cameras for row in folders(self._library, counted=False))

    def eyes(self, collection_id: int, photo_ids: Sequence[int]) -> Callable[[int], None] | None:
        """What is to be told of each of these photos of a collection once it was looked at; None
        where no camera is. Only what is new by now is news."""
        if self._settings_of(collection_id) is None:
            return None
        new = new_photos(self._library, photo_ids, _now() - AGAIN)

        def tell(photo_id: int) -> None:
            if photo_id in new:
                self.seen(collection_id, photo_id)

        return tell

    def seen(self, collection_id: int, photo_id: int) -> None:
        """A new photo of a camera was looked at."""
        self._photos.put((collection_id, photo_id))
        self._begin()

    def get_ready(self) -> None:
        """Have at hand whom the cameras know, so that the first photo need not wait for that."""
        for row in collections(self._library):
            if self._settings_of(row.id) is not None:
                self._cameras.setdefault(row.id, _Camera())
        self._stir()
        self._begin()

    def spoken(self) -> None:
        """Something was said of people or faces."""
        if self._cameras:
            self._stir()

    def adopt(self, maker: tuple[str, str]) -> None:
        """Go by another pack and version from now on; its limits follow."""
        with self._seeing:
            self._maker = maker
            for camera in list(self._cameras.values()):
                camera.signature = ()
        self.spoken()

    def close(self) -> None:
        """See whoever is waiting to be seen, and end."""
        with self._lock:
            self._closing = True
            thread = self._thread
        self._photos.put(None)
        if thread is not None:
            thread.join()
        self._cameras.clear()

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="porter", daemon=True)
                self._thread.start()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changed) and (event.changes.regrouped or event.changes.collections):
            self.spoken()

    def _stir(self) -> None:
        self._stirred.set()
        self._photos.put((0, 0))

    # -- the thread --------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            try:
                entry = self._photos.get(timeout=self._seconds_left())
            except queue.Empty:
                self._let_go()
                entry = (0, 0)
            if entry is None:
                break
            if entry[0]:
                self._busy = time.monotonic()
                self._safely(*entry, is_final=False)
            elif self._stirred.is_set():
                self._stirred.clear()
                self._refresh()
            self._decide(time.monotonic())
        self._decide(float("inf"))  # nobody will see them better

    def _seconds_left(self) -> float:
        next_one = min((due for due, *_ in self._waiting), default=float("inf"))
        return max(0.0, min(next_one - time.monotonic(), IDLE_SECONDS))

    def _let_go(self) -> None:
        if time.monotonic() - self._busy >= IDLE_SECONDS:
            for camera in self._cameras.values():
                camera.circle, camera.signature = None, ()

    def _refresh(self) -> None:
        """Let the people who are kept be those whom the library knows now."""
        for number in list(self._cameras):
            try:
                if not is_living(self._library, number):
                    del self._cameras[number]
                else:
                    self._circle(number)
            except KnownError:
                self._cameras.pop(number, None)
            except Exception:
                logger.exception("Whom a camera knows could not be read")
                self._cameras.pop(number, None)

    def _decide(self, now: float) -> None:
        """Of who was unclear and has been seen no better, decide now."""
        due = [entry for entry in self._waiting if entry[0] <= now]
        self._waiting = [entry for entry in self._waiting if entry[0] > now]
        for _, collection_id, photo_id in due:
            self._safely(collection_id, photo_id, is_final=True)

    def _safely(self, collection_id: int, photo_id: int, *, is_final: bool) -> None:
        try:
            with self._seeing:
                is_written = self._consider(collection_id, photo_id, is_final)
            if is_written:
                self._announcer.changed(Changes(alerts=frozenset({collection_id})))
        except KnownError as error:
            logger.info("A photo of a camera was not judged: %s", type(error).__name__)
        except Exception:
            logger.exception("A photo of a camera could not be judged")

    def _consider(self, collection_id: int, photo_id: int, is_final: bool) -> bool:
        """See who is in a photo; gives whether anything was written down."""
        settings = self._settings_of(collection_id)
        at = moments(self._library, [photo_id]).get(photo_id)
        if settings is None or at is None or not is_living(self._library, collection_id):
            return False
        around = self._around(collection_id, photo_id, at, settings.stranger_seconds)
        faces, vectors = faces_seen(self._library, around, *self._maker)
        if not any(face.photo_id == photo_id for face in faces):
            return False
        circle = self._circle(collection_id)
        view = View(faces, vectors, circle.likenesses(vectors))
        here = [row for row, face in enumerate(faces) if face.photo_id == photo_id]
        found = judged(circle, view, here, rules_of(settings), self._limits())
        done = [self._act(collection_id, view, row, found[row], settings, is_final) for row in here]
        return any(done)

    def _around(self, collection_id: int, photo_id: int, at: datetime, seconds: int) -> list[int]:
        """The photos that were written within so many seconds, itself among them."""
        recent = self._cameras.setdefault(collection_id, _Camera()).recent
        if (at, photo_id) not in recent:
            recent.append((at, photo_id))
        within = timedelta(seconds=seconds)
        while len(recent) > 1 and abs(recent[0][0] - at) > 3 * within:
            recent.popleft()
        return [number for moment, number in recent if abs(moment - at) <= within]

    def _act(
        self,
        collection_id: int,
        view: View,
        row: int,
        told: tuple[Judgement, list[int]],
        settings: Settings,
        is_final: bool,
    ) -> bool:
        """Do what follows from who one face is; gives whether anything was written down."""
        (found, rows), face = told, view.faces[row]
        if found.verdict is Verdict.KNOWN:
            chance, person = found.like.probability, found.like.person_id
            return bool(note_sighting(self._library, collection_id, person, face, chance))
        if found.verdict is Verdict.IGNORED or _now() - face.at > OLD:
            return False
        if self._is_counted(collection_id, face, view, rows, settings.alert_minutes):
            return True
        if found.verdict is Verdict.UNCLEAR and not is_final:
            due = time.monotonic() + settings.stranger_seconds
            self._waiting.append((due, collection_id, face.photo_id))
        elif found.verdict is Verdict.UNCLEAR and self._was_there(
            collection_id, face, found, settings
        ):
            return False
        elif found.verdict in (Verdict.STRANGER, Verdict.UNCLEAR):
            return self._raise(collection_id, [view.faces[one] for one in rows], found)
        return False

    def _was_there(
        self, collection_id: int, face: CameraFace, found: Judgement, settings: Settings
    ) -> bool:
        """Whether whom somebody may be was seen for sure at that time."""
        within = timedelta(seconds=settings.stranger_seconds)
        seen = sightings(self._library, collection_id, face.at - within, face.at + within)
        return any(row.person.id == found.like.person_id for row in seen)

    def _is_counted(
        self, collection_id: int, face: CameraFace, view: View, rows: list[int], minutes: int
    ) -> bool:
        """Whether an alert of the last minutes is about the same stranger: then it counts on. Who
        is in the same photo as the stranger of an alert is somebody else."""
        within, vectors = timedelta(minutes=minutes), view.vectors[rows]
        known = recent_alerts(self._library, collection_id, face.at - within, face.at + within)
        beside = {one.id for one in view.faces if one.photo_id == face.photo_id} - {face.id}
        best, alike = 0, self._limits().merge_average
        for alert_id, face_ids in known:
            if beside & set(face_ids):
                continue
            theirs = vectors_of(self._library, face_ids, *self._maker)
            same = [one for one in theirs.values() if len(one) == vectors.shape[1]]
            if same:
                close = float(closeness(vectors, np.stack(same).astype(np.float32)).max())
                best, alike = (alert_id, close) if close >= alike else (best, alike)
        if best:
            count_again(self._library, best, [face])
        return best > 0

    def _raise(self, collection_id: int, faces: list[CameraFace], found: Judgement) -> bool:
        is_named = found.like.is_somebody and bool(found.like.name)
        new = NewAlert(
            faces,
            found.like.person_id if is_named else None,
            found.like.probability if is_named else None,
        )
        number = raise_alert(self._library, collection_id, new)
        if number:
            self._announcer.changed(Changes(alerts=frozenset({collection_id})))
            self._news.tell(collection_id, number)
        return number > 0

    def _circle(self, collection_id: int) -> Circle:
        """Whom a camera knows by now."""
        camera = self._cameras.setdefault(collection_id, _Camera())
        known = recognised(self._library, collection_id)
        now = signature(self._library, known)
        if camera.circle is None or camera.signature != now:
            people = known_people(self._library, known, *self._maker)
            camera.circle, camera.signature = Circle(people, self._limits()), now
        return camera.circle

    def _settings_of(self, collection_id: int) -> Settings | None:
        """The settings of a camera; None where there is none."""
        settings = self._choices.of(collection_id)
        return settings if settings.alerts == "on" else None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
