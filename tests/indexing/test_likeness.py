"""Faces laid out by likeness, over a real library."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from app.clustering.thresholds import Thresholds
from app.indexing.likeness import Likeness
from app.library.commands.faces import confirm_faces
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.people import hide_person, name_person
from app.library.commands.undo import undo
from app.library.database import Library
from app.library.models import Face
from app.library.queries.faces import faces_of
from app.library.queries.photos import counts
from app.progress import Cancelled, CancelToken
from tests.clustering.crowds import crowd
from tests.indexing.test_suggestions import Family


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Family]:
    """Anna, among whose faces are two of somebody else; Ben in a group, and a lone face of his."""
    library = Library.open(tmp_path / "library.db")
    collection = ensure_collection(library, "Photos")
    (tmp_path / "pictures").mkdir()
    row = add_folder(library, collection.id, tmp_path / "pictures")
    album = Family(library, collection.id, row.id, tmp_path / "pictures")
    vectors = crowd([8, 2, 6], spread=0.5)
    album.group(vectors[:10], "Anna")
    album.group(vectors[10:15])
    album.group(vectors[15:])
    yield album
    library.close()


def laying(album: Family) -> Likeness:
    return Likeness(album.library, "compact", "1", Thresholds())


def test_who_is_not_anna_comes_first_unless_the_user_said_so(mixed: Family) -> None:
    (anna,) = [row for row in mixed.people() if row.name]
    ids = sorted(face.id for face in faces_of(mixed.library, anna.id))
    strangers = set(ids[8:])
    odd, rest = laying(mixed).of_person(anna.id)
    assert {face.id for face in odd} == strangers and len(rest) == 8
    confirm_faces(mixed.library, anna.id, [odd[0].id])
    still, others = laying(mixed).of_person(anna.id)
    assert [face.id for face in still] == [odd[1].id]
    assert others[-1].id == odd[0].id, "what was confirmed is looked at last"


def test_every_face_without_a_name_is_there_once_and_counted(mixed: Family) -> None:
    def shown() -> int:
        return len([face for part in laying(mixed).unnamed(mixed.collection_id) for face in part])

    def counted() -> int:
        return counts(mixed.library, mixed.collection_id).unnamed_faces

    assert shown() == counted() == 6, "a group without a name is as unnamed as a lone face"
    (ben,) = [row for row in mixed.people() if not row.name]
    hide_person(mixed.library, ben.id)
    assert shown() == counted() == 1
    undo(mixed.library, mixed.collection_id)
    name_person(mixed.library, ben.id, "Ben")
    assert shown() == counted() == 1


def test_alike_faces_stand_together_and_hard_ones_apart(mixed: Family) -> None:
    other = mixed.group(crowd([4], 7, spread=0.5))
    assert other is not None
    clear, others = laying(mixed).unnamed(mixed.collection_id)
    assert others == [] and len(clear) == 10
    stretches = [person for person, _ in groupby(face.person_id for face in clear)]
    assert len(stretches) == 3
    assert stretches[1] != other.id, "Ben's lone face stands beside his group"
    (alone,) = [face.id for face in clear if face.person_id is None]
    mixed.library.write(lambda: _blur(alone))
    clear, others = laying(mixed).unnamed(mixed.collection_id)
    assert [face.id for face in others] == [alone] and len(clear) == 9


def _blur(face_id: int) -> None:
    Face.update(quality=0.05).where(Face.id == face_id).execute()


def test_laying_out_stops_when_nobody_wants_it(mixed: Family) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        laying(mixed).unnamed(mixed.collection_id, token.check_cancelled)
