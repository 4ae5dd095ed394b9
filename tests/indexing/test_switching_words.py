"""Whatever was said before, while and after an album switches to another pack: it holds, and it
holds when the switch is taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.library.anchors import best_match, box_of
from app.library.commands.erasing import erase_faces
from app.library.commands.faces import draw_face, mark_not_a_face, reject_faces
from app.library.commands.folders import add_folder, create_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.keeping import erase_strangers
from app.library.commands.people import choose_cover, hide_person, merge_people, name_person
from app.library.commands.photos import (
    ScanResult,
    SeenFile,
    mark_all_stale,
    mark_stale,
    record_scan,
    store_look,
)
from app.library.commands.switching import (
    begin_switch,
    carry_out_switch,
    look_ahead,
    pass_over_ahead,
    settle_switch,
    stop_switch,
    take_back_switch,
)
from app.library.drawn import forgotten_boxes
from app.library.models import Face, Person, Photo, Spare, SpareFace, Switch, now
from app.library.queries.decisions import drawn_boxes, standing
from app.library.queries.folders import pending_photos
from app.library.queries.switching import left, switch, to_look
from tests.indexing.crowded import BELOW, Crowded, look_of, with_frames
from tests.indexing.holding import check_standing
from tests.indexing.test_words_hold import RUNS, SAID, UNSAID, Life

OLD, NEW = ("compact", "1"), ("compact", "2")
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*SAID, *(word for word in UNSAID if "maker" not in word), *RUNS)),
        st.integers(0, 9999),
    ),
    max_size=5,
)
ANY = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def lives(grouped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Life]]:
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


@pytest.fixture
def life(lives: Callable[[], Life]) -> Life:
    return lives()


def begin(life: Life) -> None:
    begin_switch(life.library, "new", NEW, "old", OLD)


def ahead(life: Life, part: int = 1) -> None:
    """The pack to come looks at every part-th photo that is left."""
    album = life.album
    for todo in to_look(life.library, NEW)[::part]:
        look = look_of(album.shots[todo.path.name], "2", album.editions.get(todo.path.name, 0))
        drawn = drawn_boxes(life.library, todo.id, look.fingerprint)
        look_ahead(life.library, todo.id, with_frames(look, drawn), NEW)


def switch_over(life: Life) -> None:
    assert carry_out_switch(life.library, NEW) is not None
    life.album.version = "2"
    mark_stale(life.library, life.number, *NEW)


def take_back(life: Life) -> None:
    take_back_switch(life.library)
    life.album.version = "1"
    mark_stale(life.library, life.number, *OLD)


def look_at_the_rest(album: Crowded) -> None:
    stale = Photo.select().where(Photo.is_stale, Photo.state == "looked")
    for photo in list(stale):
        album.look(photo.path.name)


def words(life: Life) -> dict[str, object]:
    """What the user said, by content and keys of people: rows of faces do not last."""
    said = standing(life.library, life.number)
    rows = Face.select(Face.id, Photo.fingerprint, Face.x).join(Photo).tuples()
    place = {number: (print_, round(x, 1)) for number, print_, x in rows}
    key = dict(Person.select(Person.id, Person.key).tuples())
    people = Person.select().where(Person.merged_into.is_null())
    spoken = [p for p in people if p.id in said.kept]
    return {
        "said": {place[face]: key[person] for face, person in said.said.items()},
        "firm": {place[face] for face in said.firm},
        "refused": {(place[face], key[person]) for face, person in said.refused},
        "denied": {place[face] for face in said.denied},
        "strangers": {place[face] for face in said.strangers},
        "apart": {(key[one], key[two]) for one, two in said.apart},
        "births": {key[person]: year for person, year in said.births.items()},
        "people": {(p.key, p.name, p.hidden, p.staff, p.birth_year) for p in spoken},
        "drawn": {place[face.id] for face in Face.select().where(Face.drawn)},
    }


def covers() -> dict[str, tuple[str, float]]:
    """The chosen covers, by content."""
    found = Person.select(Person.key, Photo.fingerprint, Face.x)
    found = found.join(Face, on=Face.id == Person.cover_id).join(Photo, on=Face.photo == Photo.id)
    chosen = found.where(Person.cover_chosen, Person.merged_into.is_null())
    return {key: (print_, round(x, 1)) for key, print_, x in chosen.tuples()}


@ANY
@given(before=STEPS, meanwhile=STEPS, after=STEPS)
def test_no_word_is_lost_by_a_switch_nor_by_the_way_back(
    lives: Callable[[], Life],
    before: list[tuple[str, int]],
    meanwhile: list[tuple[str, int]],
    after: list[tuple[str, int]],
) -> None:
    life = lives()
    for step in before:
        life.step(*step)
    begin(life)
    ahead(life, part=2)
    for step in meanwhile:
        life.step(*step)
    ahead(life)
    said, chosen = words(life), covers()
    switch_over(life)
    assert words(life) == said
    assert covers() == chosen
    check_standing(life.album)
    look_at_the_rest(life.album)
    life.step("rebuild", 0)
    for step in after:
        life.step(*step)
    said, chosen = words(life), covers()
    take_back(life)
    assert words(life) == said
    assert covers() == chosen
    check_standing(life.album)
    look_at_the_rest(life.album)
    life.step("run", 0)
    assert words(life) == said
    assert life.library.problems() == []


def test_the_album_stays_as_it_is_until_it_switches(life: Life) -> None:
    before = life.album.placements()
    faces = {row.id for row in Face.select()}
    begin(life)
    ahead(life)
    assert left(life.library, NEW) == 0 and SpareFace.select().count() == len(faces)
    assert life.album.placements() == before
    assert {row.id for row in Face.select()} == faces
    assert {(f.pack, f.pack_version) for f in Face.select()} == {OLD}


def test_the_way_back_needs_no_look_and_finds_everything_where_it_was(life: Life) -> None:
    name_person(life.library, life.album.with_whom("0-0.jpg"), "Anna")
    life.album.run()
    before = life.album.placements()
    looks = sorted(bytes(f.embedding) for f in Face.select())
    begin(life)
    ahead(life)
    switch_over(life)
    assert {(f.pack, f.pack_version) for f in Face.select()} == {NEW}
    assert not Photo.select().where(Photo.is_stale).exists()
    life.album.run(rebuild=True)
    take_back(life)
    assert not Photo.select().where(Photo.is_stale).exists()
    life.album.run()
    assert life.album.placements() == before
    assert sorted(bytes(f.embedding) for f in Face.select()) == looks


def test_what_is_said_after_the_switch_holds_after_the_way_back(life: Life) -> None:
    album = life.album
    begin(life)
    ahead(life)
    switch_over(life)
    album.run(rebuild=True)
    ben = album.with_whom("2-1.jpg")
    name_person(life.library, ben, "Ben")
    reject_faces(life.library, ben, [album.face("2-2.jpg").id])
    mark_not_a_face(life.library, [album.face("3-1.jpg").id])
    choose_cover(life.library, ben, album.face("2-3.jpg").id)
    merge_people(life.library, ben, [album.with_whom("4-1.jpg")])
    hide_person(life.library, album.with_whom("5-1.jpg"))
    take_back(life)
    album.run()
    names = {row.id: row.name for row in album.people()}
    assert names[album.with_whom("2-1.jpg")] == "Ben" == names[album.with_whom("4-1.jpg")]
    assert album.face("2-2.jpg").person_id != album.with_whom("2-1.jpg")
    assert not any(f.is_face for f in Face.select().where(Face.photo == album.photo("3-1.jpg")))
    person = Person.get_by_id(album.with_whom("2-1.jpg"))
    assert person.cover_chosen and person.cover_id == album.face("2-3.jpg").id
    assert Person.get_by_id(album.with_whom("5-1.jpg")).hidden


def test_photos_that_the_new_pack_cannot_look_at_stay_as_they_are(life: Life) -> None:
    begin(life)
    first, *_ = to_look(life.library, NEW)
    assert pass_over_ahead(life.library, first.id, first.fingerprint, "It is odd.", NEW)
    ahead(life)
    before = [f.id for f in Face.select().where(Face.photo == first.id)]
    switch_over(life)
    assert [f.id for f in Face.select().where(Face.photo == first.id)] == before
    assert not Photo.get_by_id(first.id).is_stale, "nobody tries again every day"
    settle_switch(life.library)
    mark_stale(life.library, life.number, *NEW)
    assert not Photo.get_by_id(first.id).is_stale


def test_photos_that_came_meanwhile_are_left_for_both(life: Life) -> None:
    album = life.album
    begin(life)
    ahead(life)
    album.fill(album.another(0, 90))
    assert [row.path.name for row in to_look(life.library, NEW)] == ["0-90.jpg"]
    switch_over(life)
    assert Photo.select().where(Photo.is_stale).count() == 1, "and it is looked at then"
    look_at_the_rest(album)
    album.fill(album.another(1, 91))
    take_back(life)
    stale = Photo.select().where(Photo.is_stale)
    assert sorted(p.path.name for p in stale) == ["0-90.jpg", "1-91.jpg"]


def test_photos_that_wait_for_another_look_are_looked_at_ahead_all_the_same(life: Life) -> None:
    mark_all_stale(life.library, life.number)
    begin(life)
    assert left(life.library, NEW) == Photo.select().count()
    ahead(life)
    switch_over(life)
    assert {(f.pack, f.pack_version) for f in Face.select()} == {NEW}


def test_every_collection_switches_also_where_faces_were_drawn_meanwhile(life: Life) -> None:
    album = life.album
    door = create_collection(life.library, "Door").id
    (album.folder.path / "door").mkdir()
    folder = add_folder(life.library, door, album.folder.path / "door")
    seen = SeenFile(folder.path / "0-0.jpg", 10, 10)
    record_scan(life.library, door, folder.id, ScanResult(added=[seen]))
    ((number, _),) = pending_photos(life.library, door)
    store_look(life.library, number, look_of(album.shots["0-0.jpg"], "1"))
    begin(life)
    ahead(life)
    draw_face(life.library, album.photo("2-1.jpg").id, BELOW, "Dora")
    assert carry_out_switch(life.library, NEW) is not None
    found = {(f.pack, f.pack_version) for f in Face.select().where(~Face.drawn)}
    assert found == {NEW} and Face.select().where(Face.photo == number).count() == 2
    assert switch(life.library).ungrouped == (life.number, door)
    assert len(take_back_switch(life.library).photos) == Photo.select().count()


def test_a_look_of_yesterday_is_of_no_use(life: Life) -> None:
    begin(life)
    todo = to_look(life.library, NEW)[0]
    look = look_of(life.album.shots[todo.path.name], "2")
    life.album.edit(todo.path.name)
    assert not look_ahead(life.library, todo.id, look, NEW), "the file is another one by now"
    ahead(life)
    life.album.edit(todo.path.name)
    assert not Spare.select().where(Spare.photo == todo.id).exists()
    stop_switch(life.library)
    other = to_look(life.library, NEW)[0]
    late = look_of(life.album.shots[other.path.name], "2", 2)
    assert not look_ahead(life.library, other.id, late, NEW), "nobody wants it any more"
    assert carry_out_switch(life.library, NEW) is None


# -- what is erased is erased here, too ----------------------------------------------------------


def traces(path: Path, vectors: list[bytes]) -> int:
    """How many of these embeddings are anywhere in the library's files and backups."""
    whole = b"".join(
        file.read_bytes() for file in sorted(path.parent.rglob("library*.db*")) if file.is_file()
    )
    return sum(vector in whole for vector in vectors)


def spare_vectors(*names: str) -> list[bytes]:
    """The embeddings of the spare looks at these photos, as they lie in the file; without those
    that are all zeros."""
    rows = SpareFace.select(SpareFace.embedding, Photo.path).join(Spare).join(Photo).tuples()
    return [
        np.asarray(vector, "<f2").tobytes()
        for vector, path in rows
        if (not names or path.name in names) and np.isfinite(vector).all() and vector.any()
    ]


@pytest.mark.parametrize("is_switched", [False, True], ids=["ahead", "for the way back"])
def test_who_is_forgotten_is_forgotten_in_spare_looks(life: Life, is_switched: bool) -> None:
    begin(life)
    ahead(life)
    if is_switched:
        switch_over(life)
        life.album.run()
    person = life.album.with_whom("0-1.jpg")
    photos = {f.photo.path.name for f in Face.select().where(Face.person == person)}
    elsewhere = [shot for shot in life.album.shots if shot not in photos]
    # The album makes the same face up for some photos.
    kept = set(spare_vectors(*elsewhere))
    theirs, others = list({*spare_vectors(*photos)} - kept), list(kept)
    path = life.library.path
    assert traces(path, theirs) == len(theirs) > 3
    forget_person(life.library, person)
    assert life.library.scrub()
    assert traces(path, theirs) == 0 and traces(path, others) == len(others)
    if not is_switched:  # nor is the person learnt by looks that come later
        ahead(life)
        assert left(life.library, NEW) == 0
        for photo in map(life.album.photo, photos):
            banned = forgotten_boxes(life.number, photo.fingerprint)
            seen = SpareFace.select().join(Spare).where(Spare.photo == photo)
            assert banned and all(best_match(box_of(face), banned) is None for face in seen)


@pytest.mark.parametrize("is_switched", [False, True], ids=["ahead", "for the way back"])
def test_erasing_all_face_data_leaves_no_spare_look(life: Life, is_switched: bool) -> None:
    begin(life)
    ahead(life)
    if is_switched:
        switch_over(life)
    vectors = spare_vectors()
    erase_faces(life.library, life.number)
    assert life.library.scrub()
    assert traces(life.library.path, vectors) == 0 and not Spare.select().exists()


@pytest.mark.parametrize("is_switched", [False, True], ids=["ahead", "for the way back"])
def test_strangers_whose_time_is_up_are_in_no_spare_look_and_no_backup(
    life: Life, is_switched: bool
) -> None:
    from app.library.backups import back_up
    from app.library.queries.keeping import expired_places

    name_person(life.library, life.album.with_whom("0-1.jpg"), "Anna")
    begin(life)
    ahead(life)
    if is_switched:
        switch_over(life)
        life.album.run()
    kept = spare_vectors("0-1.jpg")[:1]
    strangers = spare_vectors("3-2.jpg", "3-3.jpg", "3-4.jpg")
    back_up(life.library.path, "asked")
    path = life.library.path
    assert traces(path, strangers) == len(strangers) == 3
    erase_strangers(life.library, {life.number: now()})
    assert life.library.scrub(expired_places(life.library))
    assert traces(path, strangers) == 0
    assert traces(path, kept) == 1, "whom the user named stays"
    if is_switched:
        take_back(life)
    else:
        switch_over(life)
    assert not life.album.faces("3-2.jpg"), "nor does anybody come back with the switch"


def test_what_is_settled_is_gone_and_what_is_due_goes_by_itself(life: Life) -> None:
    begin(life)
    ahead(life)
    assert not settle_switch(life.library), "it is needed still"
    switch_over(life)
    Switch.update(owed="", ungrouped=[]).execute()
    assert not settle_switch(life.library, only_when_due=True) and Spare.select().exists()
    Switch.update(until=now()).execute()
    vectors = spare_vectors()
    assert settle_switch(life.library, only_when_due=True)
    assert not Spare.select().exists() and switch(life.library) is None
    assert take_back_switch(life.library).photos == frozenset()
    assert life.library.scrub()
    assert traces(life.library.path, vectors) == 0
