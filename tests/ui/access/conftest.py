"""The window as somebody has it who reads another language, sees little, or uses no mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from app.paths import resources
from tests.ui.access.pseudo import PseudoLanguage

OLD = QSize(1366, 768)
SMALL = QSize(960, 478)
"""What a screen of 1920 x 1080 at 200 % leaves to a window, under its frame and a bar of the
desktop's, in logical pixels."""
LARGE = 24 * 96 / 72 / 14
"""Text of 24 points at 96 dots per inch, as multiples of the usual 14 pixels."""


@pytest.fixture(autouse=True)
def _usual_text(qapp: QApplication) -> Iterator[None]:
    """What follows has text of the usual size again."""
    usual = QApplication.font()
    yield
    qapp.setFont(usual)


@pytest.fixture
def heard() -> Iterator[None]:
    """Somebody listens to the window."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def pseudo_language(qapp: QApplication) -> Iterator[None]:
    """Texts are those of the pseudo-language."""
    language = PseudoLanguage()
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """Texts are those of the German catalogue, where there is one yet."""
    language = QTranslator()
    if not language.load(str(resources() / "translations" / "kinfolk_de.qm")):
        pytest.skip("there is no German yet")
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


@pytest.fixture
def large_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system wants text of 24 points."""
    monkeypatch.setattr("app.ui.theme.system_scale", lambda: LARGE)


@pytest.fixture
def small_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen is one of 1920 x 1080 at 200 %."""
    monkeypatch.setattr("app.ui.widgets.fitting.room_for", lambda _: SMALL)


@pytest.fixture
def old_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen is one of 1366 x 768."""
    monkeypatch.setattr("app.ui.widgets.fitting.room_for", lambda _: OLD)


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    """The window runs from right to left."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
