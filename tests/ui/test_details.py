"""The skipped files: listed, found, sorted, and tried again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.library.commands.photos import retry_skipped, skip_photo
from app.library.queries.photos import skipped_photos
from app.library.rows import SkippedFile
from app.ui import details
from app.ui.aside import Kind
from app.ui.details import DetailsDialog
from app.ui.skipped_files import FILE, REASON, as_text, frequent_reasons

if TYPE_CHECKING:
    from tests.ui.conftest import Room

EMPTY, DAMAGED = "The file is empty.", "The picture is damaged: the file ends too early."
REASONS = {0: EMPTY, 1: DAMAGED, 2: EMPTY, 3: "You may not read this file."}


def skip(room: Room, reasons: dict[int, str]) -> None:
    """Let some photos have been passed over."""
    for photo in room.window.desk.album.timeline():
        path = room.window.desk.album.photo(photo.id).path
        number = int(path.stem.removeprefix("photo"))
        if number in reasons:
            skip_photo(room.library, photo.id, reasons[number])


def open_list(room: Room, qtbot: QtBot) -> DetailsDialog:
    """Open the list as a user does."""
    room.window.overview.refresh()
    qtbot.waitUntil(room.window.actions_.skipped.isEnabled)
    QTest.keyClick(
        room.window,
        Qt.Key.Key_L,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DetailsDialog)
    qtbot.waitUntil(lambda: bool(dialog.model.files))
    return dialog


@pytest.fixture
def dialog(room: Room, qtbot: QtBot) -> DetailsDialog:
    skip(room, REASONS)
    return open_list(room, qtbot)


def listed(dialog: DetailsDialog) -> list[str]:
    """The names in sight, from top to bottom."""
    shown = dialog.list.model()
    return [shown.index(row, FILE).data() for row in range(shown.rowCount())]


def select(dialog: DetailsDialog, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    dialog.list.clearSelection()
    for row in rows:
        index = dialog.list.model().index(row, FILE)
        dialog.list.selectionModel().select(index, flags.Select | flags.Rows)


def button(dialog: DetailsDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def test_a_file_is_told_with_its_whole_path_and_reason(dialog: DetailsDialog) -> None:
    assert dialog._heading.text() == "4 files skipped"
    assert listed(dialog) == [f"photo{number:02}.jpg" for number in range(4)]
    select(dialog, 1)
    assert dialog._reason.text() == DAMAGED
    assert dialog._path.text().replace("\u200b", "").endswith("drawn/photo01.jpg")
    index = dialog.list.model().index(1, REASON)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == DAMAGED
    select(dialog, 0, 1, 2)
    assert dialog._path.text() == "3 files selected" and dialog._reason.text() == ""


def test_a_click_on_a_column_sorts(dialog: DetailsDialog) -> None:
    header = dialog.list.header()
    for column, order, first in (
        (REASON, Qt.SortOrder.AscendingOrder, EMPTY),
        (REASON, Qt.SortOrder.DescendingOrder, "You may not read this file."),
    ):
        header.setSortIndicator(column, order)
        assert dialog.list.model().index(0, REASON).data() == first
    header.setSortIndicator(FILE, Qt.SortOrder.DescendingOrder)
    assert listed(dialog)[0] == "photo03.jpg"


def test_typing_finds_a_file_or_a_reason(dialog: DetailsDialog, room: Room) -> None:
    dialog.field.setFocus()
    QTest.keyClicks(dialog.field, "EMPTY")
    assert listed(dialog) == ["photo00.jpg", "photo02.jpg"]
    dialog.field.clear()
    QTest.keyClicks(dialog.field, "drawn/photo03")
    assert listed(dialog) == ["photo03.jpg"]
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert room.indexer.asked == [], "Enter finds, and tries nothing again"
    assert dialog.isVisible()


def test_what_is_selected_can_be_tried_again(
    dialog: DetailsDialog, room: Room, qtbot: QtBot
) -> None:
    select(dialog)
    assert not button(dialog, "Try again").isEnabled()
    select(dialog, 0, 2)
    QTest.mouseClick(button(dialog, "Try again"), Qt.MouseButton.LeftButton)
    folder = dialog.model.files[0].path.parent
    wanted = [folder / "photo00.jpg", folder / "photo02.jpg"]
    qtbot.waitUntil(lambda: room.indexer.asked == [("retry", wanted)])
    qtbot.waitUntil(lambda: listed(dialog) == ["photo01.jpg", "photo03.jpg"])
    assert "2 files" in dialog._advice.text(), "it says that they are being looked at"
    assert [file.error for file in skipped_photos(room.library, room.collection_id)] == [
        DAMAGED, "You may not read this file.",
    ]  # fmt: skip


def test_all_can_be_tried_again_and_come_back_if_they_must(
    dialog: DetailsDialog, room: Room, qtbot: QtBot
) -> None:
    QTest.keyClick(dialog.list, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: room.indexer.asked == [("retry", None)])
    qtbot.waitUntil(lambda: dialog._nothing.isVisible())
    assert "4 files" in dialog._nothing.text.text()
    for act in (dialog.again, dialog.all_again, dialog._copy):
        assert not act.isEnabled()
    for path in sorted(Path(room.window.desk.album.folders()[0].path).glob("photo0[0-3].jpg")):
        number = next(
            row.id for row in room.window.desk.album.photos_by_id(range(1, 20)).values()
            if row.path == path
        )  # fmt: skip
        skip_photo(room.library, number, "The file is empty once more.")
    room.window.desk.deeds.changed.emit(Changes(photos=frozenset({1})))
    qtbot.waitUntil(lambda: len(listed(dialog)) == 4)
    assert dialog.model.files[0].error == "The file is empty once more."


def test_without_skipped_files_the_list_says_so(
    dialog: DetailsDialog, room: Room, qtbot: QtBot
) -> None:
    album = room.window.desk.album
    room.library.sql("UPDATE photo SET state = 'looked' WHERE state = 'skipped'")
    assert album.skipped() == []
    dialog.reload()
    qtbot.waitUntil(lambda: dialog._nothing.isVisible())
    assert dialog._nothing.title.text() == "No file is skipped"


def test_files_are_copied_as_text(dialog: DetailsDialog) -> None:
    select(dialog, 1)
    QTest.keyClick(dialog.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text.endswith(f"photo01.jpg\t{DAMAGED}") and "\n" not in text
    select(dialog)
    QTest.mouseClick(button(dialog, "Copy as text"), Qt.MouseButton.LeftButton)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4


def test_the_menu_of_a_file_has_the_same_acts(
    dialog: DetailsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(details, "show_in_file_manager", shown.append)
    select(dialog, 3)
    menu = dialog.menu()
    texts = [act.text() for act in menu.actions() if act.text()]
    assert texts == ["Try again", "Show in file manager", "Copy as text", "Copy path"]
    next(act for act in menu.actions() if act.text().startswith("Show")).trigger()
    assert [path.name for path in shown] == ["photo03.jpg"]
    select(dialog, 0, 1)
    assert not dialog._show.isEnabled() and dialog.again.isEnabled()
    menu.close()


def test_files_stay_selected_when_others_go(
    dialog: DetailsDialog, room: Room, qtbot: QtBot
) -> None:
    select(dialog, 2)
    retry_skipped(room.library, room.collection_id, [dialog.model.files[0].path])
    dialog.reload()
    qtbot.waitUntil(lambda: len(listed(dialog)) == 3)
    assert [file.path.name for file in dialog.chosen()] == ["photo02.jpg"]


PARTLY = "Only the first of its 3 pages is shown."


@pytest.fixture
def aside(room: Room, qtbot: QtBot) -> DetailsDialog:
    """The list where one file is skipped, two are shown in part and three are in the cloud."""
    skip(room, {0: EMPTY})
    for name in ("photo01", "photo02"):
        room.library.sql(
            "UPDATE photo SET note = ? WHERE CAST(path AS TEXT) LIKE ?", (PARTLY, f"%{name}.jpg")
        )
    room.library.sql(
        "UPDATE photo SET state = 'cloud' WHERE CAST(path AS TEXT) LIKE '%photo03.jpg'"
        " OR CAST(path AS TEXT) LIKE '%photo04.jpg' OR CAST(path AS TEXT) LIKE '%photo05.jpg'"
    )
    return open_list(room, qtbot)


def test_what_is_shown_in_part_and_what_is_in_the_cloud_have_lists_of_their_own(
    aside: DetailsDialog, room: Room
) -> None:
    texts = {kind: one.text() for kind, one in aside.switch.buttons.items()}
    assert list(texts.values()) == ["Skipped (1)", "Not in full (2)", "In the cloud (3)"]
    assert listed(aside) == ["photo00.jpg"] and button(aside, "Try all again").isVisible()
    QTest.mouseClick(aside.switch.buttons[Kind.PARTLY], Qt.MouseButton.LeftButton)
    assert aside._heading.text() == "2 files shown, but not in full"
    assert listed(aside) == ["photo01.jpg", "photo02.jpg"]
    assert aside._reason.text() == PARTLY
    header = aside.list.model().headerData(REASON, Qt.Orientation.Horizontal)
    assert header == "What is not shown"
    assert not button(aside, "Try all again").isVisible() and not aside.all_again.isEnabled()
    menu = aside.menu()
    assert menu.actions()[0].text() == "Show in file manager"
    menu.close()
    aside.switch.buttons[Kind.PARTLY].setFocus()
    QTest.keyClick(aside.switch.buttons[Kind.PARTLY], Qt.Key.Key_Right)  # as among radio buttons
    assert aside.switch.kind is Kind.CLOUD
    assert aside._heading.text() == "3 files in the cloud, not on this disk"
    assert listed(aside) == [f"photo{number:02}.jpg" for number in (3, 4, 5)]
    assert "would download them" in aside._advice.text()
    QTest.keyClick(aside.list, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert room.indexer.asked == []


def test_a_list_that_has_become_empty_is_left(
    aside: DetailsDialog, room: Room, qtbot: QtBot
) -> None:
    aside.switch.buttons[Kind.CLOUD].click()
    room.library.sql("UPDATE photo SET state = 'looked' WHERE state = 'cloud'")
    room.window.overview.refresh()
    qtbot.waitUntil(lambda: aside.switch.kind is Kind.SKIPPED)
    assert not aside.switch.buttons[Kind.CLOUD].isVisible()
    assert listed(aside) == ["photo00.jpg"]


def test_where_nothing_is_skipped_the_others_are_listed(room: Room, qtbot: QtBot) -> None:
    room.library.sql(
        "UPDATE photo SET note = ? WHERE CAST(path AS TEXT) LIKE '%photo01.jpg'", (PARTLY,)
    )
    dialog = open_list(room, qtbot)
    assert dialog._heading.text() == "1 file shown, but not in full"
    assert not dialog.switch.isVisible()


def test_reasons_are_counted_where_there_are_many() -> None:
    few = [SkippedFile(Path(f"/{n}.jpg"), EMPTY if n else DAMAGED) for n in range(4)]
    assert frequent_reasons(few) == []
    assert frequent_reasons([SkippedFile(Path(f"/{n}"), EMPTY) for n in range(50)]) == []
    many = [SkippedFile(Path(f"/{n}"), EMPTY) for n in range(9)]
    many += [SkippedFile(Path("/a"), DAMAGED)] * 3
    assert frequent_reasons(many) == [f"9 files: {EMPTY}", f"3 files: {DAMAGED}"]
    many += [SkippedFile(Path("/b"), f"Reason {n}.") for n in range(5)]
    assert frequent_reasons(many)[-1] == "4 files for other reasons"
    assert len(frequent_reasons(many)) == 4


def test_a_name_that_is_no_text_can_be_copied() -> None:
    odd = Path(b"/photos/gr\xfcn.jpg".decode("utf-8", "surrogateescape"))
    text = as_text([SkippedFile(odd, EMPTY)])
    assert text.encode("utf-8") and text.endswith(EMPTY)
