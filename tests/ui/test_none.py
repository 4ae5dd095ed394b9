"""PySide and Python agree on who owns None: where they do not, the window dies after minutes."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

CALLS = 2000


class _Empty(QAbstractListModel):
    """Answers nothing to everything."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: ARG002, B008, N802
        return 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> None:  # noqa: ARG002
        return None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there")
@pytest.mark.usefixtures("qapp")
def test_a_call_that_gives_none_takes_no_reference() -> None:
    model = _Empty()
    index = model.index(0)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        index.data(Qt.ItemDataRole.UserRole)
    assert abs(sys.getrefcount(None) - before) < CALLS / 10
