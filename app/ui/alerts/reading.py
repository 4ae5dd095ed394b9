"""Reading: all that the Alerts page shows, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.library.queries.alerts import AlertRow, SightingRow
from app.library.rows import PersonRow
from app.ui.album import Album

_LOG = 200
"""Lines of the log."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the camera of a collection saw."""

    alerts: Sequence[AlertRow]
    has_more: bool
    """Whether there are older ones."""
    sightings: Sequence[SightingRow]
    names: Sequence[PersonRow]
    """Whom the camera may know."""
    has_folder: bool


def read_seen(album: Album, limit: int) -> Seen:
    """The newest alerts, at most `limit`, and all that is shown beside them."""
    alerts = album.alerts(limit + 1)
    return Seen(
        alerts=alerts[:limit],
        has_more=len(alerts) > limit,
        sightings=album.sightings(_LOG),
        names=album.known_to_camera(),
        has_folder=bool(album.folders()),
    )
