"""Whoever sees little sees what is there, and where the keyboard is, in either theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.regions import reveal, tab_stops
from app.ui.stylesheet import stylesheet
from app.ui.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Tokens
from tests.ui.access.looks import called
from tests.ui.access.seeing import EDGE, TEXT, contrast, pale, picture, rgb
from tests.ui.access.walk import dialogs, furnish_all, pages

if TYPE_CHECKING:
    from tests.ui.conftest import Room

GROUNDS = ("page", "sidebar", "field", "hover", "selection")
WORDS = ("text", "secondary", "accent", "danger")
LEAST_RING = 40
"""Pixels in which what has the keyboard has to differ."""


@pytest.mark.parametrize("tokens", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST])
def test_colours_stand_out(tokens: Tokens) -> None:
    def between(one: str, other: str) -> float:
        return float(contrast(rgb(getattr(tokens, one)), rgb(getattr(tokens, other))))

    much = tokens in (LIGHT_CONTRAST, DARK_CONTRAST)
    for ground in GROUNDS:
        for word in WORDS:
            least = 7.0 if much and ground in ("page", "sidebar", "field") else TEXT
            assert between(word, ground) >= least, (word, ground)
    for word, ground in (
        ("on_accent", "accent"), ("page", "danger"), ("page", "text"), ("warning", "page"),
        ("warning", "sidebar"), ("warning", "field"), ("text", "hairline"),
        ("secondary", "hairline"), ("on_accent", "accent"),
    ):  # fmt: skip
        if not (much and ground == "hairline"):  # an edge there, no ground
            assert between(word, ground) >= TEXT, (word, ground)
    for edge in ("outline", "accent", "watching", "offline", "warning"):
        for ground in ("page", "sidebar", "field"):
            assert between(edge, ground) >= EDGE, (edge, ground)
    assert tokens.accent in stylesheet(tokens)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_the_keyboard_stand_out(
    room: Room, tmp_path: Path, qtbot: QtBot, scheme: str
) -> None:
    room.furniture.theme.choose(scheme)
    furnish_all(room, tmp_path / "drawn", qtbot)
    found, seen = dict[str, str](), set[int]()
    for walk in (pages, dialogs):
        for name, surface in walk(room, qtbot):
            for one in (*pale(surface), *_unseen(room, surface, seen)):
                found.setdefault(one, name)
    assert not found, "\n".join(f"{name}: {one}" for one, name in found.items())


def _unseen(room: Room, surface: QWidget, seen: set[int]) -> Iterator[str]:
    """What looks almost the same with the keyboard as without it."""
    window = room.window
    for stop in tab_stops(window.frame if surface is window else surface):
        is_list = isinstance(stop, QAbstractItemView)
        if id(stop) in seen or stop is window.viewer:
            continue  # of the viewer, the photo is all
        seen.add(id(stop))
        if is_list and not _mark_first(stop):
            continue  # there is nothing in it to be at
        over = stop.parentWidget() if isinstance(stop, QLineEdit) else stop
        assert over is not None
        stop.clearFocus()
        reveal(stop)
        QApplication.processEvents()
        before = picture(over, 1)
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        count = np.count_nonzero(contrast(picture(over, 1), before) >= EDGE)
        if count < LEAST_RING:
            yield f"{called(stop)}, {stop.accessibleName()!r}: {count} pixels are others"


def _mark_first(view: QAbstractItemView) -> bool:
    """Be at the first item of a view; whether there is one."""
    index = view.model().index(0, 0)
    below = view.model().index(0, 0, index)
    view.setCurrentIndex(below if below.isValid() else index)
    return index.isValid()
