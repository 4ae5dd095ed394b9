"""Whatever happens, in whatever order, the gallery that is kept is the one that would be read
anew; and it is let go when somebody is erased."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.changes import Changes
from app.errors import LibraryError
from app.indexing import kept as kept_module
from app.indexing.clusterer import Clusterer, Grouped
from app.indexing.events import Announcer
from app.indexing.gallery import Gallery
from app.indexing.grouper import Grouper
from app.indexing.grouping_past import Past
from app.indexing.house import House
from app.indexing.kept import Kept
from app.library.census import take_census
from app.library.commands.erasing import erase_faces
from app.library.commands.forgetting import forget_person
from app.library.commands.people import name_person
from app.library.database import Library
from app.library.models import Face
from app.library.queries.decisions import standing
from app.settings import Settings
from tests.indexing.crowded import LIMITS
from tests.indexing.test_words_hold import SAID, UNSAID, Life
from tests.library.columns import dismissed_columns, face_columns, people_of_other_makers

OTHERS = ("another process", "gone for good", "erased", "many at once")
STEPS = st.lists(
    st.tuples(
        st.sampled_from((*SAID, *UNSAID, *OTHERS, *("run", "rebuild") * 3)), st.integers(0, 9999)
    ),
    min_size=1, max_size=12,
)  # fmt: skip
ANY = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Watched(Life):
    """An album whose gallery is kept all along, for two makers."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.kept = [Kept(self.library, self.number, "compact", version) for version in "12"]
        self.path = path

    def close(self) -> None:
        """Let everything go."""
        for kept in self.kept:
            kept.let_go()
        self.library.close()

    def step(self, word: str, number: int) -> None:
        """Let one thing happen, and hold what is kept against the library."""
        if word == "another process":
            self._write_elsewhere(number)
        elif word == "gone for good":
            self.library.write(lambda: self._lose(number))
        elif word == "erased":
            if number % 4 == 0:
                erase_faces(self.library, self.number)
                assert all(kept._state is None for kept in self.kept)
        elif word == "many at once":
            self.library.write(lambda: Face.update(grouped=number % 2 == 0).execute())
        else:
            super().step(word, number)
        for kept in self.kept[number % 3 : number % 3 + 2]:
            check(self, kept)

    def _lose(self, number: int) -> None:
        faces = list(Face.select(Face.id, Face.person).order_by(Face.id))
        doomed = faces[number % len(faces) :][:2] if faces else []
        Face.delete().where(Face.id.in_([face.id for face in doomed])).execute()
        people = [face.person_id for face in doomed if face.person_id is not None]
        take_census(self.library, people)

    def _write_elsewhere(self, number: int) -> None:
        file = sqlite3.connect(self.path)
        with file:
            file.execute("UPDATE face SET quality = 0.5, grouped = 0 WHERE id % 7 = ?",
                         (number % 7,))  # fmt: skip
        file.close()


def by_id(gallery: Gallery) -> dict[str, object]:
    """All that a gallery says, by the ids of the faces."""
    order = np.argsort(gallery.ids)
    order = order[gallery.ids[order] >= 0]
    ids = gallery.ids[order].tolist()
    faces, columns = gallery.faces, gallery.columns
    refused = gallery.constraints.refused
    said: dict[str, object] = {
        name: dict(zip(ids, values[order].tolist(), strict=True))
        for name, values in (
            ("photos", columns.photos), ("was", columns.people), ("people", faces.people),
            ("new", faces.is_new), ("not considered", columns.is_new), ("fixed", faces.is_fixed),
            ("by user", columns.is_fixed), ("quality", faces.quality), ("said", gallery.said_of),
            ("years", np.nan_to_num(columns.years)), ("confirmed", gallery.is_confirmed),
        )
    }  # fmt: skip
    dead = np.flatnonzero(gallery.ids < 0)
    assert not faces.vectors[dead].any() and not faces.is_new[dead].any()
    assert (faces.people[dead] == -1).all() and not faces.is_fixed[dead].any()
    return said | {
        "vectors": faces.vectors[order].tobytes(),
        "refused": {int(gallery.ids[row]): people for row, people in refused.items()},
        "words": gallery.words,
        "none": gallery.none.ids.tolist(),
        "like none": gallery.none.vectors.tobytes(),
        "by machine": gallery.none.is_by_machine.tolist(),
        "denied known": gallery.are_denied_known,
    }


def check(life: Watched, kept: Kept) -> None:
    """What is kept is what would be read, and what the library says in the plainest way."""
    gallery = kept.gallery()
    other = Kept(life.library, *kept._place)
    fresh = other.gallery()
    other.let_go()
    mine, anew = by_id(gallery), by_id(fresh)
    for what, said in anew.items():
        assert mine[what] == said, what
    columns = face_columns(life.library, *kept._place)
    assert fresh.ids.tolist() == columns.ids.tolist()
    for one, other in (
        (fresh.columns.photos, columns.photos), (fresh.columns.people, columns.people),
        (fresh.columns.is_fixed, columns.is_fixed), (fresh.columns.is_new, columns.is_new),
        (fresh.columns.quality, columns.quality), (fresh.columns.years, columns.years),
    ):  # fmt: skip
        assert np.array_equal(one, other, equal_nan=one.dtype == np.float32)
    finite = np.isfinite(columns.vectors).all(axis=1)
    assert np.array_equal(fresh.faces.vectors[finite], columns.vectors[finite])
    none = dismissed_columns(life.library, *kept._place)
    assert gallery.none.ids.tolist() == none.ids.tolist()
    assert gallery.are_denied_known == none.is_complete
    waiting = people_of_other_makers(life.library, *kept._place)
    halves = np.isin(gallery.faces.people, list(waiting))
    assert (gallery.said_of[halves] >= 0).all() and gallery.faces.is_fixed[halves].all()


@pytest.fixture
def lives(
    grouped: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Watched]]:
    """Makes a life of its own each time, and closes it before the next."""
    opened: list[Watched] = []

    def begin() -> Watched:
        while opened:
            opened.pop().close()
        path = tmp_path_factory.mktemp("life") / "library.db"
        opened.append(Watched(Path(shutil.copy(grouped, path))))
        return opened[-1]

    yield begin
    for life in opened:
        life.close()


@ANY
@given(steps=STEPS)
def test_what_is_kept_follows_the_library(
    lives: Callable[[], Watched], steps: list[tuple[str, int]]
) -> None:
    life = lives()
    for kept in life.kept:
        check(life, kept)
    for word, number in steps:
        life.step(word, number)
    for kept in life.kept:
        check(life, kept)


def test_who_asks_during_a_run_gets_arrays_of_its_own(lives: Callable[[], Watched]) -> None:
    life = lives()
    clusterer = Clusterer(life.library, "compact", "1", LIMITS)
    clusterer.run(life.number)
    before = len(clusterer.gallery(life.number).ids)
    asked: list[Gallery] = []

    def ask() -> None:
        if not asked:
            life.album.fill(life.album.another(1, 901))
            asked.append(clusterer.gallery(life.number))

    clusterer.run(life.number, rebuild=True, check=ask)
    assert len(asked[0].ids) > before, "it knows the photo that came meanwhile"
    assert clusterer.run(life.number).new_faces > 0, "and so does the next run"
    clusterer.let_go()


def test_only_what_was_touched_is_read(
    lives: Callable[[], Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    life = lives()
    first = life.kept[0].gallery()

    def never(*_: object) -> None:
        raise AssertionError("all is read anew")

    monkeypatch.setattr(kept_module, "all_faces", never)
    monkeypatch.setattr(kept_module, "standing", never)
    life.album.fill(life.album.another(1, 77))
    second = life.kept[0].gallery()
    assert len(second.ids) == len(first.ids) + 1 and second.index is first.index
    assert second.unchecked is None and len(first.columns.ids) == len(first.ids)
    life.kept[0].sorted_out(second)
    life.album.fill(life.album.another(2, 78))
    third = life.kept[0].gallery()
    assert third.unchecked is not None and third.unchecked.tolist() == [len(second.ids)]


def test_what_fails_half_way_is_read_anew(
    lives: Callable[[], Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    life = lives()
    life.kept[0].gallery()
    life.album.fill(life.album.another(1, 77))

    def refuse(*_: object, **__: object) -> None:
        raise LibraryError("The disk refuses.")

    with monkeypatch.context() as patch:
        patch.setattr(kept_module, "some_faces", refuse)
        with pytest.raises(LibraryError):
            life.kept[0].gallery()
    check(life, life.kept[0])


def test_another_process_is_heard(lives: Callable[[], Watched]) -> None:
    life = lives()
    before = life.kept[0].gallery()
    life._write_elsewhere(3)
    after = life.kept[0].gallery()
    assert after.index is not before.index and after.faces.is_new.sum() > before.faces.is_new.sum()


def test_whoever_is_forgotten_is_in_memory_no_more(lives: Callable[[], Watched]) -> None:
    life = lives()
    gallery = life.kept[0].gallery()
    assert life.kept[0].is_of_now(gallery)
    forget_person(life.library, life.album.people()[0].id)
    assert life.kept[0]._state is None and not life.kept[0].is_of_now(gallery)
    check(life, life.kept[0])


def test_it_is_let_go_after_a_while(
    lives: Callable[[], Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    life = lives()
    monkeypatch.setattr(kept_module, "IDLE_SECONDS", 0.05)
    life.kept[0].gallery()
    idle = life.kept[0]._idle
    assert idle is not None
    idle.join(10)
    assert life.kept[0]._state is None
    check(life, life.kept[0])


def test_a_word_is_heard_and_unheard(lives: Callable[[], Watched]) -> None:
    life = lives()
    life.kept[0].gallery()
    someone = life.album.people()[0]
    name_person(life.library, someone.id, "Anna")
    gallery = life.kept[0].gallery()
    assert gallery.words == standing(life.library, life.number)
    assert someone.id in gallery.words.kept and gallery.unchecked is None


def test_a_closed_house_keeps_nobody_and_one_that_hears_of_others_forgets(
    open_house: Callable[..., House],
) -> None:
    house = open_house()
    house.suggestions.ask(house.collection.id)
    (kept,) = house.indexer._clusterer._kept.values()
    assert kept._state is not None
    house.indexer._heed_others()
    assert kept._state is None, "another process may have erased somebody"
    house.suggestions.ask(house.collection.id)
    assert kept._state is not None
    house.indexer.close()
    assert kept._state is None and (kept._idle is None or kept._idle.finished.is_set())


def test_what_is_grouped_in_a_moment_is_grouped_soon(tmp_path: Path) -> None:
    runs: list[float] = []
    done = threading.Event()

    class Quick:
        """A clusterer that has nothing to do."""

        def run(self, *_: object) -> Grouped:
            runs.append(time.monotonic())
            done.set()
            return Grouped(Changes(), 0, 0)

        def let_go(self) -> None:
            """Nothing is kept."""

    class Report:
        """A task that nobody follows."""

        def begin(self) -> None: ...
        def tell(self, at_once: bool) -> None: ...
        def end(self, *_: object, **__: object) -> None: ...

    class Patient:
        """Settings that wait for long."""

        arithmetic = contextlib.nullcontext
        settings = Settings(cluster_delay_seconds=600)

        def of(self, _collection: int) -> Settings:
            return Settings(cluster_delay_seconds=600)

    library = Library.open(tmp_path / "library.db")
    grouper = Grouper(Quick(), Announcer(), lambda *_: Report(), Patient(), Past(library))  # type: ignore[arg-type,return-value]
    grouper.start(by_itself=True)
    for turn in (1, 2, 3):
        done.clear()
        grouper.looked(7, 1)
        grouper.settle(7)
        assert done.wait(60), "it waits for as long as the settings say"
        assert len(runs) == turn
    grouper.close()
    library.close()


def test_who_looks_at_a_gallery_goes_on_seeing_it_as_it_was(
    lives: Callable[[], Watched],
) -> None:
    life = lives()
    gallery = life.kept[0].gallery()
    before = by_id(gallery)
    life.album.fill(life.album.another(1, 77))
    life.library.write(lambda: Face.update(person=None, grouped=False).execute())
    for_run = life.kept[0].gallery(for_run=True)
    assert by_id(gallery) == before
    assert for_run.faces.is_new.all() and not gallery.faces.is_new.any()
    life.album.fill(life.album.another(1, 78))
    more = life.kept[0].gallery(for_run=True)
    assert np.shares_memory(more.columns.photos, for_run.columns.photos), "a run has no copies"
    assert np.shares_memory(more.faces.people, for_run.faces.people)
