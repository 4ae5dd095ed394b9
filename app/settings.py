"""Every option once: its type, default, unit and one sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from app.errors import UsageError
from app.private import write_private


def _option(default: Any, unit: str, sentence: str) -> Any:
    return field(default=default, metadata={"unit": unit, "sentence": sentence})


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a library; a frozen record, changed by making another."""

    pack: str = _option("compact", "", "The model pack that looks at photos: compact, or a folder.")
    workers: int = _option(0, "processes", "How many photos to look at at once; 0 is one a core.")
    photo_seconds: int = _option(60, "s", "A photo that takes longer to look at is skipped.")
    photo_megabytes: int = _option(
        3000, "MB", "A photo that needs more memory than this to look at is skipped."
    )
    photo_megapixels: int = _option(400, "megapixels", "A larger picture is skipped.")
    cluster_delay_seconds: int = _option(
        10, "s", "New faces are grouped this long after the last photo at the latest."
    )
    min_photos: int = _option(3, "photos", "A person is founded by at least this many photos.")
    # The service's own rule is 75 px, 30 degrees, 0.8. An album is kinder: somebody in three
    # family photos deserves a card even if two of them are taken from the side.
    hd_face_pixels: int = _option(40, "px", "A high-definition face is larger than this.")
    hd_face_angle: float = _option(50.0, "degrees", "And turned less than this in every direction.")
    hd_face_quality: float = _option(0.2, "0..1", "And of a quality above this.")
    thumbnail_pixels: int = _option(512, "px", "Long side of the small picture kept of a photo.")
    crop_pixels: int = _option(440, "px", "Side of the small picture kept of a face.")
    cache_megabytes: int = _option(8000, "MB", "Small pictures kept; the oldest go first.")
    theme: str = _option("system", "", "Colours of the window: system, light or dark.")

    @classmethod
    def load(cls, path: Path) -> Settings:
        """The options written at `path`, defaults for the rest; unknown ones are ignored.

        Raises UsageError when the file cannot be understood.
        """
        try:
            written = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(written, Mapping):
                raise ValueError("not a table of options")
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"The settings in {path} cannot be read ({error}); mend or delete it."
            ) from error
        known: dict[str, type[Any]] = {f.name: type(f.default) for f in fields(cls)}
        return cls(
            **{
                name: known[name](value)
                for name, value in written.items()
                if name in known and isinstance(value, str | int | float)
            }
        )

    def save(self, path: Path) -> None:
        """Write the options that differ from their defaults, all or nothing."""
        plain = asdict(Settings())
        own = {name: value for name, value in asdict(self).items() if value != plain[name]}
        write_private(path, json.dumps(own, indent=2))

    def but(self, **changes: Any) -> Settings:
        """A copy with some options changed."""
        return replace(self, **changes)

    @property
    def worker_count(self) -> int:
        """How many child processes look at photos."""
        return self.workers or max(1, os.cpu_count() or 1)
