"""What taking names in would do, and that it does just that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.indexing.name_matching import Box, meant, nearness, pair
from app.indexing.name_plan import (
    Choices,
    Found,
    Plan,
    Why,
    chosen,
    predicted,
)
from app.indexing.name_planner import Pictured, make_plan
from app.library.commands.faces import (
    mark_not_a_face,
    move_faces,
    reject_faces,
    say_strangers,
)
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.importing import TakenIn, take_in_names
from app.library.commands.people import hide_people, name_person, say_different
from app.library.commands.photos import store_look
from app.library.commands.undo import undo
from app.library.database import Library
from app.library.models import Face, Person
from app.library.queries.decisions import standing
from app.library.queries.naming import (
    boxes_banned,
    faces_standing,
    lying,
    people_known,
    people_of_faces,
)
from app.media.foreign.found import ForeignName, Origin
from tests.library.conftest import BELOW, LEFT, RIGHT, Album, a_face, a_look

WIDE: Box = (0.05, 0.02, 0.3, 0.45)
"""As another program frames the face at LEFT."""
NOTHING = Choices()


class Shelf(Album):
    """An album, and what other programs say of its photos."""

    def photo(self, name: str, *boxes: Box) -> int:
        """A photo with faces at these places, which are with nobody."""
        (photo,) = self.add(name)
        look = a_look(name, *(a_face(box, hash((name, box)) % 1000) for box in boxes))
        store_look(self.library, photo, look)
        return photo

    def faces(self, photo: int) -> list[int]:
        """Ids of the faces of a photo, from left to right."""
        return [face.id for face in faces_standing(self.library, [photo]).get(photo, [])]

    def plan(self, said: dict[int, list[ForeignName]]) -> Plan:
        """What taking these names in would do."""
        library, number = self.library, self.collection_id
        faces = faces_standing(library, said)
        banned = boxes_banned(library, number)
        sizes = {file.photo_id: (file.width, file.height) for file in lying(library, number)}
        photos = [
            Pictured(photo, *sizes[photo], names, faces.get(photo, ()), banned.get(photo, ()))
            for photo, names in said.items()
        ]
        words = standing(library, number)
        refused = people_of_faces(library, {face for face, _ in words.refused})
        return make_plan(photos, people_known(library, number), words, refused)

    def take(self, plan: Plan, choices: Choices = NOTHING) -> TakenIn:
        """Do it."""
        return take_in_names(self.library, self.collection_id, chosen(plan, choices))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = make_shelf(tmp_path / "library.db")
    yield made
    assert made.library.problems() == []
    made.library.close()


def make_shelf(path: Path) -> Shelf:
    """An empty one."""
    library = Library.open(path)
    number = ensure_collection(library, "Photos").id
    folder = path.parent / "pictures"
    folder.mkdir()
    return Shelf(library, number, add_folder(library, number, folder).id, folder)


def region(name: str, box: Box = WIDE, origin: Origin = Origin.REGIONS) -> ForeignName:
    return ForeignName(name, origin, (box,), "way")


def keyword(name: str) -> ForeignName:
    return ForeignName(name, Origin.KEYWORDS)


def one(plan: Plan) -> Found:
    (found,) = plan.people
    return found


def test_a_frame_is_about_the_face_it_frames_however_loosely() -> None:
    faces: list[Box] = [(0.4, 0.4, 0.1, 0.15), (0.55, 0.4, 0.1, 0.15)]
    for scale in (0.5, 1.0, 1.6, 2.5, 3.0):
        frames = [
            (x + w / 2 - scale * w / 2, y + h / 2 - scale * h / 2, w * scale, h * scale)
            for x, y, w, h in reversed(faces)
        ]
        assert pair(frames, faces) == {0: 1, 1: 0}, scale
        assert pair(frames[:1], faces) == {0: 1}, "a loose frame holds both faces"
    assert nearness((0.0, 0.0, 1.0, 1.0), faces[0]) is None, "nobody's head is a tenth of it"
    assert nearness((0.42, 0.7, 0.1, 0.15), faces[0]) is None
    assert pair([(0.3, 0.3, 0.0, 0.1)], faces) == {}


def test_the_faces_tell_how_another_program_counts() -> None:
    turned = ForeignName("Anna", Origin.PICASA, (BELOW, WIDE), "way")
    other = ForeignName("Ben", Origin.PICASA, (RIGHT, RIGHT), "other way")
    photos = [([turned], [LEFT]), ([turned, other], [LEFT, RIGHT]), ([turned], [])]
    assert meant(photos) == {"way": 1, "other way": 0}
    assert meant([([turned], [])]) == {"way": 0}, "the documented one where nothing tells"


def test_who_is_new_is_made_and_who_is_known_is_joined(shelf: Shelf) -> None:
    anna = shelf.person(3)
    name_person(shelf.library, anna.id, "Anna")
    first, second = shelf.photo("a.jpg", LEFT), shelf.photo("b.jpg", LEFT, RIGHT)
    plan = shelf.plan({
        first: [region("  ANNA ")], second: [region("Ben"), region("anna", RIGHT)],
    })  # fmt: skip
    assert [(found.name, found.person_id, len(found.faces)) for found in plan.people] == [
        ("Anna", anna.id, 2), ("Ben", None, 1),
    ]  # fmt: skip
    assert (plan.photos, plan.faces, plan.conflicts) == (2, 3, ())
    assert shelf.take(plan).faces == 3
    again = shelf.plan({first: [region("Anna")], second: [region("Ben")]})
    assert (again.people, again.already) == ((), 2)


def test_what_kinfolk_wrote_of_a_guess_does_not_come_back_as_a_word(shelf: Shelf) -> None:
    anna = shelf.person(1)
    name_person(shelf.library, anna.id, "Anna")
    (face,) = Face.select().where(Face.person == anna.id)
    box = (face.x, face.y, face.w, face.h)
    ours = ForeignName("Anna", Origin.REGIONS, (box,), "way", is_ours=True)
    plan = shelf.plan({face.photo_id: [ours]})
    assert (plan.people, plan.conflicts, plan.already) == ((), (), 1)
    theirs = shelf.plan({face.photo_id: [ours, region("Anna", box, Origin.MICROSOFT)]})
    assert one(theirs).faces == (face.id,), "another program says so, too"
    new = shelf.photo("new.jpg", LEFT)
    assert one(shelf.plan({new: [replace(ours, readings=(LEFT,))]})).faces == tuple(
        shelf.faces(new)
    )


def test_most_of_a_group_speaks_for_all_of_it(shelf: Shelf) -> None:
    group, mixed = shelf.person(6), shelf.person(4, start=20)
    said: dict[int, list[ForeignName]] = {}
    for row, names in ((group, ["Anna"] * 4 + ["Ben"]), (mixed, ["Anna", "Ben"])):
        photos = [f.photo_id for f in Face.select().where(Face.person == row.id)]
        said |= {photo: [region(name)] for photo, name in zip(photos, names, strict=False)}
    plan = shelf.plan(said)
    anna, ben = plan.people
    assert (anna.name, anna.groups, anna.along, len(anna.faces)) == ("Anna", (group.id,), 2, 5)
    assert (ben.name, ben.groups, ben.along, len(ben.faces)) == ("Ben", (), 0, 2)
    shelf.take(plan)
    counts = {row.name: row.face_count for row in shelf.people()}
    assert counts == {"Anna": 6, "Ben": 2, "": 2}


def test_a_group_that_is_somebody_else_by_the_users_word_stays(shelf: Shelf) -> None:
    anna, group, other = (shelf.person(2, start=start) for start in (0, 10, 20))
    name_person(shelf.library, anna.id, "Anna")
    say_different(shelf.library, anna.id, group.id)
    left = [face.id for face in Face.select().where(Face.person == other.id)]
    reject_faces(shelf.library, anna.id, left[:1])
    photos = {
        row.id: [f.photo_id for f in Face.select().where(Face.person == row.id)]
        for row in (group, other)
    }
    plan = shelf.plan(
        {photos[group.id][0]: [region("Anna")], photos[other.id][1]: [region("Anna")]}
    )
    assert one(plan).groups == ()
    assert len(one(plan).faces) == 2


@pytest.mark.parametrize("why", [Why.NAMED, Why.DENIED, Why.STRANGER, Why.REFUSED])
def test_what_the_user_said_otherwise_is_a_conflict(shelf: Shelf, why: Why) -> None:
    anna = shelf.person(2)
    name_person(shelf.library, anna.id, "Anna")
    photo = shelf.photo("a.jpg", LEFT)
    (face,) = shelf.faces(photo)
    say = {
        Why.NAMED: lambda: move_faces(shelf.library, [face], "Ben"),
        Why.DENIED: lambda: mark_not_a_face(shelf.library, [face]),
        Why.STRANGER: lambda: say_strangers(shelf.library, [face]),
        Why.REFUSED: lambda: reject_faces(shelf.library, anna.id, [face]),
    }
    say[why]()
    plan = shelf.plan({photo: [region("Anna")]})
    assert not plan.people
    (conflict,) = plan.conflicts
    assert (conflict.why, conflict.face_id, conflict.theirs) == (why, face, ("Anna",))
    assert conflict.ours == ("Ben" if why is Why.NAMED else "")
    assert shelf.take(plan).people == 0, "ours holds"
    theirs = Choices(theirs={face: "Anna", 999: "Nobody"})
    assert predicted(plan, theirs) == (1, 1, 0)
    assert shelf.take(plan, theirs).faces == 1
    row = Face.get_by_id(face)
    assert (row.person_id, row.placed, row.is_face) == (anna.id, "user", True)
    assert shelf.plan({photo: [region("Anna")]}).already == 1


def test_names_are_known_by_any_spelling(shelf: Shelf) -> None:
    person, other = shelf.person(1), shelf.person(1, start=10)
    name_person(shelf.library, person.id, "Änne")
    name_person(shelf.library, other.id, "Ben")
    photo = shelf.photo("a.jpg", LEFT)
    (face,) = shelf.faces(photo)
    move_faces(shelf.library, [face], other.id)
    plan = shelf.plan({photo: [region("A\u0308NNE")]})
    shelf.take(plan, Choices(theirs={face: plan.conflicts[0].theirs[0]}))
    assert {row.name: row.face_count for row in shelf.people()} == {"Änne": 2, "Ben": 1}


def test_programs_that_disagree_and_names_said_twice_are_conflicts(shelf: Shelf) -> None:
    first, second = shelf.photo("a.jpg", LEFT), shelf.photo("b.jpg", LEFT, RIGHT)
    plan = shelf.plan({
        first: [region("Anna"), region("Ben", LEFT, Origin.PICASA)],
        second: [region("Carl"), region("carl", RIGHT)],
    })  # fmt: skip
    assert [(c.why, c.theirs) for c in plan.conflicts] == [
        (Why.SOURCES, ("Anna", "Ben")), (Why.TWICE, ("Carl",)), (Why.TWICE, ("Carl",)),
    ]  # fmt: skip
    assert plan.people == ()
    (face,) = shelf.faces(first)
    shelf.take(plan, Choices(theirs={face: "Ben"}))
    assert [row.name for row in shelf.people()] == ["Ben"]
    agreed = {second: [region("Anna"), region("ANNA", LEFT, Origin.PICASA)]}
    assert one(shelf.plan(agreed)).origins == {Origin.REGIONS, Origin.PICASA}


def test_faces_that_were_not_found_are_framed_only_when_wanted(shelf: Shelf) -> None:
    photo = shelf.photo("a.jpg", LEFT)
    said = {
        photo: [
            region("Anna"), region("Ben", RIGHT), region("Ben", RIGHT, Origin.PICASA),
            region("Carl", (0.97, 0.5, 0.2, 0.2)), region("Dora", (0.5, 0.8, 0.001, 0.001)),
            region("Emil", (0.06, 0.03, 0.3, 0.45)),
        ],
    }  # fmt: skip
    plan = shelf.plan(said)
    assert plan.frames == 2, "one for Ben, one for as much of Carl as is in the photo"
    assert shelf.take(plan).frames == 0
    assert shelf.take(shelf.plan(said), Choices(frames=True)).frames == 2
    assert shelf.plan(said).already == 3
    assert shelf.plan(said).frames == 0


def test_a_keyword_is_about_the_one_face_that_is_left(shelf: Shelf) -> None:
    alone, several = shelf.photo("a.jpg", LEFT), shelf.photo("b.jpg", LEFT, RIGHT)
    third = shelf.photo("c.jpg", LEFT, RIGHT)
    said = {
        alone: [keyword("Anna")],
        several: [keyword("Anna")],
        third: [region("Ben"), keyword("Ben"), keyword("Anna")],
    }
    plan = shelf.plan(said)
    assert (plan.by_keyword, plan.unclear) == (2, 1)
    assert plan.faces == 1, "by keyword alone nothing is certain"
    shelf.take(plan, Choices(keywords=True))
    counts = {row.name: row.face_count for row in shelf.people()}
    assert counts == {"Anna": 2, "Ben": 1}
    assert shelf.plan(said).already == 3


def test_whoever_is_left_out_stays_out(shelf: Shelf) -> None:
    photo = shelf.photo("a.jpg", LEFT, RIGHT)
    plan = shelf.plan({photo: [region("Anna"), region("Ben", RIGHT)]})
    shelf.take(plan, Choices(without={"anna"}))
    assert [row.name for row in shelf.people()] == ["Ben"]


def test_hidden_people_get_no_name_as_a_whole(shelf: Shelf) -> None:
    group = shelf.person(3)
    hide_people(shelf.library, [group.id])
    photo = Face.get(Face.person == group.id).photo_id
    plan = shelf.plan({photo: [region("Anna")]})
    assert (one(plan).groups, len(one(plan).faces)) == ((), 1)


BOXES: tuple[Box, ...] = (LEFT, RIGHT, BELOW)
SAID = st.lists(
    st.tuples(
        st.integers(0, 5), st.sampled_from(["Anna", "anna", "Ben", "Carl", "N1"]),
        st.sampled_from([0, 1, 2, None]), st.sampled_from([Origin.REGIONS, Origin.PICASA]),
    ),
    max_size=14,
)  # fmt: skip
WORDS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 11)), max_size=5)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(said=SAID, words=WORDS, picks=st.tuples(*[st.booleans()] * 4))
def test_what_is_shown_first_is_what_is_done(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[int, str, int | None, Origin]],
    words: list[tuple[int, int]],
    picks: tuple[bool, ...],
) -> None:
    shelf = make_shelf(tmp_path_factory.mktemp("shelf") / "library.db")
    try:
        _fill(shelf, words)
        photos = [file.photo_id for file in lying(shelf.library, shelf.collection_id)]
        names: dict[int, list[ForeignName]] = {photo: [] for photo in photos}
        for number, name, place, origin in said:
            photo = photos[number % len(photos)]
            made = keyword(name) if place is None else region(name, BOXES[place], origin)
            if made not in names[photo]:
                names[photo].append(made)
        plan = shelf.plan(names)
        frames, keywords, theirs, without = picks
        choices = Choices(frames=frames, keywords=keywords)
        if theirs:
            choices.theirs = {one.face_id: one.theirs[0] for one in plan.conflicts}
        if without:
            choices.without = {"anna"}
        before = _picture()
        done = shelf.take(plan, choices)
        assert (done.people, done.faces, done.frames) == predicted(plan, choices)
        assert bool(done.changes) == bool(done.people)
        after = _picture()
        again = shelf.plan(names)
        if not without:
            assert again.faces == 0, "everything certain came in"
        if frames and not without:
            assert again.frames == 0
        if theirs and not any(one.why in (Why.TWICE, Why.SOURCES) for one in plan.conflicts):
            assert not again.conflicts
        assert shelf.take(shelf.plan(names), choices).people == 0 or without or theirs
        if done.people:
            while _picture() != after:
                undo(shelf.library, shelf.collection_id)
            undo(shelf.library, shelf.collection_id)
            assert _picture() == before
    finally:
        shelf.library.close()


def _fill(shelf: Shelf, words: list[tuple[int, int]]) -> None:
    """Some photos, and what was said of them before."""
    groups = [shelf.person(2), shelf.person(1, start=10)]
    shelf.photo("a.jpg", LEFT, RIGHT)
    shelf.photo("b.jpg", LEFT, RIGHT, BELOW)
    shelf.photo("c.jpg")
    library = shelf.library
    faces = [face.id for face in Face.select().order_by(Face.id)]
    for word, number in words:
        face = faces[number % len(faces)]
        if word == 0:
            move_faces(library, [face], ("Anna", "Ben")[number % 2])
        elif word == 1:
            mark_not_a_face(library, [face])
        elif word == 2:
            say_strangers(library, [face])
        elif word == 3 and Person.get_by_id(groups[0].id).face_count:
            name_person(library, groups[0].id, "Carl", merge=True)
        elif word == 4 and Face.select().where(Face.person == groups[1].id).exists():
            hide_people(library, [groups[1].id])
        elif word == 5:
            reject_faces(library, groups[0].id, [face])


def _picture() -> object:
    people = {row.id: row.name for row in Person.select() if row.merged_into_id is None}
    faces = sorted(
        (face.photo_id, face.x, face.y, people.get(face.person_id, "-"), face.person_id or 0,
         face.placed, bool(face.is_face), bool(face.drawn))
        for face in Face.select()
    )  # fmt: skip
    named = sorted(name for name in people.values() if name)
    return faces, named
