"""Models of photos and of face crops, by month."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from app.library.rows import FaceRow, PhotoItem
from app.ui import words
from app.ui.widgets.grid_model import GridModel, Section


class PhotoModel(GridModel[PhotoItem]):
    """Photos as tiles."""

    def identity(self, row: PhotoItem) -> Hashable:
        return row.id

    def words(self, row: PhotoItem) -> str:
        if row.taken is None:
            return QCoreApplication.translate("photos", "Photo without a date")
        return QCoreApplication.translate("photos", "Photo of {0}").format(words.moment(row.taken))


class FaceModel(GridModel[FaceRow]):
    """Face crops as tiles."""

    def identity(self, row: FaceRow) -> Hashable:
        return row.id

    def words(self, row: FaceRow) -> str:
        if row.person_name:
            return QCoreApplication.translate("photos", "Face of {0}").format(row.person_name)
        return QCoreApplication.translate("photos", "Face without a name")


def by_month(photos: Sequence[PhotoItem]) -> tuple[Sequence[PhotoItem], list[Section]]:
    """Photos in their order, with a section for each month."""
    months = groupby(photos, _month)
    return photos, [
        Section(words.month(first.taken), 1 + sum(1 for _ in group))
        for _, group in months
        for first in [next(group)]
    ]


def _month(photo: PhotoItem) -> tuple[int, int] | None:
    return None if photo.taken is None else (photo.taken.year, photo.taken.month)
