"""Subject: which photos are to be exported; and the question how, from anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.library.rows import PersonRow, PhotoSearch
from app.ui.desk import Desk
from app.ui.guide.help_button import offer_help


@dataclass(frozen=True, slots=True)
class Subject:
    """Photos by what they have in common."""

    photos: Callable[[], Sequence[int]]
    """Reads their ids; to be called in the background."""
    people: tuple[PersonRow, ...] = ()
    """Those whom it is about."""


def of_people(desk: Desk, people: Sequence[PersonRow]) -> Subject:
    """All photos of somebody, or of any of several people."""
    return of_search(desk, PhotoSearch(any_of=tuple(row.id for row in people)), people)


def of_search(desk: Desk, search: PhotoSearch, people: Sequence[PersonRow] = ()) -> Subject:
    """All that a search finds, also what stands under another photo in a stack."""
    return Subject(lambda: desk.album.every_found(search), tuple(people))


def of_photos(photo_ids: Sequence[int], people: Sequence[PersonRow] = ()) -> Subject:
    """These very photos, perhaps of somebody."""
    ids = list(photo_ids)
    return Subject(lambda: ids, tuple(people))


def ask_export(desk: Desk, subject: Subject, parent: QWidget) -> None:
    """Ask how photos are to be exported."""
    from app.ui.exporting.dialog import ExportDialog

    dialog = ExportDialog(desk, subject, parent)
    offer_help(dialog, desk, "export")
    dialog.open()
