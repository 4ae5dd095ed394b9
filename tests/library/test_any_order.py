"""Whatever is said, seen and lost in whatever order: the album and the log agree at every step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.errors import UsageError
from app.library.anchors import best_match, box_of
from app.library.commands.faces import (
    confirm_faces,
    draw_face,
    mark_not_a_face,
    move_faces,
    reject_faces,
    say_strangers,
    split_faces,
)
from app.library.commands.folders import add_folder, ensure_collection, set_folder_state
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
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.commands.undo import redo, undo
from app.library.database import Library
from app.library.drawn import frames
from app.library.models import Decision, Face, Person, Photo
from app.library.queries.decisions import can_undo, drawn_boxes, standing
from app.library.rows import FolderState, Placed
from tests.library.conftest import BELOW, LEFT, RIGHT, Album, Box, a_face, a_look
from tests.library.placing import Placement, store_groups

UNSAID = (
    "look", "other maker", "blind maker", "gone", "returned", "group", "copy", "edit", "offline",
    "online",
)  # fmt: skip
SAID = (
    "name", "merge", "different", "confirm", "reject", "move", "split", "not_a_face", "hide",
    "show", "cover", "birth", "undo", "redo", "draw", "stranger", "hide several", "show several",
    "staff", "not staff", "import",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from((*SAID, *UNSAID)), st.integers(0, 999)), max_size=16)
Picture = tuple[object, ...]


class Play:
    """An album in which anything may happen."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.number = ensure_collection(library, "Photos").id
        row = add_folder(library, self.number, library.path.parent)
        self.album = Album(library, self.number, row.id, row.path)
        elsewhere = library.path.parent.with_name(f"{library.path.parent.name} elsewhere")
        elsewhere.mkdir()
        self.other = add_folder(library, self.number, elsewhere)
        for start in (0, 10, 20):
            self.album.person(3, start=start)
        (photo,) = self.album.add("two.jpg")
        store_look(library, photo, a_look("two", a_face(LEFT, 30), a_face(RIGHT, 31)))
        self.looks = 0
        self.files = 0

    def picture(self) -> Picture:
        """Everyone and every face, named by content."""
        faces = sorted(
            (face.photo.fingerprint, round(face.x, 1), (face.person and face.person.key) or "",
             face.placed, bool(face.is_face), bool(face.drawn))
            for face in Face.select()
        )  # fmt: skip
        people = sorted(
            (
                person.key,
                person.name,
                person.hidden,
                person.staff,
                person.birth_year,
                person.cover_chosen,
            )
            for person in Person.select()
            if person.merged_into_id is None and (person.face_count or person.name)
        )
        words = standing(self.library, self.number)
        # A drawn face that is drawn again has another number, but is where it was.
        said = {self.place(face): person for face, person in words.said.items()}
        refused = {(self.place(face), person) for face, person in words.refused}
        denied, strangers = (set(map(self.place, f)) for f in (words.denied, words.strangers))
        return faces, people, said, refused, denied, strangers, words.apart

    def place(self, face_id: int) -> tuple[str, float]:
        """A face, named by content."""
        face = Face.get_by_id(face_id)
        return face.photo.fingerprint, round(face.x, 1)

    def step(self, word: str, number: int) -> None:
        """Let one thing happen; what is refused changes nothing."""
        people = self.album.people()
        faces = [face.id for face in Face.select().order_by(Face.photo, Face.x)]
        if not people:
            return
        one, two = people[number % len(people)], people[(number // 7) % len(people)]
        some = {faces[number % len(faces)], faces[(number // 5) % len(faces)]}
        own = [face.id for face in Face.select().where(Face.person == one.id)][: 1 + number % 2]
        try:
            if word in UNSAID:
                self._unsaid(word, number, one.id, sorted(some)[0])
            else:
                self._say(word, number, one.id, two.id, sorted(some), own)
        except UsageError:
            pass

    def _say(  # noqa: C901 - a word a line
        self, word: str, number: int, one: int, two: int, some: list[int], own: list[int]
    ) -> None:
        library = self.library
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
                mark_not_a_face(library, some)
            case "hide":
                hide_person(library, one)
            case "show":
                show_person(library, one)
            case "hide several":
                hide_people(library, [one, two])
            case "show several":
                show_people(library, [two, one])
            case "staff":
                say_staff(library, [one, two] if number % 2 else [one])
            case "not staff":
                say_staff(library, [one, two] if number % 2 else [one], is_staff=False)
            case "cover":
                choose_cover(library, one, own[0])
            case "birth":
                set_birth_year(library, one, 1950 + number % 50 if number % 4 else None)
            case "draw":
                photos = list(Photo.select().order_by(Photo.id))
                box = (BELOW, RIGHT, LEFT)[number % 3]
                name = f"N{number % 5}" if number % 2 else ""
                draw_face(library, photos[number % len(photos)].id, box, name)
            case "stranger":
                say_strangers(library, some)
            case "import":
                self._take_in(number, one, two, some)
            case "undo":
                undo(library, self.number)
            case "redo":
                redo(library, self.number)

    def _take_in(self, number: int, one: int, two: int, some: list[int]) -> None:
        """Names of two people at once, on faces, on groups and in frames."""
        photos = list(Photo.select().order_by(Photo.id))
        frame = (photos[number % len(photos)].id, (BELOW, RIGHT, LEFT)[number % 3])
        first = TakenName(f"N{number % 5}", one if number % 3 else None, tuple(some[:1]), (two,))
        groups = (one, two) if number % 2 else ()
        second = TakenName(f"n{number % 4}", None, tuple(some[1:]), groups, (frame,))
        take_in_names(self.library, self.number, [first, second])

    def _unsaid(self, word: str, number: int, person: int, face_id: int) -> None:
        photos = list(Photo.select().order_by(Photo.id))
        photo = photos[number % len(photos)]
        if word in ("copy", "edit", "offline", "online"):
            self._on_disk(word, number, photo)
        elif word in ("gone", "returned"):
            scan = ScanResult(**{"missing" if word == "gone" else "returned": [photo.id]})
            record_scan(self.library, self.number, self.album.folder_id, scan)
        elif word == "group":
            face = Face.get_by_id(face_id)
            place = Placement(face.id, face.person_id, (0, -1, person)[number % 3], 0.5)
            store_groups(self.library, self.number, [place], int(number % 3 == 1))
        else:
            self.look(photo, {"look": "1", "other maker": "2"}.get(word, "3"))

    def _on_disk(self, word: str, number: int, photo: Photo) -> None:
        """A copy of a photo appears, told by the scan or by the look; a file is edited to what it
        never was, or back; the other folder, in which the copies lie, comes and goes."""
        self.files += 1
        if word == "copy":
            seen = SeenFile(self.other.path / f"copy {self.files}.jpg", 10, 10)
            original = (photo.copy_of or photo).id
            scan = ScanResult(copies=[(original, seen)])
            if number % 3 == 0:
                scan = ScanResult(added=[seen])
            record_scan(self.library, self.number, self.other.id, scan)
            made = Photo.get(Photo.path == seen.path)
            if made.state == "pending":
                made.fingerprint = photo.fingerprint
                self.look(made, "1")
        elif word == "edit":
            scan = ScanResult(changed=[(photo.id, SeenFile(photo.path, 10, self.files))])
            record_scan(self.library, self.number, photo.folder_id, scan)
            changed = Photo.get_by_id(photo.id)
            root = photo.fingerprint.partition("+")[0]
            changed.fingerprint = root + "+" * (number % 3)
            self.look(changed, "1")
        else:
            folder = self.other.id if number % 2 else self.album.folder_id
            states = (FolderState.OFFLINE, FolderState.MISSING)
            state = states[number % 3 == 0] if word == "offline" else FolderState.WATCHING
            set_folder_state(self.library, folder, state)

    def look(self, photo: Photo, version: str) -> None:
        """Look at a photo again; another maker draws other boxes, a third finds no face."""
        self.looks += 1
        shift = 0.02 if version == "2" else 0.0
        drawn: list[Box] = [(LEFT[0] + shift, *LEFT[1:])] if version != "3" else []
        if photo.fingerprint.startswith("two") and drawn:
            drawn.append((RIGHT[0] - shift, *RIGHT[1:]))
        framed = drawn_boxes(self.library, photo.id) if self.looks % 3 else []  # or too early
        boxes = [box for box in drawn if best_match(box, framed) is None]
        seen = [a_face(box, 100 + self.looks, version) for box in boxes]
        seen += [replace(a_face(box, 99, version), drawn=True) for box in framed]
        store_look(self.library, photo.id, a_look(photo.fingerprint, *seen, version=version))

    def check(self) -> None:
        """The album says what the log says."""
        words = standing(self.library, self.number)
        for face in Face.select():
            if face.id in words.said:
                assert face.person_id == words.said[face.id] and face.is_face
            if face.id in words.firm:
                assert face.placed == Placed.USER.value
            if face.id in words.denied:
                assert not face.is_face and face.person_id is None
            assert (face.id, face.person_id) not in words.refused
            is_stranger = face.is_face and face.person_id is None and face.placed == "user"
            assert is_stranger == (face.id in words.strangers)
        assert set(words.said).isdisjoint(words.denied)
        assert set(words.said.items()).isdisjoint(words.refused)
        self._check_copies()
        for photo in Photo.select().where(Photo.state != "copy"):
            framed = frames(self.number, [photo.fingerprint]).get(photo.fingerprint, [])
            faces = list(Face.select().where(Face.photo == photo))
            boxes = [box_of(face) for face in faces]
            assert all(best_match(box, boxes) is not None for box in framed)
            assert {box_of(face) for face in faces if face.drawn} <= set(framed)
        years = Person.select().where(Person.birth_year.is_null(False))
        living = {p.id: p.birth_year for p in years if p.merged_into_id is None}
        assert living == dict(words.births)
        shown = [p.name for p in Person.select() if p.name and p.merged_into_id is None]
        assert len(shown) == len({name.casefold() for name in shown})

    def _check_copies(self) -> None:
        """One content is one photo, and a copy is a copy of one that is shown."""
        shown = [p.fingerprint for p in Photo.select().where(Photo.state == "looked")]
        assert len(shown) == len(set(shown))
        for copy in Photo.select().where(Photo.state == "copy"):
            assert copy.copy_of.state == "looked" and not copy.faces.exists()
            assert copy.copy_of.fingerprint == copy.fingerprint
        for row in Person.select():
            faces = list(
                Face.select(Face.photo)
                .join(Photo, on=(Face.photo == Photo.id))
                .where(Face.person == row, Face.is_face, Photo.state == "looked")
                .tuples()
            )
            assert (row.face_count, row.photo_count) == (len(faces), len(set(faces)))


def _play(tmp_path_factory: pytest.TempPathFactory) -> Play:
    return Play(Library.open(tmp_path_factory.mktemp("album") / "library.db"))


ANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ANY
@given(steps=STEPS)
def test_the_album_agrees_with_the_log_at_every_step(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    play = _play(tmp_path_factory)
    try:
        rows = 0
        for word, number in steps:
            play.step(word, number)
            play.check()
            now = Decision.select().count()
            assert now >= rows, "the log only ever grows"
            rows = now
        while can_undo(play.library, play.number):
            undo(play.library, play.number)
            play.check()
        words = standing(play.library, play.number)
        assert not (words.said or words.refused or words.denied or words.apart or words.births)
        assert not words.strangers and not Face.select().where(Face.drawn).exists()
        assert play.library.problems() == []
    finally:
        play.library.close()


@ANY
@given(steps=st.lists(st.tuples(st.sampled_from(SAID), st.integers(0, 999)), max_size=12))
def test_undoing_everything_restores_the_beginning_and_redoing_the_end(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    play = _play(tmp_path_factory)
    try:
        beginning = play.picture()
        for word, number in steps:
            play.step(word, number)
        end = play.picture()
        undone = 0
        while can_undo(play.library, play.number):
            undo(play.library, play.number)
            undone += 1
        assert play.picture() == beginning
        for _ in range(undone):
            redo(play.library, play.number)
        assert play.picture() == end
    finally:
        play.library.close()


@settings(ANY, max_examples=25)
@example(
    before=[("name", 109), ("name", 0), ("reject", 707), ("confirm", 626), ("look", 716),
            ("reject", 560)],
    after=[("name", 624), ("look", 463), *[("name", 0)] * 9], whom=11,
)  # fmt: skip
@given(before=STEPS, after=STEPS, whom=st.integers(0, 99))
def test_forgetting_someone_harms_nobody_else(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
    whom: int,
) -> None:
    play = _play(tmp_path_factory)
    try:
        for word, number in before:
            play.step(word, number)
        people = play.album.people()
        if people:
            gone = people[whom % len(people)]
            forgotten = forget_person(play.library, gone.id)
            play.check()
            for photo in Photo.select():
                play.look(photo, "2")
            found = {play.place(face.id) for face in Face.select()}
            assert not found & {(name, round(box[0], 1)) for name, box in forgotten.places}
            assert gone.key not in {row.key for row in Person.select()}
        for word, number in after:
            play.step(word, number)
            play.check()
        while can_undo(play.library, play.number):
            undo(play.library, play.number)
            play.check()
        assert play.library.problems() == []
    finally:
        play.library.close()
