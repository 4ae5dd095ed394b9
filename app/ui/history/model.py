"""The history as a list model."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex

from app.ui import words
from app.ui.history.lines import Day, Line, Now, Standing, Word
from app.ui.sayings import translated
from app.ui.texts import Texts
from app.ui.widgets.grid_model import AnyIndex
from app.ui.widgets.line_model import LineModel

tr = Texts("history")


class HistoryModel(LineModel):
    """Days, words and the line of now; only words can be chosen."""

    chosen = Word

    def words(self) -> list[Word]:
        """What was said, newest first."""
        return [line for line in self.lines if isinstance(line, Word)]

    def word_at(self, index: AnyIndex) -> Word | None:
        """The word of a line."""
        found: Word | None = self.line_at(index)
        return found

    def index_of(self, decision_id: int) -> QModelIndex:
        """Where a word is; an invalid index when it is not there."""
        for place, line in enumerate(self.lines):
            if isinstance(line, Word) and line.row.id == decision_id:
                return self.index(place)
        return QModelIndex()

    def text(self, line: Line) -> str:
        if isinstance(line, Day):
            return words.day(line.when, date.today())
        if isinstance(line, Now):
            return tr("Now")
        return translated(line.row.said)

    def fate(self, word: Word) -> str:
        """What became of a word, in words; empty for one that holds."""
        return tr("taken back") if word.standing is not Standing.STANDS else ""

    def spoken(self, line: Line) -> str:
        if not isinstance(line, Word):
            return self.text(line)
        told = [translated(line.row.said), words.moment(line.when), self.fate(line)]
        return ", ".join(part for part in told if part)
