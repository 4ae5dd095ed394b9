"""The program itself, with somebody beside it who notes how long each look takes and how it ends.

python -m tests.hostile.witness NOTES COMMAND ...
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from app.__main__ import main
from app.indexing import crew


def watch(notes: Path) -> None:
    """Have every job of a crew noted: its file, its seconds, and the error it ended with."""
    plain = crew._Hand._carry_out

    def carry_out(self: Any, job: crew.CrewJob[Any]) -> Any:
        if not job.work[1]:  # it is asked what could run the models, and no file is looked at
            return plain(self, job)
        begun, error = time.monotonic(), ""
        try:
            return plain(self, job)
        except BaseException as told:
            error = type(told).__name__
            raise
        finally:
            path = os.fsencode(job.work[1][0]).hex()
            line = json.dumps([path, time.monotonic() - begun, error])
            with notes.open("a") as file:
                file.write(line + "\n")

    crew._Hand._carry_out = carry_out  # type: ignore[method-assign]


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
