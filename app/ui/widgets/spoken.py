"""Spoken: what a widget paints, as parts that can be heard one by one.

PySide makes no QAccessibleInterface of one's own that lives as long as the widget; an empty label
in the place of each part is one that Qt makes itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

Part = tuple[QRect, str]
"""Where it is within the widget, and what it is, in words."""

_SETTLED = 150
"""ms after which what is moved or resized is taken to stay so."""
_MOST = 60
"""So many parts are told of one by one."""


class Spoken(QObject):
    """Keeps the parts of `owner` where they are painted; they are seen by nobody, and neither the
    mouse nor the keyboard comes to them."""

    def __init__(self, owner: QWidget, parts: Callable[[], Iterable[Part]]) -> None:
        super().__init__(owner)
        self._owner = owner
        self._parts = parts
        self._labels: list[QLabel] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLED)
        self._later.timeout.connect(self.tell)
        owner.installEventFilter(self)

    def tell_later(self) -> None:
        """Something is painted otherwise: tell of it when it has come to rest."""
        self._later.start()

    def tell(self) -> None:
        """Tell of what is painted now."""
        parts = list(self._parts())[:_MOST]
        while len(self._labels) > len(parts):
            self._labels.pop().deleteLater()
        while len(self._labels) < len(parts):
            self._labels.append(self._label())
        for label, (place, name) in zip(self._labels, parts, strict=True):
            label.setGeometry(place)
            label.setAccessibleName(name)
            label.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.tell_later()
        return super().eventFilter(watched, event)

    def _label(self) -> QLabel:
        label = QLabel(self._owner)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return label
