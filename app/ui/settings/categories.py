"""Categories: where each option stands, in the settings of the library and of a collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.settings import Option
from app.ui.texts import Texts

tr = Texts("settings")


@dataclass(frozen=True, slots=True)
class Category:
    """Some options that belong together."""

    key: str
    marked: str
    """What it is called, to be translated."""
    icon: str
    names: tuple[str, ...]
    """Its options, in order; there need not be all of them."""

    @property
    def title(self) -> str:
        """What it is called."""
        return tr.of(self.marked)


CATEGORIES = (
    Category("looks", tr.mark("Looks and language"), "eye", ("language", "theme", "stacks")),
    Category(
        "looking",
        tr.mark("Looking at photos"),
        "image",
        ("pace", "provider", "workers", "videos", "video_frames", "cloud_files"),
    ),
    Category(
        "grouping",
        tr.mark("Putting faces together"),
        "layers",
        ("strictness", "group_when", "group_minutes", "cluster_delay_seconds"),
    ),
    Category(
        "people",
        tr.mark("Who is a person"),
        "users-round",
        ("min_photos", "hd_face_pixels", "hd_face_angle", "hd_face_quality"),
    ),
    Category(
        "cameras",
        tr.mark("Cameras and visitors"),
        "camera",
        (
            "alerts", "recognises", "stranger_photos", "stranger_seconds", "stranger_quality",
            "excellent_quality", "alert_minutes", "visitors", "visit_minutes",
        ),
    ),
    Category(
        "notices",
        tr.mark("Notices"),
        "bell",
        ("notifications", "keep_watching", "notify_command", "notify_seconds"),
    ),
    Category(
        "keeping",
        tr.mark("Keeping and disk"),
        "archive",
        ("stranger_days", "cache_megabytes", "thumbnail_pixels", "crop_pixels", "export_folder"),
    ),
    Category("models", tr.mark("Models"), "scan-face", ("pack", "proxy")),
    Category(
        "advanced",
        tr.mark("Advanced"),
        "wrench",
        ("photo_seconds", "video_seconds", "photo_megabytes", "photo_megapixels"),
    ),
)  # fmt: skip
"""All of them, in order. An option that none of them names stands in the last."""


def by_category(options: Sequence[Option]) -> list[tuple[Category, list[Option]]]:
    """These options in their categories; without those that would have none."""
    known = {option.name: option for option in options}
    found = [(one, [known.pop(name) for name in one.names if name in known]) for one in CATEGORIES]
    found[-1][1].extend(known.values())
    return [(category, some) for category, some in found if some]
