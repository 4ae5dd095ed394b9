"""Whatever is written is noted, by whatever command, and by SQLite itself."""

from __future__ import annotations

import sqlite3

import pytest

from app.library import stirred
from app.library.commands.erasing import erase_faces
from app.library.commands.forgetting import forget_person
from app.library.commands.people import hide_person, name_person
from app.library.commands.photos import store_look
from app.library.models import Face, Person, Photo
from app.library.queries.faces import faces_in_photo, faces_of
from tests.library.conftest import Album, a_face, a_look
from tests.library.placing import Placement, store_groups


def test_at_first_anything_may_be_different(album: Album) -> None:
    watch = album.library.watch(lambda: None)
    assert album.library.stirred(watch).everything
    assert album.library.stirred(watch) == stirred.Stir()


def test_faces_and_photos_are_noted(album: Album) -> None:
    watch = album.library.watch(lambda: None)
    album.library.stirred(watch)
    (photo,) = album.add("one.jpg")
    store_look(album.library, photo, a_look("one", a_face(seed=1)))
    (face,) = faces_in_photo(album.library, photo)
    stir = album.library.stirred(watch)
    assert (stir.faces, stir.photos, stir.placed) == ({face.id}, {photo}, set())
    assert not stir.words and not stir.everything
    store_groups(album.library, album.collection_id, [Placement(face.id, None, -1, 0.5)], 1)
    stir = album.library.stirred(watch)
    assert (stir.faces, stir.placed, stir.words) == (set(), {face.id}, False)


def test_what_sqlite_does_by_itself_is_noted(album: Album) -> None:
    person = album.person(2)
    faces = {face.id: face.photo_id for face in faces_of(album.library, person.id)}
    watch = album.library.watch(lambda: None)
    album.library.stirred(watch)
    album.library.write(lambda: Person.delete().where(Person.id == person.id).execute())
    stir = album.library.stirred(watch)
    assert (stir.placed, stir.ended) == (set(faces), {person.id})
    photos = list(faces.values())
    album.library.write(lambda: Photo.delete().where(Photo.id.in_(photos)).execute())
    assert album.library.stirred(watch).faces == set(faces)


def test_words_are_noted(album: Album) -> None:
    person = album.person(2)
    watch = album.library.watch(lambda: None)
    for say in (
        lambda: name_person(album.library, person.id, "Anna"),
        lambda: hide_person(album.library, person.id),
    ):
        album.library.stirred(watch)
        say()
        assert album.library.stirred(watch).words


def test_who_is_left_without_a_face_is_noted(album: Album) -> None:
    person = album.person(1)
    (face,) = faces_of(album.library, person.id)
    watch = album.library.watch(lambda: None)
    album.library.stirred(watch)
    name_person(album.library, album.person(2, start=5).id, "Anna")
    assert person.id not in album.library.stirred(watch).emptied
    place = Placement(face.id, person.id, 0, None)
    store_groups(album.library, album.collection_id, [place], 0)
    stir = album.library.stirred(watch)
    assert person.id in stir.emptied and person.id in stir.ended


def test_of_another_process_all_is_unknown(album: Album) -> None:
    album.person(1)
    watch = album.library.watch(lambda: None)
    album.library.stirred(watch)
    file = sqlite3.connect(album.library.path)
    with file:
        file.execute("UPDATE face SET quality = 0.1")
    file.close()
    assert album.library.stirred(watch).everything
    assert not album.library.stirred(watch).everything


def test_more_than_can_be_named_is_not_lost(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    person = album.person(4)
    monkeypatch.setattr(stirred, "MOST", 3)
    watch = album.library.watch(lambda: None)
    album.library.stirred(watch)
    album.library.write(lambda: Face.update(grouped=False).execute())
    assert album.library.stirred(watch).many_placed
    mine = Face.person == person.id
    album.library.write(lambda: Face.update(quality=0.5).where(mine).execute())
    assert album.library.stirred(watch).everything


def test_erasing_is_told_at_once_and_everybody_hears(album: Album) -> None:
    told: list[str] = []
    watches = [album.library.watch(lambda name=name: told.append(name)) for name in "ab"]
    forget_person(album.library, album.person(2).id)
    assert sorted(told) == ["a", "b"]
    name_person(album.library, album.person(2, start=7).id, "Anna")
    assert len(told) == 2
    del watches[1]
    erase_faces(album.library, album.collection_id)
    assert told[2:] == ["a"], "whoever is gone hears nothing"


def test_where_anything_may_be_different_nothing_is_named() -> None:
    stir = stirred.Stir(everything=True)
    for kind in stirred.Kind:
        stir.note(kind, 7)
    assert not (stir.faces or stir.placed or stir.photos or stir.ended or stir.emptied)
