"""What is told of a threshold before it is applied is what happens when it is."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import peewee as pw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import UsageError
from app.indexing.clusterer import Clusterer
from app.indexing.preview_effect import AlertsEffect, Effect, GroupsEffect, Move, StrangersEffect
from app.indexing.previews import Previews
from app.indexing.thresholds import PRESETS, PREVIEWED
from app.indexing.turnstile import Turnstile
from app.library.commands.collections import set_own
from app.library.commands.faces import confirm_faces
from app.library.commands.founding import found_by
from app.library.commands.people import hide_person, name_person
from app.library.founding import rule_of
from app.library.models import Face, Person, Photo, now
from app.library.queries.faces import faces_of
from app.progress import Cancelled
from app.settings import Settings, Value, option_named
from tests.indexing.crowded import LIMITS, Crowded

MINUTE = 60 * 10**9
DAY = 24 * 60 * MINUTE
"""Nanoseconds."""
MAKER = ("compact", "1")


@dataclass
class Household:
    """An album with its clusterer and settings, as bootstrap puts them together."""

    album: Crowded
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        library = self.album.library
        self.clusterer = Clusterer(library, *MAKER, LIMITS, lambda: self.settings.strictness)
        turnstile = Turnstile(library, *MAKER, LIMITS)
        self.previews = Previews(
            library, self.clusterer, lambda: turnstile, lambda: MAKER, lambda: self.settings
        )

    def tell(self, **values: Value) -> GroupsEffect:
        """What the preview says of these."""
        found = self.previews.effect(values).groups
        assert found is not None
        return found

    def apply(self, **values: Value) -> None:
        """What the indexer does then."""
        was, self.settings = self.settings, self.settings.but(**values)
        found_by(self.album.library, rule_of(self.settings))
        if was.strictness != self.settings.strictness:
            self.clusterer.run(self.album.number, rebuild=True)

    def placed(self) -> dict[int, int]:
        """Face -> person; 0 for nobody."""
        rows = Face.select(Face.id, Face.person).where(Face.is_face).tuples()
        return {face: person or 0 for face, person in rows}

    def cards(self) -> set[int]:
        return {row.id for row in self.album.people() if row.kind != "small" and not row.hidden}


@pytest.fixture
def home(grouped: Path, tmp_path: Path) -> Iterator[Household]:
    """A named person, a hidden one, and some who were confirmed face by face."""
    album = Crowded(Path(shutil.copy(grouped, tmp_path / "library.db")))
    people = album.people()
    name_person(album.library, people[0].id, "Anna")
    hide_person(album.library, people[1].id)
    confirm_faces(
        album.library, people[0].id, [face.id for face in faces_of(album.library, people[0].id)[:2]]
    )
    yield Household(album)
    album.library.close()


def same(told: GroupsEffect, before: dict[int, int], after: dict[int, int]) -> None:
    """The numbers told are what became of the faces."""
    joined = [face for face in before if before[face] == 0 != after[face]]
    left = [face for face in before if before[face] != 0 == after[face]]
    moved = [face for face in before if 0 != before[face] != after[face] != 0]
    assert (told.joined, told.left, told.moved) == (len(joined), len(left), len(moved))
    assert told.groups_before == len(set(before.values()) - {0})
    assert told.groups_after == len(set(after.values()) - {0})


def test_what_is_told_of_any_strictness_is_what_happens(home: Household) -> None:
    changed = 0
    for steps in (3, -5, 5, 0, -2, 4):
        before, cards = home.placed(), home.cards()
        told = home.tell(strictness=steps)
        assert home.placed() == before, "nothing is written"
        home.apply(strictness=steps)
        same(told, before, home.placed())
        assert told.people_before == len(cards) and told.people_after == len(home.cards())
        # A number that was free may be given again, so who comes and goes is only told apart here.
        assert told.people_after - told.people_before == told.cards_come - told.cards_go
        assert told.confirmed_moved == 0
        changed += told.faces_changed
    assert changed > 10, "or nothing was shown here"
    assert home.tell(strictness=home.settings.strictness).is_none


@given(
    photos=st.integers(0, 6), pixels=st.sampled_from([40, 75, 119, 120, 200]),
    quality=st.floats(0, 1), angle=st.sampled_from([2.0, 3.0, 3.5, 50.0]),
)  # fmt: skip
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_who_would_get_a_card_is_who_gets_one(
    home: Household, photos: int, pixels: int, quality: float, angle: float
) -> None:
    values: dict[str, Value] = {
        "min_photos": photos, "hd_face_pixels": pixels, "hd_face_quality": quality,
        "hd_face_angle": angle,
    }  # fmt: skip
    before = home.cards()
    told = home.tell(**values)
    assert home.cards() == before
    home.apply(**values)
    after = home.cards()
    assert (told.cards_come, told.cards_go) == (len(after - before), len(before - after))
    assert (told.people_before, told.people_after) == (len(before), len(after))
    assert told.faces_changed == 0


def test_examples_are_of_what_would_change(home: Household) -> None:
    before = home.placed()
    told = home.tell(strictness=5, min_photos=5)
    assert 0 < len(told.examples) <= 12
    home.apply(strictness=5, min_photos=5)
    after = home.placed()
    for one in told.examples:
        was, becomes = before[one.face_id], after[one.face_id]
        if one.move is Move.JOINS:
            assert was == 0 != becomes
        elif one.move is Move.LEAVES:
            assert was != 0 == becomes
        elif one.move is Move.MOVES:
            assert 0 != was != becomes != 0
    assert {one.move for one in told.examples} > {Move.CARD_GOES}


def test_a_collection_alone(home: Household) -> None:
    library, number = home.album.library, home.album.number
    set_own(library, number, "min_photos", 1)
    assert home.tell(min_photos=6).is_none, "it has its own"
    found = home.previews.effect({"min_photos": 6}, number).groups
    assert found is not None and found.cards_go > 0
    assert (
        home.previews.effect({"min_photos": None}, number).groups
        == home.previews.effect({"min_photos": 3}, number).groups
    )


def test_it_ends_when_nobody_wants_it_any_more(home: Household) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        home.previews.effect({"strictness": 4}, check=stop)
    assert not home.tell(strictness=5).is_none, "and the next one is told"


def test_what_has_no_preview_and_what_cannot_be_is_refused(home: Household) -> None:
    with pytest.raises(UsageError, match="no preview of it"):
        home.previews.effect({"pace": "full"})
    with pytest.raises(UsageError, match="a whole number from -5 to 5"):
        home.previews.effect({"strictness": 9})
    with pytest.raises(UsageError, match="no setting"):
        home.previews.effect({"strictnes": 1})


def test_what_no_collection_makes_use_of_is_said(home: Household) -> None:
    assert home.previews.effect({"visit_minutes": 5, "alert_minutes": 1}) == Effect(
        unused=("visit_minutes", "alert_minutes")
    )


def test_strangers_who_would_be_erased_are_counted(home: Household) -> None:
    Photo.update(found=now() - timedelta(days=20)).execute()
    found = home.previews.effect({"stranger_days": 15}).strangers
    assert found is not None and found.before == 0
    unnamed = Face.select().join(Person, pw.JOIN.LEFT_OUTER).where(
        Face.is_face, ((Person.name == "") & ~Person.hidden) | Face.person.is_null()
    )  # fmt: skip
    assert found.faces == unnamed.count() > 0
    assert home.previews.effect({"stranger_days": 25}).strangers == StrangersEffect()


def test_visits_are_told_of_the_last_month(home: Household) -> None:
    number, at = home.album.number, datetime.now() - timedelta(days=3)
    set_own(home.album.library, number, "visitors", "on")
    for place, photo in enumerate(Photo.select().order_by(Photo.id)):
        photo.taken, photo.taken_from = at + timedelta(minutes=10 * place), "exif"
        photo.save()
    found = home.previews.effect({"visit_minutes": 5}).visits
    assert found is not None and found.before < found.after
    wide = home.previews.effect({"visit_minutes": 100_000}).visits
    assert wide is not None and wide.after == wide.people == found.people


def test_a_month_of_alerts_is_judged_again(home: Household) -> None:
    number, at = home.album.number, time.time_ns() - 3 * DAY
    set_own(home.album.library, number, "alerts", "on")
    for place, photo in enumerate(Photo.select().order_by(Photo.id)):
        Photo.update(mtime_ns=at + place * 20 * MINUTE).where(Photo.id == photo.id).execute()

    def alerts(**values: Value) -> AlertsEffect:
        found = home.previews.effect(values).alerts
        assert found is not None and (found.days, found.photos) == (30, Photo.select().count())
        return found

    told = alerts(excellent_quality=1.0)
    assert told.before > 5 and told.after == 0, "each comes alone, and one photo is not enough"
    assert alerts(stranger_photos=1, stranger_quality=0.0).after > told.before
    assert alerts(stranger_seconds=100_000).after > told.before, "two of one come together"
    assert 0 < alerts(alert_minutes=100_000).after < told.before
    for person in home.album.people():
        if not person.name and not person.hidden:
            name_person(home.album.library, person.id, f"Person {person.id}")
    assert alerts(excellent_quality=1.0).before < told.before, "they are known now"


def test_every_preset_can_be(home: Household) -> None:
    for values in PRESETS.values():
        assert values.keys() <= PREVIEWED.keys()
        for name, value in values.items():
            assert option_named(name).value_of(value) == value
        home.tell(**values)
