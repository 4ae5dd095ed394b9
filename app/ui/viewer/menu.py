"""The right-click menu of the viewer: what can be done with the photo in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.library.rows import PersonRow
from app.ui.photos.menu import add_absence, add_people

if TYPE_CHECKING:
    from app.ui.viewer.presence import Presence
    from app.ui.viewer.viewer import Viewer


def menu_of_photo(viewer: Viewer, people: Sequence[PersonRow], presence: Presence) -> QMenu:
    """What can be done with a photo that shows these people, in the words of the menu bar;
    `presence` tells whether its file is at hand."""
    menu = QMenu(viewer)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    add_people(menu, viewer.desk, people, viewer.person_wanted.emit, viewer)
    acts = viewer.acts
    for group in (
        (acts.fetch,) if presence.can_fetch else (),
        (acts.play, acts.sound) if viewer.film.is_film else (),
        (acts.move,) if viewer.screening.moving.can_play else (),
        (acts.draw, acts.strangers),
        acts.about_stack if viewer.stack.photos else (),
        (acts.fit, acts.actual, acts.full_screen, acts.names, acts.information),
    ):
        if group:
            menu.addActions(list(group))
            menu.addSeparator()
    add_absence(menu, viewer.desk, presence.absent)
    menu.addActions(acts.files)
    return menu
