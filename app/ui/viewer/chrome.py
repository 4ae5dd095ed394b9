"""Chrome: what is around the picture; in full screen it comes when the mouse moves, and goes,
unless the panel is open: then everything stays, and the picture has the room that is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from app.ui.viewer.canvas import Canvas
from app.ui.viewer.stage import set_on_stage

_MILLISECONDS_SHOWN = 2500


class Chrome(QObject):
    """Lays out bar, picture, panel and foot; the picture may have all of the screen."""

    staged = Signal(bool)
    """Everything is dressed for the full screen now, or for the window again."""

    def __init__(
        self, viewer: QWidget, canvas: Canvas, bar: QWidget, panel: QWidget, foot: QWidget
    ) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._canvas = canvas
        self._bar, self._panel, self._foot = bar, panel, foot
        self._wants_panel = False
        self._is_full = False
        self._is_afloat = False
        self._menu: QWidget | None = None
        self._middle = QHBoxLayout()
        self._column = QVBoxLayout(viewer)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(bar)
        self._column.addLayout(self._middle, 1)
        self._middle.setSpacing(0)
        self._middle.addWidget(canvas, 1)
        self._middle.addWidget(panel)
        self._column.addWidget(foot)
        panel.hide()
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_MILLISECONDS_SHOWN)
        self._still.timeout.connect(self._withdraw)
        for widget in (viewer, canvas):
            widget.installEventFilter(self)

    @property
    def is_full(self) -> bool:
        """Whether the picture fills the screen."""
        return self._is_full

    def watch(self) -> None:
        """Follow the window in and out of full screen from now on."""
        self._viewer.window().installEventFilter(self)
        self.set_full(self._viewer.window().isFullScreen())

    def rest(self) -> None:
        """The viewer is not in sight any more."""
        self.set_full(False)
        self._viewer.window().removeEventFilter(self)

    def show_panel(self, is_wanted: bool) -> None:
        """Let the panel be there or not."""
        self._wants_panel = is_wanted
        self._panel.setVisible(is_wanted)
        self._arrange()
        self.stir()

    def set_full(self, is_full: bool) -> None:
        """Give all of the room to the picture, or share it."""
        if is_full == self._is_full:
            return
        self._is_full = is_full
        self._canvas.set_full(is_full)
        for part in (self._bar, self._panel, self._foot):
            set_on_stage(part, is_full)
        window = self._viewer.window()
        if is_full:
            self._menu = window.menuWidget() if isinstance(window, QMainWindow) else None
        if self._menu is not None:
            self._menu.setVisible(not is_full)
        self._arrange()
        self.staged.emit(is_full)

    def stir(self) -> None:
        """The mouse moved: in full screen, what is around the picture comes back for a while."""
        if not self._is_afloat:
            return
        self._float()  # the foot may have more to say than before
        for part in (self._bar, self._foot):
            part.show()
            part.raise_()
        if self._canvas.cursor().shape() == Qt.CursorShape.BlankCursor:
            self._canvas.unsetCursor()
        self._still.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Of the window only this is asked: it is torn down with the filter still there.
        if event.type() == QEvent.Type.WindowStateChange and watched is self._viewer.window():
            self.set_full(self._viewer.isVisible() and self._viewer.window().isFullScreen())
        if self._is_afloat and event.type() == QEvent.Type.MouseMove:
            self.stir()
        elif self._is_afloat and watched is self._viewer and event.type() == QEvent.Type.Resize:
            self._float()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Lay bar and foot over the picture where it has all of the room, else beside it."""
        is_afloat = self._is_full and not self._wants_panel
        if is_afloat == self._is_afloat:
            return
        self._is_afloat = is_afloat
        if is_afloat:
            for part in (self._bar, self._foot):
                self._column.removeWidget(part)
            self._float()
            self._withdraw()
        else:
            self._still.stop()
            self._column.insertWidget(0, self._bar)
            self._column.addWidget(self._foot)
            self._bar.show()
            self._foot.show()
            if self._canvas.cursor().shape() == Qt.CursorShape.BlankCursor:
                self._canvas.unsetCursor()

    def _withdraw(self) -> None:
        parts = (self._bar, self._foot)
        is_used = any(part.underMouse() or part.isAncestorOf(_focus(part)) for part in parts)
        if is_used and self._still.interval() and self._bar.isVisible():
            self._still.start()
            return
        for part in parts:
            part.hide()
        self._canvas.setCursor(Qt.CursorShape.BlankCursor)

    def _float(self) -> None:
        """Lay the parts over the picture, where they would stand beside it."""
        width, height = self._viewer.width(), self._viewer.height()
        top, foot = self._bar.sizeHint().height(), self._foot.sizeHint().height()
        self._bar.setGeometry(0, 0, width, top)
        self._foot.setGeometry(0, height - foot, width, foot)


def _focus(widget: QWidget) -> QWidget:
    focused = widget.window().focusWidget()
    return widget.window() if focused is None else focused
