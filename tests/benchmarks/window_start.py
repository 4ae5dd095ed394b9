"""Start: how long the program takes until its People page is of use, beside an empty window.

    python -m tests.benchmarks.window_start [LIBRARY SECONDS]

Without a library it shows an empty window of PySide6. With one it runs app.__main__.main as
`kinfolk --library LIBRARY` does, nothing left out: imports, log, doorway, library, window, indexer.
A probe sees every painting of the grid of people; it is put in when the program itself imports the
grid. Some SECONDS after the covers a person is opened, and the program is left. Prints one JSON
object: moments of time.monotonic(), memory in MB.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

_PATIENCE = 300
"""s: nothing takes longer, not even to leave a program that computes on a busy machine."""
SETTLING = 6.0
"""s after the covers: by then all is made and read that is made and read by itself."""
_SCROLL = 300
"""Pixels that are scrolled down and up again."""


@dataclass(frozen=True, slots=True)
class Start:
    """What came of one start. Seconds since the process was made, MB."""

    cards: float
    """The cards in sight have been painted, with their names and numbers."""
    covers: float
    """So have their pictures."""
    work: float
    """Seconds of processor time until the cards had been painted: what does not depend on who else
    is at work."""
    memory: float
    """Peak of the process when the cards had been painted."""
    settled: float
    """Peak of the process when all had come to rest, and of its child processes."""
    modules: Sequence[str] = ()
    """Third-party packages that were loaded before the cards were painted."""


def seconds_to_start(
    folder: Path | None, settling: float = SETTLING, compiled: Path | None = None
) -> Start:
    """Start a process and wait for its window to be of use; `folder` holds a library, or it is an
    empty window that is shown. `settling` is how long it lives then, in s.

    `compiled` is a folder in which Python keeps what it has compiled, from the first start to the
    next ones, whatever the environment says: so it is with a program that is installed.

    Raises CalledProcessError when it does not come to a good end.
    """
    import subprocess  # not in the processes that are measured

    surroundings = dict(os.environ)
    if compiled is not None:
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        surroundings["PYTHONPYCACHEPREFIX"] = str(compiled)
    words = [sys.executable, "-m", "tests.benchmarks.window_start"]
    if folder is not None:
        words += [str(folder), str(settling)]
    began = time.monotonic()
    ended = subprocess.run(
        words, stdout=subprocess.PIPE, text=True, check=True, timeout=_PATIENCE, env=surroundings
    )
    told = json.loads(ended.stdout.splitlines()[-1])
    return Start(
        told["cards"] - began, told["covers"] - began, told["work"], told["memory"],
        told["settled"], told["modules"],
    )  # fmt: skip


def _empty() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Empty(QWidget):
        def paintEvent(self, event: object) -> None:  # noqa: N802, ARG002
            now, peak = time.monotonic(), _peak()
            told = {"cards": now, "covers": now, "memory": peak, "settled": peak}
            told |= {"work": time.process_time(), "modules": []}
            print(json.dumps(told), flush=True)
            QTimer.singleShot(0, QApplication.quit)

    application = QApplication(["empty"])
    window = Empty()
    window.resize(1280, 840)
    window.show()
    application.exec()


def _kinfolk(folder: str, settling: float) -> int:
    # Where the window was left, it opens again: with the person that the last start opened.
    (Path(folder) / "window.json").unlink(missing_ok=True)
    sys.meta_path.insert(0, _Finder("app.ui.widgets.grid", _Probe(settling).put_in))
    from app.__main__ import main

    return main(["--library", folder])


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets somebody change a module right after the program has imported it."""

    def __init__(self, name: str, change: Callable[[ModuleType], None]) -> None:
        self._name = name
        self._change = change
        self._loader: importlib.abc.Loader | None = None

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        if name != self._name:
            return None
        found = PathFinder.find_spec(name, path)
        assert found is not None
        self._loader, found.loader = found.loader, self
        return found

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:  # noqa: ARG002
        return None

    def exec_module(self, module: ModuleType) -> None:
        assert self._loader is not None
        self._loader.exec_module(module)
        self._change(module)


class _Probe:
    """Sees when cards and covers have been painted, and that they can be used."""

    def __init__(self, settling: float = SETTLING) -> None:
        self._settling = settling
        self._told: dict[str, Any] = {}
        self._lacking = 0
        self._grid: Any = None

    def put_in(self, module: Any) -> None:
        """Look at every painting of a grid of people."""
        paint, probe = module.SectionedGrid.paintEvent, self

        def paint_event(grid: Any, event: Any) -> None:
            paint(grid, event)
            if type(grid).__name__ == "PeopleGrid" and len(grid.model().rows) > 0:
                probe._painted(grid)

        module.SectionedGrid.paintEvent = paint_event

    def _painted(self, grid: Any) -> None:
        now = time.monotonic()
        if "cards" not in self._told:
            loaded = {name.split(".")[0] for name in sys.modules}
            known = loaded - set(sys.stdlib_module_names)
            self._told |= {"cards": now, "memory": _peak(), "modules": sorted(known)}
            self._told["work"] = time.process_time()
        if "covers" in self._told or not self._has_covers(grid):
            return
        from PySide6.QtCore import QTimer

        self._told["covers"], self._grid = now, grid
        QTimer.singleShot(0, self._use)  # not within a painting
        QTimer.singleShot(round(1000 * self._settling), self._end)

    def _has_covers(self, grid: Any) -> bool:
        """Whether every card in sight had its picture at hand."""
        from app.ui.people.delegate import cover_rect
        from app.ui.pictures import PictureKey

        plan, top = grid.plan(), grid.verticalOffset()
        scale = grid.devicePixelRatioF()
        for item in plan.items_between(top, top + grid.viewport().height()):
            index = grid.model().index(item, 0)
            person = grid.person_at(index)
            if person.cover is None:
                return False
            side = cover_rect(grid.visualRect(index)).width()
            if grid._desk.pictures.round(PictureKey.of_face(person.cover), side, scale) is None:
                return False
        return True

    def _use(self) -> None:
        """Scroll there and back: as long as the rest of the people are still being read, too."""
        bar = self._grid.verticalScrollBar()
        wanted = min(_SCROLL, bar.maximum())
        bar.setValue(wanted)
        assert bar.value() == wanted, "the page does not scroll"
        bar.setValue(0)

    def _end(self) -> None:
        """Open a person by Enter, and leave."""
        from PySide6.QtWidgets import QApplication

        from app.ui.places import Kind

        window = self._grid.window()
        everyone = len(self._grid.model().rows)
        self._grid.opened.emit(self._grid.model().index(0, 0))
        assert window.trail.here.kind == Kind.PERSON, "nobody was opened"
        assert everyone > 0
        self._told["settled"] = _peak() + sum(map(_peak, _children()))
        print(json.dumps(self._told), flush=True)
        QApplication.quit()


def _peak(process: int | str = "self") -> float:
    """The most memory that a process has had, in MB."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        # What the system calls ru_maxrss begins with that of the process that started this one.
        line = next((x for x in status.read_text().splitlines() if x.startswith("VmHWM")), "x 0")
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _children() -> list[int]:
    file = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(number) for number in file.read_text().split()] if file.exists() else []


if __name__ == "__main__":
    sys.exit(_kinfolk(sys.argv[1], float(sys.argv[2])) if len(sys.argv) > 2 else _empty())
