"""Folder field: an option that names a folder, typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton

from app.settings import Option
from app.ui.settings.fields import TextField
from app.ui.settings.wording import tr


class FolderField(TextField):
    """A folder that is there, or none."""

    def __init__(self, option: Option) -> None:
        self.choose = QPushButton(tr("Choose…"))
        self.choose.setAutoDefault(False)
        super().__init__(option)
        self.choose.setAccessibleName(tr("{0}: {1}").format(self.heading.text(), tr("Choose…")))
        self.choose.clicked.connect(self._choose)

    def _add_edit(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.choose)
        self.column.addLayout(row)

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(
            self, self.heading.text(), self.edit.text().strip()
        )
        if found:
            self.edit.setText(found)
            self._take()

    def _take(self) -> None:
        text = self.edit.text().strip()
        if text and text != self._wanted and not Path(text).is_dir():
            self.complain(tr("There is no such folder."))
            return
        self.complain("")
        super()._take()
