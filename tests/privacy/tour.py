"""A tour through the program as it is: every command once, in processes of their own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
NO_NETWORK = (PYTHON, "-m", "tests.privacy.no_network")
TELEMETRY = "ORT_DISABLE_TELEMETRY"


class Tour:
    """Speaks commands of the real program; `before` are words that stand before it."""

    def __init__(self, before: Sequence[str] = ()) -> None:
        self._before = tuple(before)
        self.said: set[str] = set()
        """The commands that were given."""
        self.errors: list[str] = []
        """What they wrote to standard error."""

    @property
    def kinfolk(self) -> list[str]:
        """How the program is started."""
        return [*self._before, PYTHON, "-m", "app"]

    def say(self, *words: object, status: int = 0) -> Any:
        """Give one command and get its document; `status` is what it must end with."""
        self.said.add(str(words[0]))
        done = subprocess.run(
            [*self.kinfolk, *map(str, words), "--json"],
            cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=180,
        )  # fmt: skip
        self.errors.append(done.stderr)
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stderr}"
        return json.loads(done.stdout)

    def people(self) -> list[str]:
        """The ids of all people."""
        return [row["ObjectId"] for row in self.say("people")["FigureClusters"]]

    def figures(self, *people: str) -> list[str]:
        """The faces of these people."""
        return [
            figure["FigureId"]
            for file in self.say("photos", *(["--person", *people] if people else []))["Files"]
            for figure in file["Figures"]
            if not people or figure.get("FigureClusterId") in people
        ]

    def take(self, photos: Path, names: Iterable[str]) -> None:
        """Give every command there is once, over photos of the same six people."""
        say = self.say
        one, two, three, four = names
        say("index", photos, "--no-cluster")
        say("cluster", "--notify-command", shlex.join([PYTHON, "-c", "pass"]))
        anna, ben, carl, dora, *_ = self.people()
        for person, name in ((anna, one), (ben, two), (carl, three)):
            say("name", person, name)
        say("born", anna, 1950)
        figure, other, third, *_ = self.figures(anna)
        say("confirm", one, figure)
        say("move", four, other)
        asked = say("suggestions")["Suggestions"]
        say("answer", asked[0]["SuggestionId"], "yes")
        say("why", figure)
        say("reject", one, third)
        say("split", two, self.figures(ben)[0])
        say("notface", self.figures(dora)[0])
        say("stranger", self.figures(dora)[0])
        say("draw", next(photos.glob("whole*")), 3, 3, 60, 60, "--name", two)
        say("hide", two)
        say("show", two)
        say("staff", two)
        say("staff", two, "--not")
        say("different", one, three)
        say("merge", one, two)
        say("undo")
        say("redo")
        say("names", "write", "--dry-run")
        say("names", "write")
        say("names", "import")
        self._look_around(photos)
        say("export", "--person", one, "--contact-sheet", "--web", photos.parent / "exported")
        self._watch_the_door(photos)
        say("forget", three)
        say("index", "--again")
        self._end()

    def _look_around(self, photos: Path) -> None:
        say = self.say
        for listing in ("photos", "faces", "history", "visitors", "tasks", "doctor", "skipped"):
            say(listing)
        say("meta", next(photos.iterdir()))
        say("task", say("tasks")["Tasks"][0]["TaskId"])
        say("doctor", "--report")
        say("collection", "list")
        say("folder", "list")
        say("models")
        say("models", "verify")
        self._have_own_models(photos)
        say("models", "settle")
        say("settings")
        say("settings", "pace", "gentle")
        say("settings", "strictness", 1, "--preview")
        say("backup")
        say("restore", 1)

    def _have_own_models(self, photos: Path) -> None:
        """All that can be done with packs without a network, which is all but fetching one."""
        say = self.say
        assert "Text" in say("models", "licence", "buffalo_sc")
        folder = photos.parent / "models"
        folder.mkdir()
        (folder / "face.onnx").write_bytes(b"a model")
        say("models", "add", folder, "--as", "mine")
        say("models", "accept", "mine")
        say("models", "verify")
        say("models", "remove", "mine")
        say("models", "download", "buffalo_sc", status=2)

    def _watch_the_door(self, photos: Path) -> None:
        """A camera sees the same six people, of whom some have names."""
        say = self.say
        say("collection", "create", "Door", "--kind", "camera")
        door = ("--collection", "Door")
        say("settings", "excellent_quality", 0.1, *door)
        say("settings", "recognises", "Photos", *door)
        folder = photos.parent / "door"
        folder.mkdir()
        shutil.copyfile(next(photos.glob("whole*")), folder / "snapshot.jpg")
        say("index", folder, "--no-cluster", *door)
        assert say("watch", "--seconds", 0.1, *door) == {}
        assert say("sightings", *door)["Sightings"]
        first, *_ = say("alerts", *door)["Alerts"]
        say("alert", first["AlertId"], "--is", "Emil", *door)
        assert say("alerts", "--all", *door)["Alerts"]
        say("erase", "--yes", *door)

    def _end(self) -> None:
        self.say("erase", "--strangers", "--older-than", 0, "--dry-run")
        self.say("erase", "--strangers", "--older-than", 0, "--yes")
        self.say("erase", status=2)
        self.say("erase", "--yes")
        self.say("doctor", "--repair")


def environment(**more: str) -> dict[str, str]:
    """That of a user, who has never heard of onnxruntime."""
    return {name: value for name, value in os.environ.items() if name != TELEMETRY} | more


def open_ones(folder: Path) -> list[str]:
    """What in a folder the group or others may read, write or enter."""
    return [
        str(path)
        for path in (folder, *folder.rglob("*"))
        if not path.is_symlink() and path.stat().st_mode & 0o077
    ]
