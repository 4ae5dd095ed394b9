"""Facts: when, where and with what a photo was taken, in lines."""

from __future__ import annotations

from app.cli import shapes
from app.library.rows import PhotoRow, Shot

_SOURCES = {
    "exif": "by the camera",
    "xmp": "by what a program wrote in the file or beside it",
    "video": "by the camera",
    "name": "by the file's name",
    "file": "by the file's own time",
}


def when(photo: PhotoRow) -> str:
    """2019-08-04 17:03:55+02:00 (by the camera)."""
    told = shapes.taken(photo)
    if told is None:
        return "at an unknown time"
    source = _SOURCES.get(photo.taken_from, "")
    return told.replace("T", " ") + (f" ({source})" if source else "")


def shot(told: Shot) -> list[str]:
    """Lens, exposure and place, those that are known, a line each."""
    place = shapes.lat_long(told)
    lines = (
        ("lens", told.lens),
        ("exposure", ", ".join(_exposure(told))),
        ("place", "" if place is None else place.replace(",", ", ")),
    )
    return [f"{name}: {text}" for name, text in lines if text]


def _exposure(told: Shot) -> list[str]:
    """1/250 s, f/2.8, ISO 400, 35 mm."""
    time = told.exposure_time
    parts: list[str] = []
    if time is not None:
        # Cameras name times up to a third of a second as fractions.
        parts.append(f"1/{round(1 / time)} s" if time < 0.34 else f"{time:g} s")
    if told.f_number is not None:
        parts.append(f"f/{told.f_number:.3g}")
    if told.iso is not None:
        parts.append(f"ISO {told.iso}")
    if told.focal_length is not None:
        parts.append(f"{told.focal_length:.4g} mm")
    return parts
