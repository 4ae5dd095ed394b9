"""Presence: who was in sight at about the same time, and what that says of who is who.

[Note: Presence] Somebody whom a camera sees stays for a while, so that a face seen minutes before
or after somebody is more likely theirs than one seen hours away. How much more likely is counted on
the day itself: how often somebody is seen again soon, and how often somebody else is seen then.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

SOON = timedelta(minutes=10)
"""So long before or after, whoever was seen is likely to be seen again."""
_SEEN_AGAIN = 0.5
_WORTH = 4.0
"""Before a day has told how often somebody is seen again soon, it is held to be every other time;
that counts as much as so many sightings."""


class Presence:
    """When everybody was seen on a day."""

    def __init__(self, seen: Mapping[int, Sequence[float]]) -> None:
        """`seen`: for each group its times, s."""
        self._times: dict[int, NDArray[np.float64]] = {
            number: np.sort(np.asarray(times, np.float64)) for number, times in seen.items()
        }
        self._all = np.sort(np.concatenate([*self._times.values(), np.empty(0)]))
        again = count = 0
        for times in self._times.values():
            if len(times) > 1:
                again += int((_gaps(times, times, itself=True) <= SOON.total_seconds()).sum())
                count += len(times)
        self.again = (again + _WORTH * _SEEN_AGAIN) / (count + _WORTH)
        """Share of the sightings of anybody that are soon before or after another one of them."""

    def lean(self, one: int, other: int) -> float:
        """Log odds that two groups are one person, by when they were seen: how much more often
        those of one person are seen together than those of two. That they were seen apart says
        nothing, since people come back."""
        mine, theirs = self._times[one], self._times[other]
        if not (_gaps(mine, theirs) <= SOON.total_seconds()).any():
            return 0.0
        # How much of the day is soon before or after the other: the chance of anybody else.
        near = int((_gaps(self._all, theirs) <= SOON.total_seconds()).sum()) - len(theirs)
        chance = (near + 1.0) / (len(self._all) - len(theirs) + 2.0)
        chance = 1.0 - (1.0 - chance) ** len(mine)
        return math.log(max(self.again / chance, 1.0))


def _gaps(
    times: NDArray[np.float64], others: NDArray[np.float64], itself: bool = False
) -> NDArray[np.float64]:
    """(n,): how long before or after the nearest of others (in order) each was, s; `itself` is left
    out where both are the same."""
    place = np.searchsorted(others, times)
    if itself:
        place = np.arange(len(times))
    before = np.where(place > 0, times - others[np.maximum(place - 1, 0)], np.inf)
    following = place + 1 if itself else place
    is_there = following < len(others)
    after = np.where(is_there, others[np.minimum(following, len(others) - 1)] - times, np.inf)
    return np.minimum(before, after)
