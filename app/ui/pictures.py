"""Pictures: small pictures of photos and faces, loaded and cut to shape off the GUI thread, kept
within bounds."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from app.library.rows import FaceRow, PhotoItem

if TYPE_CHECKING:
    from PIL import Image

_SOURCES_BYTES = 192 << 20
_READY_BYTES = 96 << 20
_SHAPES = 5000
_WAITING_LIMIT = 400
_FRESH_SECONDS = 1.0
"""What nobody has asked for again for so long has been scrolled out of sight."""
_SMALL = 48
"""Logical pixels: so small a picture is cut at once, where what it is cut from is at hand."""
_THREADS = max(2, min(4, (os.cpu_count() or 2) // 2))

Value = TypeVar("Value")


class PictureKey(NamedTuple):
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


class _Wish(NamedTuple):
    """A picture in the shape in which it is painted; in logical pixels."""

    key: PictureKey
    width: int
    height: int
    radius: float
    scale: float

    @property
    def size(self) -> QSize:
        return QSize(self.width, self.height)


class BoundedCache(Generic[Value]):
    """Keeps what was used last, up to a number of bytes. For any thread."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        """What is kept under a key."""
        with self._lock:
            entry = self._kept.get(key)
            if entry is None:
                return None
            self._kept.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Keep a value of `size` bytes, letting go of the oldest."""
        with self._lock:
            self._bytes -= self._kept.pop(key, (None, 0))[1]
            self._kept[key] = (value, size)
            self._bytes += size
            while self._bytes > self._limit and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0


class Pictures(QObject):
    """Gives pixmaps at once when it has them, else fetches them and says so.

    `load` is called in worker threads; it returns an empty QImage when there is no picture. They
    cut it to shape, too: the GUI thread only takes what is ready.
    """

    arrived = Signal()
    """Some pictures that were asked for are here; at most 20 times a second."""
    _landed = Signal()

    def __init__(self, load: Callable[[PictureKey], QImage]) -> None:
        super().__init__()
        self._load = load
        self._sources: BoundedCache[QImage] = BoundedCache(_SOURCES_BYTES)
        self._ready: BoundedCache[QPixmap] = BoundedCache(_READY_BYTES)
        self._latest: BoundedCache[_Wish] = BoundedCache(_SHAPES)
        """The shape in which each was ready last: it stands in while another is made."""
        self._missing: set[PictureKey] = set()
        self._condition = threading.Condition()
        self._is_first_made = self._is_first_begun = False
        """Until one picture is there, one is made at a time: PySide makes a class of Qt known to
        Python when it is first used, and crashes when two threads do so at once."""
        self._waiting: OrderedDict[_Wish, float] = OrderedDict()
        """What is asked for, and when it was asked for last."""
        self._under_way: set[_Wish] = set()
        self._done: list[tuple[_Wish, QImage]] = []
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
        return self._shaped(_Wish(key, diameter, diameter, diameter / 2, scale))

    def tile(self, key: PictureKey, size: QSize, radius: float, scale: float) -> QPixmap | None:
        """The middle of the picture, filling `size`, with round corners; None until it is here."""
        return self._shaped(_Wish(key, size.width(), size.height(), radius, scale))

    def is_missing(self, key: PictureKey) -> bool:
        """Whether there is no picture to be had (a disconnected drive, a broken file)."""
        return key in self._missing

    def try_again(self) -> None:
        """Ask anew for pictures that could not be had."""
        self._missing.clear()

    def forget(self) -> None:
        """Let go of every picture."""
        for cache in (self._sources, self._ready, self._latest):
            cache.clear()

    def close(self) -> None:
        """Stop the threads."""
        with self._condition:
            self._is_closed = True
            self._waiting.clear()
            self._condition.notify_all()
        for thread in self._threads:
            thread.join()

    def _shaped(self, wish: _Wish) -> QPixmap | None:
        pixmap = self._ready.get(wish)
        if pixmap is not None or wish.key in self._missing:
            return pixmap
        if wish.width <= _SMALL and (source := self._sources.get(wish.key)) is not None:
            return self._keep(wish, cut(source, wish.size, wish.radius, wish.scale))
        self._ask(wish)
        return self._stand_in(wish)

    def _stand_in(self, wish: _Wish) -> QPixmap | None:
        """Another size of the same shape, stretched for now: a slider that is moved must not make
        every picture go and come."""
        other = self._latest.get(wish.key)
        if other is None or (other.radius * 2 == other.width) != (wish.radius * 2 == wish.width):
            return None
        pixmap = self._ready.get(other)
        if pixmap is None:
            return None
        stretched = pixmap.scaled(wish.size * wish.scale)
        stretched.setDevicePixelRatio(wish.scale)
        return stretched

    def _keep(self, wish: _Wish, image: QImage) -> QPixmap:
        pixmap = QPixmap.fromImage(image)
        self._ready.put(wish, pixmap, image.sizeInBytes())
        self._latest.put(wish.key, wish, 1)
        return pixmap

    def _ask(self, wish: _Wish) -> None:
        with self._condition:
            if wish in self._under_way:
                return
            self._waiting[wish] = time.monotonic()
            self._waiting.move_to_end(wish)
            while len(self._waiting) > _WAITING_LIMIT:
                self._waiting.popitem(last=False)
            self._condition.notify()

    def _work(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._may_begin() or self._is_closed)
                if self._is_closed:
                    return
                wish, asked = self._waiting.popitem()  # the newest first: it is in sight
                # The others were passed by, too. Every arrival is painted, which asks again.
                if asked < time.monotonic() - _FRESH_SECONDS and self._under_way:
                    continue
                self._under_way.add(wish)
                self._is_first_begun = True
            image = self._make(wish)
            with self._condition:
                if not self._is_first_made:
                    self._is_first_made = not image.isNull()
                    self._is_first_begun = False
                    self._condition.notify_all()
                first = not self._done
                self._done.append((wish, image))
            self._tell(first)

    def _may_begin(self) -> bool:
        return bool(self._waiting) and (self._is_first_made or not self._is_first_begun)

    def _make(self, wish: _Wish) -> QImage:
        source = self._sources.get(wish.key)
        if source is None:
            source = self._load(wish.key)
            if source.isNull():
                return source
            self._sources.put(wish.key, source, source.sizeInBytes())
        return cut(source, wish.size, wish.radius, wish.scale)

    def _tell(self, first: bool) -> None:
        if first and not self._is_closed:
            self._landed.emit()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _collect(self) -> None:
        with self._condition:
            done, self._done = self._done, []
            self._under_way.difference_update(wish for wish, _ in done)
        for wish, image in done:
            if image.isNull():
                self._missing.add(wish.key)
            else:
                self._keep(wish, image)
        self.arrived.emit()


_HEADS = 0.3
"""Of what is cut off a high picture, this share is cut off above."""


def cut(image: QImage, size: QSize, radius: float, scale: float) -> QImage:
    """The middle of `image` filling `size` logical pixels, corners rounded by `radius`. Of a high
    picture it is a part above the middle: that is where heads are.

    Pillow does it: that lets the window's thread run meanwhile, and Qt, called from Python, does
    not.
    """
    from PIL import Image  # loaded with the first picture

    width, height = round(size.width() * scale), round(size.height() * scale)
    fitted = _fitted(image, width, height)
    kind = QImage.Format.Format_RGB32
    if radius > 0:
        # Over nothing: what is left of a colour is premultiplied with what is left of the pixel.
        rounded = Image.new("RGBX", fitted.size)
        rounded.paste(fitted, mask=_corners(width, height, round(radius * scale, 2)))
        fitted, kind = rounded, QImage.Format.Format_ARGB32_Premultiplied
    # The bytes are gone soon.
    made = QImage(fitted.tobytes(), width, height, width * 4, kind).copy()
    made.setDevicePixelRatio(scale)
    return made


def _fitted(image: QImage, width: int, height: int) -> Image.Image:
    """The part of a picture that fills so many pixels; which byte is which colour is all one."""
    from PIL import Image

    plain = image
    if image.format() != QImage.Format.Format_RGB32:
        plain = image.convertToFormat(QImage.Format.Format_RGB32)
    factor = max(width / plain.width(), height / plain.height())
    wide = min(plain.width(), width / factor)  # of the two one is exact but for rounding
    high = min(plain.height(), height / factor)
    left, top = (plain.width() - wide) / 2, (plain.height() - high) * _HEADS
    pixels = Image.frombuffer(
        "RGBX",
        (plain.width(), plain.height()),
        plain.constBits(),  # type: ignore[arg-type]  # what has a buffer will do
        "raw",
        "RGBX",
        plain.bytesPerLine(),
        1,
    )
    return pixels.resize(
        (width, height),
        Image.Resampling.HAMMING if factor < 1 else Image.Resampling.BICUBIC,
        (left, top, min(plain.width(), left + wide), min(plain.height(), top + high)),
    )


@lru_cache(64)
def _corners(width: int, height: int, radius: float) -> Image.Image:
    """White with round corners on black, all in pixels."""
    from PIL import Image

    shape = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    shape.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRoundedRect(QRectF(shape.rect()), radius, radius)
    painter.end()
    return Image.frombytes("RGBA", (width, height), bytes(shape.constBits())).getchannel("A")
