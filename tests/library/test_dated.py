"""Which photos are surely dated is the same wherever it is asked."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from app.library.commands.people import name_person, set_birth_year
from app.library.models import Face, Photo
from app.library.queries.columns import all_faces
from app.library.queries.decisions import standing
from app.library.queries.faces import faces_of
from app.library.queries.photos import photos_by_id, timeline
from tests.library.columns import face_columns
from tests.library.conftest import Album

SOURCES = [("exif", True), ("xmp", True), ("video", True), ("name", True), ("file", False)]
both = pytest.mark.parametrize(("source", "is_dated"), SOURCES)


@both
def test_grids_rows_and_groupings_agree(album: Album, source: str, is_dated: bool) -> None:
    album.person(3)
    Photo.update(taken_from=source).execute()
    items = timeline(album.library, album.collection_id)
    assert [item.is_dated for item in items] == [is_dated] * 3
    rows = photos_by_id(album.library, list(items.ids))
    assert [row.is_dated for row in rows] == [is_dated] * 3
    (block,) = all_faces(album.library, album.collection_id, "compact", "1")
    assert [not np.isnan(year) for year in block.years] == [is_dated] * 3
    expected = face_columns(album.library, album.collection_id, "compact", "1").years
    np.testing.assert_array_equal(block.years, expected)


def test_a_photo_without_a_moment_is_not_dated(album: Album) -> None:
    album.person(1)
    Photo.update(taken=None).execute()
    (row,) = photos_by_id(album.library, [Photo.get().id])
    assert not row.is_dated


@both
def test_a_year_of_birth_refutes_what_is_dated_alone(
    album: Album, source: str, is_dated: bool
) -> None:
    anna = album.person(4)
    name_person(album.library, anna.id, "Anna")
    early = faces_of(album.library, anna.id)[0]
    Photo.update(taken=datetime(2001, 1, 1), taken_from=source).where(
        Photo.id == early.photo_id
    ).execute()
    changes = set_birth_year(album.library, anna.id, 2010)
    assert ("1 face in photos taken before 2010 will leave" in changes.said) is is_dated
    assert (early.id not in standing(album.library, album.collection_id).said) is is_dated


@both
def test_faces_of_nobody_are_considered_again_where_photos_are_dated(
    album: Album, source: str, is_dated: bool
) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    album.person(1, start=10)
    Face.update(person=None, grouped=True).where(Face.person != anna.id).execute()
    Photo.update(taken_from=source).execute()
    set_birth_year(album.library, anna.id, 2010)
    lone = Face.get(Face.person.is_null())
    assert (not lone.grouped) is is_dated
