"""Facts: what is known of a photo and of a face in it, in honest words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from app.library.rows import FaceRow, PersonRow, PhotoRow, Placed, Shot
from app.media.file_names import name_moment
from app.media.formats import RAW_TYPE
from app.ui import words
from app.ui.texts import Texts

tr = Texts("viewer")

_FRONTAL = 15
_PROFILE = 45
_TILTED = 20
_SURE_GENDER = 0.9
_SURE_OPEN = 0.7


def when(photo: PhotoRow) -> str:
    """When a photo was taken, with its zone where that is known; the file's date is called just
    that."""
    if photo.taken is None:
        return tr("No date")
    if photo.is_dated:
        told, offset = moment(photo), photo.shot.taken_offset
        return tr("Taken {0}").format(told if offset is None else f"{told} ({zone(offset)})")
    return tr("File date {0}").format(_day(photo.taken))


def moment(photo: PhotoRow) -> str:
    """The day and the time of a photo that is dated, or the day where its name tells no more."""
    if photo.taken is None:
        return ""
    named = name_moment(photo.name) if photo.taken_from == "name" else None
    is_day = named is not None and named.is_day and named.local == photo.taken
    return _day(photo.taken) if is_day else words.moment(photo.taken)


def dated_by(photo: PhotoRow) -> str:
    """Who says when a photo was taken; empty where nobody does."""
    if photo.taken is None:
        return ""
    return {
        "exif": tr("By the camera"),
        "video": tr("By the camera"),
        "xmp": tr("By what a program wrote in the file or beside it"),
        "name": tr("By the file’s name"),
        "file": tr("By the file’s own time"),
    }.get(photo.taken_from, "")


def zone(offset: int) -> str:
    """Minutes ahead of UTC: UTC+02:00."""
    if offset == 0:
        return "UTC"
    hours, minutes = divmod(abs(offset), 60)
    return f"UTC{'−' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def exposure(shot: Shot) -> str:
    """1/250 s · f/2.8 · ISO 400 · 35 mm."""
    parts: list[str] = []
    if shot.exposure_time is not None:
        parts.append(f"{_seconds(shot.exposure_time)}\u00a0s")
    if shot.f_number is not None:
        parts.append(f"f/{_number(shot.f_number, 1)}")
    if shot.iso is not None:
        parts.append(f"ISO\u00a0{shot.iso}")
    if shot.focal_length is not None:
        parts.append(f"{_number(shot.focal_length, 1)}\u00a0mm")
    return " · ".join(parts)


def coordinates(shot: Shot) -> str:
    """52.52000° N, 13.40500° E · 34 m; empty where nobody knows the place."""
    if shot.latitude is None or shot.longitude is None:
        return ""
    north = tr("{0}° N") if shot.latitude >= 0 else tr("{0}° S")
    east = tr("{0}° E") if shot.longitude >= 0 else tr("{0}° W")
    place = ", ".join(
        letter.format(QLocale().toString(abs(value), "f", 5))
        for letter, value in ((north, shot.latitude), (east, shot.longitude))
    )
    return place if shot.altitude is None else f"{place} · {_number(shot.altitude, 0)}\u00a0m"


def _seconds(time: float) -> str:
    """As cameras name it: as a fraction up to a third of a second."""
    return f"1/{round(1 / time)}" if time < 0.34 else _number(time, 1)


def _number(value: float, digits: int) -> str:
    """At most so many digits behind the point."""
    whole = round(value, digits)
    return QLocale().toString(whole, "f", 0 if whole == int(whole) else digits)


def _day(taken: datetime) -> str:
    day = QDate(taken.year, taken.month, taken.day)
    return QLocale().toString(day, QLocale.FormatType.LongFormat)


def measures(photo: PhotoRow) -> str:
    """8,660 × 5,774 · 50.0 megapixels."""
    megapixels = QLocale().toString(photo.width * photo.height / 1e6, "f", 1)
    size = f"{words.number(photo.width)} × {words.number(photo.height)}"
    if photo.width * photo.height < 100_000:
        return tr("{0} pixels").format(size)
    return tr("{0} · {1} megapixels").format(size, megapixels)


def file_facts(photo: PhotoRow) -> str:
    """JPEG · 12.3 MB."""
    kind = photo.content_type.partition("/")[2].removeprefix("x-").upper() or tr("Unknown kind")
    if photo.content_type == RAW_TYPE:  # every maker has its own name for it
        kind = tr("Camera raw, {0}").format(photo.path.suffix[1:].upper())
    return f"{kind} · {words.size(photo.size)}"


def looks(face: FaceRow) -> str:
    """Estimated age and gender, and where the head is turned."""
    found: list[str] = []
    if face.age is not None:
        found.append(tr("looks about {0}").format(words.number(round(face.age))))
    if face.gender and (face.gender_confidence or 0) >= _SURE_GENDER:
        found.append({"female": tr("female"), "male": tr("male")}.get(face.gender, face.gender))
    found.append(pose(face))
    found.append(opened(face))
    return _sentence(found)


def opened(face: FaceRow) -> str:
    """Whether eyes and mouth are open, where it is sure enough and worth a word: open eyes and a
    closed mouth are not."""
    said: list[str] = []
    if face.eyes == "close" and (face.eyes_confidence or 0) >= _SURE_OPEN:
        said.append(tr("eyes closed"))
    if face.mouth == "open" and (face.mouth_confidence or 0) >= _SURE_OPEN:
        said.append(tr("mouth open"))
    return ", ".join(said)


def pose(face: FaceRow) -> str:
    """Where a head is turned, left and right as seen in the photo; empty where it is not known."""
    if face.yaw is None or face.pitch is None:
        return ""
    said: list[str] = []
    side = tr("left") if face.yaw > 0 else tr("right")
    if abs(face.yaw) >= _PROFILE:
        said.append(tr("in profile to the {0}").format(side))
    elif abs(face.yaw) >= _FRONTAL:
        said.append(tr("turned to the {0}").format(side))
    if abs(face.pitch) >= _FRONTAL:
        said.append(tr("looking up") if face.pitch > 0 else tr("looking down"))
    if not said:
        said.append(tr("facing the camera"))
    if face.roll is not None and abs(face.roll) >= _TILTED:
        said.append(tr("head tilted"))
    return ", ".join(said)


def clearness(face: FaceRow) -> str:
    """Quality in words."""
    if face.quality >= 0.8:
        return tr("Very good quality")
    if face.quality >= 0.6:
        return tr("Good quality")
    if face.quality >= 0.4:
        return tr("Fair quality")
    return tr("Poor quality")


def clearness_in_numbers(face: FaceRow) -> str:
    """Quality and sharpness in numbers."""
    quality, sharpness = _percent(face.quality), _percent(face.sharpness)
    return tr("Quality {0} · sharpness {1}").format(quality, sharpness)


def is_stranger(face: FaceRow, hidden: Collection[int]) -> bool:
    """Whether the user said that a face is nobody they know, or keeps its unnamed person out of
    sight; `hidden` are the people who are."""
    if face.person_id is None:
        return face.placed is Placed.USER
    return not face.person_name and face.person_id in hidden


def belonging(face: FaceRow) -> str:
    """Who put a face where it is."""
    if face.drawn:
        return tr("Drawn by hand; not used to recognise others")
    if face.person_id is None:
        said_so = face.placed is Placed.USER
        return tr("You said: a stranger") if said_so else tr("Not with anybody yet")
    return tr("You said so") if face.placed is Placed.USER else tr("Kinfolk’s guess")


def age_then(photo: PhotoRow, person: PersonRow | None) -> str:
    """How old somebody was in a photo, as far as two years tell it; empty where they do not."""
    if person is None or person.birth_year is None:
        return ""
    if photo.taken is None or not photo.is_dated:
        return ""
    years = photo.taken.year - person.birth_year
    if years < 0:
        return ""
    if years == 0:
        return tr("In the year of birth, {0}").format(person.birth_year)
    # Without the birthday it may be a year less.
    return tr("{0} or {1} years old here, born {2}").format(years - 1, years, person.birth_year)


def _percent(share: float) -> str:
    return f"{round(share * 100)}\u00a0%"


def _sentence(parts: list[str]) -> str:
    text = " · ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]
