"""Bench: the library that is tortured, and one round after the other of what is done to it."""

from __future__ import annotations

import json
import random
import shutil
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import invariants
from tests.torture.blows import Blow, Hit, Pace, Watch, after_power_cut, draw_blow, strike
from tests.torture.facts import Facts, facts
from tests.torture.photos import Change, Photos
from tests.torture.program import Done, Program, run
from tests.torture.victims import SAID, Saying, Sayings, Victim, is_done, spell

VINTAGE = Path(__file__).parents[1] / "vintage"
WINDOW_SECONDS = 6.0
"""So long a window is left open when nothing kills it before."""
WINDOW_PACE = Pace(whole=4.0, opened=1.0, writes=25)
Step = tuple[str, Sequence[Change] | Saying]
"""What had an effect: changes of the folder, an index, a grouping, or a word."""


@dataclass
class Round:
    """One operation that was to be killed, and what became of it."""

    number: int
    victim: str
    words: Sequence[str] = ()
    blow: str = ""
    landed: bool = False
    phase: str = ""
    """before the library was open, during, after its effect; ended: it was over already."""
    resumed: float = 0.0
    violations: list[str] = field(default_factory=list)

    def line(self) -> str:
        """As the log tells it."""
        said = " ".join(self.words)
        end = "; ".join(self.violations) or "in order"
        return f"{self.number}: {self.victim} [{said}] {self.blow}: {self.phase}; {end}"


class Bench:
    """Everything that a torture works with, below one folder."""

    def __init__(self, base: Path, seed: int) -> None:
        self.base = base
        self.home = base / "home"
        self.library = base / "library"
        self.pick = random.Random(f"blows {seed}")
        self.photos = Photos(base / "photos", seed)
        self.sayings = Sayings(self.photos.folder, self.pick)
        self.script: list[Step] = []
        self.paces: dict[str, Pace] = {}
        self._rounds = 0

    def begin(self) -> None:
        """The first photos, looked at and grouped without a kill."""
        self.script.append(("change", self.photos.begin()))
        done = run(self.library, self._index(), self.home)
        assert done.status == 0, done.err
        self.script.append(("index", ()))

    def facts(self, library: Path | None = None) -> Facts | None:
        """What a library holds now."""
        return facts((library or self.library) / "library.db")

    def round(self, victim: Victim) -> Round | None:
        """Kill one operation and see what is left of it; None where it makes no sense now."""
        return _Round(self, victim).run()

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
        else:
            other.mkdir(mode=0o700)
            source = self.pick.choice(sorted(VINTAGE.glob("library-*.db")))
            shutil.copyfile(source, other / "library.db")
            (other / "library.db").chmod(0o600)
        return other

    def _index(self) -> list[str]:
        return ["index", str(self.photos.folder), "--json"]

    def words(self, victim: Victim, before: Facts | None) -> tuple[list[str], Saying]:
        """What to say for a victim, and in terms of content; nothing where it makes no sense."""
        folder = str(self.photos.folder)
        fixed = {
            "index": ["index", folder, "--json"], "window": [folder],
            "cluster": ["cluster", "--json"], "rebuild": ["cluster", "--rebuild", "--json"],
            "migration": ["people", "--json"],
        }  # fmt: skip
        if victim.name in ("index", "window"):
            self.script.append(("change", self.photos.change()))
        if victim.name == "window" and before is not None:
            return fixed["window"], self.sayings.say("confirm", before) or ()
        if victim.name in fixed:
            return fixed[victim.name], ()
        saying = self.sayings.say(victim.name, before) if before is not None else None
        if saying is None or before is None:
            return [], ()
        return [*spell(saying, before, self.photos.folder), "--json"], saying


class _Round:
    """One round under way."""

    def __init__(self, bench: Bench, victim: Victim) -> None:
        self.bench = bench
        self.victim = victim
        self.library = bench.place(victim)
        self.before = bench.facts(self.library)
        self.words, self.saying = bench.words(victim, self.before)
        self.told = Round(bench.next_number(), victim.name, self.words)
        self._beside: Program | None = None
        self._when = bench.pick.randrange(1, 12)
        self.answer: Done | None = None

    def run(self) -> Round | None:
        """Do it."""
        if not self.words:
            return None
        stamps = self.bench.photos.stamps()
        blow = draw_blow(self.bench.pick, self.victim.has_workers)
        done, hit = self._kill(blow)
        killed = self.bench.facts(self.library)
        self._judge(done, hit, killed, blow)
        again = run(self.library, self._resume(), self.bench.home)
        self.told.resumed = again.seconds
        after = self.bench.facts(self.library)
        self._judge_again(again, killed, after)
        if self.bench.photos.stamps() != stamps:
            self._say("a photo of the user was changed")
        self._note(after)
        return self.told

    def _say(self, *violations: str) -> None:
        self.told.violations += violations

    def _kill(self, blow: Blow) -> tuple[Done, Hit]:
        """Start it and kill it; the first of its kind is only measured, and not disturbed."""
        name = self.victim.name
        words = [] if name == "window" else self.words
        program = Program(self.library, words, self.bench.home)
        limit = WINDOW_SECONDS if name == "window" else 60.0
        pace = WINDOW_PACE if name == "window" else self.bench.paces.get(name)
        hit, seen = strike(program, blow, pace, self.library, limit, self._speak_beside)
        self.bench.paces[name] = seen
        self.told.blow, self.told.landed = str(blow) if pace else "measured", hit.landed
        if name == "window":
            self._close(program)
        done = program.end()
        if orphans := program.orphans():
            self._say(f"{len(orphans)} processes outlived the program")
        if self._beside is not None:
            self.answer = self._beside.end()
        if hit.landed and blow.power:
            after_power_cut(self.library)
        return done, hit

    def _speak_beside(self, watch: Watch) -> None:
        """Give a command to a library that a window has open."""
        is_time = watch.opened and watch.writes >= self._when
        if self.victim.name == "window" and is_time and self._beside is None and self.saying:
            words = [*spell(self.saying, self.before, self.bench.photos.folder), "--json"]
            self._beside = Program(self.library, words, self.bench.home / "beside")

    def _close(self, program: Program) -> None:
        """A window that was not killed, or has lost a worker only, is closed by and by."""
        end = time.monotonic() + 10
        while not program.is_over() and time.monotonic() < end:
            time.sleep(0.5)
            program.send(signal.SIGINT, program.number)

    def _resume(self) -> list[str]:
        """What the next start does."""
        if self.victim.place == "main" and self.victim.name not in SAID:
            return ["index", str(self.bench.photos.folder), "--json"]
        return ["people", "--json"]

    def _judge(self, done: Done, hit: Hit, killed: Facts | None, blow: Blow) -> None:
        has_effect = is_done(self.victim.name, self.before, killed, self.words)
        if not hit.landed:
            self.told.phase = "ended"
        elif has_effect and blow.whom not in ("worker", "workers"):
            self.told.phase = "after"
        else:
            self.told.phase = "during" if hit.opened else "before"
        if done.status not in (0, -9):
            self._say(f"it ended with {done.status}: {done.err.strip()[-300:]}")
        if done.status == 0 and not blow.power and not has_effect and self._had_effect(done):
            self._say("what was told as done is not in the library")
        self._judge_beside(killed, blow)
        self._say(*invariants.sound(self.library, killed))
        self._say(*invariants.log_goes_on(self._log_before(), killed))

    def _judge_beside(self, killed: Facts | None, blow: Blow) -> None:
        """What became of the word that was said beside a window."""
        if self.answer is None or killed is None or self.before is None:
            return
        is_there = len(killed.log) > len(self.before.log)
        told = self.answer.status == 0 and json.loads(self.answer.out)["Done"]
        if told and not is_there and not blow.power:
            self._say("a word said beside the window was told as done, and is not in the log")

    def _log_before(self) -> Facts | None:
        return None if self.victim.name == "forget" else self.before

    def _had_effect(self, done: Done) -> bool:
        if self.victim.name not in SAID:
            return self.victim.name not in ("window",)
        return bool(json.loads(done.out)["Done"])

    def _judge_again(self, again: Done, killed: Facts | None, after: Facts | None) -> None:
        if again.status != 0:
            self._say(f"the next start ended with {again.status}: {again.err.strip()[-300:]}")
        self._say(*invariants.sound(self.library, after), *invariants.modes(self.library))
        self._say(*invariants.log_goes_on(killed, after, 0))
        folder = self.bench.photos.folder
        if self.victim.place != "vintage":
            self._say(*invariants.looked_once(self.before, killed, folder))
            self._say(*invariants.looked_once(killed, after, folder))
        if self._resume()[0] == "index":
            self._say(*invariants.tasks_ended(killed, after))
            if after is not None and after.pending:
                self._say(f"{after.pending} photos still wait")
        document = json.loads(again.out or "{}")
        if skipped := document.get("Skipped"):
            self._say(f"skipped: {skipped}")

    def _note(self, after: Facts | None) -> None:
        """Write into the script what has had an effect."""
        if self.victim.place != "main":
            return
        if self.victim.name in SAID:
            if is_done(self.victim.name, self.before, after, self.words):
                self.bench.script.append(("say", self.saying))
            return
        # The word that was said beside a window is about faces that were there before.
        if self.before is not None and after is not None and len(after.log) > len(self.before.log):
            self.bench.script.append(("say", self.saying))
        if self.victim.name == "rebuild" and self.told.phase in ("ended", "after"):
            self.bench.script.append(("rebuild", ()))
        self.bench.script.append(("index", ()))
