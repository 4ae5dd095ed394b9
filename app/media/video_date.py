"""When and with which camera a video was taken, by what its container tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.media.exif import Exif

_TIMES = ("com.apple.quicktime.creationdate", "creation_time")
_MAKES = ("com.apple.quicktime.make", "com.android.manufacturer", "make")
_MODELS = ("com.apple.quicktime.model", "com.android.model", "model")


def video_exif(metadata: Mapping[str, str], file_name: str, file_modified: float) -> Exif:  # noqa: ARG001
    """From the tags of a container, as FFmpeg names them; else from the file's time, s since 1970.

    A moment that is told in UTC is brought to this computer's zone.
    """
    told = {name.lower(): value for name, value in metadata.items()}
    make, model = (next((told[n] for n in names if n in told), "") for names in (_MAKES, _MODELS))
    camera = model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()
    for name in _TIMES:
        taken = _moment(told.get(name, ""), name == "creation_time")
        if taken is not None:
            return Exif(taken, "video", camera)
    try:
        return Exif(datetime.fromtimestamp(file_modified).replace(microsecond=0), "file", camera)
    except (OverflowError, OSError, ValueError):
        return Exif(None, "file", camera)


def _moment(text: str, is_utc: bool) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
        if not 1905 < moment.year < 2100:  # 1904 is where QuickTime begins to count
            return None
        if is_utc and moment.tzinfo is not None:
            moment = moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=None)
