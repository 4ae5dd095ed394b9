"""Logind: the computer is about to sleep or to be shut down, as systemd tells it on the system's
bus.

https://www.freedesktop.org/wiki/Software/systemd/inhibit/ : whoever holds an inhibitor lock of the
kind "delay" is given some seconds (InhibitDelayMaxSec, 5 by default) to come to rest. Elsewhere
there is none of this: Windows and macOS tell a program through Qt that a session ends.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

SERVICE = "org.freedesktop.login1"
PLACE = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"


class Logind(QObject):
    """Tells of sleep and shutdown, and holds both up until it is told that all is at rest."""

    falling_asleep = Signal()
    woke = Signal()
    going_down = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: QDBusMessage | None = None
        """The answer that bears the lock: it is held as long as this is."""
        self._watcher: QDBusPendingCallWatcher | None = None
        self._bus: QDBusConnection | None = None

    def begin(self) -> None:
        """Listen from now on, where there is anything to listen to."""
        if sys.platform != "linux" or "tcp:" in os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", ""):
            return  # nothing of ours goes over a network
        bus = QDBusConnection.systemBus()
        if not bus.isConnected():
            return
        self._bus = bus
        for signal, slot in (
            ("PrepareForSleep", SLOT("sleep(bool)")),
            ("PrepareForShutdown", SLOT("shut_down(bool)")),
        ):
            # The stubs want bytes, PySide what SLOT gives.
            bus.connect(SERVICE, PLACE, MANAGER, signal, self, slot)  # type: ignore[call-overload]
        self._hold_up()

    @property
    def lock(self) -> object:
        """What holds up sleep and shutdown, as long as anybody has it."""
        return self._lock

    def let_go(self) -> None:
        """All is at rest: what was held up may happen."""
        self._lock = None
        self._watcher = None

    @Slot(bool)
    def sleep(self, is_ahead: bool) -> None:
        """The computer is about to sleep, or has woken."""
        if is_ahead:
            self.falling_asleep.emit()
        else:
            self._hold_up()
            self.woke.emit()

    @Slot(bool)
    def shut_down(self, is_ahead: bool) -> None:
        """The computer is about to be shut down, or that was called off."""
        if is_ahead:
            self.going_down.emit()

    def _hold_up(self) -> None:
        """Ask for the lock."""
        if self._bus is None or self._lock is not None:
            return
        call = QDBusMessage.createMethodCall(SERVICE, PLACE, MANAGER, "Inhibit")
        # Shown in the list of `systemd-inhibit`.
        why = "Photos that are being looked at are finished first"
        call.setArguments(["sleep:shutdown", "Kinfolk", why, "delay"])
        self._watcher = QDBusPendingCallWatcher(self._bus.asyncCall(call), self)
        self._watcher.finished.connect(self._take)

    def _take(self, watcher: QDBusPendingCallWatcher) -> None:
        if watcher is self._watcher and not watcher.isError():
            self._lock = watcher.reply()
        self._watcher = None
        watcher.deleteLater()
