"""The window's life: built from what is handed in, run, taken down in reverse."""

from __future__ import annotations

import os
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
from app.paths import Paths, guide_folder
from app.ui.arrivals import Arrivals
from app.ui.awakening import Awakening
from app.ui.background import Background
from app.ui.bridge import Bridge
from app.ui.collections.desks import Desks
from app.ui.collections.known import Collections
from app.ui.collections.moving import Moving
from app.ui.desk import Desk
from app.ui.guide.guide import Guide
from app.ui.icons import Icons
from app.ui.language import Language
from app.ui.main_window import MainWindow
from app.ui.notifying.notifier import Notifier
from app.ui.pictures import PictureKey, Pictures
from app.ui.places import Kind, Place
from app.ui.session.beginning import beginning
from app.ui.session.closing import Application
from app.ui.session.endings import Endings
from app.ui.session.keeping import Keeping
from app.ui.session.logout import Logout, restart_command
from app.ui.session.rest import Rest
from app.ui.session.screens import Screens
from app.ui.sweeper import Sweeper
from app.ui.texts import Texts
from app.ui.theme import Theme
from app.ui.tray.staying import Staying
from app.ui.window_state import WindowState

if TYPE_CHECKING:
    from app.indexing.indexer import Indexer
    from app.ui.source import PictureSource

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
    holds: object = None
    """What holds up the computer's shutdown, as long as it is kept."""


def make_application() -> QApplication:
    """The one application object of Qt, made if need be."""
    application = QApplication.instance() or Application(sys.argv[:1])
    assert isinstance(application, QApplication)
    if isinstance(application, Application):
        application.is_quitting = False
    application.setApplicationName("kinfolk")
    application.setApplicationDisplayName("Kinfolk")
    QGuiApplication.setDesktopFileName("kinfolk")
    if "-reverse" in sys.argv[1:]:
        from PySide6.QtCore import Qt

        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return application


def run(house: House, folders_to_add: list[Path], doorway: Doorway, news: str = "") -> Ending:
    """Show the window until it is closed, and let the indexer work from the moment at which the
    first page can be seen. `news` is what became of the library while there was none: it is shown
    with the people.

    Raises what kept the indexer from its work: the window closes by itself then.
    """
    application = make_application()
    endings = Endings(application.quit)
    furniture = Furniture(application, house, WindowState(house.paths.window))
    window, wishes = furniture.window, list[Path]()
    furniture.background.damaged.connect(application.quit)
    if news:
        window.begin_at(Place(Kind.PEOPLE))
    logout = Logout(application, restart_command(_named(house)), furniture.keep_for_logout)
    rest = Rest(house, furniture.background, furniture.keep, application.quit)
    window.seen.connect(_spend_tokens)
    window.seen.connect(rest.begin)
    window.show()
    if news:
        window.message.say(news)
    awakening = Awakening(house, furniture.hear)
    window.seen.connect(awakening.begin)
    if not news:
        awakening.recovered.connect(lambda: window.message.say(_interrupted()))
    awakening.recovered.connect(window.look_for_resumption)
    awakening.awake.connect(furniture.staying.begin)
    added = list[Path]()
    arrivals = Arrivals(house, window, furniture.bridge, doorway)

    def add() -> None:
        added.extend(folders_to_add)
        if folders_to_add:  # else whoever is elsewhere by now stays there
            arrivals.add_to(house.collection.id, folders_to_add)

    awakening.awake.connect(add)
    awakening.failed.connect(application.quit)
    window.restore_wanted.connect(wishes.append)
    window.restore_wanted.connect(application.quit)
    QTimer.singleShot(0, endings.heed)
    sweeper = Sweeper(window.windowHandle())
    try:
        status = application.exec()
    finally:
        arrivals.close()
        is_broken = isinstance(awakening.error, DamagedLibraryError)
        if not (wishes or is_broken or furniture.background.has_damage):
            # Work takes seconds to end: whoever comes meanwhile gets a window of their own.
            furniture.keep()
            doorway.close()
        awakening.close()
        sweeper.close()
        lock = rest.lock
        for thing in (logout, rest):
            shiboken6.delete(thing)
        furniture.close()
        endings.close()
    is_damaged = furniture.background.has_damage
    if isinstance(awakening.error, DamagedLibraryError):
        is_damaged = True
    elif awakening.error is not None:
        raise awakening.error
    elif folders_to_add and not added:  # the window was closed before anybody could be told
        house.indexer.index(house.collection.id, folders_to_add)
    return Ending(status, is_damaged, wishes[0] if wishes else None, lock)


def _interrupted() -> str:
    return tr("Kinfolk was ended in the middle of its work. It goes on where it was.")


def _spend_tokens() -> None:
    """The window is there: no program that this one starts may use again what let it be."""
    for name in ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"):
        os.environ.pop(name, None)


def _named(house: House) -> Path | None:
    """The folder of the library, where it is not the usual one."""
    return None if house.paths.data == Paths.named(None).data else house.paths.data


class Furniture:
    """Everything that the window needs, built in order and taken down in reverse."""

    def __init__(
        self, application: QApplication, house: House, state: WindowState | None = None
    ) -> None:
        """`state` is how the window was left, and where it is noted again."""
        self.language = Language(application, house.resources, house.settings.language)
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
        self.guide = Guide(guide_folder(house.resources), self.theme, icons, self.language)
        self._desks = Desks(
            house, self.background, self.pictures, source, self.theme, self.language, icons,
            self.collections, self.guide,
        )  # fmt: skip
        self.bridge = Bridge()
        begin = beginning(house.library, house.collection.id, state)
        desk = self._desks.lay(house.collection.id)
        self.window = MainWindow(desk, self.bridge, begin)
        self.bridge.noticed.connect(Notifier(self.window).hear)
        Screens(self.window)
        self.window.seen.connect(self._let_load)
        if (icons_folder / "kinfolk.svg").is_file():
            application.setWindowIcon(QIcon(str(icons_folder / "kinfolk.svg")))
        if state is None or not state.restore(self.window, begin):
            self.window.resize(_fitting(application))
        self.keeping: Keeping | None = None
        if state is not None:
            state.come_back(self.window)
            self.keeping = Keeping(self.window, state)
        self._moving = Moving(self.window, self._desks, state)
        self.language.changed.connect(self._moving.lay_anew)
        self.staying = Staying(self.window, house, self.background, state)
        self.bridge.changed.connect(self.staying.watch.take_note)
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

    def keep(self) -> None:
        """Note how the window is, here and now."""
        if self.keeping is not None:
            self.keeping.keep()

    def keep_for_logout(self) -> None:
        """As `keep`; the session ends, so that nothing stays in the tray."""
        self.window.closing.expect_end()
        self.keep()

    def _let_load(self) -> None:
        """Pictures may come. What they are read by is loaded here, in the GUI thread, which alone
        lets PySide make classes of Qt known to Python."""
        from app.ui import source  # noqa: F401
        from app.ui.session import logind  # noqa: F401 - wanted in a moment, while they work

        self._may_load.set()

    def close(self) -> None:
        """Hear nothing more, finish what was begun, let go."""
        if self._leave is not None:
            self._leave()
        if self.keeping is not None:
            self.keeping.close()
        self.keep()
        self.window.closing.expect_end()
        self.staying.close()
        self.window.close()
        self.guide.close()
        desk = self.desk
        if is_made(desk.questions):
            desk.questions.close()
        self._may_load.set()
        self.pictures.close()
        self.background.close()
        # Here and now, in the GUI thread: nothing is left to die in a worker's hands.
        for thing in (self._moving, self.window, self.bridge):
            shiboken6.delete(thing)
        if self.keeping is not None:
            shiboken6.delete(self.keeping)
        shiboken6.delete(self.staying.watch)
        shiboken6.delete(self.staying)
        self._desks.clear(desk)
        self.language.silence()
        for last in (
            self.collections, self.pictures, self.background, self.theme, self.language,
        ):  # fmt: skip
            shiboken6.delete(last)


def _picture_source(house: House) -> PictureSource:
    """Made on the thread that first loads a picture."""
    from app.ui.source import PictureSource

    return PictureSource(house.library, house.thumbnails, house.settings)


def _fitting(application: QApplication) -> QSize:
    """The best size for the window that the screen has room for."""
    room = application.primaryScreen().availableSize()
    return _BEST_SIZE.boundedTo(QSize(round(room.width() * 0.95), round(room.height() * 0.95)))
