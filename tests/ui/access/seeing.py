"""What of a surface of the window stands out from what is behind it, by WCAG's measure.

The contrast of two colours: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from tests.ui.access.looks import called, shown

TEXT, LARGE_TEXT, EDGE = 4.5, 3.0, 3.0
"""Contrasts that WCAG wants of text, of large text, and of what a control is known by."""
_FINE = 2
"""Twice as fine as the screen: there is a pixel in each letter that has its whole colour."""

_PLACES = np.array((1 << 16, 1 << 8, 1))
"""Makes one number of the three of a colour."""

Pixels = NDArray[np.uint8]


def luminance(pixels: NDArray[np.generic]) -> NDArray[np.float64]:
    """How bright colours are, 0..1; of (..., 3) RGB 0..255."""
    share = np.asarray(pixels, np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array((0.2126, 0.7152, 0.0722))


def contrast(one: NDArray[np.generic], other: NDArray[np.generic]) -> NDArray[np.float64]:
    """How much two colours stand out from each other, 1..21."""
    a, b = luminance(one), luminance(other)
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


def rgb(colour: str) -> NDArray[np.int64]:
    """A colour of tokens.Tokens."""
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])


def picture(widget: QWidget, fine: int = _FINE) -> Pixels:
    """How a widget looks where it stands in its window, (H, W, 3) RGB."""
    window, size = widget.window(), widget.size()
    image = QImage(QSize(size.width() * fine, size.height() * fine), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(fine)
    place = QRect(widget.mapTo(window, QPoint(0, 0)), size)
    window.render(image, QPoint(0, 0), QRegion(place))
    return pixels_of(image)


def pixels_of(image: QImage) -> Pixels:
    """An image of Qt's as (H, W, 3) RGB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    return whole[:, :, 2::-1].copy()


def pale(window: QWidget) -> list[str]:
    """Texts in sight that hardly stand out."""
    seen, found = picture(window), []
    for widget, place in _texts(window):
        part = seen[
            place.top() * _FINE : (place.bottom() + 1) * _FINE,
            place.left() * _FINE : (place.right() + 1) * _FINE,
        ].reshape(-1, 3)
        if not len(part):
            continue
        found_numbers, counts = np.unique(part @ _PLACES, return_counts=True)
        colours = found_numbers[:, None] // _PLACES % 256
        ground = colours[counts.argmax()]
        best = float(contrast(colours, ground).max())
        font = widget.fontInfo()
        is_large = font.pixelSize() >= 24 or (font.pixelSize() >= 19 and font.weight() >= 600)
        if best < (LARGE_TEXT if is_large else TEXT):
            found.append(f"{called(widget)}: {best:.2f} on {ground}")
    return found


def _texts(window: QWidget) -> Iterator[tuple[QWidget, QRect]]:
    for one in shown(window):
        if not isinstance(one, QLabel | QAbstractButton | QComboBox | QLineEdit):
            continue
        text = one.currentText() if isinstance(one, QComboBox) else one.text()
        if isinstance(one, QAbstractButton) and not one.icon().isNull():
            continue  # the icon may be brighter than the words
        if text.strip() and one.isEnabled() and not one.visibleRegion().isEmpty():
            seen = one.visibleRegion().boundingRect()
            if seen.height() < one.height():
                continue  # the edge of what scrolls goes through it
            yield one, QRect(one.mapTo(window, QPoint(0, 0)) + seen.topLeft(), seen.size())
