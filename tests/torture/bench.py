"""Bench: the library that is tortured, its photos, and what was done to both."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.torture.blows import Pace
from tests.torture.facts import Facts
from tests.torture.harm import ail, ruin
from tests.torture.photos import Change, Photos
from tests.torture.program import run
from tests.torture.victims import Saying, Sayings, Victim, spell

VINTAGE = Path(__file__).parents[1] / "vintage"
FIXED = {
    "cluster": ["cluster"], "rebuild": ["cluster", "--rebuild"], "migration": ["people"],
    "backup": ["backup"], "restore": ["restore", "1"], "doctor": ["doctor", "--repair"],
    "recovery": ["doctor", "--repair"],
}  # fmt: skip
"""What is said for the operations that are about nobody."""
HARM = {"doctor": ail, "recovery": ruin}
"""What is done to the copy of the library before."""
Step = tuple[str, Sequence[Change] | Saying]
"""What had an effect: changes of the folder, an index, a grouping, or a word."""


class Bench:
    """Everything that a torture works with, below one folder."""

    def __init__(self, base: Path, seed: int) -> None:
        self.base = base
        self.home = base / "home"
        self.library = base / "library"
        self.pick = random.Random(f"blows {seed}")
        self.photos = Photos(base / "photos", seed)
        self.sayings = Sayings(self.pick)
        self.script: list[Step] = []
        self.paces: dict[str, Pace] = {}
        self._rounds = 0

    def begin(self) -> None:
        """The first photos, looked at and grouped without a kill."""
        self.script.append(("change", self.photos.begin()))
        done = run(self.library, self.index(), self.home)
        assert done.status == 0, done.err
        self.script.append(("index", ()))

    def next_number(self) -> int:
        """Of a round."""
        self._rounds += 1
        return self._rounds

    def place(self, victim: Victim) -> Path:
        """The library that a victim works on."""
        if victim.place == "main":
            return self.library
        other = self.base / victim.place
        shutil.rmtree(other, ignore_errors=True)
        if victim.place == "copy":
            shutil.copytree(self.library, other)
            if victim.name in HARM:
                HARM[victim.name](other, self.pick)
        else:
            other.mkdir(mode=0o700)
            source = self.pick.choice(sorted(VINTAGE.glob("library-*.db")))
            shutil.copyfile(source, other / "library.db")
            (other / "library.db").chmod(0o600)
        return other

    def index(self) -> list[str]:
        """The command that looks at the photos."""
        return ["index", str(self.photos.folder), "--json"]

    def words(self, victim: Victim, before: Facts | None) -> tuple[list[str], Saying]:
        """What to say for a victim, and in terms of content; nothing where it makes no sense."""
        if victim.name in ("index", "window"):
            self.script.append(("change", self.photos.change()))
        if victim.name == "index":
            return self.index(), ()
        if victim.name == "window":
            said = self.sayings.say("confirm", before) if before is not None else None
            return [str(self.photos.folder)], said or ()
        if victim.name in FIXED:
            return [*FIXED[victim.name], "--json"], ()
        saying = self.sayings.say(victim.name, before) if before is not None else None
        if saying is None or before is None:
            return [], ()
        return [*spell(saying, before), "--json"], saying
