"""Whatever happens to an album, the doctor finds nothing wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings

from app.library.commands.doctor import examine, repair
from tests.indexing.test_words_hold import STEPS, Life, lives

__all__ = ["lives"]

BY_THE_TEST = (
    "damaged embedding",  # the album has two on purpose
    "in a folder in which",  # files move out of their folder
    "in folders in which",
)


def wrong(life: Life) -> list[str]:
    """What the doctor says, but for what the album was made with."""
    found = [finding.problem for finding in examine(life.library, is_alone=True).findings]
    return [one for one in found if not any(known in one for known in BY_THE_TEST)]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_a_life_leaves_nothing_to_mend(
    lives: Callable[[], Life],
    steps: list[tuple[str, int]],
) -> None:
    life = lives()
    for word, number in steps:
        life.step(word, number)
        assert wrong(life) == [], word
    repair(life.library, lambda: None)
    life.step("run", 0)
    assert wrong(life) == []
