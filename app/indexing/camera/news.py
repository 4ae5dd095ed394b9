"""News: an alert as a notice, for the desktop and for the user's own command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from app.errors import KnownError
from app.indexing.notices import Notice, NoticeKind
from app.library.database import Library
from app.library.queries.alerts import AlertRow, alert, photo_of
from app.library.queries.collections import collections
from app.media.thumbnails import ThumbnailCache

FRESH = timedelta(minutes=15)
"""Of a stranger who was there longer ago only the page tells: they are no news."""


class News:
    """Gives a notice of each alert while it is fresh."""

    def __init__(
        self, library: Library, give: Callable[[Notice], None], thumbnails: ThumbnailCache
    ) -> None:
        """`give` is handed each notice."""
        self._library = library
        self._give = give
        self._thumbnails = thumbnails

    def tell(self, collection_id: int, alert_id: int) -> None:
        """Tell of an alert, if it is no old story."""
        try:
            row = alert(self._library, collection_id, alert_id)
        except KnownError:
            return  # it was erased meanwhile
        if not row.faces or datetime.now(UTC).replace(tzinfo=None) - row.ended > FRESH:
            return
        names = {one.id: one.name for one in collections(self._library)}
        name = names.get(collection_id, "")
        face = row.faces[0]
        path = photo_of(self._library, collection_id, face)
        self._give(
            Notice(
                kind=NoticeKind.ALERT,
                collection_id=collection_id,
                collection=name,
                title=f"A stranger at {name}",
                text=sentence(row),
                document=document(row) | ({} if path is None else {"URI": path.as_uri()}),
                picture=self._thumbnails.sound_path(face.fingerprint, face.box),
            )
        )


def sentence(row: AlertRow) -> str:
    """What an alert tells, for people."""
    times = "once" if row.times == 1 else f"{row.times} times"
    if row.like is None or row.likeness is None:
        return f"Somebody you have not named was seen {times}."
    return (
        f"Somebody you have not named was seen {times}; of all you know they are most like "
        f"{row.like.name} ({row.likeness:.0%})."
    )


def document(row: AlertRow) -> dict[str, Any]:
    """What an alert tells programs."""
    shape: dict[str, Any] = {
        "AlertId": row.id,
        "State": row.fate.value,
        "Seen": row.is_seen,
        "From": _moment(row.began),
        "To": _moment(row.ended),
        "ImageCount": row.times,
        "Figures": [f"face-{face.id}" for face in row.faces],
    }
    if row.name:
        shape["Name"] = row.name
    if row.like is not None and row.likeness is not None:
        shape["Resembles"] = {
            "FigureClusterId": row.like.key,
            "Name": row.like.name,
            "Probability": round(row.likeness, 4),
        }
    return shape


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="milliseconds") + "Z"
