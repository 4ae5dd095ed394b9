"""Questions: worth asking, ranked by what they settle, with reasons one can check."""

from __future__ import annotations

import numpy as np
import pytest

from app.clustering.evidence import LEAD, Crowd, likelihood, likeness_for
from app.clustering.suggest import WORTH_ASKING, Asked, questions
from app.clustering.thresholds import Thresholds
from tests.clustering.crowds import apart, crowd, unit, with_people

LIMITS = Thresholds()


def held(vectors: np.ndarray, people: list[int], **more: object) -> Crowd:
    fixed = more.pop("fixed", ())
    faces = with_people(vectors, np.array(people), fixed=fixed)  # type: ignore[arg-type]
    return Crowd(faces, apart(len(people), **more), LIMITS)


def test_the_same_person_in_two_groups_is_asked_about_first() -> None:
    vectors = crowd([10, 6, 1])
    people = [7] * 6 + [8] * 4 + [9] * 5 + [-1] * 2
    found = questions(held(vectors, people))
    first, second = found[:2]
    assert (first.asked, first.person, first.other, first.settles) == (Asked.SAME, 8, 7, 4)
    assert first.rows == (6, 7, 8, 9) and first.others == tuple(range(6))
    assert (second.rows, second.other) == ((15,), 9), "a lone face settles one"
    assert first.evidence.probability > 0.9 and first.worth > second.worth
    assert len(found) == 2, "of the stranger there is nothing to ask"


def test_what_was_answered_is_not_asked_again() -> None:
    vectors = crowd([10, 6])
    people = [7] * 6 + [8] * 4 + [9] * 5 + [-1]
    said = {"apart": frozenset({(7, 8)}), "refused": {15: frozenset({9})}}
    assert questions(held(vectors, people, **said)) == []
    spoken = questions(held(vectors, people, kept=frozenset({7, 8, 9})))
    assert len(spoken) == 2, "that two people were spoken of does not say that they are two"


def test_two_in_one_photo_are_not_asked_about() -> None:
    vectors = crowd([8])
    people = np.array([7] * 5 + [8] * 3)
    photos = np.array([0, 1, 2, 3, 4, 4, 5, 6])
    constraints = apart(8)
    together = Crowd(with_people(vectors, people), type(constraints)(photos), LIMITS)
    assert questions(together) == []


def test_a_mixed_group_is_found_and_the_split_proposed() -> None:
    vectors = crowd([8, 4, 6])
    people = [7] * 12 + [9] * 6
    (found,) = questions(held(vectors, people))
    assert (found.asked, found.person, found.other) == (Asked.ODD, 7, 7)
    assert found.rows == (8, 9, 10, 11) and found.others == tuple(range(8))
    assert found.evidence.probability < 0.05
    # What the user confirmed is not doubted.
    assert questions(held(vectors, people, fixed=(8, 9, 10, 11))) == []


def test_a_group_in_order_raises_no_question() -> None:
    assert questions(held(crowd([12, 9, 5]), [7] * 12 + [8] * 9 + [9] * 5)) == []
    assert questions(held(np.empty((0, 512), np.float32), [])) == []


def test_broken_embeddings_raise_no_question_and_no_error() -> None:
    vectors = crowd([5, 3])
    vectors[0] = np.nan
    vectors[6] = 0
    people = [7] * 5 + [8] * 2 + [-1]
    for question in questions(held(vectors, people)):
        assert np.isfinite(question.evidence.probability)


def test_the_same_faces_give_the_same_questions() -> None:
    rng = np.random.default_rng(5)
    vectors = unit(crowd([9, 9, 9], seed=5, spread=1.3) + 0.02 * rng.normal(size=(27, 512)))
    people = [7] * 5 + [8] * 4 + [9] * 5 + [10] * 4 + [11] * 5 + [12] * 4
    assert questions(held(vectors, people)) == questions(held(vectors.copy(), people))


def test_reasons_name_the_nearest_faces_the_confirmed_first() -> None:
    vectors = crowd([8, 8])
    people = [7] * 7 + [-1] + [9] * 8
    crowded = held(vectors, people, fixed=(2,))
    asked = crowded.number_of(7)
    evidence = crowded.weigh([7], crowded.number_of(0), crowded.near(asked))
    alike = vectors[:7] @ vectors[7]
    assert {w.face for w in evidence.witnesses} == set(np.argsort(-alike)[:3].tolist())
    for witness in evidence.witnesses:
        assert witness.similarity == pytest.approx(float(alike[witness.face]), abs=1e-5)
    if 2 in {w.face for w in evidence.witnesses}:
        assert evidence.witnesses[0].face == 2
    nearest = int(np.argmax(alike))
    surest = held(vectors, people, fixed=(int(np.argsort(-alike)[2]),))
    again = surest.weigh([7], surest.number_of(0), ())
    assert again.witnesses[0].face == int(np.argsort(-alike)[2]) != nearest
    assert again.runner_up == -1


def test_a_face_is_weighed_without_itself() -> None:
    vectors = crowd([6])
    crowded = held(vectors, [7] * 6)
    evidence = crowded.weigh([0], 0, ())
    assert 0 not in {w.face for w in evidence.witnesses}
    assert evidence.likeness < 0.9


def test_probability_grows_with_likeness_and_lead_and_falls_with_size() -> None:
    def p(likeness: float, lead: float, size: int = 1) -> float:
        return likelihood(likeness, lead, size, LIMITS)

    assert p(LIMITS.same_even, LIMITS.join_margin) == pytest.approx(0.5)
    assert p(0.3, 0.1) < p(0.4, 0.1) < p(0.5, 0.1)
    assert p(0.4, -0.05) < p(0.4, 0.05) < p(0.4, 0.12)
    assert p(0.4, 0.1, 16) < p(0.4, 0.1, 2)
    assert p(0.4, 0.5) == p(0.4, 5.0), "a lead proves only so much"
    assert 0.0 <= p(-1.0, -2.0, 10_000) < 1e-9 and p(1.0, 1.0) <= 1.0


def test_the_likeness_for_a_probability_gives_that_probability() -> None:
    for lead, size in ((LEAD, 1), (-LEAD, 40), (0.03, 7), (-1.0, 2)):
        likeness = likeness_for(0.3, lead, size, LIMITS)
        assert likelihood(likeness, lead, size, LIMITS) == pytest.approx(0.3)


def test_many_held_against_a_group_at_once_are_as_alike_as_one_by_one() -> None:
    vectors = crowd([9, 7, 4, 1], spread=1.2)
    crowded = held(vectors, [7] * 6 + [8] * 3 + [9] * 7 + [10] * 4 + [-1])
    members = crowded.linkage.members
    pairs = [(a, b) for a in range(len(members)) for b in range(len(members)) if a != b]
    query, number = np.array(pairs)[::-1].T  # in no order of groups
    found = crowded.linkage.likenesses(members, query, number, lambda: None)
    alone = held(vectors, [7] * 6 + [8] * 3 + [9] * 7 + [10] * 4 + [-1])
    wanted = [
        alone.likeness(members[a].tolist(), int(b)) for a, b in zip(query, number, strict=True)
    ]
    assert found == pytest.approx(wanted, abs=1e-6)


def test_large_products_are_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = crowd([9, 7, 4], spread=1.2)
    people = [7] * 5 + [8] * 4 + [9] * 4 + [10] * 3 + [11] * 3 + [-1]
    whole = questions(held(vectors, people))
    monkeypatch.setattr("app.clustering.linkage.ELEMENTS", 12)
    parts = questions(held(vectors, people))
    assert whole and [q.rows for q in parts] == [q.rows for q in whole]
    assert [q.evidence.probability for q in parts] == pytest.approx(
        [q.evidence.probability for q in whole]
    )


def test_nothing_that_may_become_a_question_is_left_out() -> None:
    """Held against each other one by one, without bounds, there are the same questions."""
    rng = np.random.default_rng(3)
    vectors = unit(crowd([10] * 8, seed=3, spread=1.1) + 0.02 * rng.normal(size=(80, 512)))
    people = [who for n in range(8) for who in [10 + 2 * n] * 5 + [11 + 2 * n] * 4 + [-1]]
    crowded = held(vectors, people)
    asked = {q.rows: q for q in questions(crowded) if q.asked is Asked.SAME}
    expected = {}
    for number, rows in enumerate(crowded.linkage.members):
        larger = [
            other
            for other in crowded.near(number)
            if crowded.person_of(other) >= 0
            and (len(crowded.linkage.members[other]), -other) > (len(rows), -number)
        ]
        if larger:
            best = max(larger, key=lambda other: (crowded.likeness(rows, other), -other))
            evidence = crowded.weigh(rows.tolist(), best, crowded.near(number))
            if evidence.probability >= WORTH_ASKING:
                expected[tuple(rows.tolist())] = (crowded.person_of(best), evidence)
    assert asked.keys() == expected.keys() and len(asked) > 3
    for rows, question in asked.items():
        other, evidence = expected[rows]
        assert question.other == other
        assert question.evidence.probability == pytest.approx(evidence.probability, abs=1e-4)
        assert question.evidence.witnesses == evidence.witnesses
