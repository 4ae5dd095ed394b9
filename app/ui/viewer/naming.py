"""Naming: saying of a face on the canvas who it is, or is not, or that there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRectF, QSizeF, Qt, Signal
from PySide6.QtWidgets import QMenu

from app.library.film import film_y
from app.library.rows import FaceRow, PersonRow
from app.ui import words
from app.ui.desk import Desk
from app.ui.texts import Texts
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.face_editor import FaceEditor
from app.ui.viewer.frames import box_of, place
from app.ui.widgets.menus import add_entry, menu_text

tr = Texts("viewer")

_EDGE = 8


class Naming(QObject):
    """Opens the field for a name, the menu of a face and the frame to draw; gives the commands."""

    person_wanted = Signal(int)
    changed = Signal()
    """The field or the frame to draw has come or gone."""

    def __init__(self, desk: Desk, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._desk = desk
        self._canvas = canvas
        self._photo = 0
        self._people: dict[int, PersonRow] = {}
        self._face: FaceRow | None = None
        self.editor: FaceEditor | None = None
        self.menu: QMenu | None = None
        self.film_moment: float | None = None
        """The moment of a video that is in sight, s; None in pictures."""
        canvas.face_clicked.connect(self.meet)
        canvas.moved.connect(self.put_in_place)
        canvas.draw_ended.connect(self._end_drawing)

    @property
    def is_busy(self) -> bool:
        """Whether a name is being typed or a frame drawn."""
        return self.editor is not None or self._canvas.drawing is not None

    def begin(self, photo_id: int) -> None:
        """Another photo is in sight."""
        self.close()
        self._photo = photo_id
        self._people = {}

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """Who is in the photo."""
        self._people = {person.id: person for person in people}

    # -- one face --------------------------------------------------------------------------

    def meet(self, face: FaceRow) -> None:
        """A face was clicked: ask who it is, or offer what can be said of somebody known."""
        if face.person_name:
            self.open_menu(face)
        else:
            self.ask(face)

    def ask(self, face: FaceRow) -> None:
        """Open the field for the name of a face."""
        self.close()
        editor = FaceEditor(self._desk, self._canvas, scope=self._scope(face))
        editor.more_wanted.connect(partial(self.open_menu, face))
        self._open(editor, self._take_name, face)

    def open_menu(self, face: FaceRow) -> None:
        """Open what can be said of a face, beside its tag."""
        self.close()
        self.menu = self.menu_of(face)
        self.menu.popup(self._canvas.mapToGlobal(self._below(face)))

    def menu_of(self, face: FaceRow) -> QMenu:
        """What can be said of a face."""
        desk, icons = self._desk, self._desk.icons
        menu = QMenu(self._canvas)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def add(text: str, icon: str, work: Callable[[], object]) -> None:
            add_entry(menu, text, work, icons.icon(icon, "secondary", 18))

        name = menu_text(face.person_name)
        if face.person_id is not None:
            show = tr("Show all photos of {0}").format(name or tr("this person"))
            add(show, "images", partial(self.show_person, face))
            menu.addSeparator()
        if face.person_name:
            add(tr("Not {0}").format(name), "user-round-minus", partial(self.reject, face))
            add(tr("Someone else…"), "user-round-pen", partial(self.ask, face))
        else:
            add(tr("Who is this?"), "user-round-pen", partial(self.ask, face))
        if face.person_id is not None:
            add(tr("Use as cover"), "star", partial(self.use_as_cover, face))
        menu.addSeparator()
        add(tr("A stranger"), "user-round-x", partial(self.say_stranger, face))
        add(tr("Not a face"), "ban", partial(desk.deeds.mark_not_a_face, [face.id]))
        return menu

    def reject(self, face: FaceRow) -> None:
        """A face is not the person it is with."""
        if face.person_id is not None:
            self._desk.deeds.reject(face.person_id, [face.id])

    def say_stranger(self, face: FaceRow) -> None:
        """A face is nobody the user knows; if it was with somebody named, it is not them."""
        if face.person_name:
            self.reject(face)
        self._desk.deeds.say_strangers([face.id])

    def show_person(self, face: FaceRow) -> None:
        """Lead to all photos of whom a face is with."""
        if face.person_id is not None:
            self.person_wanted.emit(face.person_id)

    def use_as_cover(self, face: FaceRow) -> None:
        """Let a face stand for its person."""
        if face.person_id is not None:
            self._desk.deeds.choose_cover(face.person_id, face.id)

    # -- a face that was missed ------------------------------------------------------------

    def draw(self) -> None:
        """Let the user frame a face that was missed."""
        self.close()
        self._canvas.begin_drawing()
        self.changed.emit()

    def close(self) -> bool:
        """Take the field away, or the frame being drawn; whether there was one."""
        was_busy = self.is_busy
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = self._face = None
        if self._canvas.drawing is not None:
            self._canvas.end_drawing()
        if was_busy:
            self._canvas.setFocus()
            self.changed.emit()
        return was_busy

    def put_in_place(self) -> None:
        """Keep the field beside its face."""
        if self.editor is None:
            return
        self.editor.adjustSize()
        size, room = QSizeF(self.editor.size()), QRectF(self._canvas.rect())
        room.adjust(_EDGE, _EDGE, -_EDGE, -_EDGE)
        face = self._box()
        box = np.array([[face.left(), face.top(), face.right(), face.bottom()]])
        where = place(face.adjusted(-6, -6, 6, 6), size, room, box, box)
        corner = room.bottomLeft().toPoint() - QPoint(0, self.editor.height())
        self.editor.move(corner if where.isEmpty() else where.topLeft().toPoint())

    def _end_drawing(self, is_good: bool) -> None:
        if not is_good:
            self._desk.deeds.said.emit(
                tr("That is too small for a face. Draw the frame a little larger."), False
            )
            return
        if self.editor is not None:
            self.put_in_place()
            self.editor.edit.setFocus()
            return
        hint = tr("Enter saves; the name may stay empty.")
        editor = FaceEditor(self._desk, self._canvas, hint=hint, may_be_empty=True)
        self._open(editor, self._take_drawn, None)

    def _take_drawn(self, name: str) -> None:
        drawing = self._canvas.drawing
        self.close()
        if drawing is not None:
            x, y, w, h = drawing.share()
            if self.film_moment is not None:
                y = film_y(y, self.film_moment)
            self._desk.deeds.draw_face(self._photo, (x, y, w, h), name)

    # -- the field -------------------------------------------------------------------------

    def _open(self, editor: FaceEditor, take: Callable[[str], None], face: FaceRow | None) -> None:
        editor.chosen.connect(take)
        self.editor, self._face = editor, face
        if face is not None:
            editor.edit.setText(face.person_name)
            editor.edit.selectAll()
        self.put_in_place()
        editor.show()
        editor.raise_()
        editor.edit.setFocus()
        self.changed.emit()

    def _take_name(self, name: str) -> None:
        face, editor = self._face, self.editor
        is_only = editor is not None and editor.only.isChecked()
        self.close()
        if face is None or name == face.person_name:
            return
        if face.person_id is not None and not face.person_name and not is_only:
            self._desk.deeds.name(face.person_id, name)
        else:
            self._desk.deeds.move([face.id], name)

    def _scope(self, face: FaceRow) -> str:
        """What else a name for this face goes to, where that is more than the face."""
        person = self._people.get(face.person_id or 0)
        if person is None or person.name or person.photo_count < 2:
            return ""
        if person.photo_count == 2 and not person.video_count:
            return tr("Names both photos of this person.")
        return tr("Names all {0} of this person.").format(
            words.photos_and_videos(person.photo_count, person.video_count)
        )

    def _box(self) -> QRectF:
        picture = self._canvas.picture()
        if self._face is not None:
            return box_of(self._face, picture)
        drawing = self._canvas.drawing
        return picture if drawing is None else drawing.shown(picture)

    def _below(self, face: FaceRow) -> QPoint:
        """Where the menu of a face opens: at its tag, or below its box."""
        for frame in self._canvas.frames():
            if frame.face.id == face.id and not frame.tag.isEmpty():
                return frame.tag.bottomLeft().toPoint() + QPoint(0, 4)
        corner = box_of(face, self._canvas.picture()).bottomLeft().toPoint()
        return QPoint(max(0, corner.x()), min(self._canvas.height(), max(0, corner.y())))
