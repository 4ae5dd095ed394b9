"""The user guide: whole, true to the program, and to be read in a window of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.cli.parser import command_names
from app.paths import guide_folder, resources
from app.ui.guide.book import Book
from app.ui.guide.help_button import HelpButton
from app.ui.guide.window import GuideWindow
from app.ui.places import Kind, Place
from app.ui.shortcuts import groups_of
from tests.translations.catalogues import LANGUAGES, messages
from tests.ui.conftest import Room

FOLDER = guide_folder(resources())
BOOK = Book.read(FOLDER, ["en"])
PAGES = {page.key: page for page in BOOK.pages}
UI = Path(__file__).parents[2] / "app" / "ui"
MOST_BYTES = 2_500_000
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
PICTURE_FILE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
CODE = re.compile(r"`([^`]+)`")
SAYS = ("tr", "tr.mark", "tr.counted")
"""By which the window says anything; see app/ui/texts.py."""
HANDS = {"Tab", "Space", "Up", "Down", "Ctrl", "Shift", "Enter", "Shift+F10", "Ctrl+Space"}
"""What a keyboard has that no action of the window has as its key."""


# -- what is written -----------------------------------------------------------------------


def test_pages_are_numbered_from_one_on_and_begin_with_their_title() -> None:
    names = sorted(file.name for file in (FOLDER / "en").iterdir())
    assert [name[:2] for name in names] == [f"{n:02}" for n in range(1, len(names) + 1)]
    assert len(PAGES) == len(names) > 15
    for page in BOOK.pages:
        assert page.text.startswith(f"# {page.title}\n") and page.title
        assert page.text.count("\n# ") == 0


@pytest.mark.parametrize("key", PAGES)
def test_links_and_pictures_lead_somewhere(key: str) -> None:
    page = PAGES[key]
    for link in LINK.findall(page.text):
        found = BOOK.page_at(link)
        assert found is not None and (page.path.parent / link).is_file(), link
    for told, name in PICTURE.findall(page.text):
        picture = QImage(str(page.path.parent / name))
        assert told and not picture.isNull(), name
        dark = name.replace(".webp", "-dark.webp")
        assert QImage(str(page.path.parent / dark)).size().width() > 0, dark


def test_the_guide_is_small_and_has_no_picture_that_nobody_sees() -> None:
    files = [file for file in FOLDER.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    shown = {name for page in BOOK.pages for _, name in PICTURE.findall(page.text)}
    there = {file.stem.removesuffix("-dark") for file in (FOLDER / "pictures").iterdir()}
    assert there == {Path(name).stem for name in shown}


def test_every_page_is_linked_from_another() -> None:
    linked = {
        found.key
        for page in BOOK.pages
        for link in LINK.findall(page.text)
        if (found := BOOK.page_at(link)) is not None and found is not page
    }
    assert set(PAGES) - linked <= {"welcome"}


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Every text that the window may say, without marks."""
    found = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in SAYS:
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                found |= {plain(text) for text in texts if isinstance(text, str)}
    return found


def plain(text: str) -> str:
    bare = re.sub(r"\(&\w\)", "", text).replace("&", "")
    return " ".join(bare.split()).strip("…. ").casefold()


@pytest.mark.parametrize("key", PAGES)
def test_what_stands_in_bold_is_said_so_in_the_window(key: str, said: set[str]) -> None:
    for text in BOLD.findall(PAGES[key].text):
        for part in text.split(" > "):
            assert plain(part) in said, f"the window says nowhere “{part}”"


def test_keys_and_commands_in_the_guide_are_those_of_the_program(room: Room) -> None:
    window = room.window
    groups = groups_of(window.menus.menus(), window.pages, window.viewer)
    known = {
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for group in groups
        for action in group.actions
        for key in action.shortcuts()
    }
    for page in BOOK.pages:
        for code in CODE.findall(page.text):
            if code.startswith("kinfolk"):
                assert code.split()[1] in command_names(), f"{code} in {page.key}"
            elif code not in HANDS:
                key = QKeySequence(code.replace("Enter", "Return"))
                assert key.toString() in known, f"{code} in {page.key}"


def test_the_page_of_a_help_button_is_there(room: Room) -> None:
    keys = {page.guide for page in room.window.pages.values()} - {""}
    assert {"review", "unnamed"} <= keys <= set(PAGES)
    text = (UI / "dialogs.py").read_text(encoding="utf-8")
    named = re.findall(r'_open\([^"]*"([a-z-]+)"\)', text)
    assert {"settings", "names-elsewhere", "collections"} <= set(named) <= set(PAGES)


# -- languages -----------------------------------------------------------------------------


def test_a_page_that_is_not_translated_yet_is_the_english_one(tmp_path: Path) -> None:
    texts = {
        "en/01-one.md": "# One", "en/02-two.md": "# Two", "de/02-two.md": "# Zwei",
        "de/03-drei.md": "# Drei",
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    for languages, titles in (
        (["de_DE", "de"], ["One", "Zwei"]), (["fr_FR", "fr"], ["One", "Two"]), ([], ["One", "Two"]),
    ):  # fmt: skip
        assert [page.title for page in Book.read(tmp_path, languages).pages] == titles


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translated_guide_has_every_page_and_all_that_is_in_it(language: str) -> None:
    told: dict[str, set[str]] = {}
    for message in messages(language):
        for form in message.forms:
            told.setdefault(plain(message.text.text), set()).add(plain(form))
    names = {file.name for file in (FOLDER / "en").iterdir()}
    assert {file.name for file in (FOLDER / language).iterdir()} == names
    for name in names:
        english = (FOLDER / "en" / name).read_text(encoding="utf-8")
        other = (FOLDER / language / name).read_text(encoding="utf-8")
        for kind in (LINK, PICTURE_FILE, CODE):
            assert sorted(kind.findall(other)) == sorted(kind.findall(english)), name
        parts = [part for bold in BOLD.findall(english) for part in bold.split(" > ")]
        allowed = {form for part in parts for form in told.get(plain(part), {plain(part)})}
        mine = [part for bold in BOLD.findall(other) for part in bold.split(" > ")]
        assert len(mine) == len(parts), name
        assert {plain(part) for part in mine} <= allowed, name


def test_the_guide_is_among_the_resources_of_an_installed_program(tmp_path: Path) -> None:
    inside = tmp_path / "resources"
    inside.mkdir()
    assert guide_folder(inside) == tmp_path / "docs" / "guide"
    (inside / "guide").mkdir()
    assert guide_folder(inside) == inside / "guide"


# -- the window ----------------------------------------------------------------------------


@pytest.fixture
def guide(room: Room, qtbot: QtBot) -> Iterator[GuideWindow]:
    """The guide, opened by its key."""
    QTest.keyClick(room.people.grid, Qt.Key.Key_F1)
    window = room.furniture.guide.window
    qtbot.waitUntil(window.isVisible)
    yield window


def test_f1_opens_the_guide_beside_the_window(guide: GuideWindow, room: Room) -> None:
    assert guide.here == "welcome" and guide.parent() is None
    assert guide.contents.keys() == list(PAGES)
    assert "Welcome to Kinfolk" in guide.windowTitle()
    assert "shows you your photos by person" in guide.reader.toPlainText()
    assert room.window.isVisible() and room.window.isEnabled()


def test_f1_on_a_page_opens_what_helps_there(room: Room, qtbot: QtBot) -> None:
    room.window.go(Place(Kind.REVIEW))
    room.window.actions_.guide.trigger()
    window = room.furniture.guide.window
    qtbot.waitUntil(window.isVisible)
    assert window.here == "review"


def test_links_lead_on_and_back(guide: GuideWindow) -> None:
    guide.reader.linked.emit("05-review.md")
    assert guide.here == "review"
    guide.reader.linked.emit("no-such-page.md")
    assert guide.here == "review"
    guide.contents.setCurrentRow(guide.contents.keys().index("search"))
    assert guide.here == "search"
    QTest.keyClick(guide, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert guide.here == "review" and guide.forward.isEnabled()
    guide.back.trigger()
    assert guide.here == "welcome" and not guide.back.isEnabled()
    guide.forward.trigger()
    guide.open("keys")
    assert guide.here == "keys" and not guide.forward.isEnabled()
    current = guide.contents.currentItem()
    assert current is not None and current.text() == PAGES["keys"].title


def test_a_link_in_the_text_is_clicked(guide: GuideWindow, qtbot: QtBot) -> None:
    reader = guide.reader
    cursor = reader.document().find("Add your photos")
    where = reader.cursorRect(cursor).center() - QPoint(12, 0)
    assert reader.anchorAt(where) == "02-add-photos.md"
    QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: guide.here == "add-photos")


def test_the_guide_is_searched(guide: GuideWindow) -> None:
    QTest.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.field.hasFocus()
    QTest.keyClicks(guide.field, "contact sheet")
    assert guide.contents.keys() == ["export"]
    QTest.keyClick(guide.field, Qt.Key.Key_Return)
    assert guide.here == "export" and guide.reader.extraSelections()
    guide.field.setFocus()
    guide.field.setText("zzyzx")
    assert guide._nothing.isVisible() and not guide.contents.isVisible()
    QTest.keyClick(guide.field, Qt.Key.Key_Escape)
    assert not guide.field.text() and guide.contents.keys() == list(PAGES)
    QTest.keyClicks(guide.field, "stranger")
    assert guide.contents.keys()[0] != "export"
    QTest.keyClick(guide.field, Qt.Key.Key_Down)
    assert guide.contents.hasFocus()


def test_what_is_found_comes_with_what_stands_around_it() -> None:
    (found,) = BOOK.find("contact sheet")
    assert "contact sheet" in found.excerpt.casefold() and "**" not in found.excerpt
    titled = BOOK.find("review")
    assert titled[0].page.key == "review" and len(titled) > 1
    assert BOOK.find("   ") == []


def test_pictures_fit_and_follow_the_colours(guide: GuideWindow, room: Room, qtbot: QtBot) -> None:
    def looks() -> QImage:
        return guide.reader.viewport().grab().toImage()

    light = looks()
    room.furniture.theme.choose("dark")
    qtbot.waitUntil(lambda: looks() != light)
    guide.resize(700, 500)
    qtbot.waitUntil(lambda: guide.reader.horizontalScrollBar().maximum() == 0)


def test_escape_closes_the_guide_and_it_opens_where_it_was(
    guide: GuideWindow, room: Room, qtbot: QtBot
) -> None:
    guide.open("stacks")
    QTest.keyClick(guide.contents, Qt.Key.Key_Escape)
    assert not guide.isVisible()
    qtbot.waitUntil(room.window.isActiveWindow)
    room.window.actions_.guide.trigger()
    qtbot.waitUntil(guide.isVisible)
    assert room.furniture.guide.window is guide and guide.here == "stacks"


def test_help_buttons_open_their_page(room: Room, qtbot: QtBot) -> None:
    window, guide = room.window, room.furniture.guide
    button = window.top_bar.help
    assert not button.isVisible(), "People needs no help"
    window.go(Place(Kind.REVIEW))
    assert button.isVisible() and button.accessibleName()
    button.click()
    assert guide.window.here == "review" and guide.window.isVisible()
    window.go(Place(Kind.UNNAMED))
    button.click()
    assert guide.window.here == "unnamed"
    guide.window.close()
    window.activateWindow()
    window.dialogs.ask_for_new_collection()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    (corner,) = dialog.findChildren(HelpButton)
    assert dialog.rect().contains(corner.geometry())
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: guide.window.here == "collections")
    dialog.close()
