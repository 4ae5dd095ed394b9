"""The parts of the viewer that need no window: geometry, pixels, words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter

from app.library.rows import FaceRow, PersonKind, PersonRow, PhotoRow, PhotoState, Placed
from app.ui.viewer import facts
from app.ui.viewer.drawing import Drawing
from app.ui.viewer.faces import words_for
from app.ui.viewer.frames import frames_for
from app.ui.viewer.pyramid import Pyramid
from app.ui.viewer.view import View

FACE = FaceRow(
    id=1, photo_id=1, fingerprint="f", x=0.1, y=0.1, w=0.1, h=0.1, score=0.9, quality=0.7,
    sharpness=0.5, pixels=100, pitch=0.0, yaw=0.0, roll=0.0, age=33.6, gender="female",
    gender_confidence=0.9, person_id=3, person_key="k", person_name="", confidence=0.941,
    placed=Placed.MACHINE,
)  # fmt: skip
PHOTO = PhotoRow(
    id=1, collection_id=1, folder_id=1, path=Path("/a/b.jpg"), state=PhotoState.LOOKED, error="",
    fingerprint="f", size=12_345_678, modified=datetime(2020, 1, 1), width=8660, height=5774,
    orientation=1, content_type="image/jpeg", taken=datetime(2019, 5, 3, 14, 2),
    taken_from="exif", camera="Box", face_count=1,
)  # fmt: skip


def person(born: int | None) -> PersonRow:
    return PersonRow(
        id=3, key="k", name="", kind=PersonKind.GROUP, hidden=False, face_count=1, photo_count=1,
        cover=None, created=datetime(2020, 1, 1), updated=datetime(2020, 1, 1), birth_year=born,
    )  # fmt: skip


share = st.floats(0, 1)


@st.composite
def faces(draw: st.DrawFn, most: int = 30) -> list[FaceRow]:
    """Faces anywhere in a photo, some with names."""
    found = []
    for number in range(draw(st.integers(0, most))):
        side = draw(st.floats(0.01, 0.4))
        x, y = draw(share) * (1 - side), draw(share) * (1 - side)
        name = draw(st.sampled_from(("", "Anna", "Maximiliane von Hohenfels-Bernstein")))
        found.append(replace(FACE, id=number + 1, x=x, y=y, w=side, h=side, person_name=name))
    return found


def called(face: FaceRow) -> str:
    return face.person_name or "Who is this?"


def measure(text: str) -> float:
    return 7.5 * len(text)


@given(
    faces(),
    st.floats(300, 2000),
    st.floats(300, 1500),
    st.floats(0.2, 6),
    share,
    share,
)
def test_no_tag_covers_a_face_or_a_tag_or_leaves_the_canvas(
    found: list[FaceRow], width: float, height: float, zoom: float, across: float, down: float
) -> None:
    sight = QRectF(0, 0, width, height)
    size = QSizeF(width * zoom, height * zoom)
    picture = QRectF(
        QPointF((width - size.width()) * across, (height - size.height()) * down), size
    )
    frames = frames_for(found, picture, sight, measure, called, {1})
    tags = [frame.tag for frame in frames if not frame.tag.isEmpty()]
    boxes = [
        QRectF(
            picture.x() + face.x * picture.width(),
            picture.y() + face.y * picture.height(),
            face.w * picture.width(),
            face.h * picture.height(),
        ).adjusted(1e-6, 1e-6, -1e-6, -1e-6)
        for face in found
    ]
    for tag in tags:
        assert sight.contains(tag)
        assert not any(tag.intersects(box) for box in boxes)
    for number, tag in enumerate(tags):
        assert not any(tag.intersects(other) for other in tags[number + 1 :])
    for frame in frames:
        assert picture.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(frame.frame)
        assert frame.frame.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(frame.box)


@given(faces(most=5))
def test_where_there_is_room_every_face_has_a_tag(found: list[FaceRow]) -> None:
    small = [replace(face, w=face.w / 4, h=face.h / 4) for face in found]
    sight = QRectF(0, 0, 1200, 800)
    frames = frames_for(small, QRectF(200, 100, 800, 600), sight, measure, called)
    assert len(frames) == len(small)
    assert all(not frame.tag.isEmpty() for frame in frames)


def test_small_faces_of_a_crowd_are_framed_on_demand() -> None:
    crowd = [replace(FACE, id=n + 1, x=0.05 * n, w=0.02, h=0.02) for n in range(19)]
    picture = QRectF(0, 0, 1000, 1000)
    assert frames_for(crowd, picture, picture, measure, called) == []
    assert [f.face.id for f in frames_for(crowd, picture, picture, measure, called, {4})] == [4]
    assert len(frames_for(crowd[:12], picture, picture, measure, called)) == 12


@given(st.lists(st.tuples(st.floats(0.01, 20), share, share), min_size=1, max_size=8))
def test_zooming_keeps_the_point_and_never_leaves_a_gap(
    steps: list[tuple[float, float, float]],
) -> None:
    view = View()
    view.set_room(QSizeF(900, 600), 1)
    view.begin(QSizeF(6000, 4000))
    for zoom, x, y in steps:
        point = QPointF(x * 900, y * 600)
        before = view.inside(point)
        view.zoom_to(zoom, point)
        picture = view.picture()
        across, down = view.can_pan()
        assert not across or (picture.left() <= 0.01 and picture.right() >= 899.99)
        assert not down or (picture.top() <= 0.01 and picture.bottom() >= 599.99)
        is_at_edge = picture.left() > -0.01 or picture.right() < 900.01
        is_at_edge = is_at_edge or picture.top() > -0.01 or picture.bottom() < 600.01
        if not is_at_edge:
            assert (view.inside(point) - before).manhattanLength() < 1e-6


def test_a_photo_moves_as_far_as_there_is_more_of_it() -> None:
    view = View()
    view.set_room(QSizeF(900, 600), 1)
    view.begin(QSizeF(1800, 1200))
    assert not view.pan(QPointF(50, 0))
    view.zoom_to(1, QPointF(450, 300))
    assert view.pan(QPointF(-200, 0))
    assert view.picture().left() == pytest.approx(-650)
    view.pan(QPointF(-9000, 0))
    assert view.picture().right() == pytest.approx(900)
    assert not view.pan(QPointF(-10, 0))


def test_a_pyramid_is_drawn_from_the_level_nearest_above() -> None:
    image = QImage(2050, 1030, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 100, 50))
    pyramid = Pyramid.of(image)
    assert [pyramid.level(dots).width() for dots in (5000, 2050, 1100, 1025, 400)] == [
        2050, 2050, 2050, 1025, 512,
    ]  # fmt: skip
    assert pyramid.is_fine_for(2050) and not pyramid.is_fine_for(3000)
    target = QImage(100, 50, QImage.Format.Format_RGB32)
    target.fill(0)
    painter = QPainter(target)
    pyramid.draw(painter, QRectF(10, 0, 90, 50), QRectF(0, 0, 100, 50), True)
    painter.end()
    assert target.pixelColor(50, 25) == QColor(200, 100, 50)
    assert target.pixelColor(5, 25) == QColor(0, 0, 0)


@pytest.mark.parametrize(("width", "height"), [(1024, 3), (1025, 1), (1300, 900)])
def test_half_an_image_is_the_mean_of_four_pixels(width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.bits(), np.uint8).reshape(height, width, 4)
    pixels[:] = np.random.default_rng(1).integers(0, 255, pixels.shape)
    half = Pyramid.of(image).level(width // 2)
    assert (half.width(), half.height()) == (width // 2, max(1, height // 2))
    one = np.frombuffer(half.constBits(), np.uint8).reshape(half.height(), half.width(), 4)
    below = min(1, height - 1)
    expected = pixels[: below + 1, :2].reshape(-1, 4).mean(axis=0)
    assert np.abs(one[0, 0] - expected).max() < 1


point = st.builds(QPointF, st.floats(0, 4000), st.floats(0, 3000))


@given(point, point, point)
def test_a_drawn_frame_stays_in_the_photo_and_about_square(
    start: QPointF, end: QPointF, then: QPointF
) -> None:
    photo = QRectF(0, 0, 4000, 3000)
    drawing = Drawing(photo.size(), photo)
    drawing.press(start, 0.25)
    drawing.drag(end)
    drawing.release(0.25)
    drawing.press(drawing.box.center(), 0.25)
    drawing.drag(then)
    drawing.release(0.25)
    assert photo.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(drawing.box)
    assert not drawing.is_too_small(0.25)
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in drawing.share())


def test_a_frame_is_taken_by_its_corner_and_a_tiny_one_is_refused() -> None:
    drawing = Drawing(QSizeF(4000, 3000), QRectF(0, 0, 4000, 3000))
    before = QRectF(drawing.box)
    drawing.press(before.bottomRight(), 0.25)
    drawing.drag(before.bottomRight() + QPointF(100, 80))
    assert drawing.release(0.25)
    assert drawing.box.topLeft() == before.topLeft()
    assert drawing.box.bottomRight() == before.bottomRight() + QPointF(100, 80)
    kept = QRectF(drawing.box)
    drawing.press(QPointF(100, 100), 0.25)
    drawing.drag(QPointF(110, 108))
    assert not drawing.release(0.25)
    assert drawing.box == kept


def test_the_words_about_a_photo_are_honest() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English))
    assert facts.when(PHOTO).startswith("Taken Friday, May 3, 2019, 2:02")
    assert facts.when(replace(PHOTO, taken_from="file")) == "File date Friday, May 3, 2019"
    assert facts.measures(PHOTO) == "8,660 × 5,774 · 50.0 megapixels"
    assert facts.measures(replace(PHOTO, width=150, height=150)) == "150 × 150 pixels"
    assert facts.file_facts(PHOTO).startswith("JPEG · 12.3 M")
    assert facts.age_then(PHOTO, person(2012)) == "6 or 7 years old here, born 2012"
    assert facts.age_then(PHOTO, person(None)) == ""
    assert facts.age_then(PHOTO, person(2030)) == ""
    assert facts.age_then(replace(PHOTO, taken_from="file"), person(2012)) == ""


def test_a_raw_file_is_called_by_its_makers_name_for_it() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English))
    raw = replace(PHOTO, content_type="image/x-dcraw", path=Path("/photos/IMG_1.cr3"))
    assert facts.file_facts(raw).startswith("Camera raw, CR3 · 12.3 M")


@pytest.mark.parametrize(
    ("yaw", "pitch", "roll", "said"),
    [
        (0, 0, 0, "facing the camera"),
        (30, 0, 0, "turned to the left"),
        (-30, 20, 0, "turned to the right, looking up"),
        (60, 0, 25, "in profile to the left, head tilted"),
        (0, -20, 0, "looking down"),
    ],
)
def test_a_pose_in_words(yaw: float, pitch: float, roll: float, said: str) -> None:
    assert facts.pose(replace(FACE, yaw=yaw, pitch=pitch, roll=roll)) == said


def test_the_words_about_a_face() -> None:
    assert facts.looks(FACE) == "Looks about 34 · female · facing the camera"
    unsure = replace(FACE, gender_confidence=0.55, age=None, yaw=None)
    assert facts.looks(unsure) == ""
    asleep = replace(unsure, eyes="close", eyes_confidence=0.9, mouth="open", mouth_confidence=0.9)
    assert facts.looks(asleep) == "Eyes closed, mouth open"
    assert facts.opened(replace(asleep, eyes_confidence=0.6, mouth="close")) == ""
    assert facts.opened(replace(asleep, eyes="open", mouth_confidence=None)) == ""
    assert facts.clearness(FACE) == "Good quality"
    assert facts.clearness_in_numbers(FACE) == "Quality 70\u00a0% · sharpness 50\u00a0%"
    assert facts.belonging(FACE) == "Kinfolk’s guess"
    assert facts.belonging(replace(FACE, placed=Placed.USER)) == "You said so"
    lone = replace(FACE, person_id=None)
    assert facts.belonging(lone) == "Not with anybody yet"
    assert facts.belonging(replace(lone, placed=Placed.USER)) == "You said: a stranger"
    assert facts.is_stranger(replace(lone, placed=Placed.USER), ())
    assert not facts.is_stranger(lone, ())
    assert facts.is_stranger(FACE, {3}) and not facts.is_stranger(FACE, ())
    assert not facts.is_stranger(replace(FACE, person_name="Anna"), {3})
    drawn = replace(FACE, drawn=True, person_name="Anna")
    assert facts.belonging(drawn) == "Drawn by hand; not used to recognise others"
    assert words_for(drawn) == "Anna, drawn by hand; not used to recognise others"
