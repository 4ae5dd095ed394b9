"""Videos in the library: counted apart, one photo each, and every frame a photo to the grouping."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.errors import UsageError
from app.library.commands.faces import draw_face, move_faces
from app.library.commands.forgetting import forget_person
from app.library.commands.people import name_person
from app.library.commands.photos import mark_all_stale, store_look
from app.library.film import film_y
from app.library.queries.columns import all_faces
from app.library.queries.decisions import FilmPlaces, drawn_boxes, film_places
from app.library.queries.faces import face_boxes, faces_in_photo, poster_moment
from app.library.rows import Look, NewFace, PersonKind
from tests.library.conftest import LEFT, RIGHT, Album, Box, a_face, a_look
from tests.library.placing import Placement, store_groups


def at(moment: float, box: Box = LEFT) -> Box:
    """That place of a frame, as it is kept."""
    x, y, w, h = box
    return (x, film_y(y, moment), w, h)


def a_video(fingerprint: str, *faces: NewFace) -> Look:
    return replace(a_look(fingerprint, *faces), content_type="video/mp4", duration=9.0)


def group(album: Album, face_ids: list[int]) -> None:
    store_groups(
        album.library, album.collection_id, [Placement(n, None, -1, 0.7) for n in face_ids], 1
    )


def test_a_video_is_one_photo_of_a_person_however_many_faces_it_has(album: Album) -> None:
    video, photo = album.add("a.mp4", "b.jpg")
    store_look(album.library, video, a_video("v", *(a_face(at(t), t) for t in (1, 2, 3))))
    store_look(album.library, photo, a_look("p", a_face(LEFT, 4)))
    faces = [*faces_in_photo(album.library, video), *faces_in_photo(album.library, photo)]
    group(album, [face.id for face in faces])
    (row,) = album.people()
    assert (row.face_count, row.photo_count, row.video_count) == (4, 2, 1)
    assert row.kind is PersonKind.SMALL, "two photos are too few, whatever is seen in them"


def test_each_frame_is_a_photo_to_the_grouping_and_the_video_stays_one(album: Album) -> None:
    video, photo = album.add("a.mp4", "b.jpg")
    places = [at(1.5), at(1.5, RIGHT), at(2.25)]
    store_look(
        album.library, video, a_video("v", *(a_face(box, n) for n, box in enumerate(places)))
    )
    store_look(album.library, photo, a_look("p", a_face(LEFT, 8), a_face(RIGHT, 9)))
    (block,) = all_faces(album.library, album.collection_id, "compact", "1")
    assert block.photos.tolist() == [video] * 3 + [photo] * 2
    one, same, other, *of_photo = block.frames.tolist()
    assert one == same != other
    assert of_photo == [photo, photo]
    assert len(np.unique(block.frames)) == 3


def test_words_of_a_video_are_told_to_the_next_look(album: Album) -> None:
    (video,) = album.add("a.mp4")
    look = a_video("v", a_face(at(1.0), 1), a_face(at(2.0), 2), a_face(at(3.0, RIGHT), 3))
    store_look(album.library, video, look)
    assert film_places(album.library, video) == FilmPlaces()
    one, two, three = faces_in_photo(album.library, video)
    move_faces(album.library, [one.id], "Anna")
    move_faces(album.library, [three.id], "Ben")
    assert film_places(album.library, video).spoken == (at(1.0), at(3.0, RIGHT))
    (ben,) = [row for row in album.people() if row.name == "Ben"]
    forget_person(album.library, ben.id)
    assert film_places(album.library, video) == FilmPlaces((at(1.0),), (at(3.0, RIGHT),))
    mark_all_stale(album.library, album.collection_id)
    store_look(album.library, video, look)
    assert [face.box for face in faces_in_photo(album.library, video)] == [one.box, two.box]
    assert [face.person_name for face in faces_in_photo(album.library, video)] == ["Anna", ""]


def test_faces_can_be_drawn_at_a_moment_of_a_video_alone(album: Album) -> None:
    video, photo = album.add("a.mp4", "b.jpg")
    store_look(album.library, video, a_video("v", a_face(at(1.0), 1)))
    store_look(album.library, photo, a_look("p"))
    draw_face(album.library, video, at(4.5, RIGHT), "Cara")
    assert drawn_boxes(album.library, video) == [at(4.5, RIGHT)]
    drawn = faces_in_photo(album.library, video)[-1]
    assert (drawn.moment, round(drawn.frame_y, 6), drawn.person_name) == (4.5, RIGHT[1], "Cara")
    for number, box in ((video, at(9.5)), (photo, at(1.0)), (video, (0.1, -0.5, 0.2, 0.2))):
        with pytest.raises(UsageError, match="does not lie"):
            draw_face(album.library, number, box)


def test_boxes_are_told_in_pixels_of_the_frame_and_the_poster_is_the_best_moment(
    album: Album,
) -> None:
    (video,) = album.add("a.mp4")
    store_look(
        album.library, video,
        a_video("v", a_face(at(1.0), 1, quality=0.4), a_face(at(7.5), 2, quality=0.9)),
    )  # fmt: skip
    rows = [box for _, *box, _ in face_boxes(album.library, album.collection_id)]
    assert np.allclose(rows, [[100, 80, 200, 240]] * 2, atol=0.01)
    assert poster_moment(album.library, video) == 7.5
    assert poster_moment(album.library, video + 1) is None


def test_a_name_goes_with_videos_as_with_photos(album: Album) -> None:
    (video,) = album.add("a.mp4")
    store_look(album.library, video, a_video("v", a_face(at(1.0), 1)))
    group(album, [face.id for face in faces_in_photo(album.library, video)])
    (row,) = album.people()
    name_person(album.library, row.id, "Anna")
    (row,) = album.people()
    assert (row.name, row.photo_count, row.video_count) == ("Anna", 1, 1)
