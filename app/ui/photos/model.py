"""Models of photos and of face crops, by month."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from enum import StrEnum
from typing import Any, cast

from PySide6.QtCore import QObject, Qt

from app.library.queries.items import PhotoItems
from app.library.rows import FaceRow, PhotoItem, Placed
from app.ui import absence, words
from app.ui.photos.leaving import LeavingModel
from app.ui.texts import Texts
from app.ui.widgets.grid_model import ROW_ROLE, AnyIndex, Section

tr = Texts("photos")

CAPTION_ROLE = ROW_ROLE + 1
"""A few letters to write on a tile; empty for none."""
MARK_ROLE = ROW_ROLE + 2
"""The Mark of a tile as its text; None for none."""
COUNT_ROLE = ROW_ROLE + 3
"""Words for how many files a tile stands for; empty for one."""


class Mark(StrEnum):
    """What a small sign in the corner of a tile says."""

    CONFIRMED = "check"
    DOUBTFUL = "circle-question-mark"
    ABSENT = absence.ICON


class PhotoModel(LeavingModel[PhotoItem]):
    """Photos as tiles; with a year of birth, each says how old the person was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._born: int | None = None

    def set_born(self, year: int | None) -> None:
        """Whose photos these are was born in this year."""
        self._born = year

    def identity(self, row: PhotoItem) -> Hashable:
        return row.id

    def places_of(
        self, rows: Sequence[PhotoItem], identities: Collection[Hashable]
    ) -> Mapping[Hashable, int]:
        if isinstance(rows, PhotoItems):  # it knows without making the rows
            return cast(dict[Hashable, int], rows.places_of(cast(Collection[int], identities)))
        return super().places_of(rows, identities)

    def followed(
        self, known: Sequence[PhotoItem], rows: Sequence[PhotoItem]
    ) -> Sequence[int | None]:
        if isinstance(rows, PhotoItems):
            return rows.places_of_rows(known)
        return super().followed(known, rows)

    def without(self, rows: Sequence[PhotoItem], places: Sequence[int]) -> Sequence[PhotoItem]:
        if isinstance(rows, PhotoItems):
            return rows.without(places)
        return super().without(rows, places)

    def words(self, row: PhotoItem) -> str:
        film = (
            ""
            if row.duration is None
            else tr("video, {0}").format(words.running_time(row.duration))
        )
        return ", ".join(part for part in (film, self._when(row), *_about_file(row)) if part)

    def _when(self, row: PhotoItem) -> str:
        if row.taken is None:
            return tr("Photo without a date") if row.duration is None else tr("No date")
        if not row.is_dated:
            told = tr("Photo without a date; its file is of {0}")
            if row.duration is not None:
                told = tr("No date; its file is of {0}")
            return told.format(words.moment(row.taken))
        age = age_at(row, self._born)
        said = words.moment(row.taken)
        if row.duration is None:
            said = tr("Photo of {0}").format(said)
        return said if age is None else f"{said}, {words.years_old(age)}"

    def data(self, index: AnyIndex, role: int = ROW_ROLE) -> Any:
        row = self.row_at(index)
        if row is None:
            return super().data(index, role)
        if role == MARK_ROLE:
            return Mark.ABSENT.value if row.is_offline else None
        if role == COUNT_ROLE:
            return words.files(row.copies + 1) if row.copies else ""
        if role == CAPTION_ROLE:
            age = age_at(row, self._born)
            return "" if age is None else words.number(age)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (self._tip(row), *_about_file(row)) if part)
        return super().data(index, role)

    def _tip(self, row: PhotoItem) -> str:
        age = age_at(row, self._born)
        month = words.month(row.taken)
        if age is not None:
            return f"{words.years_old(age)}, {month}"
        if row.is_dated:
            return ""
        return tr("The camera wrote no date; the file is of {0}").format(month)


class FaceModel(LeavingModel[FaceRow]):
    """Face crops as tiles, with signs of what is confirmed and what is doubtful."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._doubtful: frozenset[int] = frozenset()

    def identity(self, row: FaceRow) -> Hashable:
        return row.id

    def places_of(
        self, rows: Sequence[FaceRow], identities: Collection[Hashable]
    ) -> Mapping[Hashable, int]:
        # Tens of thousands have no name: a call for each would be seen.
        return {row.id: place for place, row in enumerate(rows) if row.id in identities}

    def words(self, row: FaceRow) -> str:
        said = tr("Face without a name")
        if row.person_name:
            said = tr("Face of {0}").format(row.person_name)
        if row.seen:
            said += ", " + tr("in a video at {0}").format(words.length(row.moment))
        mark = self._mark(row)
        return said if mark is None else f"{said}, {_MEANING[mark]()}"

    def data(self, index: AnyIndex, role: int = ROW_ROLE) -> Any:
        if role not in (MARK_ROLE, Qt.ItemDataRole.ToolTipRole):
            return super().data(index, role)
        row = self.row_at(index)
        mark = None if row is None else self._mark(row)
        if role == MARK_ROLE:
            return None if mark is None else mark.value
        return "" if mark is None else _MEANING[mark]()

    def set_doubtful(self, face_ids: Collection[int]) -> None:
        """Of which faces Kinfolk is not sure."""
        self._doubtful = frozenset(face_ids)

    def _mark(self, row: FaceRow) -> Mark | None:
        if row.person_id is not None and row.placed == Placed.USER:
            return Mark.CONFIRMED
        return Mark.DOUBTFUL if row.id in self._doubtful else None


_MEANING = {
    Mark.CONFIRMED: lambda: tr("you said so"),
    Mark.DOUBTFUL: lambda: tr("not sure"),
}


def _about_file(row: PhotoItem) -> tuple[str, ...]:
    """What there is to say of what stands behind a photo."""
    return (
        tr("{0} in this stack").format(words.photos(row.stack + 1)) if row.stack else "",
        tr("{0} with this picture").format(words.files(row.copies + 1)) if row.copies else "",
        absence.in_a_grid() if row.is_offline else "",
    )


def by_month(
    photos: Sequence[PhotoItem], born: int | None = None
) -> tuple[PhotoItems, list[Section]]:
    """Photos in their order, with a section for each month; with a year of birth, its title says
    how old the person was."""
    items = photos if isinstance(photos, PhotoItems) else PhotoItems.of(photos)
    sections, start = [], 0
    for newest, count in items.months():
        title = words.month(newest)
        is_told = born is not None and items.is_any_dated(start, start + count)
        if newest is not None and born is not None and is_told and newest.year >= born:
            title = tr("{0} · age {1}").format(title, words.number(newest.year - born))
        sections.append(Section(title, count, year=0 if newest is None else newest.year))
        start += count
    return items, sections


def age_at(photo: PhotoItem, born: int | None) -> int | None:
    """How old somebody born in this year became in the year of the photo; None when that is not
    known."""
    if born is None or photo.taken is None or not photo.is_dated or photo.taken.year < born:
        return None
    return photo.taken.year - born


def doubtful(faces: Sequence[FaceRow]) -> set[int]:
    """The faces that are much less like the person than the others are (as a box plot has it)."""
    told = sorted(face.confidence for face in faces if face.confidence is not None)
    if len(told) < _ENOUGH:
        return set()
    low, high = told[len(told) // 4], told[3 * len(told) // 4]
    fence = low - 1.5 * (high - low)
    return {
        face.id
        for face in faces
        if face.confidence is not None and face.confidence < fence and face.placed == Placed.MACHINE
    }


def item_of(face: FaceRow) -> PhotoItem:
    """The photo or video of a face, as far as the face tells of it."""
    duration = face.moment if face.seen else None
    return PhotoItem(face.photo_id, face.fingerprint, 0, 0, None, 0, duration=duration)


_ENOUGH = 8
"""Among fewer faces none can be called an exception."""
