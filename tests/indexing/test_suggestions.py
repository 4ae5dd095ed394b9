"""Suggestions over a real library: asked, answered as decisions, explained."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.clustering.thresholds import Thresholds
from app.errors import UsageError
from app.indexing.clusterer import Clusterer
from app.indexing.suggestions import Reply, Suggestion, Suggestions
from app.library.commands.faces import confirm_faces
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.people import name_person
from app.library.commands.photos import store_look
from app.library.commands.undo import undo
from app.library.database import Library
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.people import list_people, person
from app.library.queries.photos import photo_total
from app.library.rows import NewFace, PersonRow
from tests.clustering.crowds import crowd
from tests.library.conftest import LEFT, Album, a_look
from tests.library.placing import Placement, store_groups


class Family(Album):
    """An album whose groups are as the test says, whatever the faces look like."""

    def group(self, vectors: np.ndarray, name: str = "") -> PersonRow | None:
        """Faces in photos of their own, of one person; a single one is left alone."""
        known = {row.id for row in self.people()}
        start = photo_total(self.library, self.collection_id)
        photos = self.add(*(f"{start + n}.jpg" for n in range(len(vectors))))
        places = []
        for photo_id, vector in zip(photos, vectors, strict=True):
            face = NewFace(
                *LEFT, landmarks=np.zeros((5, 2), np.float32), score=0.9, embedding=vector,
                quality=0.9, sharpness=0.8, pixels=120, pack="compact", pack_version="1",
            )  # fmt: skip
            store_look(self.library, photo_id, a_look(f"print{start}x{photo_id}", face))
            number = faces_in_photo(self.library, photo_id)[0].id
            places.append(Placement(number, None, -1 if len(vectors) > 1 else 0, 0.7))
        store_groups(self.library, self.collection_id, places, 1 if len(vectors) > 1 else 0)
        made = [row for row in self.people() if row.id not in known]
        if made and name:
            name_person(self.library, made[0].id, name)
        return made[0] if made else None


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    """Anna in two groups, Ben, and a face of Ben's that is alone."""
    library = Library.open(tmp_path / "library.db")
    collection = ensure_collection(library, "Photos")
    folder = tmp_path / "pictures"
    folder.mkdir()
    row = add_folder(library, collection.id, folder)
    album = Family(library, collection.id, row.id, folder)
    anna, ben = np.split(crowd([10, 7]), [10])
    album.group(anna[:6], "Anna")
    album.group(anna[6:])
    album.group(ben[:6], "Ben")
    album.group(ben[6:])
    yield album
    assert library.problems() == []
    library.close()


def asking(album: Album) -> Suggestions:
    return Suggestions(album.library, Clusterer(album.library, "compact", "1", Thresholds()))


def ask(album: Album) -> list[Suggestion]:
    return asking(album).ask(album.collection_id)


def test_questions_come_with_words_reasons_and_lasting_ids(family: Family) -> None:
    first, second = ask(family)
    assert first.sentence == "Are these 4 faces Anna?" and first.other.name == "Anna"
    assert second.sentence == "Is this Ben?" and second.person is None
    assert (first.settles, second.settles) == (4, 1)
    assert first.reasons.probability > 0.9
    hers = {face.id for face in faces_of(family.library, first.other.id)}
    assert {face for face, _ in first.reasons.witnesses} <= hers
    assert [s.id for s in ask(family)] == [first.id, second.id]


def test_yes_puts_together_and_undo_takes_it_back(family: Family) -> None:
    first, second = ask(family)
    said = asking(family).answer(family.collection_id, first.id, Reply.YES).said
    assert "Anna" in said
    assert person(family.library, first.other.id).face_count == 10
    assert [s.id for s in ask(family)] == [second.id]
    asking(family).answer(family.collection_id, second.id, Reply.YES)
    assert person(family.library, second.other.id).face_count == 7
    assert ask(family) == []
    undo(family.library, family.collection_id)
    undo(family.library, family.collection_id)
    assert [s.id for s in ask(family)] == [first.id, second.id]


def test_no_is_a_decision_that_outlives_a_rebuild(family: Family) -> None:
    for asked in ask(family):
        asking(family).carry_out(asked, Reply.NO)
    assert ask(family) == []
    people = {row.key: row.face_count for row in family.people()}
    Clusterer(family.library, "compact", "1", Thresholds()).run(family.collection_id, rebuild=True)
    assert {row.key: row.face_count for row in family.people()} == people
    assert ask(family) == []


def test_not_a_face_settles_it_too(family: Family) -> None:
    asked = ask(family)[1]
    asking(family).carry_out(asked, Reply.NOT_A_FACE)
    assert [s.id for s in ask(family)] == [ask(family)[0].id] != [asked.id]


def test_a_question_that_is_not_asked_any_more_is_told_so(family: Family) -> None:
    asked = ask(family)[0]
    asking(family).carry_out(asked, Reply.YES)
    with pytest.raises(UsageError, match="not asked any more"):
        asking(family).answer(family.collection_id, asked.id, Reply.NO)


@pytest.mark.parametrize("reply", [Reply.YES, Reply.NO])
def test_the_self_check_is_answered(family: Family, reply: Reply) -> None:
    carl, dora = np.split(crowd([8, 4], seed=9), [8])
    mixed = family.group(np.vstack([carl, dora]), "Carl")
    assert mixed is not None
    odd = next(s for s in ask(family) if s.other.id == mixed.id)
    assert odd.sentence == (
        "4 faces with Carl look like someone else. Do they belong there?"
    ) and set(odd.face_ids) == {face.id for face in faces_of(family.library, mixed.id)[:4]}
    asking(family).carry_out(odd, reply)
    rows = {row.id: row for row in list_people(family.library, family.collection_id)}
    assert rows[mixed.id].face_count == (12 if reply is Reply.YES else 8)
    assert all(s.other.id != mixed.id or s.person is not None for s in ask(family))


def test_a_face_is_explained(family: Family) -> None:
    anna = next(row for row in family.people() if row.name == "Anna")
    face = faces_of(family.library, anna.id)[0]
    told = asking(family).explain(family.collection_id, face.id)
    assert told.person is not None and told.person.name == "Anna" and told.reasons is not None
    # Her other group comes near, so it is not quite sure.
    assert told.reasons.probability > 0.8 and told.reasons.runner_up is not None
    assert face.id not in {number for number, _ in told.reasons.witnesses}
    confirm_faces(family.library, anna.id, [face.id])
    assert asking(family).explain(family.collection_id, face.id).by_user
    lone = next(s for s in ask(family) if s.person is None).face_ids[0]
    maybe = asking(family).explain(family.collection_id, lone)
    assert maybe.person is None and maybe.reasons is not None
    with pytest.raises(UsageError):
        asking(family).explain(family.collection_id, 999_999)


def test_asking_can_be_stopped(family: Family) -> None:
    class EnoughError(Exception):
        """Nobody waits any more."""

    def stop() -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        asking(family).ask(family.collection_id, stop)


def test_somebody_else_is_an_answer_too(family: Family) -> None:
    group, lone = ask(family)
    asking(family).say_who(group, "Cleo")
    asking(family).say_who(lone, "Cleo")
    cleo = next(row for row in family.people() if row.name == "Cleo")
    assert cleo.face_count == 5
    undo(family.library, family.collection_id)
    undo(family.library, family.collection_id)
    assert [s.id for s in ask(family)] == [group.id, lone.id]
    asking(family).say_who(group, lone.other.id)
    assert person(family.library, lone.other.id).face_count == 10
    assert group.doubts is lone.doubts is False


def test_two_named_people_are_who_they_are(family: Family) -> None:
    group = ask(family)[0]
    assert group.person is not None
    name_person(family.library, group.person.id, "Annie")
    group = next(s for s in ask(family) if s.person is not None)
    with pytest.raises(UsageError, match="Annie"):
        asking(family).say_who(group, "Cleo")
