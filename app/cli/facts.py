"""Facts: when, where and with what a photo was taken, in lines."""

from __future__ import annotations

from app.cli import shapes
from app.cli.output import plain
from app.library.rows import PhotoRow, PhotoState, Shot

_SOURCES = {
    "exif": "by the camera",
    "xmp": "by what a program wrote in the file or beside it",
    "video": "by the camera",
    "name": "by the file's name",
    "file": "by the file's own time",
}


_STATES = {
    PhotoState.PENDING: "not looked at yet",
    PhotoState.SKIPPED: "could not be looked at",
    PhotoState.MOTION: "the moving part of a photo, and shown with that",
    PhotoState.CLOUD: "in the cloud, not on this disk",
}


def kind(photo: PhotoRow) -> str:
    """1200 x 800, image/jpeg; of what has no picture to look at, why not."""
    if photo.width:
        return f"{photo.width} x {photo.height}, {photo.content_type or photo.state.value}"
    return _STATES.get(photo.state, photo.state.value)


def taken(photo: PhotoRow) -> list[str]:
    """Taken 2019-08-04 17:03:55+02:00 (by the camera) with Nikon Z6; nothing of what was never
    looked at."""
    told = shapes.taken(photo)
    if told is None and not photo.width:
        return []
    source = _SOURCES.get(photo.taken_from, "")
    when = "at an unknown time" if told is None else told.replace("T", " ")
    return [
        f"taken {when}"
        + (f" ({source})" if told and source else "")
        + (f" with {photo.camera}" if photo.camera else "")
    ]


def motion(photo: PhotoRow) -> list[str]:
    """Where the moving part of a Live or Motion Photo is."""
    if photo.motion is None:
        return []
    inside = photo.motion == photo.path
    return ["its moving part: " + ("in the file itself" if inside else plain(photo.motion))]


def shot(told: Shot) -> list[str]:
    """Lens, exposure and place, those that are known, a line each."""
    place = shapes.lat_long(told)
    height = "" if told.altitude is None else f", altitude {told.altitude:.0f} m"
    lines = (
        ("lens", told.lens),
        ("exposure", ", ".join(_exposure(told))),
        ("place", "" if place is None else place.replace(",", ", ") + height),
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
