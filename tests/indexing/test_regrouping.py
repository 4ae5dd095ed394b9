"""The groups there are follow the settings: at once, after a restart, and once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from app.bootstrap import build
from app.indexing.house import House
from app.library.models import Person
from app.library.queries.people import list_people
from app.library.queries.tasks import tasks
from app.library.rows import TaskState, TaskType
from app.settings import Settings
from tests.indexing.conftest import eventually, finish

Open = Callable[..., House]


def kinds(house: House) -> list[str]:
    return sorted(str(row.kind) for row in list_people(house.library, house.collection.id))


def faces_placed(house: House) -> int:
    return sum(row.face_count for row in list_people(house.library, house.collection.id))


def rebuilt(house: House) -> int:
    """How often everything was grouped anew, and nothing is under way."""
    rows = [row for row in tasks(house.library) if row.type is TaskType.REBUILD]
    assert all(row.state is TaskState.DONE for row in rows)
    return len(rows)


def is_quiet(house: House) -> bool:
    return not tasks(house.library, states=["running", "waiting"])


def test_real_faces_follow_what_is_set_as_it_was_told(open_house: Open, six_people: Path) -> None:
    """Six people in four real photos, with the real models."""
    house = open_house(workers=2)
    house.indexer.start()
    finish(house, house.indexer.index(house.collection.id, [six_people]), 100)
    eventually(lambda: len(list_people(house.library, house.collection.id)) == 6)
    eventually(lambda: is_quiet(house))
    note = house.paths.data / "grouped.json"
    assert rebuilt(house) == 0 and not note.exists()
    for values in ({"min_photos": 5}, {"min_photos": 4, "hd_face_quality": 0.6},
                   {"hd_face_pixels": 60}, {"hd_face_angle": 8.0}, {"min_photos": 3}):  # fmt: skip
        told = house.previews.effect(values).groups
        assert told is not None and told.people_before == kinds(house).count("group")
        house.indexer.choices.change_all(values)
        assert kinds(house).count("group") == told.people_after
    assert json.loads(note.read_text())["founding"]["pixels"] == 60
    for steps in (5, -5):
        told = house.previews.effect({"strictness": steps}).groups
        assert told is not None
        before, with_somebody = rebuilt(house), faces_placed(house)
        house.indexer.choices.change("strictness", steps)
        eventually(lambda before=before: is_quiet(house) and rebuilt(house) == before + 1)
        assert len(list_people(house.library, house.collection.id)) == told.groups_after
        assert faces_placed(house) == with_somebody + told.joined - told.left
    house.close()
    Settings.change(house.paths.settings, "strictness", 0)
    Settings.change(house.paths.settings, "min_photos", 5)
    again = build(str(house.paths.data), "Photos")
    try:
        again.indexer.start()
        eventually(lambda: is_quiet(again) and rebuilt(again) == 3)
        assert set(kinds(again)) == {"small"}, "as was set while it was closed"
        assert not json.loads(note.read_text()).get("strictness")
    finally:
        again.close()


def test_another_pack_has_a_strictness_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings.change(path, "strictness", 3)
    assert Settings.change(path, "pack", "other").strictness == 0
    assert Settings.change(path, "strictness", -2).strictness == -2
    assert Settings.change(path, "pack", "compact").strictness == 3
    assert json.loads(path.read_text()) == {
        "packs": {"compact": {"strictness": 3}, "other": {"strictness": -2}}
    }
    Settings.change_all(path, {"strictness": 0, "pack": "other"})
    table = json.loads(path.read_text())
    assert table == {"pack": "other", "packs": {"compact": {"strictness": 3}}}
    Settings.load(path).save(path)
    assert Settings.load(path).strictness == 0


def test_a_note_that_cannot_be_understood_is_written_anew(open_house: Open) -> None:
    house = open_house()
    note = house.paths.data / "grouped.json"
    for text in ("[]", "{", '{"strictness": 3}'):
        note.write_text(text)
        assert house.indexer._grouper._past.regrouping.due(Settings()) == []
    assert Person.select().count() == 0
