"""What can be done with the file of a photo: shown, opened, copied; never changed."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, QMimeData, QProcess, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from app.library.rows import PhotoRow
from app.private import as_user
from app.ui.desk import Desk
from app.ui.texts import Texts

tr = Texts("photos")

_MANAGER = "org.freedesktop.FileManager1"
_MANAGER_PATH = "/org/freedesktop/FileManager1"


def show_in_file_manager(path: Path) -> None:
    """Show a file selected in its folder, where the system can; else the folder. Of a folder,
    show what is in it."""
    if path.is_dir():
        _open(path)
    elif not path.exists():
        _open(path.parent)
    elif sys.platform == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    elif sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", QDir.toNativeSeparators(str(path))])
    else:
        _ask_manager(path)


def open_with_default(path: Path) -> None:
    """Open a file with the program that the system has for it."""
    _open(path)


def copy_path(path: Path) -> None:
    """Put a path on the clipboard."""
    text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    QGuiApplication.clipboard().setText(text)


def copy_file(path: Path) -> None:
    """Put a file on the clipboard, for file managers and mail programs to paste."""
    url = file_url(path)
    data = QMimeData()
    data.setUrls([url])
    marked = b"copy\n" + url.toEncoded().data()
    data.setData("x-special/gnome-copied-files", marked)
    QGuiApplication.clipboard().setMimeData(data)


def copy_image(desk: Desk, photo: PhotoRow, moment: float) -> None:
    """Put all pixels of a photo on the clipboard, or of a video those of the frame of a moment, and
    say so when they are there."""
    side = max(photo.width, photo.height)
    frame = partial(desk.source.frame, photo.path, moment, side)
    desk.background.read(
        desk.deeds,
        frame if photo.is_video else partial(desk.source.whole, photo.path),
        partial(_copy_pixels, desk),
        desk.deeds.refused.emit,
    )


def file_url(path: Path) -> QUrl:
    """A file as an URL, byte by byte what the disk calls it, even if that is no text."""
    return QUrl.fromEncoded(path.absolute().as_uri().encode())


def _copy_pixels(desk: Desk, image: QImage) -> None:
    QGuiApplication.clipboard().setImage(image)
    desk.deeds.said.emit(tr("Copied"), False)


def _open(path: Path) -> None:
    with as_user():
        QDesktopServices.openUrl(file_url(path))


def _ask_manager(path: Path) -> None:
    """Ask the file manager of the session to select a file; open its folder if there is none."""
    bus = QDBusConnection.sessionBus()
    application = QCoreApplication.instance()
    if not bus.isConnected() or application is None:
        _open(path.parent)
        return
    call = QDBusMessage.createMethodCall(_MANAGER, _MANAGER_PATH, _MANAGER, "ShowItems")
    call.setArguments([[file_url(path).toString(QUrl.ComponentFormattingOption.FullyEncoded)], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(call), application)

    def settle() -> None:
        if watcher.isError():
            _open(path.parent)
        watcher.deleteLater()

    watcher.finished.connect(settle)
