"""Telling: what is said of a photo on a sheet or in an album: when it is from, and who is in it."""

from __future__ import annotations

from collections.abc import Sequence

from app.indexing.export.gathering import Gathered, listed
from app.library.queries.exports import PhotoFiles

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NO_DATE = "No date"
SEPARATOR = "  ·  "


def year(photo: PhotoFiles) -> str:
    """2019, or that there is no date."""
    return NO_DATE if photo.taken is None else str(photo.taken.year)


def month(photo: PhotoFiles) -> str:
    """June; empty without a date."""
    return "" if photo.taken is None else MONTHS[photo.taken.month - 1]


def day(photo: PhotoFiles) -> str:
    """14 June; empty without a date."""
    return "" if photo.taken is None else f"{photo.taken.day} {month(photo)}"


def company(gathered: Gathered, photo: PhotoFiles) -> str:
    """With Ben and Carl: who is in it besides those whom it is all about."""
    own = {one.name for one in gathered.subjects}
    others = [name for name in gathered.names_in(photo) if name not in own]
    if not others:
        return ""
    return f"with {listed(others)}" if own else listed(others)


def description(gathered: Gathered, photo: PhotoFiles) -> str:
    """Anna and Ben, 14 June 2019: for those who do not see it."""
    what = "Video" if photo.is_video else "Photo"
    who = listed(gathered.names_in(photo))
    when = f"{day(photo)} {year(photo)}" if photo.taken is not None else ""
    return ", ".join(part for part in ((f"{what} of {who}" if who else what), when) if part)


def summary(photos: Sequence[PhotoFiles]) -> str:
    """2015 – 2023 · 25 photos."""
    years = [photo.taken.year for photo in photos if photo.taken is not None]
    span = ""
    if years:
        first, last = min(years), max(years)
        span = str(first) if first == last else f"{first} – {last}"
    told = "1 photo" if len(photos) == 1 else f"{len(photos):,} photos"
    return SEPARATOR.join(part for part in (span, told) if part)
