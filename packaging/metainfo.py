"""Metainfo: what software centres show of Kinfolk, with the version that the program has."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image

from app import __version__

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "packaging" / "linux" / "kinfolk.metainfo.xml.in"
_SHOTS = (("people.png", "Everybody in your photos"), ("person.png", "All photos of one person"))
PICTURES = tuple(ROOT / "docs" / "pictures" / name for name, _ in _SHOTS)


def metainfo(day: str, site: str = "") -> str:
    """The document, of this version and day (2026-11-30). `site` is the address below which the
    pictures can be seen; without one it names none, since these must lie in the web."""
    text = TEMPLATE.read_text(encoding="utf-8")
    shots = _screenshots(site.rstrip("/")) if site else ""
    for name, value in (("version", __version__), ("date", day), ("screenshots", shots)):
        text = text.replace("{" + name + "}", value)
    return text


def _screenshots(site: str) -> str:
    lines = ["  <screenshots>\n"]
    for (name, caption), picture in zip(_SHOTS, PICTURES, strict=True):
        with Image.open(picture) as image:
            width, height = image.size
        kind = ' type="default"' if name == _SHOTS[0][0] else ""
        lines.append(
            f"    <screenshot{kind}>\n      <caption>{escape(caption)}</caption>\n"
            f'      <image type="source" width="{width}" height="{height}">'
            f"{escape(site)}/{name}</image>\n    </screenshot>\n"
        )
    return "".join([*lines, "  </screenshots>\n"])
