"""About: versions, licences, the work of others, and what goes into a bug report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import __version__
from app.library.commands.people import name_person
from app.paths import resources
from app.ui import licences
from app.ui.about import AboutDialog
from tests.ui.conftest import Room


@pytest.fixture
def about(room: Room, qtbot: QtBot) -> AboutDialog:
    """The dialog, over an album in which somebody has a name of her own."""
    name_person(room.library, room.rows()[0].id, "Quirinalda")
    room.window.actions_.about.trigger()
    (dialog,) = room.window.findChildren(AboutDialog)
    qtbot.waitUntil(dialog.copy.isEnabled)
    return dialog


def test_what_is_copied_has_versions_and_no_names(
    about: AboutDialog, room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    QTest.mouseClick(about.copy, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(about.status.text()))
    told = QGuiApplication.clipboard().text()
    assert told == about.details.toPlainText() or told.strip() == about.details.toPlainText()
    for version in (f"Kinfolk {__version__}", f"Qt {qVersion()}", "SQLite", "compact"):
        assert version in told
    assert "offscreen" in told and "1100x700" in told and "4 people, 2 named" in told
    names = [row.name for row in room.rows() if row.name]
    assert "Quirinalda" in names
    for secret in (*names, str(tmp_path), "drawn", "photo00"):
        assert secret not in told


def test_licences_and_other_software_are_read_when_they_are_looked_at(
    about: AboutDialog, qtbot: QtBot
) -> None:
    assert "MIT" not in about.licences.toPlainText()
    about.tabs.setCurrentWidget(about.licences)
    qtbot.waitUntil(lambda: "Permission is hereby granted" in about.licences.toPlainText())
    text = about.licences.toPlainText()
    assert "inter" in text and "lucide" in text and "models" in text
    about.tabs.setCurrentWidget(about.others)
    qtbot.waitUntil(lambda: "numpy" in about.others.toPlainText(), timeout=20_000)


def test_the_packages_that_kinfolk_needs_are_named_with_their_licences() -> None:
    found = {one.name.casefold(): one for one in licences.packages(resources())}
    assert {"numpy", "onnxruntime", "pillow", "pyside6_essentials"} <= {
        name.replace("-", "_") for name in found
    }
    assert "pytest" not in found, "that is not needed to run it"
    assert found["numpy"].version and found["numpy"].licence and found["numpy"].text


def test_a_packaged_program_brings_its_notices_along(tmp_path: Path) -> None:
    folder = tmp_path / "LICENSES"
    folder.mkdir()
    (folder / "third-party.txt").write_text("All of these are free.")
    (folder / "inter.txt").write_text("A typeface.")
    (folder / "kinfolk.txt").write_text("Kinfolk's own.")
    (one,) = licences.packages(tmp_path)
    assert one.text == "All of these are free."
    assert [told.name for told in licences.inside(tmp_path)] == ["inter"]
    assert licences.own_licence(tmp_path) == "Kinfolk's own."
    assert "Permission is hereby granted" in licences.own_licence(resources())
