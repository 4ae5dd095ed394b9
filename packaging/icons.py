"""Icons: the program's picture at every size that desktops ask for, drawn from the one SVG."""

from __future__ import annotations

import os
import shutil
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).parents[1] / "resources" / "icons" / "kinfolk.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels: those of the hicolor theme."""
_ICO = (16, 24, 32, 48, 64, 256)
_ICNS = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
"""The kinds of entries of a macOS icon that hold a PNG, and their pixels."""


def draw(size: int) -> QImage:
    """The picture in so many pixels, square, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    return image


def write_theme(folder: Path) -> None:
    """All sizes as Linux desktops look for them: FOLDER/48x48/apps/kinfolk.png, and the SVG."""
    for size in SIZES:
        place = folder / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        (place / "kinfolk.png").write_bytes(_png(size))
    place = folder / "scalable" / "apps"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE, place / "kinfolk.svg")


def ico() -> bytes:
    """The icon of a program for Windows: a directory, and a PNG for each size."""
    pictures = [(size, _png(size)) for size in _ICO]
    start = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    entries = b""
    for size, data in pictures:
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), start)
        start += len(data)
    return head + entries + b"".join(data for _, data in pictures)


def icns() -> bytes:
    """The icon of a program for macOS: each size as a PNG with its kind and length before it."""
    parts = b"".join(
        kind + struct.pack(">I", len(data) + 8) + data
        for kind, data in ((kind, _png(size)) for kind, size in _ICNS.items())
    )
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


def write_all(folder: Path) -> None:
    """The theme, kinfolk.ico and kinfolk.icns, in this folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    write_theme(folder / "hicolor")
    (folder / "kinfolk.ico").write_bytes(ico())
    (folder / "kinfolk.icns").write_bytes(icns())
    del application


def _png(size: int) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    draw(size).save(buffer, "PNG")
    return data.data()
