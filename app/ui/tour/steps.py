"""Steps of the tour: what is said, and which part of the window it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.ui.places import Kind
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

tr = Texts("tour")

Where = Callable[["MainWindow"], "QRect | None"]
"""Where in the window something is; None while it is not to be seen."""


@dataclass(frozen=True, slots=True)
class Step:
    """One bubble."""

    title: str
    text: str
    where: Where


def steps() -> tuple[Step, ...]:
    """All there are, in their order; the tour leaves out what cannot be seen."""
    return (
        Step(
            tr("Everything has its page"),
            tr(
                "People shows who is in your photos, Photos shows all of them by month. The "
                "folders of your album stand below."
            ),
            lambda window: _place(window, window.sidebar),
        ),
        Step(
            tr("One card for each person"),
            tr(
                "Click the line under a face and type who it is. Drag one card onto another when "
                "both are the same person."
            ),
            _first_card,
        ),
        Step(
            tr("Your people will be here"),
            tr(
                "Drop a folder with photos here. People appear while Kinfolk looks at them, and "
                "you can begin to name them at once."
            ),
            _drop_place,
        ),
        Step(
            tr("Ask for photos in words"),
            tr("“anna ben 2019” finds photos with Anna and Ben of that year."),
            lambda window: _place(window, window.top_bar.search),
        ),
        Step(
            tr("Kinfolk asks when it is not sure"),
            tr("Yes or no is enough, and each answer makes the groups better."),
            lambda window: _place(window, window.sidebar.entry(Kind.REVIEW)),
        ),
        Step(
            tr("What Kinfolk is doing"),
            tr(
                "Activity tells how far it is and can pause it. History, below, takes back "
                "anything you said."
            ),
            lambda window: _place(window, window.sidebar.entry(Kind.ACTIVITY)),
        ),
    )


def _place(window: MainWindow, widget: QWidget) -> QRect | None:
    if not widget.isVisible():
        return None
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def _drop_place(window: MainWindow) -> QRect | None:
    """Where an album without photos invites to drop some."""
    is_empty = window.invitations.is_empty
    return _place(window, window.invitations.empty.frame) if is_empty else None


def _first_card(window: MainWindow) -> QRect | None:
    """The card of whoever comes first on the People page."""
    from app.ui.people.page import PeoplePage

    page = window.pages[Kind.PEOPLE]
    if not isinstance(page, PeoplePage) or not page.grid.isVisible() or not page.model.rows:
        return None
    card = page.grid.visualRect(page.model.index(0))
    viewport = page.grid.viewport()
    if not viewport.rect().intersects(card):
        return None
    return QRect(viewport.mapTo(window, card.topLeft()), card.size())
