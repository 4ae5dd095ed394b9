"""What a look told is stored as the models read it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.models import Face, Photo
from app.library.rows import Look, NewFace, Placed
from tests.library.conftest import Album


def _face(number: type, drawn: bool = False) -> NewFace:
    return NewFace(
        x=number(0.25), y=number(0.125), w=number(0.5), h=number(0.375),
        landmarks=np.arange(10, dtype=np.float32).reshape(5, 2), score=number(0.75),
        embedding=np.arange(8, dtype=np.float32), quality=number(0.5), sharpness=number(0.625),
        pixels=number(120), pitch=number(-1.5), yaw=None, roll=number(2), age=number(30.5),
        gender="female", gender_confidence=number(0.875), pack="compact", pack_version="1",
        drawn=drawn, mouth="open", mouth_confidence=number(0.75), eyes="close",
        eyes_confidence=number(0.625),
    )  # fmt: skip


@pytest.mark.parametrize("number", [float, np.float32, np.float64])
def test_every_column_is_read_as_it_was_told(album: Album, number: type) -> None:
    path = Path("/photos/seen.jpg")
    record_scan(album.library, album.collection_id, None, ScanResult([SeenFile(path, 9, 8)]))
    photo_id = Photo.get(Photo.path == path).id
    face = _face(number)
    look = Look(
        fingerprint="f" * 32, width=40, height=30, orientation=6, content_type="image/jpeg",
        taken=datetime(1999, 12, 31, 23, 59), taken_from="exif", camera="Box", colour=0x123456,
        pack="compact", pack_version="1", faces=(face,),
    )  # fmt: skip
    changes = store_look(album.library, photo_id, look)
    assert changes.photos == {photo_id} and not changes.people

    photo = Photo.get_by_id(photo_id)
    for name in (
        "fingerprint", "width", "height", "orientation", "content_type", "taken", "taken_from",
        "camera", "colour", "pack", "pack_version",
    ):  # fmt: skip
        assert getattr(photo, name) == getattr(look, name), name
    assert (photo.state, photo.is_stale, photo.error, photo.gone) == ("looked", False, "", None)

    (stored,) = Face.select().where(Face.photo == photo_id)
    for name in (
        "x", "y", "w", "h", "score", "quality", "sharpness", "pixels", "pitch", "yaw", "roll",
        "age", "gender", "gender_confidence", "pack", "pack_version", "drawn",
        "mouth", "mouth_confidence", "eyes", "eyes_confidence",
    ):  # fmt: skip
        assert getattr(stored, name) == getattr(face, name), name
    assert (stored.landmarks == face.landmarks.ravel()).all()
    assert (stored.embedding == face.embedding).all() and stored.embedding.dtype == np.float16
    assert (stored.person_id, stored.confidence, stored.placed) == (None, None, "machine")
    assert stored.is_face and not stored.grouped
    kinds = album.library.sql("SELECT DISTINCT typeof(x), typeof(age), typeof(yaw) FROM face")
    assert ("real", "real", "null") in kinds and all(kind[0] == "real" for kind in kinds)


def test_a_face_that_was_there_keeps_its_person(album: Album) -> None:
    anna = album.person(3)
    old = Face.select().where(Face.person == anna.id).first()
    Face.update(placed=Placed.USER.value).where(Face.id == old.id).execute()
    photo = Photo.get_by_id(old.photo_id)
    again = Look(
        fingerprint=photo.fingerprint, width=40, height=30, orientation=1,
        content_type="image/jpeg", taken=None, taken_from="file", camera="", colour=0,
        pack="compact", pack_version="1",
        faces=(
            NewFace(
                x=old.x, y=old.y, w=old.w, h=old.h, landmarks=old.landmarks, score=0.5,
                embedding=np.ones(8, np.float32), quality=0.5, sharpness=0.5, pixels=50.0,
                pack="compact", pack_version="1",
            ),
        ),
    )  # fmt: skip
    store_look(album.library, photo.id, again)
    stored = Face.get(Face.photo == photo.id, Face.x == old.x, Face.y == old.y)
    assert (stored.person_id, stored.placed) == (anna.id, Placed.USER.value)
    assert stored.grouped and stored.score == 0.5 and stored.quality == 0.5
