"""A part of a gallery tells of a face what the whole does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.errors import UsageError
from app.indexing.clusterer import Clusterer
from app.indexing.suggestions import Suggestions
from app.library.commands.faces import reject_faces
from app.library.commands.people import name_person
from tests.indexing import crowded
from tests.indexing.crowded import LIMITS, Crowded


@pytest.fixture
def album(tmp_path: Path) -> Crowded:
    """An album that is grouped and was spoken of."""
    made = Crowded(tmp_path / "library.db")
    made.fill()
    made.run()
    return made


def test_a_part_is_the_same_faces(album: Crowded) -> None:
    one, two = album.people()[:2]
    name_person(album.library, one.id, "Anna")
    other = album.of(1)[0].id
    reject_faces(album.library, album.of(0)[0].person_id or one.id, [other])
    clusterer = Clusterer(album.library, "compact", "1", LIMITS)
    gallery = clusterer.gallery(album.number)
    rows = np.flatnonzero(np.isin(gallery.faces.people, [one.id, two.id]) | (gallery.ids == other))
    part = gallery.part(rows)
    assert part.ids.tolist() == gallery.ids[rows].tolist()
    assert np.array_equal(part.faces.vectors, gallery.faces.vectors[rows])
    for place, row in enumerate(rows.tolist()):
        assert part.constraints.refused.get(place) == gallery.constraints.refused.get(row)
        assert part.constraints.photos[place] == gallery.constraints.photos[row]
        assert part.said.get(place) == gallery.said.get(row)
    assert part.constraints.refused, "or else this shows nothing"
    clusterer.let_go()
    album.library.close()


def test_with_whom_a_face_could_be_confused(album: Crowded) -> None:
    clusterer = Clusterer(album.library, "compact", "1", LIMITS)
    gallery = clusterer.gallery(album.number)
    face = album.of(2)[0]
    row = gallery.row_of(face.id)
    assert row is not None
    everybody, place = gallery.around(row, most=100)
    assert everybody.tolist() == list(range(len(gallery.ids))) and everybody[place] == row
    few, place = gallery.around(row, most=1)
    assert few[place] == row and len(few) < len(everybody)
    own = np.flatnonzero(gallery.faces.people == face.person_id)
    assert np.isin(own, few).all(), "all of the person are among them"
    clusterer.let_go()
    album.library.close()


def test_reasons_are_told_of_every_face(album: Crowded) -> None:
    clusterer = Clusterer(album.library, "compact", "1", LIMITS)
    suggestions = Suggestions(album.library, clusterer)
    crowd = clusterer.crowd(clusterer.gallery(album.number))
    for shot in crowded.album_shots():
        for face in album.faces(shot.name):
            told = suggestions.explain(album.number, face.id)
            assert (told.person and told.person.id) == face.person_id
            if told.reasons is not None and face.person_id is not None:
                row = clusterer.gallery(album.number).row_of(face.id)
                assert row is not None
                number = crowd.number_of(row)
                assert told.reasons.likeness == pytest.approx(crowd.likeness([row], number))
    with pytest.raises(UsageError, match="not a face here"):
        suggestions.explain(album.number, 10_000)
    clusterer.let_go()
    album.library.close()
