"""Videos in the viewer: exact frames, who is in them and when, and playing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.library.commands.faces import move_faces
from app.library.queries.faces import faces_in_photo
from app.library.rows import FaceRow
from app.ui import words
from app.ui.places import Kind, Place
from app.ui.review.framed import Peek, PhotoCard
from app.ui.viewer.film_people import ROW
from app.ui.viewer.outside import command_for
from app.ui.viewer.viewer import Viewer
from app.ui.widgets.grid_model import Section
from tests.media.films import RATE, WIDTH, number_of
from tests.ui.films import FIRST, FRAMES, SECOND, THIRD, add_film, add_moving

if TYPE_CHECKING:
    from tests.ui.conftest import Room

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def film_id(room: Room, tmp_path: Path) -> int:
    return add_film(room.library, room.collection_id, tmp_path / "drawn")


def open_photo(room: Room, photo_id: int, face_id: int = 0) -> Viewer:
    """Open the viewer on a photo or a video."""
    photos = room.window.desk.album.timeline()
    place = [photo.id for photo in photos].index(photo_id)
    room.window.open_photos(photos, place, face_id)
    return room.window.viewer


def open_film(room: Room, qtbot: QtBot, film_id: int, face_id: int = 0) -> Viewer:
    viewer = open_photo(room, film_id, face_id)
    qtbot.waitUntil(lambda: viewer.film._shown is not None)
    return viewer


def pixels_of(image: QImage) -> np.ndarray:  # type: ignore[type-arg]
    """An image of Qt's as (H, W, 3) RGB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    return whole[:, :, 2::-1]


def number_shown(viewer: Viewer) -> int:
    """The number of the frame that is in sight."""
    assert viewer.canvas.pyramid is not None
    return number_of(pixels_of(viewer.canvas.pyramid.level(WIDTH)))


def settle(viewer: Viewer, qtbot: QtBot, moment: float) -> None:
    """Wait until this moment is in sight."""
    qtbot.waitUntil(lambda: viewer.film._shown == pytest.approx(moment, abs=0.002))


def names_shown(viewer: Viewer) -> list[str]:
    return [face.person_name for face in viewer.canvas.layer.faces]


# -- moments -------------------------------------------------------------------------------


def test_a_video_opens_at_a_face_and_steps_from_one_to_the_next(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    viewer = open_film(room, qtbot, film_id)
    assert viewer.screening.strip.isVisible()
    settle(viewer, qtbot, FIRST)
    assert number_shown(viewer) == 10
    assert names_shown(viewer) == ["Anna"]
    assert not viewer.acts.earlier.isEnabled()
    QTest.keyClick(viewer.canvas, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(viewer, qtbot, SECOND)
    assert number_shown(viewer) == 40
    assert names_shown(viewer) == ["Anna", ""]
    QTest.keyClick(viewer.canvas, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    settle(viewer, qtbot, THIRD)
    assert names_shown(viewer) == [""] and not viewer.acts.later.isEnabled()
    QTest.keyClick(viewer.canvas, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    settle(viewer, qtbot, SECOND)


def test_frames_lie_where_the_faces_of_the_moment_are(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    viewer = open_film(room, qtbot, film_id)
    settle(viewer, qtbot, FIRST)
    ((frame),) = viewer.canvas.frames()
    picture = viewer.canvas.picture()
    assert frame.box.top() == pytest.approx(picture.top() + 0.2 * picture.height(), abs=0.5)
    assert frame.box.height() == pytest.approx(0.3 * picture.height(), abs=0.5)


def test_a_video_opens_at_the_face_that_was_clicked(room: Room, qtbot: QtBot, film_id: int) -> None:
    last = max(faces_in_photo(room.library, film_id), key=lambda face: face.moment)
    viewer = open_film(room, qtbot, film_id, last.id)
    settle(viewer, qtbot, THIRD)
    assert viewer.canvas.layer.focused == last.id


def test_from_the_page_of_a_person_a_video_opens_where_they_are(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    last = max(faces_in_photo(room.library, film_id), key=lambda face: face.moment)
    move_faces(room.library, [last.id], "Ben")
    ben = next(row for row in room.rows() if row.name == "Ben")
    room.window.go(Place(Kind.PERSON, (ben.id,)))
    page = room.window.pages[Kind.PERSON]
    qtbot.waitUntil(lambda: page.photos.photos.index_of(film_id).isValid())
    page.photos.opened.emit(page.photos.photos.index_of(film_id))
    settle(room.window.viewer, qtbot, THIRD)
    assert "Ben" in names_shown(room.window.viewer)


def test_a_click_on_the_time_shows_that_very_frame(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    axis = viewer.screening.strip.axis
    x = round(axis.place_of(30.4 / RATE))
    QTest.mouseClick(axis, LEFT, pos=QPoint(x, 12))
    qtbot.waitUntil(lambda: number_shown(viewer) == int(axis.moment_at(x) * RATE + 1e-6))
    assert names_shown(viewer) == []
    axis.setFocus()
    QTest.keyClick(axis, Key.Key_End)
    qtbot.waitUntil(lambda: number_shown(viewer) == FRAMES - 1)
    QTest.keyClick(axis, Key.Key_Left)
    qtbot.waitUntil(lambda: abs(number_shown(viewer) - (FRAMES - RATE)) <= 1)
    assert viewer._photos[viewer._here].id == film_id  # and not on to the next photo


def test_whoever_drags_over_the_time_is_not_run_after(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    viewer = open_film(room, qtbot, film_id)
    for number in range(FRAMES):
        viewer.film.go(number / RATE)
    settle(viewer, qtbot, (FRAMES - 1) / RATE)
    assert number_shown(viewer) == FRAMES - 1


def test_lanes_say_who_is_there_and_when(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    people = viewer.screening.strip.people
    assert [lane.name for lane in people.lanes] == ["Anna", "", ""]
    assert people.lanes[0].spans == ((0.2, 0.8), (1.4, 1.9))
    assert len(people.bars(0)) == 2
    people.setFocus()
    QTest.keyClick(people, Key.Key_Right)
    settle(viewer, qtbot, SECOND)
    assert people.accessibleName().startswith("Anna, 0:00, 0:01")
    assert people.accessibleName().endswith("1 of 3")
    QTest.keyClick(people, Key.Key_Down)
    assert people.accessibleName().startswith("Who is this?")


def test_a_click_on_a_dot_or_a_face_leads_to_its_frame(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    viewer = open_film(room, qtbot, film_id)
    people = viewer.screening.strip.people
    face = people.lanes[0].faces[1]
    near = people.dot(0, face) + QPointF(3, 0)
    QTest.mouseClick(people, LEFT, pos=near.toPoint())
    settle(viewer, qtbot, SECOND)
    assert viewer.canvas.layer.focused == face.id
    QTest.mouseClick(people, LEFT, pos=QPoint(30, ROW // 2))
    settle(viewer, qtbot, people.lanes[0].cover.moment)


def test_a_lane_opens_what_can_be_said_of_a_person(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    people = viewer.screening.strip.people
    people.setFocus()
    QTest.keyClick(people, Key.Key_Down)
    QTest.keyClick(people, Key.Key_Return)
    assert viewer.naming.editor is not None  # whoever has no name is asked for
    settle(viewer, qtbot, people.lanes[1].cover.moment)
    viewer.naming.close()
    at = QPoint(30, ROW // 2)
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, at, people.mapToGlobal(at))
    QApplication.sendEvent(people, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(viewer.person_wanted) as wanted:
        next(act for act in menu.actions() if act.text() == "Show all photos of Anna").trigger()
    assert wanted.args == [people.lanes[0].person_id]
    menu.close()


def test_a_face_of_a_moment_is_named_as_one_in_a_photo(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.film.go(THIRD)
    settle(viewer, qtbot, THIRD)
    viewer.walk_faces(1)
    QTest.keyClick(viewer.canvas, Key.Key_Return)
    assert viewer.naming.editor is not None
    viewer.naming.editor.edit.setText("Ben")
    viewer.naming.editor.chosen.emit("Ben")
    qtbot.waitUntil(lambda: names_shown(viewer) == ["Ben"])
    assert viewer.film.moment == pytest.approx(THIRD)
    assert "Ben" in [lane.name for lane in viewer.screening.strip.people.lanes]


def test_a_face_can_be_drawn_in_a_frame(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.film.go(THIRD)
    settle(viewer, qtbot, THIRD)
    viewer.acts.draw.trigger()
    viewer.canvas.draw_ended.emit(True)
    assert viewer.naming.editor is not None
    viewer.naming.editor.chosen.emit("Carl")

    def drawn() -> list[FaceRow]:
        return [face for face in faces_in_photo(room.library, film_id) if face.drawn]

    qtbot.waitUntil(lambda: bool(drawn()))
    assert drawn()[0].moment == pytest.approx(THIRD) and 0 < drawn()[0].frame_y < 1


def test_the_panel_tells_of_the_video_and_leads_to_its_faces(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.acts.information.trigger()
    assert "Duration 0:03" in viewer.panel.texts()
    assert [card.face.moment for card in viewer.panel.cards] == [FIRST, SECOND, SECOND, THIRD]
    assert "At 0:02" in viewer.panel.texts()
    viewer.panel.cards[-1].name.click()
    settle(viewer, qtbot, THIRD)
    assert viewer.naming.editor is not None and viewer.canvas.layer.focused


def test_the_frame_in_sight_can_be_copied(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.film.go(SECOND)
    settle(viewer, qtbot, SECOND)
    next(act for act in viewer.acts.files if act.text() == "Copy image").trigger()
    qtbot.waitUntil(lambda: room.window.message.label.text() == "Copied")
    assert number_of(pixels_of(QGuiApplication.clipboard().image())) == 40


def test_a_video_that_is_not_there_says_so(
    room: Room, qtbot: QtBot, film_id: int, tmp_path: Path
) -> None:
    (tmp_path / "drawn" / "clip.mp4").unlink()
    viewer = open_photo(room, film_id)
    qtbot.waitUntil(lambda: viewer._presence.absent != "")
    assert not viewer.acts.play.isEnabled() and not viewer.acts.sound.isEnabled()
    assert viewer.screening.strip.isVisible()  # it is known still who is in it


def test_a_picture_has_no_strip(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.step(1)
    qtbot.waitUntil(lambda: viewer._facts is not None and viewer.canvas.has_image)
    assert not viewer.screening.strip.isVisible()
    assert not viewer.acts.play.isEnabled()
    assert viewer.canvas.layer.faces  # all of them
    viewer.step(-1)
    qtbot.waitUntil(lambda: viewer.film._shown is not None)
    assert viewer.screening.strip.isVisible()


# -- playing -------------------------------------------------------------------------------


def test_space_plays_and_stops_at_the_very_frame(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    seen: list[float] = []
    viewer.film.player.shown.connect(lambda _, moment: seen.append(moment))
    QTest.keyClick(viewer.canvas, Key.Key_Space)
    assert viewer.film.player.is_playing and viewer.acts.play.text() == "Pause"
    qtbot.waitUntil(lambda: len(seen) >= 3)
    assert names_shown(viewer) == []
    QTest.keyClick(viewer.canvas, Key.Key_Space)
    assert not viewer.film.player.is_playing
    settle(viewer, qtbot, seen[-1])
    assert seen == sorted(seen) and seen[0] == pytest.approx(FIRST)
    assert number_shown(viewer) == round(seen[-1] * RATE)


def test_at_the_end_the_last_frame_stays(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.film.go((FRAMES - 6) / RATE)
    with qtbot.waitSignal(viewer.film.player.ended):
        viewer.acts.play.trigger()
    qtbot.waitUntil(lambda: number_shown(viewer) == FRAMES - 1)
    assert viewer.acts.play.text() == "Play"


def test_who_leaves_hears_no_more_of_it(room: Room, qtbot: QtBot, film_id: int) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.acts.play.trigger()
    player = viewer.film.player
    with qtbot.waitSignal(player.shown):
        pass
    viewer.close_viewer()
    assert not player.is_playing
    with qtbot.assertNotEmitted(player.shown, wait=150):
        pass


def test_the_window_can_be_closed_while_a_film_plays(
    room: Room, qtbot: QtBot, film_id: int
) -> None:
    viewer = open_film(room, qtbot, film_id)
    viewer.acts.play.trigger()
    with qtbot.waitSignal(viewer.film.player.shown):
        pass
    room.furniture.background.close()  # which waits for all that is under way
    assert viewer.film.player.is_playing
    viewer.film.player.stop()


def test_a_photo_that_moves_plays_in_its_place(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    number = add_moving(room.library, room.collection_id, tmp_path / "drawn")
    viewer = open_photo(room, number)
    moving = viewer.screening.moving
    qtbot.waitUntil(lambda: moving.button.isVisible() and viewer.canvas.has_image)
    assert moving.button.text().strip() == "Moving" and viewer.acts.move.isEnabled()
    seen: list[int] = []
    moving.player.shown.connect(lambda frame, _: seen.append(number_of(pixels_of(frame))))
    with qtbot.waitSignal(moving.player.ended):
        QTest.keyClick(viewer.canvas, Key.Key_M)
        assert moving.button.text().strip() == "Stop"
    assert seen[-1] == 11 and seen == sorted(seen)
    assert viewer.canvas._moving is None and moving.button.text().strip() == "Moving"
    QTest.mouseClick(moving.button, LEFT)
    with qtbot.waitSignal(moving.player.shown):
        pass
    QTest.mouseClick(moving.button, LEFT)
    assert not moving.player.is_playing and viewer.canvas._moving is None


def test_a_moving_part_that_is_damaged_says_so(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    number = add_moving(room.library, room.collection_id, tmp_path / "drawn")
    path = tmp_path / "drawn" / "moves.jpg"
    whole = path.read_bytes()
    viewer = open_photo(room, number)
    qtbot.waitUntil(lambda: viewer.screening.moving.button.isVisible())
    path.write_bytes(whole[: whole.rindex(b"ftyp") + 40])
    viewer.acts.move.trigger()
    qtbot.waitUntil(lambda: "damaged" in room.window.message.label.text())
    assert not viewer.screening.moving.player.is_playing


def test_players_are_told_where_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("mpv", "vlc", "totem"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\n")
        program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    film = Path("/films/a film.mp4")
    mpv = str(tmp_path / "mpv")
    assert command_for("mpv.desktop", film, 4.2) == (mpv, "--start=4.200", str(film))
    assert command_for("io.mpv.Mpv.desktop", film, 0)[0] == mpv
    assert command_for("vlc_vlc.desktop", film, 1)[1] == "--start-time=1.000"
    assert command_for("org.gnome.Totem.desktop", film, 1) == ()
    assert command_for("celluloid.desktop", film, 1) == ()  # it is not installed
    assert command_for("", film, 1) == ()


# -- in the grids --------------------------------------------------------------------------


def test_a_tile_says_how_long_its_video_is(room: Room, qtbot: QtBot, film_id: int) -> None:
    page = room.window.pages[Kind.PHOTOS]
    room.window.go(Place(Kind.PHOTOS))
    grid = page.grid
    qtbot.waitUntil(lambda: grid.photos.index_of(film_id).isValid())
    index = grid.photos.index_of(film_id)
    assert grid.photos.row_at(index).duration == pytest.approx(3.0, abs=0.05)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("video, 0:03")
    qtbot.waitUntil(lambda: grid.isVisible() and grid.visualRect(index).width() > 60)
    grid.scrollTo(index)
    tile = grid.visualRect(index)
    corner = QRect(tile.right() - 60, tile.top() + 4, 56, 22)

    def dark() -> float:
        shown = pixels_of(grid.viewport().grab(corner).toImage()).astype(float)
        return float((shown.max(axis=2) < 110).mean())

    assert dark() > 0.3
    other = grid.visualRect(grid.photos.index(index.row() + 1))
    corner = QRect(other.right() - 60, other.top() + 4, 56, 22)
    assert dark() < 0.1


@pytest.mark.usefixtures("film_id")
def test_face_crops_of_a_video_lead_to_their_moment(room: Room, qtbot: QtBot) -> None:
    anna = next(row for row in room.rows() if row.name == "Anna")
    room.window.go(Place(Kind.PERSON, (anna.id,), view="faces"))
    page = room.window.pages[Kind.PERSON]
    faces = page.faces.faces
    qtbot.waitUntil(lambda: any(face.seen for face in faces.rows))
    place = next(n for n, face in enumerate(faces.rows) if face.moment == pytest.approx(SECOND))
    assert "in a video at 0:01" in faces.index(place).data(Qt.ItemDataRole.AccessibleTextRole)
    page.faces.setCurrentIndex(faces.index(place))
    page.face_actions.acts.show.trigger()
    viewer = room.window.viewer
    settle(viewer, qtbot, SECOND)
    assert viewer.canvas.layer.focused == faces.rows[place].id


@pytest.mark.usefixtures("film_id")
def test_a_face_is_shown_whose_photos_are_not_there_yet(room: Room, qtbot: QtBot) -> None:
    """Faces and photos of a person are read beside each other."""
    anna = next(row for row in room.rows() if row.name == "Anna")
    room.window.go(Place(Kind.PERSON, (anna.id,), view="faces"))
    page, viewer = room.window.pages[Kind.PERSON], room.window.viewer
    faces, photos = page.faces.faces, page.photos.photos
    qtbot.waitUntil(lambda: any(face.seen for face in faces.rows) and len(photos.rows) == 5)
    place = next(n for n, face in enumerate(faces.rows) if face.moment == pytest.approx(SECOND))
    page.faces.setCurrentIndex(faces.index(place))
    rows = list(photos.rows)
    photos.replace([], [])
    page.face_actions.acts.show.trigger()
    photos.replace(rows, [Section("", len(rows))])  # before the answer comes home
    qtbot.waitUntil(lambda: [one.id for one in viewer._photos] == [row.id for row in rows])
    settle(viewer, qtbot, SECOND)
    room.window.go_back()
    photos.replace([], [])
    page.face_actions.acts.show.trigger()
    alone = [faces.rows[place].photo_id]
    qtbot.waitUntil(lambda: [one.id for one in viewer._photos] == alone)
    settle(viewer, qtbot, SECOND)


@pytest.mark.usefixtures("film_id")
def test_the_page_of_a_person_counts_photos_and_videos(room: Room, qtbot: QtBot) -> None:
    anna = next(row for row in room.rows() if row.name == "Anna")
    assert (anna.photo_count, anna.video_count) == (5, 1)
    room.window.go(Place(Kind.PERSON, (anna.id,)))
    page = room.window.pages[Kind.PERSON]
    qtbot.waitUntil(lambda: page.header.facts.text().startswith("4 photos, 1 video"))


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0:00"), (42, "0:42"), (61.9, "1:01"), (3723, "1:02:03")]
)
def test_lengths_are_said_as_clocks_say_them(seconds: float, said: str) -> None:
    assert words.length(seconds) == said


def test_no_video_is_of_no_length() -> None:
    assert [words.running_time(one) for one in (0.0, 0.4, 1.6, 59.7)] == [
        "0:01",
        "0:01",
        "0:02",
        "1:00",
    ]


# -- questions -----------------------------------------------------------------------------


def test_a_question_shows_the_very_frame_of_a_face(room: Room, qtbot: QtBot, film_id: int) -> None:
    desk = room.window.desk
    photo = desk.album.photo(film_id)
    faces = {face.moment: face for face in desk.album.faces_in_photo(film_id)}
    peek = Peek(desk, room.window)
    peek.open([(faces[FIRST], photo), (faces[THIRD], photo)], 0)
    for step, number in ((0, 10), (1, 60)):
        peek.step(step)
        qtbot.waitUntil(lambda: peek._large is not None)
        assert peek._large is not None
        assert number_of(pixels_of(peek._large[1].toImage())) == number
    card = PhotoCard(desk, room.window)
    card.show_beside(QRect(100, 100, 80, 80), photo, faces[THIRD])
    qtbot.waitUntil(lambda: card._frame is not None)
    shown = pixels_of(card.grab().toImage()).astype(int)
    grey = shown[shown.shape[0] // 2 + 20, shown.shape[1] - 40]  # a quarter of the frame is grey
    assert abs(grey - 128).max() < 12
