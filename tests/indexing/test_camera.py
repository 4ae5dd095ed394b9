"""Whom a camera knows: likenesses, verdicts, and what the porter makes of photo after photo."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from app.clustering.thresholds import Thresholds
from app.indexing.camera import porter as porters
from app.indexing.camera.arriving import is_whole, take_in
from app.indexing.camera.circle import Circle
from app.indexing.camera.judging import Rules, Verdict, judge, together
from app.indexing.camera.news import News
from app.indexing.camera.porter import Porter
from app.indexing.choices import Choices
from app.indexing.events import Announcer
from app.indexing.notices import Notice, NoticeKind
from app.indexing.workers import WorkOrder
from app.library.commands.alerts import ignore, say_who
from app.library.commands.collections import set_own
from app.library.commands.folders import add_folder, create_collection, ensure_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.people import name_person
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.models import Face, Photo
from app.library.queries.alerts import alerts, sightings
from app.library.queries.cameras import Known
from app.library.queries.collections import own_settings
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import known_files, pending_photos
from app.library.queries.people import list_people
from app.library.rows import NewFace
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths, resources
from app.settings import Settings
from tests.indexing.conftest import eventually
from tests.library.conftest import LEFT, RIGHT, a_face, a_look
from tests.library.placing import Placement, store_groups

SIZE = 512
LIMITS = Thresholds()
Vector = NDArray[np.float32]


def somebody(seed: int, noise: float = 0.0, of: int = 0) -> Vector:
    """A face of a person; with noise one less like the others."""
    whole = np.random.default_rng(seed).normal(size=SIZE)
    other = np.random.default_rng(1000 * seed + of + 7).normal(size=SIZE)
    mixed = (1 - noise) * whole + noise * other
    return (mixed / np.linalg.norm(mixed)).astype(np.float32)


def album_of(seed: int) -> NDArray[np.float16]:
    return np.stack([somebody(seed, 0.35, of) for of in range(6)]).astype(np.float16)


@pytest.fixture
def circle() -> Circle:
    people = [
        Known(1, "Anna", album_of(1)),
        Known(2, "Ben", album_of(2)),
        Known(0, "", album_of(3)),
    ]
    return Circle(people, LIMITS)


def verdict(circle: Circle, *views: tuple[Vector, float], rules: Rules = Rules()) -> Verdict:  # noqa: B008
    vectors = np.stack([vector for vector, _ in views])
    quality = np.array([clear for _, clear in views], np.float32)
    return judge(circle, circle.likenesses(vectors), quality, rules).verdict


def test_a_likeness_is_what_grouping_says_it_is(circle: Circle) -> None:
    found = circle.resemblance(circle.likenesses(somebody(1, 0.3, 50)[None]))
    assert (found.person_id, found.name) == (1, "Anna") and found.probability > 0.95
    nobody = circle.resemblance(circle.likenesses(somebody(9)[None]))
    assert nobody.probability < 0.01 and nobody.is_somebody
    empty = Circle([], LIMITS)
    alone = empty.resemblance(empty.likenesses(somebody(1)[None]))
    assert not alone.is_somebody and alone.probability == 0.0


def test_who_is_known_is_known_by_one_good_view(circle: Circle) -> None:
    assert verdict(circle, (somebody(2, 0.3), 0.1)) is Verdict.KNOWN
    assert verdict(circle, (somebody(9), 0.9), (somebody(1, 0.3), 0.5)) is Verdict.KNOWN
    assert verdict(circle, (somebody(3, 0.3), 0.5)) is Verdict.IGNORED


def test_a_stranger_is_like_nobody_in_enough_photos(circle: Circle) -> None:
    clear, poor, excellent = (somebody(9), 0.5), (somebody(9), 0.1), (somebody(9), 0.9)
    assert verdict(circle, clear) is Verdict.TOO_POOR
    assert verdict(circle, clear, poor) is Verdict.TOO_POOR
    assert verdict(circle, clear, clear) is Verdict.STRANGER
    assert verdict(circle, excellent) is Verdict.STRANGER
    assert verdict(circle, clear, rules=Rules(photos=1)) is Verdict.STRANGER
    assert verdict(Circle([], LIMITS), clear, clear) is Verdict.STRANGER


def test_who_may_be_somebody_is_unclear(circle: Circle) -> None:
    likeness = next(
        (somebody(1, noise, 80), noise)
        for noise in np.arange(0.3, 0.9, 0.01)
        if 0.3
        < circle.resemblance(circle.likenesses(somebody(1, noise, 80)[None])).probability
        < 0.7
    )[0]
    assert verdict(circle, (likeness, 0.5), (likeness, 0.5)) is Verdict.UNCLEAR
    assert verdict(circle, (likeness, 0.5)) is Verdict.TOO_POOR


def test_views_of_one_person_are_one_in_a_photo() -> None:
    vectors = np.stack([somebody(5), somebody(5, 0.2), somebody(5, 0.3, 2), somebody(6)])
    assert together(vectors, 0, [1, 2, 2, 3], LIMITS).tolist() == [0, 1]
    assert together(vectors, 3, [1, 2, 2, 3], LIMITS).tolist() == [3]
    # Who stands beside somebody in one photo is somebody else.
    assert together(vectors, 0, [1, 1, 2, 3], LIMITS).tolist() == [0, 2]


@dataclass
class Door:
    """A library in which Anna and Ben have names, and a camera that drops photos."""

    library: Library
    album: int
    number: int
    folder: int
    path: Path
    porter: Porter
    notices: list[Notice]
    count: int = 0
    begin: datetime = field(
        default_factory=lambda: datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=3)
    )

    def drop(self, second: float, *faces: NewFace) -> int:
        """A photo, written so many seconds after the beginning, is looked at."""
        self.count += 1
        at = (self.begin + timedelta(seconds=second)).replace(tzinfo=UTC)
        seen = SeenFile(self.path / f"{self.count}.jpg", 10, int(at.timestamp() * 1e9))
        record_scan(self.library, self.number, self.folder, ScanResult(added=[seen]))
        ((photo_id, _),) = pending_photos(self.library, self.number)
        eyes = self.porter.eyes(self.number, [photo_id])
        store_look(self.library, photo_id, a_look(f"snap{self.count}", *faces))
        assert eyes is not None
        eyes(photo_id)
        return photo_id

    def settle(self) -> None:
        """Let the porter see everything."""
        eventually(lambda: self.porter._photos.empty())
        done = self.porter._photos
        done.put((0, 0))
        eventually(done.empty)
        time.sleep(0)

    def told(self) -> list[tuple[int, str]]:
        """Each alert, oldest first: in how many photos, and whom it is like."""
        self.settle()
        rows = alerts(self.library, self.number)
        return [(row.times, row.like.name if row.like else "") for row in reversed(rows)]

    def log(self) -> list[tuple[str, int]]:
        """Each line of the log, oldest first."""
        self.settle()
        rows = sightings(self.library, self.number)
        return [(row.person.name, row.times) for row in reversed(rows)]


def face(vector: Vector, quality: float = 0.5, box: tuple[float, ...] = LEFT) -> NewFace:
    made = a_face(box, quality=quality)  # type: ignore[arg-type]
    object.__setattr__(made, "embedding", vector)
    return made


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    library = Library.open(tmp_path / "library.db")
    album = ensure_collection(library, "Photos")
    camera = create_collection(library, "Door", "camera")
    folder = tmp_path / "door"
    folder.mkdir()
    (tmp_path / "pictures").mkdir()
    home = add_folder(library, album.id, tmp_path / "pictures")
    for who, name in ((1, "Anna"), (2, "Ben")):
        files = [SeenFile(tmp_path / "pictures" / f"{name}{n}.jpg", 10, 10) for n in range(6)]
        record_scan(library, album.id, home.id, ScanResult(added=files))
        before = {row.id for row in list_people(library, album.id)}
        places = []
        for of, (photo_id, _) in enumerate(pending_photos(library, album.id)):
            store_look(library, photo_id, a_look(f"{name}{of}", face(somebody(who, 0.35, of), 0.8)))
            places.append(Placement(faces_in_photo(library, photo_id)[0].id, None, -1, 0.7))
        store_groups(library, album.id, places, 1)
        (person,) = [row for row in list_people(library, album.id) if row.id not in before]
        name_person(library, person.id, name)
    paths = Paths.under(tmp_path)
    order = WorkOrder("compact", paths.models, resources(), paths.cache, 10**9, 400, 3000, 512, 440)
    choices = Choices(
        paths, Settings(), order, ("compact", "1"), lambda _: None,
        lambda number: own_settings(library, number),
    )  # fmt: skip
    announcer = Announcer()
    notices: list[Notice] = []

    news = News(library, notices.append, ThumbnailCache(paths.cache, 10**9))
    porter = Porter(library, announcer, choices, ("compact", "1"), lambda: LIMITS, news)
    row = add_folder(library, camera.id, folder)
    yield Door(library, album.id, camera.id, row.id, folder, porter, notices)
    porter.close()
    assert library.problems() == []
    library.close()


def test_people_of_the_house_are_logged_once_a_visit(door: Door) -> None:
    for second in (0, 3, 8):
        door.drop(second, face(somebody(1, 0.3, second)))
    door.drop(9, face(somebody(1, 0.3, 9)), face(somebody(2, 0.3, 9), box=RIGHT))
    door.drop(100, face(somebody(1, 0.3, 4)))
    assert door.log() == [("Anna", 4), ("Ben", 1), ("Anna", 1)]
    assert door.told() == [] and door.notices == []


def test_people_are_known_by_another_pack_once_it_is_in_use(door: Door) -> None:
    door.drop(0, face(somebody(1, 0.3)))
    assert door.log() == [("Anna", 1)]
    for one in Face.select():  # the other pack sees all the same people elsewhere
        one.embedding, one.pack_version = -one.embedding, "2"
        one.save()
    door.porter.adopt(("compact", "2"))
    seen = replace(face(-somebody(2, 0.3)), pack_version="2")
    door.drop(100, seen)
    assert door.log() == [("Anna", 1), ("Ben", 1)]


def test_a_stranger_raises_one_alert_and_is_counted_on(door: Door) -> None:
    door.drop(0, face(somebody(7)))
    assert door.told() == []
    door.drop(5, face(somebody(7, 0.1)))
    assert door.told() == [(2, "Anna")] or door.told() == [(2, "Ben")]
    for second in (9, 100, 170):
        door.drop(second, face(somebody(7, 0.1, second)))
    assert [times for times, _ in door.told()] == [5]
    (notice,) = door.notices
    assert (notice.kind, notice.title) == (NoticeKind.ALERT, "A stranger at Door")
    assert "seen 2 times" in notice.text and notice.document["ImageCount"] == 2
    assert notice.document["URI"].endswith(".jpg")
    # Somebody else raises an alert of their own.
    door.drop(172, face(somebody(8), 0.9))
    assert [times for times, _ in door.told()] == [5, 1]


def test_the_same_stranger_raises_another_alert_after_the_cool_down(door: Door) -> None:
    set_own(door.library, door.number, "alert_minutes", 1)
    for second in (0, 2, 50, 65, 170):
        door.drop(second, face(somebody(7, 0.1, second), 0.9))
    assert [times for times, _ in door.told()] == [3, 1, 1]


def test_two_photos_that_lie_too_far_apart_are_no_stranger(door: Door) -> None:
    door.drop(0, face(somebody(7)))
    door.drop(61, face(somebody(7)))
    door.drop(180, face(somebody(8), 0.1))
    door.drop(181, face(somebody(8), 0.1))
    assert door.told() == []
    set_own(door.library, door.number, "stranger_seconds", 90)
    door.drop(100, face(somebody(7)))
    assert [times for times, _ in door.told()] == [2]


def unclear(of: int) -> Vector:
    """Somebody who may be Anna."""
    people = [Known(1, "Anna", album_of(1)), Known(2, "Ben", album_of(2))]
    circle = Circle(people, LIMITS)
    return next(
        somebody(1, noise, of)
        for noise in np.arange(0.3, 0.9, 0.005)
        if 0.3
        < circle.resemblance(circle.likenesses(somebody(1, noise, of)[None])).probability
        < 0.6
    )


def test_who_may_be_anna_is_waited_for(door: Door) -> None:
    one = unclear(11)
    door.drop(0, face(one))
    door.drop(1, face(one))
    assert door.told() == [] and door.log() == []
    assert len(door.porter._waiting) == 1
    door.drop(2, face(somebody(1, 0.3)))  # a better view
    door.porter._waiting = [(0.0, *rest) for _, *rest in door.porter._waiting]  # type: ignore[misc]
    assert door.told() == [] and door.log()[0][0] == "Anna"


def test_who_stays_unclear_is_told_when_the_time_is_over(door: Door) -> None:
    one = unclear(11)
    for second in (0, 1):
        door.drop(second, face(one))
    assert door.told() == []
    door.porter.close()
    rows = alerts(door.library, door.number)
    assert [(row.times, row.like and row.like.name) for row in rows] == [(2, "Anna")]
    likeness = rows[0].likeness
    assert likeness is not None and 0.2 < likeness < 0.8


def test_what_was_said_holds_for_the_next_photo(door: Door) -> None:
    for second in (0, 2):
        door.drop(second, face(somebody(7, 0.1, second)))
    door.settle()
    (row,) = alerts(door.library, door.number)
    say_who(door.library, door.number, row.id, "Carla")
    door.drop(5, face(somebody(7, 0.1, 5)))
    assert door.log() == [("Carla", 1)]
    for second in (10, 12):
        door.drop(second, face(somebody(8, 0.1, second)))
    door.settle()
    row = alerts(door.library, door.number)[0]
    ignore(door.library, door.number, row.id)
    set_own(door.library, door.number, "alert_minutes", 0)
    for second in (20, 25):
        door.drop(second, face(somebody(8, 0.1, second)))
    assert [times for times, _ in door.told()] == [2, 2]


def test_old_photos_raise_no_alert_and_switched_off_means_off(door: Door) -> None:
    door.begin -= timedelta(days=2)
    for second in (0, 1):
        door.drop(second, face(somebody(7), 0.9))
    door.drop(2, face(somebody(1, 0.3)))
    assert door.told() == [] and door.log() == [("Anna", 1)]
    door.begin += timedelta(days=2, minutes=-20)
    door.drop(0, face(somebody(8), 0.9))  # on the page, but no news
    assert [times for times, _ in door.told()] == [1] and door.notices == []
    set_own(door.library, door.number, "alerts", "off")
    assert door.porter.eyes(door.number, [1]) is None and not door.porter.is_on_duty()


def test_whoever_is_forgotten_is_known_no_more(door: Door) -> None:
    door.drop(0, face(somebody(1, 0.3)))
    assert door.log() == [("Anna", 1)]
    anna = next(row for row in list_people(door.library, door.album) if row.name == "Anna")
    forget_person(door.library, anna.id)
    door.porter.spoken()
    door.settle()
    kept = door.porter._cameras[door.number].circle
    assert kept is not None and len(kept) == 1
    assert door.log() == []


def test_a_bug_over_one_photo_costs_that_photo(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(porters, "faces_seen", fail)
        door.drop(0, face(somebody(1, 0.3)))
        door.settle()
    assert "could not be judged" in caplog.text
    caplog.clear()
    door.drop(1, face(somebody(1, 0.3)))
    assert door.log() == [("Anna", 1)]


def test_a_photo_is_taken_in_by_itself(door: Door, group_photo: Path) -> None:
    data = group_photo.read_bytes()
    photo, half = door.path / "a.jpg", door.path / "half.jpg"
    photo.write_bytes(data)
    half.write_bytes(data[:2000])
    assert is_whole(photo) and not is_whole(half) and not is_whole(door.path / "none.jpg")
    hidden = door.path / ".cache" / "b.jpg"
    hidden.parent.mkdir()
    hidden.write_bytes(data)
    paths = [photo, half, hidden, door.path / "none.jpg", door.path / "notes.txt"]
    take_in(door.library, door.folder, paths)
    known = known_files(door.library, door.number, door.folder)
    assert sorted(file.path.name for file in known) == ["a.jpg", "half.jpg"]
    half.write_bytes(data + b" ")
    take_in(door.library, door.folder, [half])
    sizes = {row.path.name: row.size for row in Photo.select().where(Photo.folder == door.folder)}
    assert sizes == {"a.jpg": len(data), "half.jpg": len(data) + 1}
