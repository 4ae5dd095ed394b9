"""Theme: colours, type and motion of the window, following the system unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyle

from app.ui.scale import TEXT, system_scale
from app.ui.stylesheet import stylesheet
from app.ui.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Tokens

FAMILY = "Inter"


class Theme(QObject):
    """The look in force; `changed` is emitted when its colours become others."""

    changed = Signal()
    resized = Signal()
    """Text has another size: what was laid out has to be made anew."""

    def __init__(self, application: QApplication, resources: Path, choice: str = "system") -> None:
        super().__init__()
        self._application = application
        self._choice = choice
        self._fonts: dict[tuple[int, QFont.Weight], QFont] = {}
        self._family = _load_fonts(resources / "fonts")
        self.tokens: Tokens = LIGHT
        self.scale = system_scale()
        application.setStyle("Fusion")
        application.setFont(self.font(TEXT))
        self._apply()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._apply)

    def choose(self, choice: str) -> None:
        """Use `system`, `light` or `dark` from now on."""
        self._choice = choice
        self._apply()

    def follow_text(self, scale: float | None = None) -> None:
        """Have text as large as the system wants it now, or `scale` times as large as usual."""
        wanted = system_scale() if scale is None else scale
        if wanted == self.scale:
            return
        self.scale = wanted
        self._fonts.clear()
        self._application.setFont(self.font(TEXT))
        self._apply()
        self.resized.emit()

    def font(self, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The window's typeface at a size in logical pixels, which is larger where the system
        wants larger text."""
        made = self._fonts.get((pixels, weight))
        if made is None:
            made = QFont(self._family) if self._family else QFont()
            made.setPixelSize(round(pixels * self.scale))
            made.setWeight(weight)
            self._fonts[pixels, weight] = made
        return QFont(made)

    def color(self, token: str) -> QColor:
        """The colour of a token of tokens.Tokens by its name."""
        return QColor(getattr(self.tokens, token))

    def duration(self, milliseconds: int) -> int:
        """How long a movement lasts; 0 when the system asks for reduced motion."""
        hints = QGuiApplication.styleHints()
        if hasattr(hints, "accessibility"):
            motion = getattr(hints.accessibility(), "motionPreference", None)
            if motion is not None and motion().name != "NoPreference":  # Qt 6.12 and later
                return 0
        style = self._application.style()
        if style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0:
            return 0
        return milliseconds

    def _follow_system(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self._choice == "dark"
        if self._choice == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self.tokens = DARK if dark else LIGHT
        if wants_contrast():
            self.tokens = DARK_CONTRAST if dark else LIGHT_CONTRAST
        self._application.setPalette(palette(self.tokens))
        numbers: Any = "QAbstractSpinBox"  # the stubs have bytes, and PySide takes text alone
        self._application.setPalette(_of_numbers(self.tokens), numbers)
        self._application.setStyleSheet(stylesheet(self.tokens, self.scale))
        self.changed.emit()


def wants_contrast() -> bool:
    """Whether the system asks for more contrast, where Qt tells (6.10 and later)."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def palette(tokens: Tokens) -> QPalette:
    """The tokens in Qt's own roles, for everything that the stylesheet leaves alone."""
    role = QPalette.ColorRole
    made = QPalette()
    for where, colour in (
        (role.Window, tokens.page),
        (role.Base, tokens.page),
        (role.AlternateBase, tokens.field),
        (role.Button, tokens.field),
        (role.WindowText, tokens.text),
        (role.Text, tokens.text),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.danger),
        (role.PlaceholderText, tokens.secondary),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.ToolTipBase, tokens.text),
        (role.ToolTipText, tokens.page),
        (role.Mid, tokens.hairline),
        (role.Accent, tokens.accent),
    ):
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.offline))
    return made


def _of_numbers(tokens: Tokens) -> QPalette:
    """For fields of numbers, which the stylesheet cannot dress where they have no buttons: Fusion
    draws their edge 1.4 times darker than the window."""
    made, edge = palette(tokens), QColor(tokens.outline)
    made.setColor(QPalette.ColorRole.Window, edge.lighter(140))
    return made


def _load_fonts(folder: Path) -> str:
    """Make the bundled typeface known; its family name, or "" for the system's own."""
    if not QFontDatabase.hasFamily(FAMILY):
        for file in sorted(folder.glob("*.otf")):
            QFontDatabase.addApplicationFont(str(file))
    return FAMILY if QFontDatabase.hasFamily(FAMILY) else ""
