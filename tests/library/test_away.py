"""What lies within a folder: the folder itself and all below it, never what is called alike."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.library.queries.away import is_within

PARTS = st.lists(st.sampled_from(["a", "ab", "b ", "ü", "\udcfc"]), max_size=4)


@given(path=PARTS, folders=st.lists(PARTS, max_size=3))
def test_what_is_within_is_below_or_the_same(path: list[str], folders: list[list[str]]) -> None:
    here, places = Path("/", *path), [Path("/", *parts) for parts in folders]
    expected = any(place == here or place in here.parents for place in places)
    assert is_within(here, places) is expected
