"""Every action of the window that is not about one photo or person, with its shortcut."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.ui.icons import Icons
from app.ui.pages import ALONE, OF_SOME, page_name
from app.ui.places import Kind
from app.ui.sayings import translated
from app.ui.texts import Texts
from app.ui.widgets.act import Keys, set_keys
from app.ui.widgets.menus import menu_text

tr = Texts("actions")

_PAGE_ICONS = {
    Kind.PEOPLE: "users-round",
    Kind.PHOTOS: "images",
    Kind.UNNAMED: "user-round-search",
    Kind.REVIEW: "circle-help",
    Kind.HIDDEN: "eye-off",
    Kind.ALERTS: "bell",
    Kind.VISITORS: "chart-column",
    Kind.ACTIVITY: "activity",
    Kind.HISTORY: "history",
}


class Actions(QObject):
    """The window's actions; they hold their shortcuts while the window is in front."""

    def __init__(self, window: QWidget, icons: Icons) -> None:
        super().__init__(window)
        self._window = window
        self._icons = icons
        keys = QKeySequence.StandardKey
        self.add_folder = self._make(tr("Add folder…"), "", "Ctrl+O")
        self.skipped = self._make(tr("Skipped files…"), "circle-alert", "Ctrl+Shift+L")
        self.foreign_names = self._make(tr("Names from other programs…"), "tags", "Ctrl+Shift+I")
        self.write_names = self._make(tr("Write names into sidecars…"), "file-pen", "Ctrl+Shift+T")
        self.backups = self._make(tr("Backups…"), "archive", "Ctrl+Shift+B")
        self.collections = self._make(tr("Switch collection…"), "layers", "Ctrl+Shift+K")
        self.new_collection = self._make(tr("New collection…"), "plus", "Ctrl+Shift+N")
        self.rename_collection = self._make(tr("Rename…"), "pencil")
        self.own_settings = self._make(tr("Settings of this collection…"), "sliders-horizontal")
        self.delete_collection = self._make(tr("Delete…"), "")
        icons.put_on(self.delete_collection, "trash-2", "danger", 18)
        self.about_collections = [
            self.new_collection, self.rename_collection, self.own_settings, self.delete_collection,
        ]  # fmt: skip
        self.settings = self._make(tr("Settings…"), "sliders-horizontal", "Ctrl+,")
        self.models = self._make(tr("Models…"), "scan-face", "Ctrl+Shift+P")
        self.look_again = self._make(tr("Look for faces again"), "scan-face")
        self.erase = self._make(tr("Erase all face data…"), "")
        icons.put_on(self.erase, "eraser", "danger", 18)
        self.quit = self._make(tr("Quit"), "log-out", keys.Quit, "Ctrl+Q")
        self.undo = self._make(tr("Undo"), "undo-2", keys.Undo)
        self.redo = self._make(tr("Redo"), "redo-2", "Ctrl+Shift+Z", "Ctrl+Y")
        self.find = self._make(tr("Find people"), "search", keys.Find)
        self.larger = self._make(tr("Larger pictures"), "zoom-in", "Ctrl++", "Ctrl+=")
        self.smaller = self._make(tr("Smaller pictures"), "zoom-out", "Ctrl+-")
        self.stacks = self._make(tr("Stack alike photos"), "layers-2")
        self.stacks.setCheckable(True)
        self.full_screen = self._make(tr("Full screen"), "maximize", "F11")
        self.full_screen.setCheckable(True)
        self.back = self._make(tr("Back"), "", "Alt+Left", keys.Back)
        self.forward = self._make(tr("Forward"), "", "Alt+Right", keys.Forward)
        self.go: dict[Kind, QAction] = {
            kind: self._make_visit(place, kind) for place, kind in enumerate(ALONE, 1)
        }
        self.history = self.go[Kind.HISTORY]
        self.offer_pages(())
        self.next_part = self._make(tr("Next part of the window"), "", "F6")
        self.previous_part = self._make(tr("Previous part of the window"), "", "Shift+F6")
        self.guide = self._make(tr("User guide"), "book-open", "F1")
        self.tour = self._make(tr("Show me around"), "compass")
        self.shortcuts = self._make(tr("Keyboard shortcuts"), "keyboard", "?", "Ctrl+?")
        self.about = self._make(tr("About Kinfolk"), "info")
        for action, icon in (
            (self.back, "arrow-left"),
            (self.forward, "arrow-right"),
            (self.add_folder, "folder-plus"),
        ):
            icons.put_on(action, icon, "text", 20, at_once=True)  # they are buttons, too

    def connect_each(self, works: dict[QAction, Callable[[], object]]) -> None:
        """Say what each action does."""
        for action, work in works.items():
            action.triggered.connect(_without_arguments(work))

    def show_last_words(self, undo: str, redo: str) -> None:
        """Say what undo would take back and redo would say again; empty for nothing."""
        for action, plain, said in (
            (self.undo, tr("Undo"), undo),
            (self.redo, tr("Redo"), redo),
        ):
            quoted = tr("{0} “{1}”").format(plain, menu_text(translated(said).rstrip(".")))
            action.setText(quoted if said else plain)
            action.setIconText(plain)
            action.setEnabled(bool(said))

    def offer_pages(self, pages: Collection[Kind]) -> None:
        """Offer these of the pages that not every collection has."""
        for kind in OF_SOME:
            self.go[kind].setVisible(kind in pages)
            self.go[kind].setEnabled(kind in pages)

    def await_words(self) -> None:
        """Something is being said: until it is known what came of it, both may be tried."""
        self.undo.setEnabled(True)
        self.redo.setEnabled(True)

    def _make_visit(self, place: int, kind: Kind) -> QAction:
        key = "Ctrl+H" if kind == Kind.HISTORY else f"Ctrl+{place}"
        return self._make(page_name(kind), _PAGE_ICONS[kind], key)

    def _make(self, text: str, icon: str, *keys: Keys) -> QAction:
        action = QAction(text, self)  # and goes with it
        set_keys(action, *keys)
        if icon:
            self._icons.put_on(action, icon)
        self._window.addAction(action)
        return action


def _without_arguments(work: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        work()

    return run
