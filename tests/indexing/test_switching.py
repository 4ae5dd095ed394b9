"""Switching to another pack, in real houses with real models: in the background, and back."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

from app.bootstrap import build
from app.errors import ModelError, UsageError
from app.indexing.events import Event, Progressed
from app.indexing.house import House
from app.library.commands.people import name_person
from app.library.commands.switching import (
    begin_switch,
    carry_out_switch,
    look_ahead,
    note_setting,
)
from app.library.database import Library
from app.library.models import Face, Photo, Spare
from app.library.queries.people import list_people
from app.library.queries.switching import switch
from app.library.queries.tasks import tasks
from app.library.rows import Look, NewFace, TaskState, TaskType
from app.paths import Paths
from app.settings import Settings
from tests.conftest import shipped
from tests.indexing.conftest import eventually, finish
from tests.indexing.second_pack import NAME, VERSION, make_second_pack

OLD, NEW = "compact", (NAME, VERSION)
LIGHTS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
"""So many photos that some are left when the looking stops: it tells of the first only now and
then, and finishes what is under way."""
PHOTOS = len(LIGHTS)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that knows photos of six people, one of them named, and has a second pack."""
    folder, photos = tmp_path_factory.mktemp("grown"), tmp_path_factory.mktemp("photos")
    with Image.open(shipped("insightface", "data", "images", "t1.jpg")) as image:
        for number, light in enumerate(LIGHTS):
            ImageEnhance.Brightness(image).enhance(light).save(photos / f"{number}.jpg", quality=90)
    library = folder / "library"
    make_second_pack(Paths.under(library).models)
    (library / "settings.json").write_text('{"workers": 1, "cluster_delay_seconds": 0}')
    house = build(str(library), "Photos")
    try:
        house.indexer.start(watch=False)
        finish(house, house.indexer.index(house.collection.id, [photos]))
        finish(house, house.indexer.cluster(house.collection.id))
        anna = list_people(house.library, house.collection.id)[0]
        name_person(house.library, anna.id, "Anna")
    finally:
        house.close()
    return library


@pytest.fixture
def copied(grown: Path, tmp_path: Path) -> Path:
    """The test's own copy of it."""
    return Path(shutil.copytree(grown, tmp_path / "library"))


@pytest.fixture
def open_again(copied: Path) -> Iterator[Callable[[], House]]:
    """Opens it, at work; closes what is left open."""
    houses: list[House] = []

    def open_() -> House:
        houses.append(build(str(copied), "Photos"))
        houses[-1].indexer.start()
        return houses[-1]

    yield open_
    for house in houses:
        house.close()


@pytest.fixture
def house(open_again: Callable[[], House]) -> House:
    return open_again()


def makers() -> set[tuple[str, str]]:
    """Who found the faces that are shown."""
    return set(Face.select(Face.pack, Face.pack_version).distinct().tuples())


def people(house: House) -> list[tuple[str, int]]:
    return sorted((p.name, p.photo_count) for p in list_people(house.library, house.collection.id))


def is_held(house: House) -> Callable[[], None]:
    """Holds the looking still after the first photo that the pack to come has looked at."""

    def hear(event: Event) -> None:
        is_told = isinstance(event, Progressed) and event.progress.type == TaskType.SWITCH
        if is_told and event.progress.done and not house.indexer.is_paused:
            house.indexer.pause()

    return house.indexer.subscribe(hear)


def test_the_album_goes_on_and_then_everybody_goes_by_the_new_pack(
    house: House, group_photo: Path
) -> None:
    before = people(house)
    came = len(house.turnstile.came(house.collection.id).visits)
    assert came > 0
    faces = {face.id for face in Face.select()}
    leave = is_held(house)
    number = house.indexer.switch.begin(NAME)
    eventually(lambda: house.indexer.is_paused)
    eventually(lambda: house.indexer.switch.state().done >= 1)
    state = house.indexer.switch.state()
    assert (state.current, state.to, state.task_id, state.phase) == (OLD, NAME, number, "looking")
    assert state.total == PHOTOS and state.undo_to == ""
    assert {face.id for face in Face.select()} == faces and people(house) == before
    assert house.indexer.switch.begin(NAME) == number, "it is asked for once more"
    with pytest.raises(UsageError, match="in use already"):
        house.indexer.switch.begin(OLD)
    leave()
    # What comes meanwhile is looked at by both.
    with group_photo.open("ab") as file:
        file.write(b"late")
    house.indexer.index(house.collection.id, [group_photo])
    house.indexer.resume()
    row = finish(house, number)
    assert row.state is TaskState.DONE and row.result["Pack"] == NAME, row.error
    eventually(lambda: Photo.select().where(Photo.pack == NAME).count() == PHOTOS + 1)
    eventually(lambda: not [t for t in tasks(house.library) if t.finished is None])
    assert makers() == {NEW}
    named = [p for p in list_people(house.library, house.collection.id) if p.name]
    assert [(p.name, p.photo_count) for p in named] == [("Anna", PHOTOS + 1)]
    assert len(people(house)) == 6
    assert Settings.load(house.paths.settings).pack == NAME
    assert house.indexer.choices.settings.pack == NAME
    # Who holds faces against each other goes by the new pack, too.
    explained = house.suggestions.explain(house.collection.id, Face.select().first().id)
    assert explained.reasons is not None, "and finds them comparable"
    assert len(house.turnstile.came(house.collection.id).visits) >= came
    strange, rest = house.likeness.of_person(named[0].id)
    assert len(strange) + len(rest) == PHOTOS + 1
    state = house.indexer.switch.state()
    assert (state.current, state.phase, state.undo_to) == (NAME, "switched", OLD)
    assert state.undo_until is not None


def test_the_way_back(house: House) -> None:
    before, vectors = people(house), sorted(bytes(f.embedding) for f in Face.select())
    finish(house, house.indexer.switch.begin(NAME))
    assert makers() == {NEW}
    row = finish(house, house.indexer.switch.undo())
    assert row.state is TaskState.DONE and row.result["Undone"], row.error
    assert (people(house), makers()) == (before, {(OLD, "2")})
    assert sorted(bytes(f.embedding) for f in Face.select()) == vectors
    assert Settings.load(house.paths.settings).pack == OLD
    assert house.indexer.switch.state().phase == "none"
    with pytest.raises(UsageError, match="no switch"):
        house.indexer.switch.undo()
    # And forth again: what was looked at is known still.
    row = finish(house, house.indexer.switch.begin(NAME))
    assert (row.total, makers()) == (0, {NEW})


def test_what_was_looked_at_is_kept_when_it_is_cancelled(house: House) -> None:
    leave = is_held(house)
    number = house.indexer.switch.begin(NAME)
    eventually(lambda: house.indexer.is_paused)
    house.indexer.switch.cancel()
    assert finish(house, number).state is TaskState.CANCELLED
    leave()
    state = house.indexer.switch.state()
    done = state.done
    assert (state.phase, state.to, state.current) == ("none", NAME, OLD) and 1 <= done < PHOTOS
    assert makers() == {(OLD, "2")}
    house.indexer.resume()
    row = finish(house, house.indexer.switch.begin(NAME))
    assert row.total == PHOTOS - done and makers() == {NEW}


def test_the_next_start_goes_on(house: House, open_again: Callable[[], House]) -> None:
    leave = is_held(house)
    number = house.indexer.switch.begin(NAME)
    eventually(lambda: house.indexer.is_paused)
    eventually(lambda: Spare.select().exists())
    house.close()
    leave()
    again = open_again()
    rows = {row.id: row.state for row in tasks(again.library)}
    assert rows[number] is TaskState.INTERRUPTED
    eventually(lambda: makers() == {NEW})
    eventually(lambda: not [t for t in tasks(again.library) if t.finished is None])
    assert again.indexer.switch.state().phase == "switched"
    assert len(people(again)) == 6


def test_what_another_process_switched_is_followed(copied: Path) -> None:
    house = build(str(copied), "Photos")
    try:
        face = Face.select().first()
        assert house.suggestions.explain(house.collection.id, face.id).reasons is not None
        begin_switch(house.library, NAME, NEW, OLD, (OLD, "2"))
        for photo in Photo.select():
            number, print_ = photo.id, photo.fingerprint
            faces = Face.select().where(Face.photo == photo)
            seen = tuple(new_face(face) for face in faces)
            assert look_ahead(house.library, number, look_of(print_, seen), NEW)
        house.indexer._heed_others()
        assert house.indexer.switch.state().current == OLD, "it only looks ahead"
        assert carry_out_switch(house.library, NEW) is not None
        Settings.change(house.paths.settings, "pack", NAME)
        note_setting(house.library)
        house.indexer._heed_others()
        assert house.indexer.switch.state().current == NAME
        face = Face.select().first()
        assert house.suggestions.explain(house.collection.id, face.id).reasons is not None
    finally:
        house.close()


@pytest.mark.parametrize("is_said", [True, False])
def test_who_takes_over_after_a_switch_goes_by_it_and_looks_at_nothing_again(
    copied: Path, is_said: bool
) -> None:
    """A window that waited: the one that worked has switched, and is gone."""
    house = build(str(copied), "Photos")
    try:
        begin_switch(house.library, NAME, NEW, OLD, (OLD, "2"))
        for photo in Photo.select():
            faces = Face.select().where(Face.photo == photo)
            seen = tuple(new_face(face) for face in faces)
            assert look_ahead(house.library, photo.id, look_of(photo.fingerprint, seen), NEW)
        assert carry_out_switch(house.library, NEW) is not None
        if is_said:
            Settings.change(house.paths.settings, "pack", NAME)
            note_setting(house.library)
        house.indexer.start()
        assert house.indexer.switch.state().current == NAME
        assert not Photo.select().where(Photo.is_stale).exists()
        assert Settings.load(house.paths.settings).pack == NAME
        assert house.indexer.choices.settings.pack == NAME
        row = switch(house.library)
        assert row is not None and not row.owed
    finally:
        house.close()


def new_face(face: Face) -> NewFace:
    """A face as the second pack sees it."""
    values = {
        field.name: getattr(face, field.name) for field in fields(NewFace) if field.name != "seen"
    }
    return NewFace(**values | {"pack": NAME, "pack_version": VERSION, "embedding": -face.embedding})


def look_of(fingerprint: str, faces: tuple[NewFace, ...]) -> Look:
    return Look(
        fingerprint=fingerprint, width=1280, height=886, orientation=1, content_type="image/jpeg",
        taken=None, taken_from="", camera="", colour=0, pack=NAME, pack_version=VERSION,
        faces=faces,
    )  # fmt: skip


def test_a_setting_that_did_not_follow_is_made_up_for(copied: Path) -> None:
    paths = Paths.under(copied)
    library = Library.open(paths.database)
    begin_switch(library, NAME, NEW, OLD, (OLD, "2"))
    assert carry_out_switch(library, NEW) is not None  # and then the power is cut
    library.close()
    assert Settings.load(paths.settings).pack == OLD
    house = build(str(copied), "Photos")
    try:
        assert house.settings.pack == NAME == Settings.load(paths.settings).pack
        row = switch(house.library)
        assert row is not None and not row.owed
    finally:
        house.close()


def test_a_pack_that_cannot_look_changes_nothing(house: House) -> None:
    with pytest.raises(ModelError):
        house.indexer.switch.begin("nowhere")
    broken = house.paths.models / "broken"
    shutil.copytree(house.paths.models / NAME, broken)
    (broken / "embedder.onnx").write_bytes(b"no model")
    with pytest.raises(ModelError, match="damaged"):
        house.indexer.switch.begin("broken")
    manifest = json.loads((broken / "manifest.json").read_text())
    manifest["models"]["embedder"]["sha256"] = hashlib.sha256(b"no model").hexdigest()
    (broken / "manifest.json").write_text(json.dumps(manifest))
    row = finish(house, house.indexer.switch.begin("broken"))
    assert row.state is TaskState.FAILED and row.error
    assert makers() == {(OLD, "2")} and house.indexer.switch.state().current == OLD
