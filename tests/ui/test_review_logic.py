"""What Review decides without a window: where crops go, and what an answer does to the others."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from app.clustering.suggest import Asked
from app.indexing.suggestions import Reasons, Reply, Suggestion
from app.library.rows import PersonKind, PersonRow
from app.ui.review import wording
from app.ui.review.answers import Answer, arranged, restored
from app.ui.review.tiling import tiles

REASONS = Reasons(0.7, 0.5, (), None, 0.1)
LISTS = st.lists(st.integers(0, 9), unique=True, max_size=8)


def person(number: int, name: str = "") -> PersonRow:
    when = datetime(2020, 1, 1)
    kind = PersonKind.NAMED if name else PersonKind.GROUP
    return PersonRow(number, f"p{number}", name, kind, False, 5, 5, None, when, when)


def question(
    number: int,
    faces: tuple[int, ...] = (),
    with_: int = 0,
    other: int = 1,
    asked: Asked = Asked.SAME,
    name: str = "Anna",
) -> Suggestion:
    own = person(with_) if with_ else None
    return Suggestion(
        f"q{number}", asked, faces or (100 + number,), own, person(other, name), REASONS
    )


@given(st.integers(1, 12), st.integers(1, 1500), st.integers(1, 1200))
def test_tiles_are_equal_squares_inside_that_do_not_touch(count: int, wide: int, high: int) -> None:
    found = tiles(QSize(wide, high), count)
    assert len(found) == count
    assert len({(tile.width(), tile.height()) for tile in found}) == 1
    assert found[0].width() == found[0].height() >= 1
    if min(wide, high) >= 150:
        room = QRect(0, 0, wide, high)
        assert all(room.contains(tile) for tile in found)
        assert not any(a.intersects(b) for n, a in enumerate(found) for b in found[:n])


def test_one_face_is_as_large_as_fits() -> None:
    assert tiles(QSize(300, 500), 1) == [QRect(0, 100, 300, 300)]
    assert tiles(QSize(0, 100), 3) == [] == tiles(QSize(100, 100), 0)


def test_what_an_answer_makes_moot() -> None:
    lone = question(1, (7,), other=1)
    same_face = question(2, (7, 8), with_=4, other=2)
    about_ended = question(3, (20,), other=4)
    elsewhere = question(4, (30,), other=5)
    group = question(5, (8, 9), with_=4, other=1)
    yes = Answer(lone, Reply.YES, ())
    assert yes.settles(lone) and yes.settles(same_face) and not yes.settles(elsewhere)
    no = Answer(lone, Reply.NO, ())
    assert no.settles(lone) and not no.settles(same_face)
    merged = Answer(group, Reply.YES, ())
    assert merged.settles(about_ended) and merged.settles(same_face)
    assert not Answer(group, Reply.NO, ()).settles(about_ended)
    assert Answer(group, "Ben", ()).settles(about_ended)
    skipped = Answer(group, None, ())
    assert skipped.settles(group) and not skipped.settles(about_ended)
    split = Answer(question(6, (8,), with_=1, asked=Asked.ODD), Reply.NO, ())
    assert split.settles(same_face)


@given(LISTS, st.integers(0, 9), st.sets(st.integers(0, 9)))
def test_taking_back_restores_what_was(before: list[int], own: int, closed: set[int]) -> None:
    before = [own, *(n for n in before if n != own)]
    asked = [question(n) for n in before]
    answer = Answer(asked[0], Reply.YES, tuple(asked))
    answer.closed = frozenset(one.id for one in asked if int(one.id[1:]) in {own, *closed})
    now = [one for one in asked if one.id not in answer.closed]
    assert restored(now, answer) == asked


@given(LISTS, LISTS, st.booleans())
def test_asking_anew_moves_nothing_in_sight(old: list[int], new: list[int], in_sight: bool) -> None:
    now, fresh = [question(n) for n in old], [question(n) for n in new]
    found = arranged(now, fresh, in_sight)
    ids = [one.id for one in found]
    assert len(set(ids)) == len(ids)
    assert {one.id for one in fresh} <= set(ids)
    if now and (in_sight or now[0] in fresh):
        assert found[0] == now[0]
        if len(now) > 1 and now[1] in fresh:
            assert found[1] == now[1]
    else:
        assert set(ids) == {one.id for one in fresh}


def test_the_sentences() -> None:
    anna = question(1)
    assert wording.question(anna, None, anna.other) == "Is this Anna?"
    nobody = question(2, (1, 2), with_=3, name="")
    assert wording.question(nobody, nobody.person, nobody.other) == "Are these the same person?"
    both = person(3, "Bea"), person(4, "Anna")
    assert wording.question(nobody, *both) == "Are Bea and Anna the same person?"
    odd = question(3, (1, 2), with_=1, asked=Asked.ODD)
    assert wording.question(odd, odd.person, odd.other) == "Do these belong with Anna?"
    assert wording.sure(anna) == "Quite likely (70 %)"
    assert wording.left(1, 1) == "1 question left, it settles 1 face"
    assert wording.left(14, 912) == "14 questions left, they settle about 910 faces"
    assert wording.left(3, 12) == "3 questions left, they settle 12 faces"
