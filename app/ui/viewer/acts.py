"""ViewerActs: everything that can be done with the photo in sight, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QGuiApplication, QIcon

from app.library.rows import PhotoRow
from app.ui import words
from app.ui.photos.menu import FileWork, file_works
from app.ui.texts import Texts
from app.ui.viewer.carrying import carrying_from
from app.ui.viewer.stage import STAGE
from app.ui.widgets.act import add_act, add_gap

if TYPE_CHECKING:
    from app.ui.viewer.viewer import Viewer

tr = Texts("viewer")

_FILE_KEYS = ("Ctrl+Shift+R", "Ctrl+Return", "Ctrl+C", "Ctrl+Shift+C", "Ctrl+Alt+C")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the acts depend on."""

    is_first: bool
    is_last: bool
    is_busy: bool
    """Whether a name is being typed or a frame drawn: letters are letters then."""
    has_picture: bool
    has_facts: bool
    absent: str
    """Why the file is not at hand; empty when it is."""
    can_fetch: bool
    """Whether that is the cloud, from where it can be had."""
    is_fitted: bool
    has_frames: bool
    has_face: bool
    """Whether a face has the focus."""
    has_person: bool
    """Whether it is with somebody."""
    strangers: int
    can_play: bool
    """Whether it is a video that is at hand."""
    can_move: bool
    """Whether it is a photo with a moving part."""
    is_playing: bool
    later: bool
    """Whether there is a later moment of a video at which somebody is to be seen."""
    earlier: bool
    has_stack: bool = False
    """Whether other photos stand with this one..."""
    is_top: bool = False
    """...under it."""


class ViewerActs:
    """The acts of the viewer, in the order in which menus list them."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._icons: list[tuple[QAction, str]] = []
        for make in (
            self._make_faces,
            self._make_additions,
            self._make_stack,
            self._make_walks,
            self._make_films,
            self._make_views,
        ):
            make()
            add_gap(viewer)
        works = file_works(viewer.desk)
        self.files = [
            self._make(one.text, one.icon, partial(viewer.with_photo, self._work(one)), key)
            for one, key in zip(works, _FILE_KEYS, strict=True)
        ]
        self._tips = {
            act: act.toolTip() for act, one in zip(self.files, works, strict=True) if one.needs_file
        }
        """The acts that need the file itself, and what their tool tips say."""
        self.carrying = carrying_from(viewer)

    def _work(self, one: FileWork) -> Callable[[PhotoRow], object]:
        at, film = one.at, self._viewer.film
        return one.work if at is None else lambda photo: at(photo, film.moment)

    def refresh(self, now: Standing) -> None:
        """Let be done what can be done now."""
        free, viewer = not now.is_busy, self._viewer
        self.stack.setChecked(viewer.stack.is_inside)
        for act, can in (
            (self.previous, not now.is_first),
            (self.first, not now.is_first),
            (self.next, not now.is_last),
            (self.last, not now.is_last),
            (self.larger, now.has_picture),
            (self.smaller, now.has_picture and not now.is_fitted),
            (self.fit, not now.is_fitted),
            (self.actual, now.has_picture),
            (self.names, True),
            (self.information, True),
            (self.next_face, now.has_frames),
            (self.previous_face, now.has_frames),
            (self.name, now.has_face),
            (self.show_person, now.has_person),
            (self.reject, now.has_person),
            (self.cover, now.has_person),
            (self.stranger, now.has_face),
            (self.deny, now.has_face),
            (self.draw, now.has_facts and now.has_picture and not now.is_playing),
            (self.strangers, now.strangers > 0),
            (self.play, now.can_play),
            (self.sound, now.can_play),
            (self.move, now.can_move),
            (self.later, now.later),
            (self.earlier, now.earlier),
            (self.fetch, now.can_fetch),
            (self.stack, now.has_stack or viewer.stack.is_inside),
            (self.top, now.has_stack and not now.is_top),
            (self.out, now.has_stack),
            *(
                (act, now.has_facts and not (now.absent and act in self._tips))
                for act in self.files
            ),
        ):
            act.setEnabled(can and free)
        for act, tip in self._tips.items():
            act.setToolTip(now.absent or tip)
        self.play.setText(tr("Pause") if now.is_playing else tr("Play"))
        text = tr("Everyone else here is a stranger")
        count = words.number(now.strangers)
        self.strangers.setText(f"{text} ({count})" if now.strangers else text)

    def stage_icons(self) -> dict[QAction, QIcon]:
        """The icons for the black around a photo that fills the screen."""
        icons = self._viewer.desk.icons
        return {act: icons.icon(name, "text", 20, STAGE) for act, name in self._icons}

    def _make_walks(self) -> None:
        viewer = self._viewer
        step, jump = viewer.step, viewer.jump
        self.close = self._make(tr("Back"), "arrow-left", viewer.escape, "Esc")
        # The photo that the key points at: where one reads from right to left, the next is left.
        back, on = ("Right", "Left") if QGuiApplication.isRightToLeft() else ("Left", "Right")
        self.previous = self._make(tr("Previous photo"), "", partial(step, -1), back, "PgUp")
        self.next = self._make(tr("Next photo"), "", partial(step, 1), on, "PgDown")
        self.first = self._make(tr("First photo"), "", partial(jump, 0), "Home")
        self.last = self._make(tr("Last photo"), "", partial(jump, -1), "End")

    def _make_films(self) -> None:
        """What can be done with what moves."""
        viewer, screening = self._viewer, self._viewer.screening
        step = screening.film.step
        self.play = self._make(tr("Play"), "play", screening.film.toggle, "Space")
        self.sound = self._make(
            tr("Play with sound in your player"), "square-play", screening.play_outside,
            "Shift+Return", "Shift+Enter",
        )  # fmt: skip
        self.later = self._make(
            tr("Next moment with a face"), "", partial(step, 1), "Shift+Right", "."
        )
        self.earlier = self._make(
            tr("Previous moment with a face"), "", partial(step, -1), "Shift+Left", ","
        )
        self.move = self._make(
            tr("Play the moving part"), "image-play", screening.moving.toggle, "M"
        )
        self.film_buttons = ((self.play, "play"), (self.sound, "square-play"))
        viewer.canvas.entered.connect(self.play.trigger)

    def _make_views(self) -> None:
        viewer, canvas = self._viewer, self._viewer.canvas
        larger, smaller = partial(canvas.zoom_by, 1), partial(canvas.zoom_by, -1)
        self.larger = self._make(tr("Zoom in"), "zoom-in", larger, "+", "=")
        self.smaller = self._make(tr("Zoom out"), "zoom-out", smaller, "-")
        self.fit = self._make(tr("Fit in the window"), "", canvas.fit, "0")
        self.actual = self._make(tr("Actual size"), "", canvas.actual_size, "1")
        self.full_screen = self._make(
            tr("Photo in full screen"), "maximize", viewer.toggle_full_screen, "F"
        )
        self.names = self._make(tr("Names"), "scan-face", viewer.show_names, "N")
        self.names.setCheckable(True)
        self.names.setChecked(True)
        self.information = self._make(tr("Information"), "info", viewer.show_information, "I")
        self.information.setCheckable(True)
        self.fetch = self._make(tr("Download and show"), "cloud", viewer.fetch, "L")

    def _make_faces(self) -> None:
        viewer, say = self._viewer, self._viewer.with_face
        naming, deeds = viewer.naming, viewer.desk.deeds
        onward, back = partial(viewer.walk_faces, 1), partial(viewer.walk_faces, -1)
        self.next_face = self._make(tr("Next face"), "", onward, "Ctrl+Right")
        self.previous_face = self._make(tr("Previous face"), "", back, "Ctrl+Left")
        meet, reject = partial(say, naming.meet), partial(say, naming.reject)
        self.name = self._make(tr("Who is this?"), "user-round-pen", meet, "Return", "Enter")
        self.show_person = self._make(
            tr("Show all photos of this person"), "images", partial(say, naming.show_person), "P"
        )
        self.reject = self._make(tr("Not this person"), "user-round-minus", reject, "Del")
        self.cover = self._make(tr("Use as cover"), "star", partial(say, naming.use_as_cover), "C")
        self.stranger = self._make(
            tr("A stranger"), "user-round-x", partial(say, naming.say_stranger)
        )
        self.deny = self._make(
            tr("Not a face"), "ban", lambda: say(lambda f: deeds.mark_not_a_face([f.id])), "X"
        )

    def _make_additions(self) -> None:
        """What is said of the photo as a whole."""
        viewer = self._viewer
        self.draw = self._make(tr("Draw a face…"), "square-dashed-plus", viewer.naming.draw, "D")
        self.strangers = self._make(
            tr("Everyone else here is a stranger"), "user-round-x", viewer.say_strangers, "E"
        )

    def _make_stack(self) -> None:
        """What is said of the photos that stand together."""
        stack = self._viewer.stack
        self.stack = self._make(tr("Photos in this stack"), "layers-2", stack.toggle, "S")
        self.stack.setCheckable(True)
        self.top = self._make(tr("Make this the top"), "", stack.make_top, "B")
        self.out = self._make(tr("Take out of the stack"), "", stack.take_out, "U")
        self.about_stack = (self.stack, self.top, self.out)

    def _make(self, text: str, icon: str, work: Callable[[], object], *keys: str) -> QAction:
        act = add_act(self._viewer, text, work, *keys)
        if icon:
            self._icons.append((act, icon))
            self._viewer.desk.icons.put_on(act, icon, "text", 20)
        return act
