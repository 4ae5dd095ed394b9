"""The stage: the colours of what is around a photo that fills the screen, in every theme."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.stylesheet import stylesheet
from app.ui.tokens import DARK

STAGE = replace(DARK, page="#0E0E10", field="#0E0E10")
"""Nothing that shines beside the photo."""
# A style sheet keeps the palette of the program: the ground has to be said in its own words.
_GROUND = f"""
ViewerBar, Base, Foot, FilmStrip, FilmStrip QScrollArea, FilmPeople,
InfoPanel, InfoPanel > QWidget, InfoPanel > QWidget > QWidget {{
  background: {STAGE.page};
}}
"""


def set_on_stage(widget: QWidget, is_on: bool) -> None:
    """Dress a widget and all in it for the stage, or as the theme has it."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setStyleSheet(stylesheet(STAGE) + _GROUND if is_on else "")
