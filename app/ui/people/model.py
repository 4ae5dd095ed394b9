"""The model of the People page: people in sections, in words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from PySide6.QtCore import Qt

from app.library.rows import PersonRow
from app.ui import words
from app.ui.widgets.grid_model import AnyIndex, GridModel
from app.ui.widgets.name_match import Fit, fit


class PeopleModel(GridModel[PersonRow]):
    """People as cards."""

    def identity(self, row: PersonRow) -> Hashable:
        return row.id

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        held = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable | held

    def words(self, row: PersonRow) -> str:
        return f"{words.called(row)}, {words.photos_and_videos(row.photo_count, row.video_count)}"


def matching(people: Iterable[PersonRow], text: str) -> list[PersonRow]:
    """The people whose name has a word that begins with `text`; everyone for no text."""
    if not text.strip():
        return list(people)
    return [
        person
        for person in people
        if (how := fit(person.name, text)) is not None and how <= Fit.WORD
    ]
