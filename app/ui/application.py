"""The window's life: built from what is handed in, run, taken down in reverse."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QApplication

from app.errors import DamagedLibraryError
from app.indexing.doorway import Doorway
from app.indexing.house import House
from app.indexing.later import is_made, later
from app.ui import words
from app.ui.arrivals import Arrivals
from app.ui.awakening import Awakening
from app.ui.background import Background
from app.ui.bridge import Bridge
from app.ui.collections.desks import Desks
from app.ui.collections.known import Collections
from app.ui.collections.moving import Moving
from app.ui.desk import Desk
from app.ui.icons import Icons
from app.ui.main_window import MainWindow
from app.ui.notifying.notifier import Notifier
from app.ui.pictures import PictureKey, Pictures
from app.ui.places import Kind, Place
from app.ui.sweeper import Sweeper
from app.ui.theme import Theme
from app.ui.window_state import WindowState

if TYPE_CHECKING:
    from app.indexing.indexer import Indexer
    from app.ui.source import PictureSource
from app.ui.texts import Texts

tr = Texts("application")

_BEST_SIZE = QSize(1280, 840)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the window was left."""

    status: int
    """The exit status."""
    is_damaged: bool = False
    """Whether the library turned out to be damaged: it is mended, and the window opens again."""
    restore: Path | None = None
    """The backup that the user wants the library to be restored from; then the window opens
    again."""


def make_application() -> QApplication:
    """The one application object of Qt, made if need be."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("kinfolk")
    if words.number(1_000_000) == "1000000":
        _want_groups()
    application.setApplicationDisplayName("Kinfolk")
    QGuiApplication.setDesktopFileName("kinfolk")
    if "-reverse" in sys.argv[1:]:
        from PySide6.QtCore import Qt

        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return application


def _want_groups() -> None:
    """C knows no groups in numbers: then they are written as in English."""
    from PySide6.QtCore import QLocale

    if QLocale.system().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English))


def run(house: House, folders_to_add: list[Path], doorway: Doorway, news: str = "") -> Ending:
    """Show the window until it is closed, and let the indexer work from the moment at which the
    first page can be seen. `news` is what became of the library while there was none: it is shown
    with the people.

    Raises what kept the indexer from its work: the window closes by itself then.
    """
    application = make_application()
    interrupt = _Interrupt(application)
    furniture = Furniture(application, house, WindowState(house.paths.window))
    window, wishes = furniture.window, list[Path]()
    furniture.background.damaged.connect(application.quit)
    if news:
        window.begin_at(Place(Kind.PEOPLE))
    window.show()
    if news:
        window.message.say(news)
    awakening = Awakening(house, furniture.hear)
    window.seen.connect(awakening.begin)
    if not news:
        awakening.recovered.connect(lambda: window.message.say(_interrupted()))
    awakening.recovered.connect(window.look_for_resumption)
    added = list[Path]()
    arrivals = Arrivals(house, window, furniture.bridge, doorway)

    def add() -> None:
        added.extend(folders_to_add)
        arrivals.add_to(house.collection.id, folders_to_add)

    awakening.awake.connect(add)
    awakening.failed.connect(application.quit)
    window.restore_wanted.connect(wishes.append)
    window.restore_wanted.connect(application.quit)
    QTimer.singleShot(0, interrupt.heed)
    sweeper = Sweeper(window.windowHandle())
    try:
        status = application.exec()
    finally:
        arrivals.close()
        awakening.close()
        sweeper.close()
        furniture.close()
    is_damaged = furniture.background.has_damage
    if isinstance(awakening.error, DamagedLibraryError):
        is_damaged = True
    elif awakening.error is not None:
        raise awakening.error
    elif folders_to_add and not added:  # the window was closed before anybody could be told
        house.indexer.index(house.collection.id, folders_to_add)
    return Ending(status, is_damaged, wishes[0] if wishes else None)


class _Interrupt:
    """Ctrl+C ends the window in good order, also while it is being built: an exception in the
    middle of Qt's work would crash the program."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._is_wanted = False
        signal.signal(signal.SIGINT, self._hear)

    def heed(self) -> None:
        """The window is there now: end it, if that was wanted before."""
        if self._is_wanted:
            self._application.quit()

    def _hear(self, *_: object) -> None:
        self._is_wanted = True
        # Not from here: that closes the window at once, maybe in the middle of being painted.
        QTimer.singleShot(0, self._application.quit)


def _interrupted() -> str:
    return tr("Kinfolk was ended in the middle of its work. It goes on where it was.")


class Furniture:
    """Everything that the window needs, built in order and taken down in reverse."""

    def __init__(
        self, application: QApplication, house: House, state: WindowState | None = None
    ) -> None:
        """`state` is how the window was left, and where it is noted again."""
        icons_folder = house.resources / "icons"
        self.theme = Theme(application, house.resources, house.settings.theme)
        icons = Icons(icons_folder, self.theme)
        icons.wait()
        self.background = Background()
        source = later(partial(_picture_source, house))
        self._may_load = threading.Event()

        def load(key: PictureKey) -> QImage:
            self._may_load.wait()
            return source.load(key)

        self.pictures = Pictures(load)
        self.collections = Collections(
            house.library, house.indexer, self.background, house.collection,
            state is not None and state.is_several,
        )  # fmt: skip
        self._desks = Desks(
            house, self.background, self.pictures, source, self.theme, icons, self.collections
        )
        self.bridge = Bridge()
        begin = Place(Kind.PEOPLE) if state is None else state.place
        desk = self._desks.lay(house.collection.id)
        self.window = MainWindow(desk, self.bridge, begin)
        self.bridge.noticed.connect(Notifier(self.window).hear)
        self.window.seen.connect(self._let_load)
        if (icons_folder / "kinfolk.svg").is_file():
            application.setWindowIcon(QIcon(str(icons_folder / "kinfolk.svg")))
        self._state = state
        if state is None or not state.restore(self.window):
            self.window.resize(_fitting(application))
        self._moving = Moving(self.window, self._desks, state)
        self._leave: Callable[[], None] | None = None
        if is_made(house.indexer):
            self.hear(house.indexer)

    @property
    def desk(self) -> Desk:
        """What the window works with now: another one for each collection."""
        return self.window.desk

    def hear(self, indexer: Indexer) -> None:
        """Let the window know what the indexer does, from now on."""
        self._leave = indexer.subscribe(self.bridge.listen)

    def _let_load(self) -> None:
        """Pictures may come. What they are read by is loaded here, in the GUI thread, which alone
        lets PySide make classes of Qt known to Python."""
        from app.ui import source  # noqa: F401

        self._may_load.set()

    def close(self) -> None:
        """Hear nothing more, finish what was begun, let go."""
        if self._leave is not None:
            self._leave()
        if self._state is not None:
            self._state.keep(self.window)
        self.window.close()
        desk = self.desk
        if is_made(desk.questions):
            desk.questions.close()
        self._may_load.set()
        self.pictures.close()
        self.background.close()
        # Here and now, in the GUI thread: nothing is left to die in a worker's hands.
        for thing in (self._moving, self.window, self.bridge):
            shiboken6.delete(thing)
        self._desks.clear(desk)
        for last in (self.collections, self.pictures, self.background, self.theme):
            shiboken6.delete(last)


def _picture_source(house: House) -> PictureSource:
    """Made on the thread that first loads a picture."""
    from app.ui.source import PictureSource

    return PictureSource(house.library, house.thumbnails, house.settings)


def _fitting(application: QApplication) -> QSize:
    """The best size for the window that the screen has room for."""
    room = application.primaryScreen().availableSize()
    return _BEST_SIZE.boundedTo(QSize(round(room.width() * 0.95), round(room.height() * 0.95)))
