"""Thresholds in the settings: what they would change is shown before they are applied."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.errors import KnownError
from app.indexing.preview_effect import (
    AlertsEffect,
    Effect,
    Example,
    GroupsEffect,
    Move,
    StrangersEffect,
    VisitsEffect,
)
from app.indexing.previews import Previews
from app.indexing.thresholds import PREVIEWED
from app.library.queries.collections import own_settings
from app.ui.settings import preview_words
from app.ui.settings.dialog import SettingsDialog
from app.ui.settings.fields import NumberField
from app.ui.settings.presets import Presets
from app.ui.settings.preview_panel import Crop
from app.ui.settings.scale_field import ScaleField
from tests.ui.test_own_settings import open_own
from tests.ui.test_settings import choices, open_settings, written

if TYPE_CHECKING:
    from tests.ui.conftest import Room


def scale(dialog: SettingsDialog) -> ScaleField:
    field = dialog.fields["strictness"]
    assert isinstance(field, ScaleField)
    return field


def box(dialog: SettingsDialog, name: str) -> NumberField:
    field = dialog.fields[name]
    assert isinstance(field, NumberField)
    return field


def texts(dialog: SettingsDialog) -> list[str]:
    return [one.text() for one in dialog.panel.findChildren(QLabel) if not one.isHidden()]


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_click_beside_the_handle_takes_it_there(
    room: Room, qtbot: QtBot, is_mirrored: bool
) -> None:
    dialog = open_settings(room, qtbot, "strictness")
    slider = scale(dialog).slider
    if is_mirrored:
        slider.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    width, high = slider.width(), slider.height() // 2 + 5
    far = width // 10 if is_mirrored else width * 9 // 10
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(far, high))
    assert slider.value() == 4
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(width - far, high))
    assert slider.value() == -4


def test_a_step_is_tried_out_and_applied_by_a_button(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot, "strictness")
    field = scale(dialog)
    assert field.meaning.text() == "As measured for the models in use"
    assert field.default.text() == "Default: As measured for the models in use"
    qtbot.waitUntil(lambda: "alike by 0.410 on average" in field.detail.text())
    field.slider.setFocus()
    for _ in range(2):
        QTest.keyClick(field.slider, Qt.Key.Key_Right)
    assert field.meaning.text() == "2 steps stricter than measured"
    qtbot.waitUntil(lambda: dialog.panel.isVisible())
    qtbot.waitUntil(lambda: dialog.trial.effect is not None)
    assert field.badge.text() == "Not applied yet" and written(room) == {}
    expected = room.house.previews.effect({"strictness": 2})
    assert dialog.trial.effect == expected and expected.groups is not None
    told = texts(dialog)
    before, after = expected.groups.groups_before, expected.groups.groups_after
    assert f"{before} → {after}" in told and "Groups in all" in told
    qtbot.waitUntil(lambda: len(dialog.panel.findChildren(Crop)) == len(expected.groups.examples))
    assert all(one.accessibleName() for one in dialog.panel.findChildren(Crop))
    qtbot.waitUntil(lambda: "alike by 0.440" in field.detail.text())
    QTest.mouseClick(dialog.panel.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: written(room) == {"packs": {"compact": {"strictness": 2}}})
    qtbot.waitUntil(lambda: "made anew" in dialog.status.text())
    assert dialog.panel.isHidden() and field.badge.text() == "Changed"
    QTest.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: written(room) == {})
    qtbot.waitUntil(lambda: field.slider.value() == 0)


def test_cancel_leaves_everything_as_it_is(room: Room, qtbot: QtBot) -> None:
    dialog = open_settings(room, qtbot, "min_photos")
    field = box(dialog, "min_photos")
    field.box.setValue(9)
    qtbot.waitUntil(lambda: dialog.trial.effect is not None)
    assert any("Cards that come" in text for text in texts(dialog))
    QTest.mouseClick(dialog.panel.cancel, Qt.MouseButton.LeftButton)
    assert dialog.panel.isHidden() and field.box.value() == 3 and field.badge.isHidden()
    assert written(room) == {} and not dialog.trial.values


def test_a_preset_is_tried_out_as_a_whole(room: Room, qtbot: QtBot) -> None:
    choices(room).change("min_photos", 5)
    dialog = open_settings(room, qtbot, "min_photos")
    presets = dialog.findChild(Presets)
    assert presets is not None
    presets.buttons["strict"].click()
    assert dialog.trial.values == {
        "min_photos": 3, "hd_face_pixels": 75, "hd_face_angle": 30.0, "hd_face_quality": 0.8
    }  # fmt: skip
    assert box(dialog, "hd_face_quality").box.value() == 0.8
    presets.buttons["own"].click()
    assert dialog.trial.values == {"min_photos": 3}
    qtbot.waitUntil(lambda: dialog.trial.effect is not None)
    dialog.panel.apply.click()
    qtbot.waitUntil(lambda: written(room) == {})


def test_the_newest_wins_and_what_is_under_way_ends(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = list[object](), list[object]()
    go_on = threading.Event()

    def effect(
        _: Previews, values: dict[str, object], __: object, check: Callable[[], None]
    ) -> Effect:
        begun.append(values)
        try:
            while not go_on.wait(0.01):
                check()
        except BaseException:
            ended.append(values)
            raise
        return Effect(strangers=StrangersEffect(0, 3, 2, 1))

    monkeypatch.setattr(Previews, "effect", effect)
    dialog = open_settings(room, qtbot, "stranger_days")
    box(dialog, "stranger_days").box.setValue(9)
    qtbot.waitUntil(lambda: begun == [{"stranger_days": 9}])
    assert not dialog.panel.busy.isHidden()
    box(dialog, "stranger_days").box.setValue(7)
    qtbot.waitUntil(lambda: ended == [{"stranger_days": 9}])
    qtbot.waitUntil(lambda: len(begun) == 2)
    go_on.set()
    qtbot.waitUntil(lambda: dialog.trial.effect is not None)
    assert dialog.trial.values == {"stranger_days": 7} and dialog.panel.busy.isHidden()
    assert any("cannot be undone" in text for text in texts(dialog))
    go_on.clear()
    box(dialog, "stranger_days").box.setValue(5)
    qtbot.waitUntil(lambda: len(begun) == 3)
    dialog.reject()
    qtbot.waitUntil(lambda: len(ended) == 2)


def test_what_cannot_be_told_is_said(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Effect:
        raise KnownError("The models are not there.")

    monkeypatch.setattr(Previews, "effect", fail)
    dialog = open_settings(room, qtbot, "hd_face_angle")
    box(dialog, "hd_face_angle").box.setValue(20.5)
    qtbot.waitUntil(lambda: "The models are not there." in texts(dialog))
    assert dialog.panel.busy.isHidden() and dialog.panel.apply.isEnabled()


def test_a_collection_tries_out_its_own(room: Room, qtbot: QtBot) -> None:
    dialog = open_own(room, qtbot)
    presets = dialog.findChild(Presets)
    assert presets is not None
    presets.buttons["strict"].click()
    assert set(dialog.trial.values) == {
        "min_photos", "hd_face_pixels", "hd_face_angle", "hd_face_quality"
    }  # fmt: skip
    qtbot.waitUntil(lambda: dialog.trial.effect is not None)
    number = room.collection_id
    assert dialog.trial.effect == room.house.previews.effect(dialog.trial.values, number)
    dialog.panel.apply.click()
    qtbot.waitUntil(lambda: dialog.status.text() == "Applied.")
    assert own_settings(room.library, number)["hd_face_quality"] == 0.8
    assert dialog.fields["min_photos"].badge.text() == "Its own"
    dialog.reset_all.click()
    qtbot.waitUntil(lambda: own_settings(room.library, number) == {})
    qtbot.waitUntil(lambda: not dialog.undo.isHidden())
    dialog.undo.click()
    qtbot.waitUntil(lambda: len(own_settings(room.library, number)) == 4)


def test_all_thresholds_stand_in_the_settings_and_are_told_in_words(qapp: QApplication) -> None:
    assert qapp is not None
    QLocale.setDefault(QLocale(QLocale.Language.English))
    every = Effect(
        GroupsEffect(
            faces=9, people_before=3, people_after=2, groups_before=4, groups_after=4, cards_go=1,
            joined=1, left=2, moved=3, named_touched=1,
        ),
        AlertsEffect(30, 12, 5, 3), VisitsEffect(30, 4, 8, 8), StrangersEffect(0, 0, 0, 0),
        ("alert_minutes",),
    )  # fmt: skip
    assert preview_words.figures(every) == [
        ("People with a card", "3 → 2"), ("Groups in all", "4"), ("Faces that move", "6"),
        ("Alerts in 30 days", "5 → 3"), ("Visits in 30 days", "8"), ("Faces erased for good", "0"),
    ]  # fmt: skip
    said = " ".join(preview_words.sentences(every))
    for part in (
        "1 come to a group, 2 are left with nobody, 3 go to another group.",
        "1 person with a name gains or loses faces; those that you confirmed stay.",
        "Cards that come: 0. Cards that go: 1", "12 photos of that time", "4 people came",
        "Nobody would be erased at once.", "No collection makes use of this now",
    ):  # fmt: skip
        assert part in said
    assert "Nothing would change" in " ".join(
        preview_words.sentences(Effect(GroupsEffect(faces=9)))
    )
    told = {preview_words.told_of(Example(1, move, "Anna", "Ben")) for move in Move}
    assert len(told) == len(Move) and "A face that would go from Anna to Ben" in told
    assert len({preview_words.caption(move) for move in Move}) == len(Move)
    assert len(PREVIEWED) == 12
