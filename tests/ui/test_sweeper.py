"""Garbage is collected in the GUI thread, the most of it when nobody is at work."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import sweeper as module
from app.ui.sweeper import Sweeper


class Ring:
    """Garbage that only the collector finds."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


@pytest.fixture
def window(qtbot: QtBot) -> QObject:  # noqa: ARG001
    return QObject()


@pytest.fixture
def sweeper(window: QObject) -> Iterator[Sweeper]:
    Ring.alive = 0
    made = Sweeper(window)
    yield made
    made.close()
    assert Ring.alive == 0, "in the end everything goes"
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_nothing_is_collected_elsewhere(sweeper: Sweeper) -> None:  # noqa: ARG001
    for _ in range(5000):
        Ring()
    assert Ring.alive == 5000


def test_what_is_new_goes_soon(sweeper: Sweeper) -> None:
    for _ in range(5000):
        Ring()
    sweeper.sweep()
    assert Ring.alive == 0


def test_a_great_deal_waits_for_idle_hands(
    sweeper: Sweeper, window: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    QApplication.sendEvent(window, QEvent(QEvent.Type.KeyPress))
    for _ in range(module._MANY + 1000):
        Ring()
    sweeper.sweep()
    sweeper.sweep()
    assert Ring.alive > module._MANY
    monkeypatch.setattr(module, "_IDLE_SECONDS", -1.0)
    sweeper.sweep()
    assert Ring.alive == 0


def test_little_is_gone_through_at_a_time(
    sweeper: Sweeper, window: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MANY", 5000)
    QApplication.sendEvent(window, QEvent(QEvent.Type.KeyPress))
    kept = []
    for _ in range(12):
        kept.append([[number] for number in range(1000)])
        Ring()
        sweeper.sweep()
        assert sum(len(gc.get_objects(generation)) for generation in (0, 1)) < 7000
    assert gc.get_freeze_count() > 10_000
    assert kept


def test_everything_is_not_gone_through_again_at_once(
    sweeper: Sweeper, window: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_IDLE_SECONDS", -1.0)
    monkeypatch.setattr(module, "_MANY", 100)
    sweeper.sweep()  # lays aside
    sweeper.sweep()  # goes through everything
    QApplication.sendEvent(window, QEvent(QEvent.Type.KeyPress))
    for _ in range(1000):
        Ring()
    sweeper.sweep()
    sweeper.sweep()
    assert Ring.alive == 1000
    monkeypatch.setattr(module, "_APART_SECONDS", -1.0)
    sweeper.sweep()
    assert Ring.alive == 0
