"""How well a name fits what was typed."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import lru_cache


class Fit(IntEnum):
    """Better fits first."""

    SAME = 0
    BEGINS = 1
    """The name begins with what was typed."""
    WORD = 2
    """A later word of the name does."""
    INSIDE = 3


def fit(name: str, typed: str) -> Fit | None:
    """How a name fits; capitals, accents and spaces at the ends aside. None where it does not."""
    wanted = plain(typed)
    here = plain(name)
    if not wanted or wanted not in here:  # of thousands of names nearly all end here
        return None
    if name.strip().casefold() == typed.strip().casefold():
        return Fit.SAME
    if here.startswith(wanted):
        return Fit.BEGINS
    if any(here.startswith(wanted, place + 1) for place, c in enumerate(here) if not c.isalnum()):
        return Fit.WORD
    return Fit.INSIDE


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The letters of a text without capitals and accents."""
    split = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in split if not unicodedata.combining(c))
