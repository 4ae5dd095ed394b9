"""Copies: trials of what takes a whole library away, brings it back or mends it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

from tests.torture import invariants
from tests.torture.bench import Bench
from tests.torture.facts import Facts, facts
from tests.torture.program import run
from tests.torture.trial import Round, Trial
from tests.torture.victims import Victim


class Forgetting(Trial):
    """Somebody is forgotten: wholly or not at all, and nothing of them stays."""

    def __init__(self, bench: Bench, victim: Victim) -> None:
        super().__init__(bench, victim)
        self._secrets = self._of_person() if self.words else []

    def check_killed(self, killed: Facts | None) -> None:
        """The log may be that of before, or without them."""
        self.say(*invariants.sound(self.library, killed))

    def check_after(self, killed: Facts | None, after: Facts | None) -> None:  # noqa: ARG002
        """Either all is there, or nothing of them is in any file."""
        if after is None or self.before is None:
            self.say("the library is gone")
        elif self.words[1] in after.people:
            self.say(*invariants.log_goes_on(self.before, after, 0))
        else:
            self.say(*self._traces())

    def _of_person(self) -> list[bytes]:
        with closing(sqlite3.connect(self.library / "library.db")) as database:
            statement = (
                "SELECT embedding FROM face JOIN person ON person.id = person_id WHERE key = ?"
            )
            return [bytes(row[0]) for row in database.execute(statement, (self.words[1],))]

    def _traces(self) -> list[str]:
        """The files in which an embedding of theirs still is."""
        found = []
        for path in self.library.rglob("*"):
            if path.is_file() and path.suffix != ".jpg":
                content = path.read_bytes()
                if any(secret in content for secret in self._secrets):
                    found.append(f"{path.name} still holds an embedding of who was forgotten")
        return found


class Restoring(Trial):
    """A backup is restored: the library is what it was, or what the backup is."""

    def __init__(self, bench: Bench, victim: Victim) -> None:
        super().__init__(bench, victim)
        backups = sorted((self.library / "backups").glob("library-*.db"))
        if not backups:
            run(self.library, ["backup"], bench.home)
            backups = sorted((self.library / "backups").glob("library-*.db"))
        self._backup = facts(backups[0])
        self.words = ["restore", str(len(backups)), "--json"]
        self.told = Round(self.told.number, victim.name, self.words)

    def has_effect(self, killed: Facts | None) -> bool:
        """Whether the library is what the backup was."""
        return self._is(killed, self._backup)

    def check_killed(self, killed: Facts | None) -> None:
        """One or the other."""
        self.say(*invariants.sound(self.library, killed))
        if not self._is(killed, self.before) and not self._is(killed, self._backup):
            self.say("the library is neither what it was nor what the backup is")

    def check_after(self, killed: Facts | None, after: Facts | None) -> None:
        """And so it stays."""
        if not self._is(after, killed):
            self.say("the next start has made something else of it")

    @staticmethod
    def _is(one: Facts | None, other: Facts | None) -> bool:
        if one is None or other is None:
            return False
        return (one.log, one.people, one.placed) == (other.log, other.people, other.placed)


class Repair(Trial):
    """The doctor mends small things; what was begun is mended the next time."""

    def resume(self) -> list[str]:
        """It is called again."""
        return self.words

    def has_effect(self, killed: Facts | None) -> bool:  # noqa: ARG002
        """Whether the counts are right again; the pictures come after that."""
        with closing(sqlite3.connect(self.library / "library.db")) as database:
            wrong = "SELECT COUNT(*) FROM person WHERE face_count > 0 AND cover_id IS NULL"
            return bool(database.execute(wrong).fetchone() == (0,))

    def check_killed(self, killed: Facts | None) -> None:
        """Nothing but pictures may be amiss."""
        self.say(*(killed.problems if killed is not None else ["the library is gone"]))
        self.say(*invariants.words_hold(self.library))
        self.say(*invariants.log_goes_on(self.before, killed, 0))


class Recovery(Repair):
    """A ruined library is set aside and brought back, with all that was said."""

    def __init__(self, bench: Bench, victim: Victim) -> None:
        self._whole = facts(bench.library / "library.db")
        super().__init__(bench, victim)
        if not list((self.library / "backups").glob("library-*.db")):
            shutil.rmtree(self.library)
            self.words = []

    def read(self) -> Facts | None:
        """What the library holds, if it can be read."""
        try:
            found = super().read()
        except sqlite3.Error:
            return None
        return None if found is None or found.problems else found

    def has_effect(self, killed: Facts | None) -> bool:
        """Whether there is a sound library with all that was said."""
        return killed is not None and self._whole is not None and killed.log == self._whole.log

    def check_killed(self, killed: Facts | None) -> None:
        """Nothing is promised of a ruined library."""

    def check_after(self, killed: Facts | None, after: Facts | None) -> None:  # noqa: ARG002
        """All that was said is in the log."""
        if after is None:
            self.say("the library was not brought back")
        elif self._whole is not None and [w[1:] for w in after.log] != [
            w[1:] for w in self._whole.log
        ]:
            self.say(f"of {len(self._whole.log)} words {len(after.log)} came back")


TRIALS: dict[str, type[Trial]] = {
    "forget": Forgetting, "restore": Restoring, "doctor": Repair, "recovery": Recovery,
}  # fmt: skip


def trial(bench: Bench, victim: Victim) -> Round | None:
    """Kill one operation and see what is left of it; None where it makes no sense now."""
    return TRIALS.get(victim.name, Trial)(bench, victim).run()
