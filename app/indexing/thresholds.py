"""Thresholds: the settings whose effect can be told before they are applied."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.library.founding import FOUNDING
from app.settings import Value, option_named


class Kind(StrEnum):
    """What a setting has an effect on that can be told before."""

    GROUPS = "groups"
    CARDS = "cards"
    ALERTS = "alerts"
    VISITS = "visits"
    STRANGERS = "strangers"


PREVIEWED: Mapping[str, Kind] = {
    "strictness": Kind.GROUPS,
    **dict.fromkeys(FOUNDING, Kind.CARDS),
    **dict.fromkeys(
        (
            "stranger_photos", "stranger_seconds", "stranger_quality", "excellent_quality",
            "alert_minutes",
        ),
        Kind.ALERTS,
    ),
    "visit_minutes": Kind.VISITS,
    "stranger_days": Kind.STRANGERS,
}  # fmt: skip
"""The thresholds, and what of each can be told before it is applied."""

PRESETS: Mapping[str, Mapping[str, Value]] = {
    "strict": {
        "strictness": 0, "min_photos": 3, "hd_face_pixels": 75, "hd_face_angle": 30.0,
        "hd_face_quality": 0.8,
    },
    "own": {
        name: option_named(name).default for name in ("strictness", *FOUNDING)
    },
}  # fmt: skip
"""Values that go together: those of the cloud service, and Kinfolk's own."""
