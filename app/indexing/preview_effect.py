"""Effect: what other settings would change, in numbers and a few examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MOST_EXAMPLES = 12


class Move(StrEnum):
    """What would become of an example."""

    JOINS = "joins"
    """A face that is with nobody comes to a group."""
    LEAVES = "leaves"
    """A face would be with nobody."""
    MOVES = "moves"
    """A face goes from one group to another."""
    CARD_COMES = "card comes"
    """Somebody gets a card among the people."""
    CARD_GOES = "card goes"
    """Somebody loses it, and is listed with those seen only a few times."""


@dataclass(frozen=True, slots=True)
class Example:
    """One face, and what would become of it."""

    face_id: int
    move: Move
    was: str = ""
    """The name of whom it is with; empty where they have none."""
    becomes: str = ""


@dataclass(frozen=True, slots=True)
class GroupsEffect:
    """What would become of people, groups and faces."""

    faces: int = 0
    """Those that were asked about."""
    people_before: int = 0
    """Cards: who has a name, and groups with enough clear photos; not those that are hidden."""
    people_after: int = 0
    groups_before: int = 0
    """Everybody with a face, also who was seen only a few times."""
    groups_after: int = 0
    cards_come: int = 0
    cards_go: int = 0
    joined: int = 0
    """Faces that are with nobody now, and would be with somebody."""
    left: int = 0
    """The other way round."""
    moved: int = 0
    """From one group to another."""
    groups_touched: int = 0
    """Groups there are now that would gain or lose a face."""
    named_touched: int = 0
    """Those of them that have a name."""
    confirmed_moved: int = 0
    """Faces that the user placed: none ever moves."""
    examples: tuple[Example, ...] = ()

    @property
    def faces_changed(self) -> int:
        """How many faces would be elsewhere."""
        return self.joined + self.left + self.moved

    @property
    def is_none(self) -> bool:
        """Whether nothing would change."""
        return not (self.faces_changed or self.cards_come or self.cards_go)

    def __add__(self, other: GroupsEffect) -> GroupsEffect:
        numbers = {
            name: getattr(self, name) + getattr(other, name)
            for name in self.__slots__
            if name != "examples"
        }
        return GroupsEffect(**numbers, examples=(self.examples + other.examples)[:MOST_EXAMPLES])


@dataclass(frozen=True, slots=True)
class AlertsEffect:
    """How many alerts the photos of the last days would have raised, with whom the cameras know
    now."""

    days: int = 0
    photos: int = 0
    before: int = 0
    """With the settings as they are."""
    after: int = 0

    def __add__(self, other: AlertsEffect) -> AlertsEffect:
        return AlertsEffect(
            max(self.days, other.days), self.photos + other.photos, self.before + other.before,
            self.after + other.after,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class VisitsEffect:
    """How many visits of how many people the last days would have had."""

    days: int = 0
    people: int = 0
    before: int = 0
    after: int = 0

    def __add__(self, other: VisitsEffect) -> VisitsEffect:
        return VisitsEffect(
            max(self.days, other.days), self.people + other.people, self.before + other.before,
            self.after + other.after,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StrangersEffect:
    """Whom the next erasing of strangers would take away for good."""

    before: int = 0
    """Faces, with the settings as they are."""
    faces: int = 0
    people: int = 0
    photos: int = 0

    def __add__(self, other: StrangersEffect) -> StrangersEffect:
        return StrangersEffect(
            self.before + other.before, self.faces + other.faces, self.people + other.people,
            self.photos + other.photos,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """What some settings would change together; None for what they say nothing of, or what no
    collection makes use of."""

    groups: GroupsEffect | None = None
    alerts: AlertsEffect | None = None
    visits: VisitsEffect | None = None
    strangers: StrangersEffect | None = None
    unused: tuple[str, ...] = field(default=())
    """Those of the settings that no collection here makes use of."""
