"""About Kinfolk: which version it is, and what it promises."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app import __version__
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets.fitting import FittingDialog

tr = Texts("about")

_ICON = 64


class AboutDialog(FittingDialog):
    """A few lines and a button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Kinfolk"))
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
        promise.setFixedWidth(scaled(360))
        licence = QLabel(tr("Free software under the MIT licence."))
        licence.setObjectName("Secondary")
        buttons = QDialogButtonBox()
        close = buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 20)
        column.setSpacing(8)
        for label in (picture, name, version, promise, licence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(buttons)
        buttons.setCenterButtons(True)
        self.setAccessibleDescription(promise.text())
