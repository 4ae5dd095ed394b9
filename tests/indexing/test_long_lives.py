"""Whatever happens to an album, backups, damage and repair among it: the log holds every word."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.library.commands.backups import list_backups, make_backup, recover_library, restore_backup
from app.library.commands.doctor import repair
from app.library.commands.folders import add_folder, ensure_collection
from app.library.database import Library
from app.library.journal import NAME, read_words
from app.library.models import Decision, DecisionFace
from app.library.queries.decisions import can_undo, standing
from app.paths import Paths
from tests.indexing.holding import check_standing
from tests.indexing.test_words_hold import SAID, UNSAID, Life

KEPT = ("backup", "restore", "damaged", "lost", "doctor", "opened again")
"""What happens to the library as a whole."""
WORDS = tuple(word for word in SAID if word != "forget")
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*WORDS, *UNSAID, *KEPT * 3, "rebuild", "run")), st.integers(0, 9999)
    ),
    min_size=2, max_size=14,
)  # fmt: skip
ANY = settings(
    max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Log = list[tuple[object, ...]]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


class LongLife(Life):
    """An album whose library is backed up, ruined and brought back as well."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.paths = Paths.under(path.parent)
        self._then: dict[Path, tuple[Log, dict[str, int], str]] = {}

    def log(self) -> Log:
        """Every row of the log."""
        columns = (Decision.id, Decision.kind, Decision.data, Decision.said, Decision.target)
        return [
            tuple(map(str, row)) for row in Decision.select(*columns).order_by(Decision.id).tuples()
        ]

    def step(self, word: str, number: int) -> None:
        """Let one thing happen, and see that the log and the journal bear it."""
        before = self.log()
        if word in KEPT:
            self._keep(word, number)
        else:
            super().step(word, number)
        check_standing(self.album)
        after = self.log()
        if word != "restore":
            assert after[: len(before)] == before, "the log only ever grows"
        assert self.library.problems() == []
        told = [(str(w.id), w.kind, w.said) for w in read_words(self.paths.data / NAME)]
        assert told == [(row[0], row[1], row[3]) for row in after], "so does the journal"

    def _keep(self, word: str, number: int) -> None:
        if word == "backup":
            row = make_backup(self.library)
            self._then[row.path] = (self.log(), dict(self.album.editions), self.album.version)
        elif word == "doctor":
            repair(self.library, lambda: make_backup(self.library, "repair"))
        else:
            self.library.close()
            try:
                getattr(self, f"_{word.split()[0]}")(number)
            finally:
                self._open()

    def _opened(self, number: int) -> None:
        """Nothing but that."""

    def _restore(self, number: int) -> None:
        known = [row.path for row in list_backups(self.paths.backups) if row.path in self._then]
        if known:
            file = known[number % len(known)]
            log, editions, version = self._then[file]
            restore_backup(self.paths, file)
            self._wanted = log
            self.album.editions, self.album.version = dict(editions), version

    def _damaged(self, number: int) -> None:
        """Pages of the file are nonsense; the journal is whole."""
        if not list_backups(self.paths.backups):
            return
        pick = random.Random(number)
        with self.paths.database.open("r+b") as file:
            size = file.seek(0, 2)
            for _ in range(1 + number % 8):
                file.seek(pick.randrange(size))
                file.write(pick.randbytes(300))
        recover_library(self.paths)

    def _lost(self, number: int) -> None:  # noqa: ARG002
        """The file is gone."""
        if list_backups(self.paths.backups):
            self.paths.database.unlink()
            recover_library(self.paths)

    def _open(self) -> None:
        self._was = getattr(self, "_wanted", None)
        self._wanted = None
        self.library = self.album.library = Library.open(self.paths.database)
        self.number = self.album.number = ensure_collection(self.library, "Photos").id
        self.album.folder = add_folder(self.library, self.number, self.album.folder.path)
        if self._was is not None:
            assert self.log() == self._was, "it is what the backup was"


@pytest.fixture
def lives(
    grouped: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], LongLife]]:
    """Makes a life of its own each time, and closes it before the next."""
    opened: list[LongLife] = []

    def begin() -> LongLife:
        while opened:
            opened.pop().library.close()
        folder = tmp_path_factory.mktemp("life")
        opened.append(LongLife(Path(shutil.copy(grouped, folder / "library.db"))))
        return opened[-1]

    yield begin
    for life in opened:
        life.library.close()


@ANY
@given(steps=STEPS)
@example(steps=[("name", 0), ("damaged", 1649)])  # a text became none, which SQLite calls sound
@example(steps=[("not_a_face", 0), ("damaged", 1000), ("rebuild", 0)])  # a vector became none
@example(steps=[*[("name", 0)] * 8, ("damaged", 183)])  # bytes in the schema that are no text
def test_no_word_is_lost_whatever_becomes_of_the_library(
    lives: Callable[[], LongLife], steps: list[tuple[str, int]]
) -> None:
    life = lives()
    life.step("backup", 0)
    for word, number in steps:
        life.step(word, number)
    while can_undo(life.library, life.number):
        life.step("undo", 0)
    words = standing(life.library, life.number)
    assert not (words.said or words.refused or words.denied or words.apart or words.births)


@ANY
@given(steps=st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 9999)), max_size=10))
def test_the_journal_alone_says_everything_again(
    lives: Callable[[], LongLife], steps: list[tuple[str, int]]
) -> None:
    """Of the library nothing is left but the journal; the photos are looked at anew."""
    life = lives()
    for word, number in steps:
        life.step(word, number)
    said, log = _content(life), life.log()
    life.library.close()
    life.paths.database.unlink()
    shutil.rmtree(life.paths.backups, ignore_errors=True)
    recover_library(life.paths)
    life._open()
    life.album.fill()
    check_standing(life.album)
    assert life.log() == log
    assert _content(life) == said


def _content(life: LongLife) -> dict[str, set[tuple[object, ...]]]:
    """What the log says, without the numbers of rows."""
    rows = DecisionFace.select(DecisionFace.decision, DecisionFace.fingerprint, DecisionFace.x)
    words = standing(life.library, life.number)
    places = {face.id: (face.fingerprint, round(face.x, 2)) for name in life.album.shots
              for face in life.album.faces(name)}  # fmt: skip
    keys = {row.id: row.key for row in life.album.people()}
    return {
        "anchors": {(n, print_, round(x, 3)) for n, print_, x in rows.tuples()},
        "said": {(places[f], keys[p]) for f, p in words.said.items() if f in places},
        "denied": {places[face] for face in words.denied if face in places},
        "strangers": {places[face] for face in words.strangers if face in places},
        "names": {(row.key, row.name, row.birth_year) for row in life.album.people() if row.name},
    }
