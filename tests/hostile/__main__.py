"""Builds the hostile files, and has the program look at them.

python -m tests.hostile --into DIR --count 1000 --seed 1    builds them
python -m tests.hostile --look ...                          and has the real program index them
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from app.settings import Settings
from tests.hostile.corpus import build
from tests.hostile.ordeal import report, suffer

ROOM = 700_000_000
"""What a worker has in memory when it begins a photo, at most."""


def main() -> int:
    """Gives 0 when all went as it has to."""
    parser = argparse.ArgumentParser(prog="tests.hostile", description=__doc__)
    parser.add_argument("--into", type=Path, help="a new folder for the files")
    parser.add_argument("--count", type=int, default=1000, help="hostile files, at least")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--look", action="store_true", help="have the program look at them")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as room:
        folder = arguments.into or Path(room) / "files"
        items = build(folder, arguments.count, arguments.seed)
        print(f"{len(items)} files in {folder}, of seed {arguments.seed}")
        if not arguments.look:
            return 0
        outcome = suffer(items, folder, Path(room) / "work", {"workers": arguments.workers})
        print(report(outcome))
        troubles = outcome.troubles(Settings().photo_megabytes * 1_000_000 + ROOM)
        print("\n".join(["", *troubles] if troubles else ["", "all as it has to be"]))
        return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
