"""Files with XMP for the tests, written by other programs where these can."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from PIL import Image

from tests.media import samples

SIZE = (64, 48)
"""Of the upright picture."""


def photo(path: Path, kind: str = "JPEG", orientation: int = 1) -> Path:
    """A picture that is 64 x 48 when it is upright."""
    stored = samples.lay(samples.scene(*SIZE), orientation)
    path.write_bytes(samples.encode(stored, kind, orientation))
    return path


def exiftool(*words: str | Path) -> str:
    """What exiftool says, having done what it is told."""
    told = subprocess.run(
        ["exiftool", "-q", "-q", "-m", *map(str, words)], capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def told(path: Path, *tags: str) -> dict[str, Any]:
    """The tags of a file as exiftool tells them, structures as such."""
    document: list[dict[str, Any]] = json.loads(exiftool("-j", "-struct", "-n", "-G1", *tags, path))
    return document[0]


def region(name: str, x: float, y: float, w: float, h: float, kind: str = "Face") -> str:
    """A region in exiftool's words; x and y are the centre."""
    return f"{{Area={{X={x},Y={y},W={w},H={h},Unit=normalized}},Name={name},Type={kind}}}"


def region_info(width: int, height: int, *regions: str) -> str:
    """exiftool's argument that writes regions for an image of this size."""
    return (
        f"-RegionInfo={{AppliedToDimensions={{W={width},H={height},Unit=pixel}},"
        f"RegionList=[{','.join(regions)}]}}"
    )


def picture(width: int, height: int) -> Image.Image:
    """A small picture in memory."""
    return samples.scene(width, height)
