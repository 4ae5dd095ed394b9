"""Chamber: one torture from its first photo to the comparison with an undisturbed run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from tests.torture.bench import Bench
from tests.torture.copies import trial
from tests.torture.mirror import differences, picture, undisturbed
from tests.torture.program import run
from tests.torture.trial import Round
from tests.torture.victims import VICTIMS, Victim


@dataclass
class Outcome:
    """All rounds, and how the end compares."""

    rounds: list[Round] = field(default_factory=list)
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """How often something was killed that was still at work."""
        return sum(one.landed for one in self.rounds)

    @property
    def violations(self) -> int:
        """How much was not as it must be."""
        return sum(len(one.violations) for one in self.rounds) + len(self.differences)


def torture(
    base: Path, kills: int, seed: int, only: Sequence[str], out: TextIO, *, compare: bool = True
) -> Outcome:
    """Kill at least so often, below `base`; what happens is told to `out` and kept in a log."""
    begun = time.monotonic()
    bench, outcome = Bench(base, seed), Outcome()
    bench.begin()
    with (base / "torture.log").open("w") as log:
        for victim in _turns(bench, only):
            if outcome.kills >= kills:
                break
            told = trial(bench, victim)
            if told is not None:
                outcome.rounds.append(told)
                print(told.line(), file=log, flush=True)
                if told.violations:
                    print(told.line(), file=out, flush=True)
        if compare:
            outcome.differences = _compare(bench)
            print("\n".join(outcome.differences), file=log)
    for line in outcome.differences:
        print(line, file=out)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _turns(bench: Bench, only: Sequence[str]) -> Iterator[Victim]:
    """Victims by chance, each as often as its weight says; never an end."""
    known = [victim for victim in VICTIMS if not only or victim.name in only]
    while True:
        deck = [victim for victim in known for _ in range(victim.weight)]
        bench.pick.shuffle(deck)
        yield from deck


def _compare(bench: Bench) -> list[str]:
    for words in (["index", str(bench.photos.folder)], ["cluster", "--rebuild"]):
        done = run(bench.library, words, bench.home)
        if done.status != 0:
            return [f"the last run ended with {done.status}: {done.err}"]
    bench.script.append(("index", ()))
    mine = picture(bench.library, bench.photos.folder)
    other = undisturbed(bench.script, bench.base / "mirror")
    return differences(mine, other)
