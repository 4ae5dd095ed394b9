"""Language: what the window speaks, and how it writes dates and numbers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from app.settings import LANGUAGES, SYSTEM
from app.ui import sayings

ENGLISH = "en"
NAMES = {
    ENGLISH: "English", "zh_CN": "简体中文", "es": "Español", "de": "Deutsch", "fr": "Français",
}  # fmt: skip
"""Each as those who speak it write it."""


class Language(QObject):
    """The language in force; `changed` is emitted when it is another one, so that the window can
    be laid out anew."""

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path, choice: str = SYSTEM) -> None:
        """`choice` is one of settings.LANGUAGES."""
        super().__init__()
        self._application = application
        self._resources = resources
        self._translators: list[QTranslator] = []
        self.name = ""
        self._speak(choice)

    def choose(self, choice: str) -> None:
        """Speak this language from now on."""
        before = self.name, QLocale()
        self._speak(choice)
        if before != (self.name, QLocale()):
            self.changed.emit()

    def silence(self) -> None:
        """Speak English again, as the program does without any of this."""
        self._leave()
        sayings.forget()

    def _speak(self, choice: str) -> None:
        system = QLocale.system()
        name = nearest(system.uiLanguages()) if choice == SYSTEM else choice
        QLocale.setDefault(locale_of(name, system))
        if name == self.name:
            return
        self._leave()
        self.name = name
        sayings.forget()
        if name == ENGLISH:
            return
        sayings.learn(self._resources)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        # The one installed last is asked first.
        self._install(f"qtbase_{name}", folder)
        self._install(f"kinfolk_{name}", str(self._resources / "translations"))

    def _install(self, file: str, folder: str) -> None:
        translator = QTranslator(self)
        if translator.load(file, folder):
            self._application.installTranslator(translator)
            self._translators.append(translator)

    def _leave(self) -> None:
        for translator in self._translators:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._translators.clear()
        self.name = ENGLISH


def nearest(wanted: list[str]) -> str:
    """Of the languages that a user reads, the first that Kinfolk speaks; else English.

    `wanted` are names such as de-AT or zh-Hans-CN, the dearest first.
    """
    spoken = {name.partition("_")[0]: name for name in LANGUAGES if name != SYSTEM}
    for one in wanted:
        language = one.replace("_", "-").partition("-")[0]
        if language in spoken:
            return spoken[language]
    return ENGLISH


def locale_of(name: str, system: QLocale) -> QLocale:
    """How dates and numbers are written: as in the user's country, in the words of the language.

    C knows neither names of months nor groups in numbers: then it is as in the language's own
    country.
    """
    language = QLocale(name).language()
    if system.language() == QLocale.Language.C:
        return QLocale(name)
    if system.language() == language:
        return system
    return QLocale(language, system.territory())
