"""HeardView: a view of one's own whose items can be heard one by one."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView


class QTableView(QAbstractItemView):
    """Qt finds what makes the items of a view heard by the name of its class, or of one that it
    descends from. For this name that is what makes a cell of each row of the model, and asks the
    view itself where it lies; it needs nothing that only tables have. (For QListView it does, and
    for QAbstractItemView there is nothing.)
    """


HeardView = QTableView
