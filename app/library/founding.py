"""Founding: by which rule people are founded, as settings say it."""

from __future__ import annotations

from collections.abc import Mapping

from app.library.database import FoundingRule
from app.settings import Settings

FOUNDING: Mapping[str, str] = {
    "min_photos": "min_photos",
    "hd_face_pixels": "pixels",
    "hd_face_angle": "angle",
    "hd_face_quality": "quality",
}
"""The settings that say who is a person, and what they are in the rule."""


def rule_of(settings: Settings) -> FoundingRule:
    """The rule that these settings make."""
    return FoundingRule(**{part: getattr(settings, name) for name, part in FOUNDING.items()})
