"""The question which folder is to be added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.texts import Texts

tr = Texts("folder_dialog")


def ask_for_folder(
    parent: QWidget,
    add: Callable[[list[Path]], object],
    title: str = "",
    begin: Path | None = None,
) -> None:
    """Let the user choose a folder, beginning at one, or where pictures usually are; the title of
    the question says what for."""
    from PySide6.QtCore import QDir, QStandardPaths
    from PySide6.QtWidgets import QFileDialog

    asks = title or tr("Add a folder with photos")
    dialog = QFileDialog(parent, asks)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    places = QStandardPaths.StandardLocation
    for place in (places.PicturesLocation, places.HomeLocation):
        folder = QStandardPaths.writableLocation(place)
        if QDir(folder).exists():
            dialog.setDirectory(folder)
            break
    if begin is not None:
        dialog.setDirectory(str(begin))

    def chosen(folder: str) -> None:
        add([Path(folder)])

    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
