"""Pictures: small pictures of photos and faces, loaded off the GUI thread, kept within bounds."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath, QPixmap

from app.library.rows import FaceRow, PhotoItem

_SOURCES_BYTES = 192 << 20
_READY_BYTES = 96 << 20
_WAITING_LIMIT = 400
_THREADS = 2

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class PictureKey:
    """Names one small picture by content: a photo, or with a box the face in it."""

    photo_id: int
    fingerprint: str
    box: tuple[float, float, float, float] | None = None

    @classmethod
    def of_face(cls, face: FaceRow) -> PictureKey:
        """The picture of a face."""
        return cls(face.photo_id, face.fingerprint, face.box)

    @classmethod
    def of_photo(cls, photo: PhotoItem) -> PictureKey:
        """The small picture of a photo."""
        return cls(photo.id, photo.fingerprint)


class BoundedCache(Generic[Value]):
    """Keeps what was used last, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        """What is kept under a key."""
        entry = self._kept.get(key)
        if entry is None:
            return None
        self._kept.move_to_end(key)
        return entry[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value of `size` bytes, letting go of the oldest."""
        self._bytes -= self._kept.pop(key, (None, 0))[1]
        self._kept[key] = (value, size)
        self._bytes += size
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Let go of everything."""
        self._kept.clear()
        self._bytes = 0


class Pictures(QObject):
    """Gives pixmaps at once when it has them, else fetches them and says so.

    `load` is called in worker threads; it returns an empty QImage when there is no picture.
    """

    arrived = Signal()
    """Some pictures that were asked for are here; at most 20 times a second."""
    _landed = Signal()

    def __init__(self, load: Callable[[PictureKey], QImage]) -> None:
        super().__init__()
        self._load = load
        self._sources: BoundedCache[QImage] = BoundedCache(_SOURCES_BYTES)
        self._ready: BoundedCache[QPixmap] = BoundedCache(_READY_BYTES)
        self._missing: set[PictureKey] = set()
        self._asked: set[PictureKey] = set()
        self._condition = threading.Condition()
        self._waiting: OrderedDict[PictureKey, None] = OrderedDict()
        self._done: list[tuple[PictureKey, QImage]] = []
        self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._collect)
        self._landed.connect(self._soon, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            threading.Thread(target=self._work, name=f"pictures-{n}", daemon=True)
            for n in range(_THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def round(self, key: PictureKey, diameter: int, scale: float) -> QPixmap | None:
        """The picture cut to a circle, in logical pixels; None while it is on its way."""
        return self._shaped(key, QSize(diameter, diameter), diameter / 2, scale)

    def tile(self, key: PictureKey, size: QSize, radius: float, scale: float) -> QPixmap | None:
        """The middle of the picture, filling `size`, with round corners; None until it is here."""
        return self._shaped(key, size, radius, scale)

    def is_missing(self, key: PictureKey) -> bool:
        """Whether there is no picture to be had (a disconnected drive, a broken file)."""
        return key in self._missing

    def try_again(self) -> None:
        """Ask anew for pictures that could not be had."""
        self._missing.clear()

    def forget(self) -> None:
        """Let go of every picture."""
        self._sources.clear()
        self._ready.clear()

    def close(self) -> None:
        """Stop the threads."""
        with self._condition:
            self._is_closed = True
            self._waiting.clear()
            self._condition.notify_all()
        for thread in self._threads:
            thread.join()

    def _shaped(self, key: PictureKey, size: QSize, radius: float, scale: float) -> QPixmap | None:
        wanted = (key, size.width(), size.height(), radius, scale)
        pixmap = self._ready.get(wanted)
        if pixmap is not None:
            return pixmap
        image = self._sources.get(key)
        if image is None:
            self._ask(key)
            return None
        pixmap = cut(image, size, radius, scale)
        self._ready.put(wanted, pixmap, pixmap.width() * pixmap.height() * 4)
        return pixmap

    def _ask(self, key: PictureKey) -> None:
        if key in self._missing:
            return
        with self._condition:
            if key in self._asked and key not in self._waiting:
                return  # being loaded now
            self._asked.add(key)
            self._waiting[key] = None
            self._waiting.move_to_end(key)
            # What was scrolled past long ago is forgotten; its next painting asks again.
            while len(self._waiting) > _WAITING_LIMIT:
                self._asked.discard(self._waiting.popitem(last=False)[0])
            self._condition.notify()

    def _work(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._waiting or self._is_closed)
                if self._is_closed:
                    return
                key, _ = self._waiting.popitem()  # the newest wish first: it is in sight
            image = self._load(key)
            with self._condition:
                first = not self._done
                self._done.append((key, image))
            self._tell(first)

    def _tell(self, first: bool) -> None:
        if first and not self._is_closed:
            self._landed.emit()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _collect(self) -> None:
        with self._condition:
            done, self._done = self._done, []
            self._asked.difference_update(key for key, _ in done)
        for key, image in done:
            if image.isNull():
                self._missing.add(key)
            else:
                self._sources.put(key, image, image.sizeInBytes())
        self.arrived.emit()


def cut(image: QImage, size: QSize, radius: float, scale: float) -> QPixmap:
    """The middle of `image` filling `size` logical pixels, corners rounded by `radius`."""
    physical = QSize(round(size.width() * scale), round(size.height() * scale))
    fitted = image.scaled(
        physical,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    part = QRect(
        (fitted.width() - physical.width()) // 2,
        (fitted.height() - physical.height()) // 2,
        physical.width(),
        physical.height(),
    )
    pixmap = QPixmap(physical)
    if radius <= 0:
        pixmap = QPixmap.fromImage(fitted.copy(part))
    else:
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(QRectF(pixmap.rect()), radius * scale, radius * scale)
        painter.fillPath(path, QBrush(fitted.copy(part)))
        painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
