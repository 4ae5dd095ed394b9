"""The model of the People page: people in sections, in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QCoreApplication, Qt

from app.library.rows import PersonKind, PersonRow
from app.ui import words
from app.ui.widgets.grid_model import AnyIndex, GridModel, Section


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
        return f"{words.called(row)}, {words.photos(row.photo_count)}"


def in_sections(people: Sequence[PersonRow]) -> tuple[list[PersonRow], list[Section]]:
    """The people by how well they are known, with a title for each kind that is there."""
    titles = {
        PersonKind.NAMED: QCoreApplication.translate("people", "Named"),
        PersonKind.GROUP: QCoreApplication.translate("people", "Not named yet"),
        PersonKind.SMALL: QCoreApplication.translate("people", "Seen only a few times"),
    }
    rows: list[PersonRow] = []
    sections: list[Section] = []
    for kind, title in titles.items():
        of_kind = [person for person in people if person.kind == kind]
        if of_kind:
            rows += of_kind
            sections.append(Section(title, len(of_kind)))
    return rows, sections


def matching(people: Sequence[PersonRow], text: str) -> list[PersonRow]:
    """The people whose name has a word that begins with `text`; everyone for no text."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(people)
    return [
        person
        for person in people
        if person.name.casefold().startswith(wanted) or f" {wanted}" in person.name.casefold()
    ]
