"""What is erased is on no disk any more: no name, no embedding, no crop, in no file; whoever reads
meanwhile, and whenever Kinfolk is killed."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from app.bootstrap import build
from app.indexing.erasing import Note, Step, notes, one_at_a_time
from app.indexing.events import Changed, Event
from app.indexing.forgetting import LATER, erase_all_faces, forget_person
from app.indexing.house import House
from app.library.commands.photos import mark_stale
from app.library.queries.decisions import history, is_forgotten
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import pending_photos
from app.library.queries.people import find_person, list_people
from app.library.queries.photos import counts, timeline
from app.media.thumbnails import ThumbnailCache
from app.paths import Paths
from tests.conftest import shipped
from tests.privacy.tour import PYTHON, ROOT, Tour, environment

ANNA, BEN = "Philomena Quüx", "Bartholomäus Zzyzx"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@dataclass
class Secrets:
    """What must not be found once it was erased."""

    words: list[bytes] = field(default_factory=list)
    vectors: list[bytes] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    def found(self, home: Path) -> set[str]:
        """In which files below a folder any of them is found, as a whole or in part."""
        needles = [
            *self.words,
            *(vector[at : at + 64] for vector in self.vectors for at in range(0, 1024, 64)),
            # What comes before these are tables that all JPEGs share.
            *(one[at : at + 64] for one in self.pictures for at in (len(one) // 2, len(one) - 99)),
        ]
        assert all(len(needle) > 6 for needle in needles)
        found: set[str] = set()
        for path in home.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                if any(needle in content for needle in needles):
                    found.add(path.name)
        return found


def secrets_of(name: str | None) -> Secrets:
    """All that the library knows of a person, or of everybody."""
    paths, secrets = Paths.for_user(), Secrets()
    cache = ThumbnailCache(paths.cache, 10**12)
    for known in [name] if name else [ANNA, BEN]:
        secrets.words += [known.encode(), json.dumps(known)[1:-1].encode()]
    with contextlib.closing(sqlite3.connect(paths.database)) as file:
        rows = file.execute(
            "SELECT fingerprint, x, y, w, h, embedding FROM face"
            " JOIN photo ON photo.id = photo_id LEFT JOIN person ON person.id = person_id"
            + (" WHERE name = ?" if name else ""),
            [name] if name else [],
        ).fetchall()
    for fingerprint, *box, vector in rows:
        secrets.vectors.append(bytes(vector))
        path = cache.face_path(fingerprint, (box[0], box[1], box[2], box[3]))
        secrets.pictures.append(path.read_bytes())
    assert len(rows) == (4 if name else 24) and all(len(v) == 1024 for v in secrets.vectors)
    return secrets


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that knows six people in four photos, two of them by name, with a backup."""
    base = tmp_path_factory.mktemp("known")
    photos = base / "photos"
    photos.mkdir()
    with Image.open(shipped("insightface", "data", "images", "t1.jpg")) as image:
        for number, light in enumerate((1.0, 0.9, 0.8, 0.7)):
            ImageEnhance.Brightness(image).enhance(light).save(photos / f"{number}.jpg", quality=90)
    library = base / "library"

    def say(*words: str) -> None:
        subprocess.run(
            [PYTHON, "-m", "app", *words, "--library", str(library)],
            cwd=ROOT, env=environment(), check=True, capture_output=True,
        )  # fmt: skip

    say("index", str(photos))
    with contextlib.closing(sqlite3.connect(library / "library.db")) as file:
        people = [key for (key,) in file.execute("SELECT key FROM person ORDER BY id")]
    say("name", people[0], "Philomena Quüü")
    say("name", people[0], ANNA)
    say("name", people[1], BEN)
    say("different", ANNA, BEN)
    say("backup")
    return library


@pytest.fixture
def library(known: Path) -> Path:
    """A copy of it, at the usual place."""
    return Path(shutil.copytree(known, Paths.for_user().data))


@pytest.fixture
def open_house() -> Iterator[Callable[[], House]]:
    """Opens the library; closes it in the end."""
    houses: list[House] = []

    def open_() -> House:
        houses.append(build(None, "Photos"))
        return houses[-1]

    yield open_
    for house in houses:
        with contextlib.suppress(RuntimeError):
            house.close()


WAYS = {"forget": (ANNA, ("forget", ANNA)), "erase": (None, ("erase", "--yes"))}


@pytest.mark.parametrize("way", WAYS)
def test_no_file_holds_what_was_erased(library: Path, home: Path, way: str) -> None:
    name, words = WAYS[way]
    secrets, others = secrets_of(name), secrets_of(BEN)
    before = secrets.found(home)
    assert {"library.db", "journal.jsonl"} <= before
    assert any(name.startswith("library-") for name in before), "the backup has them, too"
    tour = Tour()
    told = tour.say(*words)["Done"]
    assert LATER.strip() not in told and "erase" in told.lower()
    assert secrets.found(home) == set()
    assert len(list((library / "backups").glob("library-*.db"))) == 1, "one fresh backup"
    assert bool(others.found(home)) == (way == "forget"), "nobody else is touched"
    assert tour.say("doctor")["Healthy"]
    tour.say("index")
    assert notes(library) == [] and secrets.found(home) == set()


def delete_long_ago(library: Path, tour: Tour) -> None:
    """Delete the collection of the photos, as if that had been weeks ago."""
    tour.say("collection", "create", "Other")
    tour.say("collection", "delete", "Photos")
    with contextlib.closing(sqlite3.connect(library / "library.db")) as file, file:
        file.execute("UPDATE collection SET deleted = deleted - 31 * 86400 WHERE name <> 'Other'")


def test_no_file_holds_a_collection_that_was_deleted_long_ago(library: Path, home: Path) -> None:
    secrets = secrets_of(None)
    tour = Tour()
    cache = ThumbnailCache(Paths.for_user().cache, 10**12)
    (whole, *_) = cache.folder.glob("photos/*/*.jpg")
    delete_long_ago(library, tour)
    assert secrets.found(home) and whole.exists(), "until somebody keeps house it could come back"
    tour.say("index")
    assert secrets.found(home) == set() and not whole.exists()
    assert notes(library) == [] and tour.say("doctor")["Healthy"]
    assert [one["DatasetName"] for one in tour.say("collection", "list")["Datasets"]] == ["Other"]
    assert "nothing to undo" in tour.say("undo", status=2)["Error"]["Message"]


@pytest.mark.parametrize(
    "moment",
    ["before the rows", "before the crops", "before the file", "between file and backups"],
)
def test_whoever_is_killed_over_a_collection_is_finished_by_the_next(
    library: Path, home: Path, moment: str
) -> None:
    secrets = secrets_of(None)
    tour = Tour()
    delete_long_ago(library, tour)
    done = subprocess.run(
        [PYTHON, "-c", KILLED, KILLS[moment], "index"],
        cwd=ROOT, env=environment(), check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(notes(library)) == 1
    tour.say("people")
    assert secrets.found(home) == set()
    tour.say("index")
    assert notes(library) == [] and tour.say("doctor")["Healthy"]


KILLS = {
    "before the rows": "app.indexing.forgetting._erase_rows",
    "before the crops": "app.indexing.forgetting.forgotten_places",
    "among the crops": "app.media.thumbnails.ThumbnailCache._shard",
    "before the file": "app.library.database.Library.scrub",
    "between file and backups": "app.library.backups.start_over",
    "at the end": "app.indexing.erasing.Note.end",
}
KILLED = """
import importlib, os, signal, sys
from app.__main__ import main
place, *words = sys.argv[1:]
module, _, name = place.rpartition(".")
try:
    home = importlib.import_module(module)
except ModuleNotFoundError:
    module, _, kind = module.rpartition(".")
    home = getattr(importlib.import_module(module), kind)
setattr(home, name, lambda *values, **named: os.kill(os.getpid(), signal.SIGKILL))
sys.exit(main(words))
"""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("moment", KILLS)
def test_whoever_is_killed_over_it_is_finished_by_the_next(
    library: Path, home: Path, way: str, moment: str
) -> None:
    name, words = WAYS[way]
    secrets = secrets_of(name)
    done = subprocess.run(
        [PYTHON, "-c", KILLED, KILLS[moment], *words],
        cwd=ROOT, env=environment(), check=False, capture_output=True,
    )  # fmt: skip
    if moment == "at the end":
        assert done.returncode == 0, "nobody ends a note here: a worker may be about"
    elif (way, moment) != ("erase", "among the crops"):
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(notes(library)) == 1
    tour = Tour()
    people = tour.say("people")["FigureClusters"]
    assert secrets.found(home) == set()
    assert {row["Name"] for row in people} == ({BEN, ""} if way == "forget" else set())
    assert tour.say("doctor")["Healthy"]
    tour.say("index")
    assert notes(library) == []


@pytest.mark.parametrize("way", WAYS)
def test_traces_that_somebody_reads_meanwhile_go_when_they_can(
    library: Path, home: Path, way: str
) -> None:
    name, words = WAYS[way]
    secrets, tour = secrets_of(name), Tour()
    with contextlib.closing(sqlite3.connect(library / "library.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM face").fetchone()
        assert tour.say(*words)["Done"].endswith(LATER)
        assert [note.step for note in notes(library)] == [Step.TRACES]
    tour.say("people")
    assert secrets.found(home) == set()


def test_traces_go_when_the_window_is_closed_at_last(
    library: Path, home: Path, open_house: Callable[[], House]
) -> None:
    secrets = secrets_of(ANNA)
    house = open_house()
    with contextlib.closing(sqlite3.connect(library / "library.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM face").fetchone()
        anna = find_person(house.library, house.collection.id, ANNA)
        assert forget_person(house.library, house.thumbnails, anna.id).said.endswith(LATER)
    house.close()
    assert secrets.found(home) == set()


@pytest.mark.parametrize("way", WAYS)
def test_a_look_under_way_leaves_no_crop(
    library: Path, home: Path, way: str, open_house: Callable[[], House]
) -> None:
    secrets = secrets_of(WAYS[way][0])
    house = open_house()
    number = house.collection.id
    anna = find_person(house.library, number, ANNA)
    done: list[object] = []

    def hear(event: Event) -> None:
        if isinstance(event, Changed) and event.changes.photos and not done:
            done.append(event)
            if way == "forget":
                forget_person(house.library, house.thumbnails, anna.id)
            else:
                erase_all_faces(house.library, house.thumbnails, number)

    house.indexer.subscribe(hear)
    house.indexer.start(watch=False)
    assert house.indexer.wait(house.indexer.look_again(number), 120) and done
    house.close()
    assert secrets.found(home) == set()
    assert len(list(library.rglob("faces/*/*.jpg"))) == (20 if way == "forget" else 0)


def test_what_a_dead_worker_left_goes_with_the_next_indexing(library: Path, home: Path) -> None:
    secrets = secrets_of(None)
    crops = {path: path.read_bytes() for path in library.rglob("faces/*/*.jpg")}
    tour = Tour()
    tour.say("erase", "--yes")
    assert [note.step for note in notes(library)] == [Step.STRAYS]
    for number, (path, content) in enumerate(crops.items()):
        path.with_suffix(".new" if number % 2 else ".jpg").write_bytes(content)
    assert tour.say("index")["Indexed"] == 0
    assert secrets.found(home) == set() and notes(library) == []


def test_photos_stay_and_are_not_looked_at_until_the_user_wants_it(
    library: Path, open_house: Callable[[], House], six_people: Path
) -> None:
    house = open_house()
    number = house.collection.id
    erase_all_faces(house.library, house.thumbnails, number)
    shown = timeline(house.library, number)
    assert len(shown) == 4 and list_people(house.library, number, include_hidden=True) == []
    assert all(faces_in_photo(house.library, item.id) == [] for item in shown)
    assert history(house.library, number) == []
    assert mark_stale(house.library, number, "another", "9") == 0, "not by another pack either"
    assert pending_photos(house.library, number) == []
    assert is_forgotten(house.library, shown[0].id, (0.1, 0.1, 0.2, 0.2))
    assert len(list(library.rglob("photos/*/*.jpg"))) == 4, "their small pictures stay"
    house.indexer.start(watch=False)
    assert house.indexer.wait(house.indexer.index(number, [six_people]), 120)
    totals = counts(house.library, number)
    assert (totals.photos, totals.copies, totals.pending) == (7, 1, 0)
    faces = [len(faces_in_photo(house.library, p.id)) for p in timeline(house.library, number)]
    assert sorted(faces) == [0, 0, 0, 0, 6, 6, 6], "new ones are looked at, but for a copy"
    assert house.indexer.wait(house.indexer.look_again(number), 120)
    assert all(len(faces_in_photo(house.library, item.id)) == 6 for item in shown)


@pytest.mark.usefixtures("library")
def test_the_command_line_asks_first_and_looks_again_when_told() -> None:
    tour = Tour()
    told = tour.say("erase", status=2)["Error"]["Message"]
    assert "24 faces, 6 people and groups" in told and "`kinfolk erase --yes`" in told
    assert len(tour.people()) == 6
    told = tour.say("erase", "--yes")["Done"]
    assert told.startswith("Erased all face data: 24 faces of 6 people and groups.")
    assert "cannot be undone" in told and tour.people() == []
    assert "nothing to undo" in tour.say("undo", status=2)["Error"]["Message"].lower()
    assert tour.say("index")["Unchanged"] == 4 and tour.people() == []
    answer = tour.say("index", "--again")
    assert (answer["Indexed"], answer["Faces"]) == (4, 24) and len(tour.people()) == 6


def test_a_note_is_of_use_to_nobody_else(tmp_path: Path) -> None:
    note = Note.begin(tmp_path, person="person-1")
    assert note.file.stat().st_mode & 0o777 == 0o600 and notes(tmp_path) == [note]
    after = note.go_on(Step.TRACES)
    assert after.person == "" and notes(tmp_path) == [after]
    (tmp_path / "erasing-broken.json").write_text("{", encoding="utf-8")
    assert notes(tmp_path) == [after]
    with one_at_a_time(tmp_path, wait=False) as mine, one_at_a_time(tmp_path, wait=False) as other:
        assert (mine, other) == (True, False)
    after.end()
    assert notes(tmp_path) == []
