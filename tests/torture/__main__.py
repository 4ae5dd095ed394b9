"""make torture: kill the real program at random moments and see that nothing is lost."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.chamber import Outcome, torture
from tests.torture.table import table


def main() -> int:
    """Gives 1 if anything was violated; the library and the log of it are kept then."""
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="how often to kill, at least")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of every chance")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these operations")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to work, and keep it all")
    words = parser.parse_args()
    base = words.keep or Path(tempfile.mkdtemp(prefix="kinfolk-torture-"))
    print(f"seed {words.seed}", flush=True)
    outcome: Outcome = torture(base, words.kills, words.seed, words.only, sys.stdout)
    print("\n".join(table(outcome)))
    if outcome.violations:
        print(f"seed {words.seed}; library, photos and log are kept in {base}")
        return 1
    if words.keep is None:
        shutil.rmtree(base)
    return 0


if __name__ == "__main__":
    sys.exit(main())
