"""A disk that is full: one message that says what to do, nothing half-written, nothing lost."""

from __future__ import annotations

import json
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.disks import Said, disk, fill, kinfolk, remount
from tests.torture.facts import Facts, facts
from tests.torture.invariants import sound

pytestmark = [pytest.mark.slow]
VINTAGE = Path(__file__).parents[1] / "vintage"
ROOM = "room"
"""What every message about a full disk tells to make."""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for a small library."""
    with disk(tmp_path / "disk", "8m") as folder:
        yield folder


@pytest.fixture
def held(small: Path, six_people: Path) -> Path:
    """A library on that disk that knows six people."""
    library = small / "library"
    assert kinfolk("index", six_people, "--library", library).status == 0
    return library


def known(library: Path) -> Facts:
    """What a library holds, and that it is sound."""
    found = facts(library / "library.db")
    assert found is not None and sound(library, found) == []
    return found


def someone(library: Path) -> str:
    """The key of a person."""
    return sorted(known(library).people)[0]


def told_full(said: Said) -> None:
    """It says so, and what to do."""
    assert said.status in (2, 3) and said.out == ""
    assert ROOM in said.line and "Traceback" not in said.err


def test_indexing_stops_and_goes_on_when_there_is_room(tmp_path: Path, six_people: Path) -> None:
    with disk(tmp_path / "disk", "600k") as small:
        library = small / "library"
        told_full(kinfolk("index", six_people, "--library", library))
        before = facts(library / "library.db")
        remount(small, "size=8m")
        answer = kinfolk("index", six_people, "--library", library, "--json")
        assert answer.status == 0, answer.err
        after = known(library)
        assert [photo.state for photo in after.photos.values()] == ["looked"] * 4
        assert len(after.people) == 6
        looked = {n: p.faces for n, p in before.photos.items() if p.faces} if before else {}
        assert json.loads(answer.out)["Indexed"] == 4 - len(looked), "none is looked at twice"
        assert all(after.photos[number].faces == faces for number, faces in looked.items())


def test_a_full_disk_of_small_pictures_stops_the_looking(tmp_path: Path, six_people: Path) -> None:
    with disk(tmp_path / "disk", "60k") as small:
        home = {"KINFOLK_LIBRARY": None, "XDG_CACHE_HOME": str(small)}
        told_full(kinfolk("index", six_people, env=home))
        remount(small, "size=8m")
        answer = kinfolk("index", six_people, "--json", env=home)
        assert answer.status == 0, answer.err
        assert not list(small.rglob("*.new"))
        assert json.loads(kinfolk("people", "--json", env=home).out)["TotalCount"] == 6


@pytest.mark.parametrize(
    "words",
    [("name", "", "Anna"), ("cluster", "--rebuild"), ("forget", ""), ("backup",), ("people",),
     ("doctor", "--repair")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_command_on_a_full_disk_changes_nothing(
    small: Path, held: Path, words: tuple[str, ...]
) -> None:
    words = tuple(word or someone(held) for word in words)
    before = known(held)
    listed = sorted(path.name for path in (held / "backups").glob("*"))
    hog = fill(small)
    told_full(kinfolk(*words, "--library", held))
    hog.unlink()
    after = known(held)
    assert (after.log, after.people, after.placed) == (before.log, before.people, before.placed)
    assert sorted(path.name for path in (held / "backups").glob("*")) == listed
    again = kinfolk(*words, "--library", held)
    assert again.status == 0, again.err
    known(held)


def test_a_migration_without_room_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "260k") as small:
        library = small / "library"
        library.mkdir(mode=0o700)
        shutil.copyfile(VINTAGE / "library-1.db", library / "library.db")
        (library / "library.db").chmod(0o600)
        before = facts(library / "library.db")
        hog = fill(small)
        told_full(kinfolk("people", "--library", library))
        after = facts(library / "library.db")
        assert before is not None and after is not None
        assert (after.steps, after.log) == (before.steps, before.log)
        hog.unlink()
        remount(small, "size=8m")
        people = json.loads(kinfolk("people", "--library", library, "--json").out)
        names = {person["Name"] for person in people["FigureClusters"]} - {""}
        assert names == {"Anna", "Ben", "Dora"}
        known(library)


def test_a_file_that_may_not_grow_is_told_and_harms_nothing(
    tmp_path: Path, six_people: Path
) -> None:
    """Where nothing can be mounted, a limit of the system does what a full disk does."""
    library = tmp_path / "library"
    assert kinfolk("index", six_people, "--library", library).status == 0
    before = known(library)
    code = (
        "import resource, sys; from app.__main__ import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); sys.exit(main())"
    )
    assert resource.RLIMIT_FSIZE is not None
    said = kinfolk(
        "name", someone(library), "Anna", "--library", library, program=("-c", code)
    )  # fmt: skip
    assert said.status == 3 and said.line
    assert known(library).log == before.log
    assert kinfolk("name", someone(library), "Anna", "--library", library).status == 0
