"""Session bus: notices over D-Bus, by the Desktop Notifications Specification 1.2.

https://specifications.freedesktop.org/notification-spec/1.2/

[Note: Types on the bus] The service wants an unsigned number, of which Python has none: a message
put together here would bear a signed one and be refused. The interface asks the service what it
takes, and turns what Python has into that. To ask is to wait for an answer, so all of it is done on
a worker thread.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusServiceWatcher
from PySide6.QtGui import QGuiApplication

from app.ui.notifying.desktop import picture_of
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.indexing.notice import Notice
    from app.ui.background import Background

tr = Texts("notifying")

SERVICE = "org.freedesktop.Notifications"
PLACE = "/org/freedesktop/Notifications"
_CLICK = "default"
"""The action of a notice as a whole."""
_AS_LONG_AS_USUAL = -1
_PATIENCE = 5000
"""Milliseconds in which a service has answered."""


def is_there() -> bool:
    """Whether there is a bus for this session, on this computer."""
    if "tcp:" in os.environ.get("DBUS_SESSION_BUS_ADDRESS", ""):
        return False  # nothing of ours goes over a network
    return QDBusConnection.sessionBus().isConnected()


class SessionBus(QObject):
    """Has the desktop's own service show notices."""

    opened = Signal(int, str)
    unheard = Signal(int, object)
    """A notice that nobody took, with its number."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._numbers: dict[int, int] = {}
        """How the service calls a notice -> how we do."""
        self._tokens: dict[int, str] = {}
        self._early: deque[int] = deque(maxlen=16)
        """Who was clicked before it was known how it is called: the others are of other programs,
        all of whom hear of every click."""
        self._last: dict[tuple[str, int], int] = {}
        """Kind and collection -> how the service calls the last notice of it that is in sight: the
        next one takes its place, so that they do not pile up while nobody looks."""
        bus = QDBusConnection.sessionBus()
        modes = QDBusServiceWatcher.WatchModeFlag
        self._watcher = QDBusServiceWatcher(SERVICE, bus, modes.WatchForUnregistration, self)
        self._watcher.serviceUnregistered.connect(self._forget)
        for signal, slot in (
            ("ActionInvoked", SLOT("act(uint,QString)")),
            ("ActivationToken", SLOT("take_token(uint,QString)")),
            ("NotificationClosed", SLOT("close(uint,uint)")),
        ):
            # The stubs want bytes, PySide what SLOT gives.
            bus.connect(SERVICE, PLACE, SERVICE, signal, self, slot)  # type: ignore[call-overload]

    def show_notice(self, number: int, notice: Notice) -> None:
        """Have it shown."""
        hints: dict[str, Any] = {"desktop-entry": QGuiApplication.desktopFileName()}
        if (picture := picture_of(notice)) is not None:
            hints["image-path"] = str(picture)
        replaced = self._last.get((notice.kind, notice.collection_id), 0)
        work = partial(_notify, notice.title, notice.text, tr("Show"), hints, replaced)
        self._background.read(self, work, partial(self._note, number, notice))

    def _note(self, number: int, notice: Notice, called: int | None) -> None:
        if called is None:
            self.unheard.emit(number, notice)
            return
        self._numbers[called] = number
        self._last[notice.kind, notice.collection_id] = called
        if called in self._early:
            self._open(called)

    @Slot("uint", str)
    def act(self, called: int, action: str) -> None:
        """A notice was clicked."""
        if action != _CLICK:
            return
        if called in self._numbers:
            self._open(called)
        else:
            self._early.append(called)

    @Slot("uint", str)
    def take_token(self, called: int, token: str) -> None:
        """What lets a window come to the front is told before the click."""
        self._tokens = {called: token}

    @Slot("uint", "uint")
    def close(self, called: int, _reason: int) -> None:
        """It is out of sight."""
        self._numbers.pop(called, None)
        self._last = {key: last for key, last in self._last.items() if last != called}

    def _forget(self, _service: str) -> None:
        """The service has ended: another one counts anew, and its numbers are of other notices."""
        self._numbers.clear()
        self._last.clear()

    def _open(self, called: int) -> None:
        self.opened.emit(self._numbers[called], self._tokens.pop(called, ""))


def _notify(
    title: str, text: str, show: str, hints: dict[str, Any], replaced: int = 0
) -> int | None:
    """Ask the service; gives how it calls the notice, None where it cannot. `replaced` is how it
    calls the one that makes room; 0 for none. Not in the GUI thread."""
    asked = QDBusInterface(SERVICE, PLACE, SERVICE, QDBusConnection.sessionBus())
    try:
        if not asked.isValid():
            return None
        asked.setTimeout(_PATIENCE)
        able = set(_call(asked, "GetCapabilities") or ())
        body = escape(text, quote=False) if "body-markup" in able else text
        actions = [_CLICK, show] if "actions" in able else []
        called = _call(
            asked, "Notify", QGuiApplication.applicationDisplayName(), replaced, "kinfolk", title,
            body, actions, hints, _AS_LONG_AS_USUAL,
        )  # fmt: skip
        return called if isinstance(called, int) and not asked.lastError().isValid() else None
    finally:
        shiboken6.delete(asked)  # here, where it was made


def _call(asked: QDBusInterface, method: str, *words: object) -> Any:
    """What a method of the service gives; None where it has no such method."""
    with contextlib.suppress(AttributeError, TypeError):
        return getattr(asked, method)(*words)
    return None
