"""What cameras saw, written down: alerts, sightings, what is said of them, and that they go."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.errors import UsageError
from app.library.commands.alerts import (
    NewAlert,
    count_again,
    ignore,
    mark_seen,
    note_sighting,
    raise_alert,
    say_who,
)
from app.library.commands.collections import delete_collection, rename_collection, set_own
from app.library.commands.erasing import erase_faces
from app.library.commands.faces import mark_not_a_face
from app.library.commands.folders import create_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.people import name_person
from app.library.commands.photos import store_look
from app.library.commands.undo import undo
from app.library.models import Alert, AlertFace, Sighting
from app.library.queries.alerts import (
    Fate,
    alert,
    alerts,
    recent_alerts,
    sightings,
    unseen_alerts,
)
from app.library.queries.cameras import (
    CameraFace,
    known_people,
    recognised,
    signature,
)
from app.library.queries.collections import own_settings, told_settings
from app.library.queries.faces import faces_in_photo
from tests.library.conftest import LEFT, Album, Cast, a_face, a_look

NOON = datetime(2024, 5, 4, 12)


def stranger(album: Album, number: int, at: datetime = NOON, quality: float = 0.9) -> CameraFace:
    """A face of nobody in a photo of its own."""
    photo_id = album.add(f"door{number}.jpg")[-1]
    mark = f"door{number}"
    store_look(album.library, photo_id, a_look(mark, a_face(LEFT, 700 + number, quality=quality)))
    face = faces_in_photo(album.library, photo_id)[0]
    return CameraFace(face.id, photo_id, at, mark, face.box, face.quality)


def raised(cast: Cast, *faces: CameraFace, like: int | None = None) -> int:
    new = NewAlert(faces, like, None if like is None else 0.12)
    return raise_alert(cast.library, cast.number, new)


def test_a_stranger_is_told_and_counted_on(cast: Cast) -> None:
    one = stranger(cast.album, 1, quality=0.5)
    two = stranger(cast.album, 2, NOON + timedelta(seconds=5))
    number = raised(cast, one, two, like=cast.anna.id)
    row = alert(cast.library, cast.number, number)
    assert (row.times, row.fate, row.is_seen, row.name) == (2, Fate.OPEN, False, "")
    assert (row.began, row.ended) == (one.at, two.at)
    assert [face.id for face in row.faces] == [two.id, one.id]
    assert row.like is not None and row.like.name == "Anna" and row.likeness == 0.12
    three = stranger(cast.album, 3, NOON + timedelta(minutes=2))
    for _ in range(2):  # the same photo counts once
        count_again(cast.library, number, [three])
    row = alert(cast.library, cast.number, number)
    assert (row.times, row.ended, len(row.faces)) == (3, three.at, 3)
    within = recent_alerts(cast.library, cast.number, NOON - timedelta(1), NOON)
    assert within == [(number, (one.id, two.id, three.id))]
    assert recent_alerts(cast.library, cast.number, NOON + timedelta(1), NOON + timedelta(2)) == []
    assert unseen_alerts(cast.library, cast.number) == 1
    assert mark_seen(cast.library, cast.number, [number]).alerts == {cast.number}
    assert not mark_seen(cast.library, cast.number, [number])
    assert unseen_alerts(cast.library, cast.number) == 0
    with pytest.raises(UsageError, match="no alert 99"):
        alert(cast.library, cast.number, 99)


def test_who_it_is_is_a_word_like_others(cast: Cast) -> None:
    number = raised(cast, stranger(cast.album, 1), stranger(cast.album, 2))
    changes = say_who(cast.library, cast.number, number, "Anna")
    assert cast.number in changes.alerts and changes.said == "2 faces are Anna"
    row = alert(cast.library, cast.number, number)
    assert (row.fate, row.name, row.is_seen) == (Fate.NAMED, "Anna", True)
    assert alerts(cast.library, cast.number, everything=False) == []
    cast.reopen()
    assert alert(cast.library, cast.number, number).name == "Anna"
    undo(cast.library, cast.number)
    assert alert(cast.library, cast.number, number).fate is Fate.OPEN
    say_who(cast.library, cast.number, number, "Dora")  # somebody new
    assert alert(cast.library, cast.number, number).name == "Dora"


def test_somebody_to_be_ignored_can_be_taken_back(cast: Cast) -> None:
    lone = raised(cast, stranger(cast.album, 1))
    group = cast.album.person(2, start=60)
    face = faces_in_photo(cast.library, cast.faces(group)[0])[0]
    grouped = raised(
        cast, CameraFace(face.id, face.photo_id, NOON, face.fingerprint, face.box, face.quality)
    )
    for number in (lone, grouped):
        ignore(cast.library, cast.number, number)
        assert alert(cast.library, cast.number, number).fate is Fate.IGNORED
    known = known_people(cast.library, [cast.number], "compact", "1")
    assert sorted(one.name for one in known) == ["", "", "Anna", "Ben", "Carl"]
    assert {len(one.vectors) for one in known if not one.name} == {1, 2}
    for number in (grouped, lone):
        undo(cast.library, cast.number)
        assert alert(cast.library, cast.number, number).fate is Fate.OPEN
    say_who(cast.library, cast.number, lone, "Anna")
    with pytest.raises(UsageError, match="You said who this is"):
        ignore(cast.library, cast.number, lone)


def test_what_is_no_face_is_no_stranger(cast: Cast) -> None:
    face = stranger(cast.album, 1)
    number = raised(cast, face)
    mark_not_a_face(cast.library, [face.id])
    row = alert(cast.library, cast.number, number)
    assert (row.fate, row.faces) == (Fate.GONE, ())
    with pytest.raises(UsageError, match="not there any more"):
        say_who(cast.library, cast.number, number, "Anna")


def test_a_new_look_loses_no_alert(cast: Cast) -> None:
    face = stranger(cast.album, 1)
    number = raised(cast, face)
    store_look(
        cast.library, face.photo_id,
        a_look(face.fingerprint, a_face((0.11, 0.11, 0.2, 0.3), 701, version="2"), version="2"),
    )  # fmt: skip
    (found,) = alert(cast.library, cast.number, number).faces
    assert (found.photo_id, found.x) == (face.photo_id, 0.11)


def test_one_visit_is_one_line(cast: Cast) -> None:
    seconds = (0, 50, 20, 100, 100 + 61, 20)
    for number, second in enumerate(seconds):
        face = stranger(cast.album, number, NOON + timedelta(seconds=second), 0.5 + number / 100)
        note_sighting(cast.library, cast.number, cast.anna.id, face, 0.9)
    face = stranger(cast.album, 20, NOON + timedelta(seconds=10))
    note_sighting(cast.library, cast.number, cast.ben.id, face, 0.9)
    found = [
        (row.person.name, row.began - NOON, row.ended - NOON, row.times)
        for row in sightings(cast.library, cast.number)
    ]
    span = lambda *values: tuple(timedelta(seconds=value) for value in values)  # noqa: E731
    assert found == [
        ("Anna", *span(161, 161), 1),
        ("Anna", *span(0, 100), 3),
        ("Ben", *span(10, 10), 1),
    ]
    since = NOON + timedelta(seconds=120)
    assert len(sightings(cast.library, cast.number, since=since)) == 1
    assert len(sightings(cast.library, cast.number, until=since)) == 2
    assert len(sightings(cast.library, cast.number, limit=1)) == 1
    name_person(cast.library, cast.anna.id, "Anna Maria")  # the log follows
    assert sightings(cast.library, cast.number)[0].person.name == "Anna Maria"


def test_who_is_erased_meanwhile_is_not_written_down(cast: Cast) -> None:
    face = stranger(cast.album, 1)
    mark_not_a_face(cast.library, [face.id])
    store_look(cast.library, face.photo_id, a_look(face.fingerprint))
    assert raised(cast, face) == 0
    assert note_sighting(cast.library, cast.number, cast.anna.id, face, 0.9) == 0
    assert note_sighting(cast.library, cast.number, 10**6, stranger(cast.album, 2), 0.9) == 0


def test_forgetting_somebody_forgets_that_they_were_seen(cast: Cast) -> None:
    one, other = stranger(cast.album, 1), stranger(cast.album, 2)
    number = raised(cast, one, like=cast.anna.id)
    kept = raised(cast, other)
    note_sighting(cast.library, cast.number, cast.anna.id, other, 0.9)
    forget_person(cast.library, cast.anna.id)
    assert sightings(cast.library, cast.number) == [] and Sighting.select().count() == 0
    assert alert(cast.library, cast.number, number).like is None
    say_who(cast.library, cast.number, number, "Dora")
    dora = next(row for row in cast.album.people() if row.name == "Dora")
    note_sighting(cast.library, cast.number, cast.ben.id, one, 0.9)
    forget_person(cast.library, dora.id)
    assert [row.id for row in alerts(cast.library, cast.number)] == [kept]
    assert AlertFace.select().count() == 1 and Sighting.select().count() == 0


def test_erasing_all_faces_erases_all_that_was_seen(cast: Cast) -> None:
    door = create_collection(cast.library, "Door", "camera")
    face = stranger(cast.album, 1)
    raised(cast, face)
    note_sighting(cast.library, cast.number, cast.anna.id, face, 0.9)
    assert Alert.select().count() == Sighting.select().count() == 1
    assert recognised(cast.library, door.id) == [door.id, cast.number]
    erase_faces(cast.library, cast.number)
    assert Alert.select().count() == AlertFace.select().count() == Sighting.select().count() == 0


def test_a_camera_knows_the_people_of_the_collections_it_is_told(cast: Cast) -> None:
    library = cast.library
    door = create_collection(library, "Door", "camera")
    office = create_collection(library, "Office", "album")
    assert recognised(library, door.id) == [door.id, cast.number, office.id]
    before = signature(library, recognised(library, door.id))
    set_own(library, door.id, "recognises", " office , Photos")
    assert own_settings(library, door.id)["recognises"] == f"{office.id},{cast.number}"
    assert told_settings(library, door.id)["recognises"] == "Office, Photos"
    rename_collection(library, office.id, "Home")
    assert told_settings(library, door.id)["recognises"] == "Home, Photos"
    assert recognised(library, door.id) == [door.id, cast.number, office.id]
    set_own(library, door.id, "recognises", "Home")
    assert recognised(library, door.id) == [door.id, office.id]
    assert known_people(library, recognised(library, door.id), "compact", "1") == []
    assert signature(library, recognised(library, door.id)) != before
    delete_collection(library, office.id)
    assert recognised(library, door.id) == [door.id]
    set_own(library, door.id, "recognises", "none")
    assert recognised(library, door.id) == [door.id]
    set_own(library, door.id, "recognises", None)
    assert recognised(library, door.id) == [door.id, cast.number]
    with pytest.raises(UsageError, match="no collection “Office”"):
        set_own(library, door.id, "recognises", "Office")


def test_one_name_is_one_person_in_several_collections(cast: Cast) -> None:
    door = create_collection(cast.library, "Door", "camera")
    everyone = recognised(cast.library, door.id)
    before = signature(cast.library, everyone)
    known = {one.name: one for one in known_people(cast.library, everyone, "compact", "1")}
    assert set(known) == {"Anna", "Ben", "Carl"} and len(known["Anna"].vectors) == 3
    assert known["Anna"].person_id == cast.anna.id
    assert known_people(cast.library, everyone, "another", "1") == []
    assert signature(cast.library, everyone) == before
    name_person(cast.library, cast.carl.id, "Emil")
    assert signature(cast.library, everyone) != before
