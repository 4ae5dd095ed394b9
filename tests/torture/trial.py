"""Trial: one operation is killed, and what is left of it is held against what must be true."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.torture import invariants
from tests.torture.bench import Bench
from tests.torture.blows import Blow, Hit, Pace, Watch, after_power_cut, draw_blow, strike
from tests.torture.facts import Facts, facts
from tests.torture.program import Done, Program, run
from tests.torture.victims import SAID, Victim, is_done, spell

WINDOW_SECONDS = 6.0
"""So long a window is left open when nothing kills it before."""
FIRST_PACE = Pace(whole=1.0, opened=0.4, writes=6)
"""What is thought of an operation of which no run is known."""
WINDOW_PACE = Pace(whole=4.0, opened=1.0, writes=25)


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


class Trial:
    """One round under way."""

    def __init__(self, bench: Bench, victim: Victim) -> None:
        self.bench = bench
        self.victim = victim
        self.library = bench.place(victim)
        self.before = self.read()
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
        killed = self.read()
        self._judge(done, hit, killed, blow)
        again = run(self.library, self.resume(), self.bench.home)
        self.told.resumed = again.seconds
        after = self.read()
        self._judge_again(again, killed, after)
        if self.bench.photos.stamps() != stamps:
            self.say("a photo of the user was changed")
        self._note(after)
        return self.told

    def say(self, *violations: str) -> None:
        """Note what is not as it must be."""
        self.told.violations += violations

    def _kill(self, blow: Blow) -> tuple[Done, Hit]:
        """Start it and kill it; of one that ended by itself the pace is learnt."""
        name = self.victim.name
        words = [] if name == "window" else self.words
        program = Program(self.library, words, self.bench.home)
        limit = WINDOW_SECONDS if name == "window" else 60.0
        pace = self.bench.paces.get(name, WINDOW_PACE if name == "window" else FIRST_PACE)
        hit, seen = strike(program, blow, pace, self.library, limit, self._speak_beside)
        if name != "window":
            self.bench.paces[name] = seen
        self.told.blow, self.told.landed = str(blow), hit.landed
        if name == "window":
            self._close(program)
        done = program.end()
        if orphans := program.orphans():
            self.say(f"{len(orphans)} processes outlived the program")
        if self._beside is not None:
            self.answer = self._beside.end()
        if hit.landed and blow.power:
            after_power_cut(self.library)
        return done, hit

    def _speak_beside(self, watch: Watch) -> None:
        """Give a command to a library that a window has open."""
        is_time = watch.opened and watch.writes >= self._when
        if self.victim.name == "window" and is_time and self._beside is None and self.saying:
            words = [*spell(self.saying, self.before), "--json"]
            self._beside = Program(self.library, words, self.bench.home / "beside")

    def _close(self, program: Program) -> None:
        """A window that was not killed, or has lost a worker only, is closed by and by."""
        end = time.monotonic() + 10
        while not program.is_over() and time.monotonic() < end:
            time.sleep(0.5)
            program.send(signal.SIGINT, program.number)

    def read(self) -> Facts | None:
        """What the library holds now."""
        return facts(self.library / "library.db")

    def resume(self) -> list[str]:
        """What the next start does."""
        if self.victim.place == "main" and self.victim.name not in SAID:
            return self.bench.index()
        return ["people", "--json"]

    def has_effect(self, killed: Facts | None) -> bool:
        """Whether the operation was through."""
        return is_done(self.victim.name, self.before, killed, self.words)

    def _judge(self, done: Done, hit: Hit, killed: Facts | None, blow: Blow) -> None:
        has_effect = self.has_effect(killed)
        if not hit.landed:
            self.told.phase = "ended"
        elif has_effect and blow.whom not in ("worker", "workers"):
            self.told.phase = "after"
        else:
            self.told.phase = "during" if hit.opened else "before"
        # A window that has not come up yet is ended by the key that interrupts.
        fair = (0, -9, -2) if self.victim.name == "window" else (0, -9)
        if done.status not in fair:
            self.say(f"it ended with {done.status}: {done.err.strip()[-300:]}")
        if done.status == 0 and not has_effect and self._was_told(done):
            self.say("what was told as done is not in the library")
        self._judge_beside(killed, blow)
        self.check_killed(killed)

    def check_killed(self, killed: Facts | None) -> None:
        """What must be true before anybody opens the library again."""
        self.say(*invariants.sound(self.library, killed))
        self.say(*invariants.log_goes_on(self.before, killed))

    def check_after(self, killed: Facts | None, after: Facts | None) -> None:
        """What must be true once the next start has ended."""
        self.say(*invariants.log_goes_on(killed, after, 0))
        if self.victim.place != "vintage":
            folder = self.bench.photos.folder
            self.say(*invariants.looked_once(self.before, killed, folder))
            self.say(*invariants.looked_once(killed, after, folder))

    def _judge_beside(self, killed: Facts | None, blow: Blow) -> None:
        """What became of the word that was said beside a window."""
        if self.answer is None or killed is None or self.before is None:
            return
        is_there = len(killed.log) > len(self.before.log)
        told = self.answer.status == 0 and json.loads(self.answer.out)["Done"]
        if told and not is_there and not blow.power:
            self.say("a word said beside the window was told as done, and is not in the log")

    def _was_told(self, done: Done) -> bool:
        if self.victim.name in SAID:
            return bool(json.loads(done.out)["Done"])
        return self.victim.name != "window"

    def _judge_again(self, again: Done, killed: Facts | None, after: Facts | None) -> None:
        if again.status != 0:
            self.say(f"the next start ended with {again.status}: {again.err.strip()[-300:]}")
        self.say(*invariants.sound(self.library, after), *invariants.modes(self.library))
        self.say(*invariants.journal_agrees(self.library, after))
        self.check_after(killed, after)
        if self.resume()[0] == "index":
            self.say(*invariants.tasks_ended(killed, after))
            if after is not None and after.pending:
                self.say(f"{after.pending} photos still wait")
        if skipped := json.loads(again.out or "{}").get("Skipped"):
            self.say(f"skipped: {skipped}")

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
