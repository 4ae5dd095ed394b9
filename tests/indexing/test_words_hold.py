"""Whatever happens to an album, in whatever order: no run of the clusterer loses a word."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UsageError
from app.library.commands.faces import (
    confirm_faces,
    draw_face,
    mark_not_a_face,
    move_faces,
    reject_faces,
    say_strangers,
    split_faces,
)
from app.library.commands.folders import set_folder_state
from app.library.commands.forgetting import forget_person
from app.library.commands.importing import TakenName, take_in_names
from app.library.commands.people import (
    choose_cover,
    hide_people,
    hide_person,
    merge_people,
    name_person,
    say_different,
    say_staff,
    set_birth_year,
    show_people,
    show_person,
)
from app.library.commands.undo import redo, undo
from app.library.models import Face, Photo
from app.library.queries.decisions import can_undo, standing
from app.library.rows import FolderState
from tests.indexing.crowded import BELOW, LEFT, RIGHT, Crowded
from tests.indexing.holding import check_run, check_standing, facts

SAID = (
    "name", "merge", "different", "confirm", "reject", "move", "split", "not_a_face", "hide",
    "show", "cover", "birth", "undo", "redo", "forget", "draw", "stranger",
    "hide several", "show several", "staff", "not staff", "import",
)  # fmt: skip
UNSAID = (
    "look", "new maker", "half a new maker", "gone", "returned", "moved", "offline", "arrived",
    "edited", "folder again", "look too early",
)  # fmt: skip
RUNS = ("run", "rebuild") * 4
STEPS = st.lists(
    st.tuples(st.sampled_from((*SAID, *UNSAID, *RUNS)), st.integers(0, 9999)), max_size=14
)
ANY = settings(
    max_examples=36, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Life:
    """An album and what happens to it."""

    def __init__(self, path: Path) -> None:
        self.album = Crowded(path)
        self.library, self.number = self.album.library, self.album.number

    def step(self, word: str, number: int) -> None:
        """Let one thing happen; what is refused changes nothing."""
        if word in ("run", "rebuild"):
            before = facts(self.album)
            self.album.run(rebuild=word == "rebuild")
            check_run(self.album, before)
        elif word in UNSAID:
            self._unsaid(word, number)
        elif people := self.album.people():
            one, two = people[number % len(people)], people[(number // 11) % len(people)]
            with contextlib.suppress(UsageError):
                self._say(word, number, one.id, two.id)
        check_standing(self.album)

    def _say(self, word: str, number: int, one: int, two: int) -> None:  # noqa: C901 - a word a line
        library = self.library
        own = [f.id for f in Face.select().where(Face.person == one).order_by(Face.id)]
        own = own[number % 3 : number % 3 + 1 + number % 2] or own[:1]
        faces = [face.id for face in Face.select().order_by(Face.photo, Face.x)]
        some = sorted({faces[number % len(faces)], faces[(number // 5) % len(faces)]})
        match word:
            case "name":
                name_person(library, one, f"N{number % 5}", merge=number % 2 == 0)
            case "merge":
                merge_people(library, one, [two])
            case "different":
                say_different(library, one, two)
            case "confirm":
                confirm_faces(library, one, some)
            case "reject":
                reject_faces(library, one, own if number % 3 else some)
            case "move":
                move_faces(library, some, f"N{number % 5}" if number % 2 else one)
            case "split":
                split_faces(library, one, own, f"N{number % 5}" if number % 2 else "")
            case "not_a_face":
                statues = [f.id for f in Face.select().join(Photo) if "-1.jpg" in f.photo.path.name]
                mark_not_a_face(library, some[:1] if number % 2 else statues[-1:])
            case "hide":
                hide_person(library, one)
            case "show":
                show_person(library, one)
            case "hide several":
                hide_people(library, [one, two])
            case "show several":
                show_people(library, [two, one])
            case "staff" | "not staff":
                say_staff(library, [one, two] if number % 2 else [one], word == "staff")
            case "cover":
                choose_cover(library, one, own[0])
            case "birth":
                set_birth_year(library, one, 1980 + number % 40 if number % 5 else None)
            case "undo":
                undo(library, self.number)
            case "redo":
                redo(library, self.number)
            case "forget":
                forget_person(library, one)
            case "draw":
                photo = Photo.select().where(Photo.state == "looked").order_by(Photo.id)
                box = (BELOW, RIGHT, LEFT)[number % 3]
                name = f"N{number % 5}" if number % 2 else ""
                draw_face(library, photo[number % len(photo)].id, box, name)
            case "import":
                photos = list(Photo.select().where(Photo.state == "looked").order_by(Photo.id))
                frames = ((photos[number % len(photos)].id, BELOW),) if photos else ()
                names = (
                    TakenName(f"N{number % 5}", one, tuple(some[:1]), (two,)),
                    TakenName(f"N{number % 4}", None, tuple(own), (one, two)[number % 3 :], frames),
                )
                take_in_names(library, self.number, names)
            case "stranger":
                lone = [f.id for f in Face.select().where(Face.person.is_null(), Face.is_face)]
                say_strangers(library, [*some, *lone[number % 5 :][:3]])

    def _unsaid(self, word: str, number: int) -> None:
        album = self.album
        photos = [photo.path.name for photo in Photo.select().order_by(Photo.id)]
        name = photos[number % len(photos)]
        match word:
            case "look" | "look too early":
                album.look(name, knowing=word == "look")
            case "new maker" | "half a new maker":
                album.look_at_all("2", part=1 if word == "new maker" else 2)
            case "gone":
                album.scan(missing=[album.photo(other).id for other in photos[number % 7 :: 7]])
            case "returned":
                gone = [photo.id for photo in Photo.select().where(Photo.state == "gone")]
                album.scan(returned=gone[number % 2 :])
            case "moved":
                album.move(name)
            case "offline":
                state = FolderState.OFFLINE if number % 2 else FolderState.WATCHING
                set_folder_state(self.library, album.folder.id, state)
            case "edited":
                album.edit(name)
            case "folder again":
                album.remove_and_add()
            case "arrived":
                album.fill(album.another(number % 6, len(photos)))


@pytest.fixture
def lives(grouped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Life]]:
    """Makes a life of its own each time, and closes it before the next."""
    opened: list[Life] = []

    def begin() -> Life:
        while opened:
            opened.pop().library.close()
        path = tmp_path_factory.mktemp("life") / "library.db"
        opened.append(Life(Path(shutil.copy(grouped, path))))
        return opened[-1]

    yield begin
    for life in opened:
        life.library.close()


@ANY
@given(steps=STEPS)
def test_no_word_is_lost_or_contradicted(
    lives: Callable[[], Life], steps: list[tuple[str, int]]
) -> None:
    whole(lives(), steps)


def whole(life: Life, steps: list[tuple[str, int]]) -> None:
    """Let it all happen, and take everything back."""
    for word, number in steps:
        life.step(word, number)
    # In the end the same maker has seen all: a rebuild, and then nothing is left to do.
    life.album.look_at_all(life.album.version)
    life.step("rebuild", 0)
    settled = life.album.placements()
    life.step("run", 0)
    assert life.album.placements() == settled, "nothing is new"
    life.step("rebuild", 0)
    assert life.album.placements() == settled, "a second rebuild finds nothing to change"
    while can_undo(life.library, life.number):
        life.step("undo", 0)
    life.step("rebuild", 0)
    words = standing(life.library, life.number)
    assert not (words.said or words.refused or words.denied or words.apart or words.births)
    assert not words.strangers and not Face.select().where(Face.drawn).exists()
    assert life.library.problems() == []
