"""About Kinfolk: which version it is, what it promises, and whose work it stands on."""

from __future__ import annotations

from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.paths import resources
from app.ui.desk import Desk
from app.ui.licences import Licensed, inside, own_licence, packages
from app.ui.texts import Texts
from app.ui.widgets.fitting import FittingDialog
from app.ui.window_report import window_lines

tr = Texts("about")

_ICON = 64
_SIZE = QSize(640, 620)


class AboutDialog(FittingDialog):
    """A few lines, the details that a bug report needs, and licences; what takes long to read is
    read when its tab is opened."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Kinfolk"))
        self._desk = desk
        self._room = parent.window().size()
        self._report = ""
        self.details = _page(tr("Details"))
        self.licences = _page(tr("Licences"))
        self.others = _page(tr("Other software"))
        self.tabs = QTabWidget()
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its bar takes the keyboard
        for page in (self.details, self.licences, self.others):
            page.setPlainText(tr("One moment."))
            self.tabs.addTab(page, page.accessibleName())
        self.copy = QPushButton(tr("Copy details for a bug report"))
        self.copy.setEnabled(False)
        self.copy.clicked.connect(self._copy)
        self.status = QLabel()
        self.status.setObjectName("Secondary")
        self.status.setWordWrap(True)  # or else the dialog would grow
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        self.tabs.currentChanged.connect(self._load)
        self._loaded = {0}
        report = partial(desk.bug_report, window_lines(parent))
        desk.background.read(self, report, self._show_report, self._refuse)

    def _lay_out(self) -> None:
        picture = QLabel()
        icon = QApplication.windowIcon()
        picture.setPixmap(icon.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        name = QLabel("Kinfolk")
        name.setObjectName("PageTitle")
        version = QLabel(tr("Version {0}").format(__version__))
        version.setObjectName("Secondary")
        promise = QLabel(
            tr(
                "Shows you your photos by person. Everything happens on this computer: "
                "nothing is sent anywhere, and your photos are never changed."
            )
        )
        promise.setWordWrap(True)
        licence = QLabel(tr("Free software under the MIT licence."))
        licence.setObjectName("Secondary")
        words = QVBoxLayout()
        head = QHBoxLayout()
        head.setSpacing(20)
        buttons = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        words.setSpacing(4)
        for label in (name, version, promise, licence):
            words.addWidget(label)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.status, 1)
        buttons.addWidget(self.close_button)
        self.resize(_SIZE.boundedTo(QSize(2000, max(420, self._room.height() - 60))))
        self.setAccessibleDescription(promise.text())

    # -- what is read ----------------------------------------------------------------------

    def _load(self, place: int) -> None:
        if place in self._loaded:
            return
        self._loaded.add(place)
        folder, background = resources(), self._desk.background
        if self.tabs.widget(place) is self.licences:
            background.read(self, lambda: (own_licence(folder), inside(folder)), self._show_own)
        else:
            background.read(self, partial(packages, folder), self._show_others)

    def _show_report(self, report: str) -> None:
        self._report = report
        self.details.setPlainText(report)
        self.copy.setEnabled(True)

    def _refuse(self, reason: str) -> None:
        self.details.setPlainText(reason)

    def _show_own(self, told: tuple[str, list[Licensed]]) -> None:
        own, others = told
        self.licences.setHtml(
            _heading("Kinfolk") + _text(own)
            + "".join(_heading(one.name) + _text(one.text) for one in others)
        )  # fmt: skip

    def _show_others(self, found: list[Licensed]) -> None:
        parts = []
        for one in found:
            if one.name:
                parts.append(_heading(f"{one.name} {one.version}") + _paragraph(one.licence))
            parts.append(_text(one.text))
        self.others.setHtml("".join(parts))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self.status.setText(tr("Copied. There is no name and no path in it."))


def _page(name: str) -> QTextBrowser:
    page = QTextBrowser()
    page.setObjectName("Paper")
    page.setAccessibleName(name)
    page.setOpenLinks(False)
    page.document().setDocumentMargin(12)
    return page


def _heading(text: str) -> str:
    return f"<h4>{escape(text)}</h4>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _text(text: str) -> str:
    """A licence as its makers laid it out, wrapped where the window is narrow."""
    return f'<p style="white-space: pre-wrap; font-size: 12px">{escape(text)}</p>' if text else ""
