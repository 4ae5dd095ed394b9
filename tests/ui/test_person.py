"""The page of one person over a real library, driven as a user drives it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.clustering.suggest import Asked
from app.errors import UsageError
from app.indexing.suggestions import Reasons, Reply, Suggestion
from app.library.commands.people import hide_person, name_person, set_birth_year
from app.library.models import Photo
from app.library.queries.faces import faces_by_id, faces_in_photo, faces_of, looks
from app.library.rows import FaceRow, Looks, PersonRow, PhotoItem, Placed
from app.ui.person import summary
from app.ui.person.page import PersonPage
from app.ui.photos.model import CAPTION_ROLE, MARK_ROLE, Mark, age_at, by_month, doubtful
from app.ui.places import Kind, Place
from app.ui.review.questions import Questions
from app.ui.widgets.name_edit import NameEdit

if TYPE_CHECKING:
    from tests.ui.conftest import Room

LEFT = Qt.MouseButton.LeftButton

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def called(room: Room, name: str) -> PersonRow:
    return next(row for row in room.rows() if row.name == name)


def person_page(room: Room, qtbot: QtBot, name: str, photos: int, view: str = "") -> PersonPage:
    room.window.go(Place(Kind.PERSON, (called(room, name).id,), view=view))
    page = room.window.pages[Kind.PERSON]
    assert isinstance(page, PersonPage)
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == photos)
    return page


def faces_page(room: Room, qtbot: QtBot, name: str, faces: int) -> PersonPage:
    page = person_page(room, qtbot, name, faces, view="faces")
    qtbot.waitUntil(lambda: len(page.faces.faces.rows) == faces)
    return page


def click_tile(page: PersonPage, place: int, keys: Qt.KeyboardModifier | None = None) -> None:
    at = page.faces.visualRect(page.faces.faces.index(place)).center()
    modifiers = Qt.KeyboardModifier.NoModifier if keys is None else keys
    QTest.mouseClick(page.faces.viewport(), LEFT, modifiers, at)


def said(room: Room, qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(lambda: text in room.window.message.label.text())


def popup() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


# -- the head --------------------------------------------------------------------------------


def test_the_head_says_photos_years_and_birth(room: Room, qtbot: QtBot) -> None:
    set_birth_year(room.library, called(room, "Anna").id, 1984)
    page = person_page(room, qtbot, "Anna", 4)
    assert page.header.name.text() == "Anna"
    assert page.header.facts.full == "4 photos  ·  2020  ·  born 1984"


def test_years_of_files_are_not_years_of_photos(room: Room, qtbot: QtBot) -> None:
    Photo.update(taken_from="file").execute()
    set_birth_year(room.library, called(room, "Anna").id, 1984)
    page = person_page(room, qtbot, "Anna", 4)
    assert page.header.facts.full == "4 photos  ·  born 1984"
    assert {section.title for section in page.photos.photos.sections} >= {"January 2020"}
    index = page.photos.photos.index(0)
    assert index.data(CAPTION_ROLE) == ""
    assert "no date" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "its file is of" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_name_of_a_person_is_changed_in_its_place(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.mouseClick(page.header.name, LEFT)
    editor = page.header.findChild(NameEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Annabel")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.names() == ["Annabel", "Ben"])
    qtbot.waitUntil(lambda: page.header.name.text() == "Annabel")
    assert not page.header.is_editing


def test_f2_opens_the_name_and_escape_leaves_it(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.keyClick(page.photos.viewport(), Qt.Key.Key_F2)
    editor = page.header.findChild(NameEdit)
    assert editor is not None and page.is_held()
    QTest.keyClicks(editor, "Nobody")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.header.is_editing)
    assert page.header.name.text() == "Anna" and room.names() == ["Anna", "Ben"]


def test_a_very_long_name_does_not_widen_the_window(room: Room, qtbot: QtBot) -> None:
    name_person(room.library, called(room, "Anna").id, "A" * 90)
    width = room.window.width()
    page = person_page(room, qtbot, "A" * 90, 4)
    assert page.header.name.text().endswith("…")
    assert room.window.width() == width and page.minimumSizeHint().width() < 700


def test_companions_have_a_face_a_name_and_a_number(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: len(page.header.companions.chips()) == 2)
    chips = page.header.companions.chips()
    assert [chip.text().strip() for chip in chips] == ["Ben  2", "Who is this?  1"]
    assert chips[0].accessibleName() == "Photos with Ben: 2"
    QTest.mouseClick(chips[0], LEFT)
    here = room.window.trail.here
    assert here.kind == Kind.SEARCH
    assert here.search.all_of == (called(room, "Anna").id, called(room, "Ben").id)


def test_companions_without_room_are_counted(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: len(page.header.companions.chips()) == 2)
    row = page.header.companions
    ben = row.people[0][0]
    row.show_people([(ben, count) for count in range(30, 0, -1)])
    assert 0 < len(row.chips()) < 30
    assert row.rest.isVisible() and row.rest.text() == f"+{30 - len(row.chips())}"
    last = row.rest.mapTo(page, QPoint(row.rest.width(), 0)).x()
    assert last <= page.header.photos.mapTo(page, QPoint(0, 0)).x()
    QTest.mouseClick(row.rest, LEFT)
    assert len(popup().actions()) == 30 - len(row.chips())
    popup().close()


def test_the_look_of_a_person_is_called_an_estimate() -> None:
    assert summary.looks(Looks(28, 41, "female", 9)) == "Looks 28–41  ·  female (estimated)"
    told = Looks(28, 41, "female", 9, average=34, least=20, most=50)
    assert summary.looks(told) == "Looks about 34 (28–41)  ·  female (estimated)"
    assert "9 faces: 34 years on average, from 20 to 50." in summary.looks_tip(told)
    even = Looks(30, 30, None, 9, average=30, least=30, most=30)
    assert summary.looks(even) == "Looks about 30 (estimated)"
    assert "on average" not in summary.looks_tip(even)
    assert summary.looks(Looks(30, 30, None, 9)) == "Looks 30 (estimated)"
    assert summary.looks(Looks(None, None, "male", 9)) == "Male (estimated)"
    assert summary.looks(Looks(None, None, None, 0)) == ""


def test_a_pack_that_tells_no_age_leaves_the_line_out(room: Room, qtbot: QtBot) -> None:
    person = called(room, "Anna")
    assert looks(room.library, person.id) == Looks(None, None, None, 0)
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: bool(page.header.companions.chips()))
    assert not page.header.looks.isVisible()


def test_facts_give_way_in_a_narrow_window(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    page.header.facts.say("42 photos  ·  1999–2021  ·  born 1984", "more")
    page.header.facts.resize(100, 20)
    assert page.header.facts.text().endswith("…")
    assert page.header.facts.toolTip() == "42 photos  ·  1999–2021  ·  born 1984\nmore"
    page.header.facts.resize(600, 20)
    assert page.header.facts.toolTip() == "more"


# -- photos ----------------------------------------------------------------------------------


def test_ages_stand_on_photos_and_months(room: Room, qtbot: QtBot) -> None:
    set_birth_year(room.library, called(room, "Anna").id, 1984)
    page = person_page(room, qtbot, "Anna", 4)
    index = page.photos.photos.index(0)
    assert index.data(CAPTION_ROLE) == "36"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "36 years old, April 2020"
    assert page.photos.photos.sections[0].title == "April 2020 · age 36"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("36 years old")


def test_an_age_is_shown_as_soon_as_it_is_known(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    assert page.photos.photos.index(0).data(CAPTION_ROLE) == ""
    room.window.desk.deeds.set_birth_year(called(room, "Anna").id, 1990)
    qtbot.waitUntil(lambda: page.photos.photos.index(0).data(CAPTION_ROLE) == "30")
    assert "born 1990" in page.header.facts.full


DAYS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))
ITEMS = st.builds(
    PhotoItem, st.integers(1, 1 << 62), st.just(""), st.just(1), st.just(1), st.none() | DAYS,
    st.just(0), st.booleans(),
)  # fmt: skip


@given(st.lists(ITEMS, max_size=30), st.none() | st.integers(1900, 2100))
def test_months_hold_every_photo_once(photos: list[PhotoItem], born: int | None) -> None:
    when = datetime(1800, 1, 1)  # those without a moment come last
    ordered = sorted(photos, key=lambda one: one.taken or when, reverse=True)
    rows, sections = by_month(ordered, born)
    assert sum(section.count for section in sections) == len(rows)
    start = 0
    for section in sections:
        part = rows[start : start + section.count]
        start += section.count
        ages = {age_at(one, born) for one in part} - {None}
        assert len(ages) <= 1
        assert ("age" in section.title) == bool(ages)
        assert all(age >= 0 for age in ages if age is not None)
        assert section.year == (part[0].taken.year if part[0].taken else 0)


def test_a_photo_is_said_not_to_show_the_person(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    page.photos.setCurrentIndex(page.photos.photos.index(0))
    assert page.photos.reject.text() == "Not Anna in this photo"
    QTest.keyClick(page.photos.viewport(), Qt.Key.Key_Delete)
    assert len(page.photos.photos.rows) == 3  # before the library has it
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 3)
    said(room, qtbot, "not Anna")
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 4)


def test_photos_come_back_when_the_command_is_refused(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Changes:
        raise UsageError("Not today.")

    monkeypatch.setattr("app.library.commands.faces.reject_faces", refuse)
    page = person_page(room, qtbot, "Anna", 4)
    page.photos.selectAll()
    assert page.photos.reject.text() == "Not Anna in these photos"
    page.photos.reject.trigger()
    assert len(page.photos.photos.rows) == 0
    said(room, qtbot, "Not today.")
    assert len(page.photos.photos.rows) == 4


def test_a_photo_gives_the_cover(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    person = called(room, "Anna")
    assert person.cover is not None
    rows = page.photos.photos.rows
    place = next(n for n, row in enumerate(rows) if row.id != person.cover.photo_id)
    page.photos.setCurrentIndex(page.photos.photos.index(place))
    QTest.keyClick(page.photos.viewport(), Qt.Key.Key_C)

    def photo_of_cover() -> int:
        cover = called(room, "Anna").cover
        return 0 if cover is None else cover.photo_id

    qtbot.waitUntil(lambda: photo_of_cover() == rows[place].id)


# -- faces -----------------------------------------------------------------------------------


def test_faces_that_are_somebody_else_leave_at_once(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    assert (
        not page.face_actions.reject.isVisible() and not page.face_actions.acts.reject.isEnabled()
    )
    click_tile(page, 0)
    gone = page.faces.faces.rows[0].id
    assert page.face_actions.reject.text() == "Not Anna"
    QTest.mouseClick(page.face_actions.reject, LEFT)
    assert gone not in {row.id for row in page.faces.faces.rows}  # before the library has it
    assert not page.face_actions.reject.isVisible()
    said(room, qtbot, "not Anna")
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 3)
    assert room.window.message.undo.isVisible()
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: gone in {row.id for row in page.faces.faces.rows})


def test_faces_come_back_when_the_command_is_refused(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Changes:
        raise UsageError("Not today.")

    monkeypatch.setattr("app.library.commands.faces.reject_faces", refuse)
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 1)
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_N)
    assert len(page.faces.faces.rows) == 3
    said(room, qtbot, "Not today.")
    assert len(page.faces.faces.rows) == 4


def test_several_are_selected_with_shift_control_and_all(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    click_tile(page, 2, Qt.KeyboardModifier.ShiftModifier)
    assert page.faces.selected_rows() == [0, 1, 2]
    click_tile(page, 1, Qt.KeyboardModifier.ControlModifier)
    assert page.faces.selected_rows() == [0, 2]
    assert page.face_actions.said.text() == "2 faces selected"
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.faces.selected_rows() == [0, 1, 2, 3]
    assert not page.face_actions.acts.cover.isEnabled()  # one face alone can be the cover


def test_a_rubber_band_selects_what_it_touches(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    view = page.faces.viewport()
    first, second = (page.faces.visualRect(page.faces.faces.index(n)) for n in (0, 1))
    start = QPoint(first.left() - 10, first.bottom() + 12)
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.3, 0.7, 1):
        end = start + (second.center() - start) * share
        QTest.mouseMove(view, end)
        qtbot.wait(10)
    assert page.faces.selected_rows() == [0, 1]
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, second.center())
    assert page.faces.selected_rows() == [0, 1]


def test_faces_become_somebody_new_without_a_dialog(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    moved = page.faces.faces.rows[0].id
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_W)
    bar = page.face_actions
    assert bar.is_asking and bar.edit.hasFocus()
    QTest.keyClicks(bar.edit, "Nyx")  # n, y and x are keys of acts, but not while typing
    assert bar.edit.text() == "Nyx"
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    assert not bar.is_asking
    qtbot.waitUntil(lambda: "Nyx" in room.names())
    (face,) = faces_by_id(room.library, [moved])
    assert face.person_name == "Nyx"


def test_faces_become_somebody_without_a_name(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    before = {row.id for row in room.rows()}
    click_tile(page, 0)
    moved = page.faces.faces.rows[0].id
    QTest.mouseClick(page.face_actions.ask_button, LEFT)
    QTest.mouseClick(page.face_actions.unnamed, LEFT)
    said(room, qtbot, "somebody else, not Anna")
    (face,) = faces_by_id(room.library, [moved])
    assert face.person_id not in before and face.person_name == ""


def test_a_name_in_use_takes_the_faces(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    moved = page.faces.faces.rows[0].id
    page.face_actions.acts.ask.trigger()
    QTest.keyClicks(page.face_actions.edit, "ben")
    QTest.keyClick(page.face_actions.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: faces_by_id(room.library, [moved])[0].person_name == "Ben")
    assert room.names() == ["Anna", "Ben"]


def test_escape_asks_for_no_name(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    page.face_actions.acts.ask.trigger()
    QTest.keyClick(page.face_actions.edit, Qt.Key.Key_Escape)
    assert not page.face_actions.is_asking
    assert page.faces.selected_rows() == [0] and page.face_actions.acts.reject.isEnabled()


def test_faces_move_to_somebody_from_a_menu(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    moved = page.faces.faces.rows[0].id
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_M)
    entries = [entry for entry in popup().actions() if entry.text()]
    assert [entry.text() for entry in entries] == ["Ben", "Someone else…"]
    QTest.keyClick(popup(), Qt.Key.Key_Down)
    QTest.keyClick(popup(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: faces_by_id(room.library, [moved])[0].person_name == "Ben")


def test_faces_are_confirmed_and_say_so(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    confirmed = page.faces.faces.rows[0].id
    assert page.face_actions.acts.confirm.text() == "Yes, it is Anna"
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_Y)
    said(room, qtbot, "Confirmed 1 face of Anna")
    model = page.faces.faces

    qtbot.waitUntil(lambda: model.index_of(confirmed).data(MARK_ROLE) == Mark.CONFIRMED)
    assert "you said so" in model.index_of(confirmed).data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_is_no_face_leaves(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_X)
    said(room, qtbot, "not a face")
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 3)


def test_a_face_gives_the_cover(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.mouseClick(page.header.cover, LEFT)
    qtbot.waitUntil(lambda: len(page.faces.faces.rows) == 4)
    assert "cover" in page.face_actions.said.text()
    cover = called(room, "Anna").cover
    assert cover is not None
    rows = page.faces.faces.rows
    place = next(n for n, row in enumerate(rows) if row.id != cover.id)
    click_tile(page, place)
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_C)

    def cover_id() -> int:
        now = called(room, "Anna").cover
        return 0 if now is None else now.id

    qtbot.waitUntil(lambda: cover_id() == rows[place].id)


def test_enter_shows_the_photo_of_a_face(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 2)
    with qtbot.waitSignal(page.face_opened) as opened:
        QTest.keyClick(page.faces.viewport(), Qt.Key.Key_Return)
    photos, place, face_id = opened.args
    assert face_id == page.faces.faces.rows[2].id
    assert photos[place].id == page.faces.faces.rows[2].photo_id
    assert len(photos) == 4


def test_faces_that_look_different_stand_first(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = faces_of(room.library, called(room, "Anna").id)
    answer = (faces[2:], faces[:2])
    monkeypatch.setattr(room.window.desk.album, "faces_by_likeness", lambda _: answer)
    page = faces_page(room, qtbot, "Anna", 4)
    titles = [(section.title, section.count) for section in page.faces.faces.sections]
    assert titles == [("These look different", 2), ("The rest", 2)]
    click_tile(page, 0)
    click_tile(page, 1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_N)
    assert [section.title for section in page.faces.faces.sections] == ["The rest"]
    said(room, qtbot, "not Anna")


def a_face(number: int, confidence: float | None, placed: Placed = Placed.MACHINE) -> FaceRow:
    return FaceRow(
        number, 1, "", 0, 0, 1, 1, 1, 1, 1, 100, None, None, None, None, None, None, 1, "", "",
        confidence, placed,
    )  # fmt: skip


@given(st.lists(st.none() | st.floats(-1, 1), max_size=60))
def test_the_doubtful_are_few_and_the_least_alike(likeness: list[float | None]) -> None:
    faces = [a_face(number, value) for number, value in enumerate(likeness)]
    found = doubtful(faces)
    told = {face.id: face.confidence for face in faces if face.confidence is not None}
    assert found <= set(told)
    assert len(found) <= len(told) // 4
    if found:
        assert max(told[one] for one in found) < min(
            value for one, value in told.items() if one not in found
        )


def test_what_the_user_confirmed_is_not_doubtful() -> None:
    faces = [a_face(number, 0.8 + number / 1000) for number in range(20)]
    assert doubtful([*faces, a_face(99, 0.1)]) == {99}
    assert doubtful([*faces, a_face(99, 0.1, Placed.USER)]) == set()


# -- questions -------------------------------------------------------------------------------


def ask(room: Room, monkeypatch: pytest.MonkeyPatch, count: int = 1) -> list[Suggestion]:
    """Let Kinfolk ask whether faces of others are Anna; the answers are real."""
    anna = called(room, "Anna")
    faces = [
        face
        for photo in Photo.select()
        for face in faces_in_photo(room.library, photo.id)
        if face.person_name != "Anna"
    ]
    reasons = Reasons(0.5, 0.5, (), None, 0.0)
    people = {row.id: row for row in room.rows()}
    asked = [
        Suggestion(
            f"same-{face.id}", Asked.SAME, (face.id,), people.get(face.person_id), anna, reasons
        )
        for face in faces[:count]
    ]
    monkeypatch.setattr(room.window.desk.album, "questions", lambda _check: (list(asked), []))
    room.window.desk.questions.refresh()
    return asked


def test_a_question_about_the_person_is_answered_on_the_page(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (asked,) = ask(room, monkeypatch)
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: len(page.strip.cards) == 1)
    assert page.strip.isVisible() and page.strip.question.text() == "Is this Anna?"
    QTest.mouseClick(page.strip.cards[0].yes, LEFT)
    assert not page.strip.isVisible()
    qtbot.waitUntil(lambda: faces_by_id(room.library, asked.face_ids)[0].person_name == "Anna")


def test_questions_are_answered_by_key_one_after_the_other(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(room, monkeypatch, 8)
    replies: list[tuple[str, Reply]] = []

    def note(questions: Questions, about: Suggestion, reply: Reply) -> None:
        replies.append((about.id, reply))
        questions._close(about, reply)
        questions.changed.emit()

    monkeypatch.setattr(Questions, "answer", note)
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: len(page.strip.cards) == 6)
    assert page.strip.all.text() == "Show all 8 in Review"
    page.strip.cards[0].yes.setFocus()
    for place, (key, reply) in enumerate(
        ((Qt.Key.Key_N, Reply.NO), (Qt.Key.Key_Y, Reply.YES), (Qt.Key.Key_X, Reply.NOT_A_FACE))
    ):
        focused = QApplication.focusWidget()
        assert isinstance(focused, QToolButton)
        QTest.keyClick(focused, key)
        assert replies[-1] == (asked[place].id, reply)
        qtbot.waitUntil(lambda: page.strip.cards[0].has_focus)
        left = min(6, 7 - place)
        qtbot.waitUntil(lambda left=left: 0 < len(page.strip.cards) <= left)


def test_all_questions_are_in_review(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(room, monkeypatch, 2)
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: len(page.strip.cards) == 2)
    QTest.mouseClick(page.strip.all, LEFT)
    assert room.window.trail.here.kind == Kind.REVIEW


def test_questions_about_others_are_not_asked_here(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(room, monkeypatch, 2)
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: len(page.strip.cards) == 2)
    page = person_page(room, qtbot, "Ben", 4)
    qtbot.waitUntil(lambda: page.header.name.text() == "Ben")
    assert page.strip.cards == [] and not page.strip.isVisible()


# -- acts ------------------------------------------------------------------------------------


def act(page: QWidget, text: str) -> object:
    return next(one for one in page.actions() if one.text() == text)


def test_every_act_is_in_the_menu_of_the_page(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    click_tile(page, 0)
    assert page.menu_title == "Person"
    offered = {one.text() for one in page.actions() if one.isVisible() and one.isEnabled()}
    assert {
        "Rename", "Merge into…", "Choose cover…", "Birth year…", "This is several people…",
        "Show photos together with…", "Photos", "Faces", "Hide", "Forget this person…",
        "Not Anna", "This is someone else…", "Move to…", "Yes, it is Anna", "Not a face",
        "A stranger", "Use as cover", "Show photo",
    } <= offered  # fmt: skip
    assert "Show again" not in offered


def test_keys_turn_to_the_faces_and_back(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.keyClick(page.photos.viewport(), Qt.Key.Key_F)
    assert page.faces.isVisible() and page.header.faces.isChecked()
    qtbot.waitUntil(lambda: len(page.faces.faces.rows) == 4)
    QTest.keyClick(page.faces.viewport(), Qt.Key.Key_P)
    assert page.photos.isVisible() and page.header.photos.isChecked()


def test_the_person_becomes_part_of_somebody(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.keyClick(page.photos.viewport(), Qt.Key.Key_M, CTRL_SHIFT)
    next(entry for entry in popup().actions() if entry.text() == "Ben").trigger()
    popup().close()
    qtbot.waitUntil(lambda: room.names() == ["Ben"])
    qtbot.waitUntil(lambda: page.header.name.text() == "Ben")


def test_somebody_hidden_is_shown_again(room: Room, qtbot: QtBot) -> None:
    anna = called(room, "Anna")
    hide_person(room.library, anna.id)
    room.window.go(Place(Kind.PERSON, (anna.id,)))
    page = room.window.pages[Kind.PERSON]
    assert isinstance(page, PersonPage)
    qtbot.waitUntil(lambda: page.acts.show_again.isVisible())
    assert not page.acts.hide.isVisible()
    page.acts.show_again.trigger()
    qtbot.waitUntil(lambda: "Anna" in room.names())
    qtbot.waitUntil(page.acts.hide.isVisible)


def test_the_menu_of_the_head_holds_the_acts(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.mouseClick(page.header.more, LEFT)
    assert "Birth year…" in {entry.text() for entry in popup().actions()}
    popup().close()


def test_the_page_of_someone_forgotten_leads_nowhere_bad(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    room.window.desk.deeds.forget(called(room, "Anna").id)
    qtbot.waitUntil(lambda: room.names() == ["Ben"])
    qtbot.waitUntil(lambda: room.window.message.label.text() != "")
    qtbot.waitUntil(lambda: len(page.photos.photos.rows) == 0)
    assert not page.header.isVisible() and "Anna" not in room.window.windowTitle()
    assert not page.acts.rename.isEnabled()


# -- reading and coming back -----------------------------------------------------------------


def test_faces_are_read_only_when_they_are_looked_at(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    album = room.window.desk.album
    read: list[int] = []
    monkeypatch.setattr(
        album,
        "faces_by_likeness",
        lambda one: (read.append(one), ([], faces_of(room.library, one)))[1],
    )
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: bool(page.header.companions.people))
    assert read == []
    QTest.mouseClick(page.header.faces, LEFT)
    qtbot.waitUntil(lambda: len(page.faces.faces.rows) == 4)
    assert read == [called(room, "Anna").id]


def test_what_is_done_to_others_reads_nothing_anew(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: bool(page.header.companions.people))
    anna, ben = called(room, "Anna"), called(room, "Ben")
    strangers = {row.id for row in room.rows()} - {anna.id, ben.id}
    assert page.concerns(Changes(people=frozenset({anna.id})))
    assert page.concerns(Changes(regrouped=True))
    assert page.concerns(Changes(photos=frozenset({page.photos.photos.rows[0].id})))
    assert not page.concerns(Changes(people=frozenset(strangers)))
    assert not page.concerns(Changes(photos=frozenset({10_000})))


def test_a_companion_who_gets_a_name_is_called_by_it(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: len(page.header.companions.chips()) == 2)
    unnamed = page.header.companions.people[1][0]
    room.window.desk.deeds.name(unnamed.id, "Carl")
    qtbot.waitUntil(lambda: page.header.companions.chips()[1].text().strip() == "Carl  1")


def test_the_way_back_leads_to_the_view_that_was_left(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    QTest.mouseClick(page.header.faces, LEFT)
    qtbot.waitUntil(lambda: len(page.faces.faces.rows) == 4)
    room.window.resize(820, 520)
    page.set_size(320)
    qtbot.waitUntil(lambda: page.faces.verticalScrollBar().maximum() > 60)
    page.faces.verticalScrollBar().setValue(60)
    room.window.go(Place(Kind.PERSON, (called(room, "Ben").id,)))
    qtbot.waitUntil(lambda: page.header.name.text() == "Ben")
    assert page.photos.isVisible()
    room.window.actions_.back.trigger()
    qtbot.waitUntil(lambda: page.header.name.text() == "Anna")
    assert page.faces.isVisible() and page.header.faces.isChecked()
    qtbot.waitUntil(lambda: page.faces.verticalScrollBar().value() == 60)


def test_a_new_visit_begins_with_the_photos(room: Room, qtbot: QtBot) -> None:
    page = faces_page(room, qtbot, "Anna", 4)
    room.window.go(Place(Kind.PEOPLE))
    person_page(room, qtbot, "Anna", 4)
    assert page.photos.isVisible() and page.header.photos.isChecked()


def test_nothing_in_the_head_is_without_a_name(room: Room, qtbot: QtBot) -> None:
    page = person_page(room, qtbot, "Anna", 4)
    qtbot.waitUntil(lambda: bool(page.header.companions.chips()))
    for button in page.header.findChildren(QToolButton):
        assert button.accessibleName() or button.text()
    assert all(isinstance(label.text(), str) for label in page.header.findChildren(QLabel))
