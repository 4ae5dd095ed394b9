"""Check: one kind of damage, how it is found, told and mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, in a sentence with a count."""

    where: str
    """database, log, people, photos, pictures, files, models, folders, tasks: what is concerned."""
    problem: str
    mended: bool = False
    mendable: bool = True
    """Whether --repair mends it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of damage."""

    where: str
    find: Callable[[], list[Any]]
    """What is damaged: one entry each. It changes nothing."""
    tell: Callable[[int], str]
    """The sentence for so many."""
    mend: Callable[[list[Any]], object]
    """Mends what was found; called within a transaction."""
    needs_peace: bool = False
    """Whether it would misread an indexing that is under way."""


def told(one: str, many: str) -> Callable[[int], str]:
    """A sentence about one thing, or about several, with {} where their number stands."""
    return lambda count: one if count == 1 else many.format(count)
