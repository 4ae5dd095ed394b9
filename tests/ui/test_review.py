"""Review: answered as a user answers, by key and by click, over people who raise real questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.suggestions import Reply, Suggestion
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.people import merge_people, name_person
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import pending_photos
from app.library.queries.people import list_people
from app.library.rows import Look, NewFace, PersonRow
from app.media.read import open_photo
from app.ui.places import Kind, Place
from app.ui.review import asking
from app.ui.review.page import ReviewPage
from tests.clustering.crowds import crowd
from tests.library.placing import Placement, store_groups
from tests.ui.conftest import Room

GROUPS = (("Anna", 6), ("", 4), ("Ben", 6), ("", 1), ("Carl", 12))
"""Name and number of faces, in the order of their photos: some more of Anna, one more of Ben, and
of Carl's the last four are somebody else."""
BOX = (0.3, 0.2, 0.4, 0.5)


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "REST", 0.05)


def draw(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        image = Image.new("RGB", (160, 120), (9 * number, 120, 90))
        ImageDraw.Draw(image).ellipse((48, 24, 112, 84), fill=(200, 8 * number, 60))
        image.save(folder / f"{number:02}.jpg")


def fill(library: Library, folder: Path) -> int:
    """One face in each photo, grouped as GROUPS says."""
    sizes = [size for _, size in GROUPS]
    anna, ben = np.split(crowd([10, 7]), [10])
    carl = crowd([8, 4], seed=9)
    vectors = np.vstack([anna, ben, carl])
    numbers = np.repeat(np.arange(len(sizes)), sizes)
    collection = ensure_collection(library, "Photos")
    row = add_folder(library, collection.id, folder)
    files = [SeenFile(p, p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(folder.iterdir())]
    record_scan(library, collection.id, row.id, ScanResult(added=files))
    places = []
    for number, (photo_id, path) in enumerate(pending_photos(library, collection.id)):
        with open_photo(path, 10) as photo:
            mark = photo.fingerprint
        face = NewFace(
            *BOX, landmarks=np.zeros((5, 2), np.float32), score=0.9, embedding=vectors[number],
            quality=0.9, sharpness=0.8, pixels=120, pack="test", pack_version="1",
        )  # fmt: skip
        look = Look(
            fingerprint=mark, width=160, height=120, orientation=1, content_type="image/jpeg",
            taken=datetime(2018 + number % 4, 6, 12), taken_from="exif", camera="Box",
            colour=0x507090, pack="test", pack_version="1", faces=(face,),
        )  # fmt: skip
        store_look(library, photo_id, look)
        group = int(numbers[number])
        alone = sizes[group] == 1
        face_id = faces_in_photo(library, photo_id)[0].id
        places.append(Placement(face_id, None, 0 if alone else -1 - group, 0.8))
    store_groups(library, collection.id, places, len(sizes))
    return collection.id


def name_all(library: Library, collection_id: int) -> None:
    by_first = sorted(list_people(library, collection_id), key=lambda row: row.id)
    named = [name for name, size in GROUPS if size > 1]
    for row, name in zip(by_first, named, strict=True):
        if name:
            name_person(library, row.id, name)


class Reviewing:
    """The window on its Review page."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.qtbot = qtbot
        page = room.window.pages[Kind.REVIEW]
        assert isinstance(page, ReviewPage)
        self.page = page
        self.questions = room.window.desk.questions
        self.toasts: list[str] = []
        room.window.desk.deeds.said.connect(lambda text, _: self.toasts.append(text))

    def open(self) -> None:
        self.room.window.go(Place(Kind.REVIEW))
        self.until(lambda: self.questions.is_known and self.view_is_full())

    def activate(self) -> None:
        """The offscreen platform does not do so by itself when a list of completions goes."""
        self.room.window.activateWindow()
        self.until(self.room.window.isActiveWindow)

    def view_is_full(self) -> bool:
        return not self.questions.open or self.page.view.sheet is not None

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=8000)

    def press(self, key: Qt.Key, **more: Qt.KeyboardModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, **more)

    def heading(self) -> str:
        return self.page.view.heading.text()

    def ids(self) -> list[str]:
        return [asked.id for asked in self.questions.open]

    def people(self) -> dict[str, int]:
        rows = list_people(self.room.library, self.room.collection_id)
        return {row.name: row.face_count for row in rows if row.name}

    def person(self, name: str) -> PersonRow:
        rows = list_people(self.room.library, self.room.collection_id)
        return next(row for row in rows if row.name == name)

    def settle(self) -> None:
        """Wait until every command was carried out, and heard of."""
        self.until(lambda: all(answer.word >= 0 for answer in self.questions._answers))
        self.until(lambda: not any(map(self.questions.is_returning, self.questions.open)))
        QCoreApplication.processEvents()


@pytest.fixture
def review(
    furnish: Callable[[int], Room], library: Library, tmp_path: Path, qtbot: QtBot
) -> Reviewing:
    """The Review page over Anna, Ben and Carl: three questions."""
    draw(tmp_path / "drawn", sum(size for _, size in GROUPS))
    collection_id = fill(library, tmp_path / "drawn")
    name_all(library, collection_id)
    found = Reviewing(furnish(collection_id), qtbot)
    found.open()
    return found


def test_one_question_at_a_time_in_words(review: Reviewing) -> None:
    headings = []
    while review.questions.open:
        headings.append(review.heading())
        review.press(Qt.Key.Key_S)
    assert sorted(headings) == ["Do these belong with Carl?", "Is this Anna?", "Is this Ben?"]


def find(review: Reviewing, heading: str) -> Suggestion:
    """Skip until this is asked."""
    while review.heading() != heading:
        review.press(Qt.Key.Key_S)
    review.until(review.view_is_full)
    return review.questions.open[0]


def test_yes_shows_the_next_at_once_and_no_message(review: Reviewing) -> None:
    first, *rest = review.ids()
    count = review.questions.settles
    review.press(Qt.Key.Key_Y)
    # Before any command has run: nothing waits.
    assert review.ids()[0] == rest[0] and first not in review.ids()
    assert review.questions.settles < count
    assert "Backspace" in review.page.tally.echo.text()
    review.settle()
    assert review.toasts == []
    assert not review.room.window.message.isVisible()


def test_yes_is_carried_out_and_no_too(review: Reviewing) -> None:
    find(review, "Is this Anna?")
    review.press(Qt.Key.Key_Y)
    review.until(lambda: review.people()["Anna"] == 10)
    assert review.page.tally.echo.text().startswith("✓ Anna")
    review.questions.ask_skipped()
    find(review, "Is this Ben?")
    review.press(Qt.Key.Key_N)
    review.settle()
    assert review.people()["Ben"] == 6


def test_the_odd_part_leaves_with_no(review: Reviewing) -> None:
    asked = find(review, "Do these belong with Carl?")
    QTest.mouseClick(review.page.view.answers.buttons[1], Qt.MouseButton.LeftButton)
    review.until(lambda: review.people()["Carl"] == 8)
    assert asked.id not in review.ids()


def test_backspace_takes_several_back_one_after_the_other(review: Reviewing) -> None:
    before, people = review.ids(), review.people()
    headings = []
    for key in (Qt.Key.Key_Y, Qt.Key.Key_S, Qt.Key.Key_Y):
        headings.append(review.heading())
        review.press(key)
    assert review.ids() == []
    for heading in reversed(headings):
        review.press(Qt.Key.Key_Backspace)
        assert review.heading() == heading
    assert review.ids() == before
    review.settle()
    review.until(lambda: review.people() == people)
    assert review.questions.skipped == [] and review.questions.last_answer is None
    assert not review.page.acts.take_back.isEnabled()


def test_ctrl_z_takes_back_what_was_said_here_a_skip_too(review: Reviewing) -> None:
    first = review.ids()[0]
    review.press(Qt.Key.Key_S)
    review.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert review.ids()[0] == first and review.questions.skipped == []


def test_undo_of_the_window_brings_the_question_back(review: Reviewing) -> None:
    asked = find(review, "Is this Anna?")
    review.press(Qt.Key.Key_Y)
    review.until(lambda: review.people()["Anna"] == 10)
    review.room.window.actions_.undo.trigger()
    review.until(lambda: bool(review.ids()) and review.ids()[0] == asked.id)
    assert review.people()["Anna"] == 6
    review.room.window.actions_.redo.trigger()
    review.until(lambda: asked.id not in review.ids())
    assert review.people()["Anna"] == 10
    review.until(lambda: review.questions.last_answer is not None)
    review.press(Qt.Key.Key_Backspace)
    review.until(lambda: review.people()["Anna"] == 6)
    assert review.ids()[0] == asked.id


def test_what_was_said_elsewhere_is_not_taken_back_here(review: Reviewing) -> None:
    review.press(Qt.Key.Key_Y)
    review.settle()
    carl = review.person("Carl")
    review.room.window.desk.deeds.name(carl.id, "Carlo")
    review.until(lambda: not review.page.acts.take_back.isEnabled())
    review.press(Qt.Key.Key_Backspace)
    review.settle()
    assert "Carlo" in review.people()
    review.room.window.actions_.undo.trigger()
    review.until(lambda: review.page.acts.take_back.isEnabled())
    assert "Carl" in review.people()


def test_a_name_is_typed(review: Reviewing) -> None:
    find(review, "Is this Anna?")
    review.press(Qt.Key.Key_T)
    field = review.page.view.answers.field
    assert field.hasFocus()
    QTest.keyClicks(field, "Nynxy")  # keys of other answers are letters here
    assert review.heading() == "Is this Anna?"
    QTest.keyClick(field, Qt.Key.Key_Return)
    review.until(lambda: review.people().get("Nynxy") == 4)
    assert review.room.window.focusWidget() is review.page
    assert review.page.view.answers.field.text() == ""
    review.activate()
    review.press(Qt.Key.Key_Backspace)
    review.until(lambda: "Nynxy" not in review.people())
    # Who it was for a moment may have been read; it is read again once the undo is heard of.
    review.until(lambda: review.heading() == "Is this Anna?")


def test_the_next_likely_person_is_one_key_away(review: Reviewing) -> None:
    asked = find(review, "Is this Anna?")
    maybe = replace(asked, reasons=replace(asked.reasons, runner_up=review.person("Ben")))
    review.questions._open[0] = maybe
    review.page.sheets._kept.clear()
    review.questions.changed.emit()
    review.until(review.view_is_full)
    button = review.page.view.answers.runner_up
    assert button.isVisible() and button.accessibleName() == "Or Ben?"
    review.press(Qt.Key.Key_O)
    review.until(lambda: review.people()["Ben"] == 10)
    assert review.page.tally.echo.text().startswith("✓ Ben")
    review.press(Qt.Key.Key_Backspace)
    review.until(lambda: review.people()["Ben"] == 6)


def test_an_answer_from_another_page_is_told_with_undo(review: Reviewing) -> None:
    anna = review.person("Anna")
    (asked,) = review.questions.about(anna.id)
    review.room.window.go(Place(Kind.PEOPLE))
    review.questions.answer(asked, Reply.YES)
    review.until(lambda: bool(review.toasts))
    assert "Anna" in review.toasts[0] and review.people()["Anna"] == 10
    assert review.questions.about(anna.id) == []


def test_enter_leads_into_the_field_and_escape_out_of_it(review: Reviewing) -> None:
    heading = review.heading()
    review.press(Qt.Key.Key_Return)
    QTest.keyClicks(review.page.view.answers.field, "An")
    field = review.page.view.answers.field
    assert field.offers.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert review.room.window.focusWidget() is review.page
    assert review.page.view.answers.field.text() == ""
    assert review.heading() == heading


def test_not_a_face_settles_everything_about_it(review: Reviewing) -> None:
    asked = find(review, "Is this Ben?")
    review.press(Qt.Key.Key_X)
    review.settle()
    assert asked.id not in review.ids()
    assert asked.face_ids[0] not in {
        face.id
        for part in review.room.window.desk.album.unnamed_faces(lambda: None)
        for face in part
    }


def test_skips_are_remembered_and_asked_again(review: Reviewing) -> None:
    while review.ids():
        review.press(Qt.Key.Key_S)
    rest = review.page.rest
    assert review.page._stack.currentWidget() is rest
    assert "(3)" in review.page.acts.ask_skipped.text()
    again = review.room.window.desk.album
    review.until(lambda: len(again.questions()[1]) == 3)
    review.questions.refresh()
    review.until(lambda: not review.questions.is_asking)
    assert review.ids() == []
    QTest.mouseClick(rest.again, Qt.MouseButton.LeftButton)
    assert len(review.ids()) == 3
    review.until(lambda: again.questions()[1] == [])


def test_the_end_says_what_was_achieved(review: Reviewing) -> None:
    faces = {face for asked in review.questions.open for face in asked.face_ids}
    while review.ids():
        review.press(Qt.Key.Key_Y)
    assert review.page.rest.title.text() == "That is all for now"
    assert f"{len(faces)} faces" in review.page.rest.text.text()
    review.settle()
    QTest.mouseClick(review.page.rest.people, Qt.MouseButton.LeftButton)
    assert review.room.window.trail.here.kind == Kind.PEOPLE


def test_leaving_and_coming_back_keeps_the_place(review: Reviewing) -> None:
    review.press(Qt.Key.Key_S)
    here = review.ids()
    review.room.window.go(Place(Kind.PEOPLE))
    review.questions.refresh()
    review.until(lambda: not review.questions.is_asking)
    review.room.window.go(Place(Kind.REVIEW))
    assert review.ids() == here and review.page.view.isVisible()


def test_a_refused_answer_brings_its_question_back_with_the_reason(review: Reviewing) -> None:
    asked = find(review, "Is this Anna?")
    assert asked.person is not None
    reasons: list[str] = []
    review.room.window.desk.deeds.refused.connect(reasons.append)
    # Behind the window's back: the two are one already.
    merge_people(review.room.library, asked.other.id, [asked.person.id])
    review.press(Qt.Key.Key_N)
    review.until(lambda: bool(reasons))
    # It came back, and since its people are one, it went again.
    review.until(lambda: asked.id not in review.ids())
    assert review.questions.last_answer is None or review.questions.last_answer.asked != asked


def test_what_others_say_makes_questions_moot(review: Reviewing) -> None:
    asked = find(review, "Is this Anna?")
    assert asked.person is not None
    deeds = review.room.window.desk.deeds
    deeds.merge(asked.other.id, [asked.person.id])
    review.until(lambda: asked.id not in review.ids())
    assert review.heading() != "Is this Anna?" or not review.page.view.isVisible()


def test_asking_anew_leaves_the_question_in_sight(review: Reviewing) -> None:
    review.questions.ask_skipped()
    last = review.questions.open[-1]
    review.questions._open.sort(key=lambda one: one.id != last.id)  # as after some skips
    review.questions.changed.emit()
    assert review.page._shown == last
    review.room.window.desk.deeds.changed.emit(Changes(regrouped=True))
    review.until(lambda: not review.questions.is_asking and len(review.ids()) == 3)
    assert review.page._shown is not None and review.page._shown.id == last.id


def test_the_photo_is_looked_at_large(review: Reviewing) -> None:
    review.press(Qt.Key.Key_C)
    assert review.page.peek.isVisible() and review.page.peek.shown is not None
    review.until(lambda: review.page.peek._large is not None)
    first = review.page.peek.shown
    review.press(Qt.Key.Key_Right)
    assert review.page.peek.shown != first
    review.press(Qt.Key.Key_Escape)
    assert not review.page.peek.isVisible() and review.page.hasFocus()
    review.press(Qt.Key.Key_Space)
    assert review.page.peek.isVisible()
    QTest.mouseClick(review.page.peek, Qt.MouseButton.LeftButton)
    assert not review.page.peek.isVisible()


def test_the_mouse_over_a_crop_shows_its_photo_beside_it(review: Reviewing) -> None:
    board = review.page.view.mine.board
    QTest.mouseMove(board, board.tile(0).center())
    review.until(lambda: review.page.view._card.isVisible())
    QTest.mouseMove(board, QPoint(1, 1))
    review.until(lambda: not review.page.view._card.isVisible())


def test_show_photo_opens_the_viewer_and_show_all_the_person(review: Reviewing) -> None:
    find(review, "Is this Anna?")
    review.press(Qt.Key.Key_V)
    review.until(review.room.window.viewer.isVisible)
    review.press(Qt.Key.Key_Escape)
    review.until(review.page.isVisible)
    assert review.heading() == "Is this Anna?"
    review.press(Qt.Key.Key_A)
    here = review.room.window.trail.here
    assert here == Place(Kind.PERSON, (review.person("Anna").id,))


def test_why_is_told_and_taken_away_by_the_answer(review: Reviewing) -> None:
    review.press(Qt.Key.Key_W)
    why = review.page.view._why
    assert why.isVisible() and "100" in why.accessibleName()
    review.press(Qt.Key.Key_S)
    assert not why.isVisible()


def test_it_is_read_out_and_every_button_says_its_key(review: Reviewing) -> None:
    assert review.page.accessibleName() == review.heading()
    for button, key in zip(review.page.view.answers.buttons, "YNSX", strict=True):
        assert button.accessibleName() and button._key.text() == key
        assert button._act in review.page.actions()
    assert review.page.view.mine.board.accessibleName().startswith("Faces in question")


def test_buttons_are_reached_and_pressed_by_keyboard(review: Reviewing) -> None:
    button = review.page.view.answers.buttons[0]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    first = review.ids()[0]
    review.press(Qt.Key.Key_Space)
    assert first not in review.ids() and button.hasFocus()
    review.press(Qt.Key.Key_Backspace)
    assert review.ids()[0] == first and button.hasFocus()
    review.settle()


def test_the_sidebar_counts_along(review: Reviewing) -> None:
    entry = review.room.window.sidebar._entries[Kind.REVIEW]
    assert "3" in entry.accessibleName() or entry._number == "3"
    review.press(Qt.Key.Key_S)
    assert "2" in entry.accessibleName() or entry._number == "2"


def test_nothing_is_said_about_people_who_are_hidden(review: Reviewing) -> None:
    review.room.window.desk.deeds.hide(review.person("Carl").id)
    review.until(lambda: len(review.ids()) == 2)
    assert all(asked.other.name != "Carl" for asked in review.questions.open)


def test_an_album_without_people_says_when_it_will_ask(
    furnish: Callable[[int], Room], library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    collection = ensure_collection(library, "Photos")
    add_folder(library, collection.id, folder)
    found = Reviewing(furnish(collection.id), qtbot)
    found.open()
    found.until(lambda: found.page.rest.title.text() == "No questions yet")
    assert not found.page.rest.people.isVisible()
    for key in (Qt.Key.Key_Y, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        found.press(key)
    assert found.page.rest.isVisible()


def test_a_skip_taken_back_stays_so_whoever_asked_before_it_was_written_down(
    review: Reviewing,
) -> None:
    questions = review.questions
    asked = questions.open[0]
    review.press(Qt.Key.Key_S)
    review.press(Qt.Key.Key_Backspace)
    others = [one for one in questions.open if one.id != asked.id]
    questions._show(others, [asked])
    assert questions.skipped == [] and asked.id in review.ids()
    questions._show(questions.open, [])
    review.press(Qt.Key.Key_S)
    questions._show(others, [asked])
    assert [one.id for one in questions.skipped] == [asked.id], "skipped once more"
