"""Previews: what a threshold would change, worked out on everything there is, and nothing written.

[Note: Previews] The faces are grouped anew in memory as a run that starts over would, the people
counted as the library counts them, the last month of a camera judged again. So what is told is what
happens when the threshold is applied, as long as nothing else happens in between. What the user
said holds here as it does there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from app.errors import UsageError
from app.indexing.clusterer import Clusterer
from app.indexing.preview_alerts import alerts_effect
from app.indexing.preview_effect import (
    AlertsEffect,
    Effect,
    GroupsEffect,
    StrangersEffect,
    VisitsEffect,
)
from app.indexing.preview_groups import Placing, groups_effect
from app.indexing.thresholds import PREVIEWED, Kind
from app.library.database import Library
from app.library.founding import rule_of
from app.library.queries.collections import collections, own_settings
from app.library.queries.founding import everyone, seen_faces
from app.library.queries.keeping import moments_before, strangers
from app.settings import Settings, Value, option_named

if TYPE_CHECKING:
    from app.indexing.turnstile import Turnstile

Check = Callable[[], None]
DAYS = 30
"""Alerts and visits are told of so many days back."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One collection with its settings, as they are and as they would be."""

    number: int
    now: Settings
    then: Settings

    def differs(self, *kinds: Kind) -> bool:
        return any(
            getattr(self.now, name) != getattr(self.then, name)
            for name, kind in PREVIEWED.items()
            if kind in kinds
        )


class Previews:
    """Tells what settings would change; may be asked from any thread, and takes seconds where
    there are very many faces."""

    def __init__(
        self,
        library: Library,
        clusterer: Clusterer,
        turnstile: Callable[[], Turnstile],
        maker: Callable[[], tuple[str, str]],
        settings: Callable[[], Settings],
    ) -> None:
        """`maker` gives the pack in use and its version; `settings` gives those of the library as
        they are."""
        self._library = library
        self._clusterer = clusterer
        self._turnstile = turnstile
        self._maker = maker
        self._settings = settings

    def alike(self, strictness: int) -> tuple[float, float]:
        """How alike the faces of two groups must be on average to become one, a cosine: with this
        strictness, and as measured for the pack in use."""
        limits = self._clusterer.thresholds
        return limits.stricter(strictness).merge_average, limits.merge_average

    def effect(
        self,
        values: Mapping[str, Value | None],
        collection_id: int | None = None,
        check: Check = lambda: None,
    ) -> Effect:
        """What these values would change: of the library in every collection that follows it, or
        of one collection alone, where None is to follow the library. `check` may raise to stop.

        Raises UsageError for a setting that has no preview, or a value that it cannot have.
        """
        kinds = {_kind_of(name) for name in values}
        known = {
            name: None if value is None else option_named(name).value_of(value)
            for name, value in values.items()
        }
        cases = self._cases(known, collection_id)
        groups = alerts = visits = kept = None
        for case in cases:
            check()
            if kinds & {Kind.GROUPS, Kind.CARDS}:
                groups = (groups or GroupsEffect()) + self._groups(case, check)
            if Kind.ALERTS in kinds and case.now.alerts == "on":
                alerts = (alerts or AlertsEffect()) + self._alerts(case, check)
            if Kind.VISITS in kinds and case.now.visitors == "on":
                visits = (visits or VisitsEffect()) + self._visits(case, check)
            if Kind.STRANGERS in kinds:
                kept = (kept or StrangersEffect()) + self._strangers(case)
        unused = {Kind.ALERTS: alerts is None, Kind.VISITS: visits is None}
        return Effect(
            groups, alerts, visits, kept,
            tuple(name for name in values if unused.get(PREVIEWED[name], False)),
        )  # fmt: skip

    def _cases(self, values: Mapping[str, Value | None], collection_id: int | None) -> list[_Case]:
        found = []
        now = self._settings()
        for row in collections(self._library):
            own = dict(own_settings(self._library, row.id))
            if collection_id is None:
                then = now.but(**values).for_collection(own)
            else:
                gone = {name for name, value in values.items() if value is None}
                changed = {**own, **{n: v for n, v in values.items() if v is not None}}
                left = {name: value for name, value in changed.items() if name not in gone}
                then = now.for_collection(left)
            if collection_id in (None, row.id):
                found.append(_Case(row.id, now.for_collection(own), then))
        return found

    def _groups(self, case: _Case, check: Check) -> GroupsEffect:
        seen = seen_faces(self._library, case.number)
        check()
        people, confirmed = seen.people.copy(), np.zeros(len(seen.ids), np.bool_)
        if case.differs(Kind.GROUPS):
            tried = self._clusterer.try_out(case.number, case.then.strictness, check)
            # A face may have come or gone meanwhile.
            place = np.minimum(np.searchsorted(seen.ids, tried.face_ids), len(seen.ids) - 1)
            here = seen.ids[place] == tried.face_ids if len(seen.ids) else place > 0
            people[place[here]] = tried.people[here]
            confirmed[place[here]] = tried.is_confirmed[here]
        who = everyone(self._library, case.number)
        then = Placing(people, rule_of(case.then))
        return groups_effect(seen, who, rule_of(case.now), then, confirmed)

    def _alerts(self, case: _Case, check: Check) -> AlertsEffect:
        limits = self._clusterer.thresholds
        return alerts_effect(
            self._library, case.number, self._maker(), limits, (case.now, case.then), DAYS, check
        )

    def _visits(self, case: _Case, check: Check) -> VisitsEffect:
        turnstile = self._turnstile()
        since = (datetime.now() - timedelta(days=DAYS)).date()
        counts, people = [], set[object]()
        for settings in (case.now, case.then):
            window = timedelta(minutes=settings.visit_minutes)
            came = turnstile.came(case.number, window, since, check=check)
            counts.append(len(came.visits))
            people = {visit.who for visit in came.visits}
        return VisitsEffect(DAYS, len(people), *counts)

    def _strangers(self, case: _Case) -> StrangersEffect:
        found = []
        for settings in (case.now, case.then):
            days = {case.number: settings.stranger_days}
            limit = moments_before(days)[case.number]
            found.append(
                strangers(self._library, case.number, limit) if settings.stranger_days else None
            )
        before, then = found
        return StrangersEffect(
            0 if before is None else before.faces,
            *((0, 0, 0) if then is None else (then.faces, then.people, then.photos)),
        )


def _kind_of(name: str) -> Kind:
    option_named(name)
    kind = PREVIEWED.get(name)
    if kind is None:
        raise UsageError(
            f"The setting {name} changes no groups, so there is no preview of it; those that "
            f"have one are {', '.join(PREVIEWED)}."
        )
    return kind
