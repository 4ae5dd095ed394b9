"""Ink: the bundled typeface on a page, and another one of the computer for what it lacks."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.paths import resources

INCH = 25.4
"""mm."""
_POINT = 72
"""In an inch."""
_MISSING = "\U0010fffd"
"""A sign that no typeface has: what it is drawn as tells what others lack."""
_PLACES = {
    "win32": ("C:/Windows/Fonts",),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts"),
}
_USUAL = ("/usr/share/fonts", "/usr/local/share/fonts")
_FALLBACKS = (
    "NotoSansCJK-*.ttc", "NotoSans-*.ttf", "PingFang.ttc", "Hiragino*.ttc", "Arial Unicode.ttf",
    "msyh.ttc", "YuGothM.ttc", "malgun.ttf", "segoeui.ttf", "wqy-*.ttc", "DroidSansFallback*.ttf",
    "NotoSans*-Regular.ttf", "DejaVuSans.ttf",
)  # fmt: skip
"""Typefaces that write many scripts, as systems have them."""


class Ink:
    """Draws text on an image of so many dots an inch; places are in mm, sizes in points."""

    def __init__(self, image: Image.Image, dots: int) -> None:
        self._draw = ImageDraw.Draw(image)
        self._dots = dots

    def px(self, mm: float) -> int:
        """Dots for a length."""
        return round(mm * self._dots / INCH)

    def text(
        self, x: float, y: float, text: str, size: float, colour: str,
        weight: str = "Regular", room: float | None = None, anchor: str = "ls",
    ) -> float:  # fmt: skip
        """Write a line with its foot at `y`, cut to `room` mm; gives its width in mm."""
        font = self._font(text, size, weight)
        if room is not None:
            text = self._cut(text, font, room * self._dots / INCH)
        self._draw.text((self.px(x), self.px(y)), text, fill=colour, font=font, anchor=anchor)
        return font.getlength(text) * INCH / self._dots

    def fitting(self, text: str, size: float, least: float, room: float, weight: str) -> float:
        """The size at which a line fits into `room` mm, from `size` down to `least`."""
        while size > least:
            length = self._font(text, size, weight).getlength(text)
            if length <= room * self._dots / INCH:
                break
            size -= 1
        return size

    def line(self, x: float, y: float, w: float, colour: str) -> None:
        """A fine line from left to right."""
        left, top = self.px(x), self.px(y)
        self._draw.rectangle((left, top, left + self.px(w), top + self.px(0.2)), fill=colour)

    def _font(self, text: str, size: float, weight: str) -> ImageFont.FreeTypeFont:
        pixels = round(size * self._dots / _POINT)
        return _open(_fitting_file(text, weight), pixels)

    @staticmethod
    def _cut(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
        if font.getlength(text) <= room:
            return text
        while text and font.getlength(text + "…") > room:
            text = text[:-1]
        return text.rstrip(" ,·") + "…"


@functools.lru_cache(256)
def _open(file: Path, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), pixels)


@functools.lru_cache(1024)
def _fitting_file(text: str, weight: str) -> Path:
    """The bundled typeface, or where it lacks a sign, the first one here that has all; else the
    bundled one, with boxes for what it lacks."""
    own = resources() / "fonts" / f"Inter-{weight}.otf"
    return next((file for file in (own, *_fallbacks()) if covers(file, text)), own)


def covers(file: Path, text: str) -> bool:
    """Whether a typeface can write all of a text."""
    try:
        font = _open(file, 20)
    except OSError:
        return False
    lacking = bytes(font.getmask(_MISSING))
    return all(c.isspace() or bytes(font.getmask(c)) != lacking for c in set(text))


@functools.cache
def _fallbacks() -> tuple[Path, ...]:
    return tuple(_search())


def _search() -> Iterator[Path]:
    folders = [Path(place) for place in _PLACES.get(sys.platform, _USUAL)]
    for pattern in _FALLBACKS:
        for folder in folders:
            yield from sorted(folder.rglob(pattern))
