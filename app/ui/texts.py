"""Texts: what the window says, in the user's language; the one way by which it says anything.

Every text stands in the code in English, as a literal, so that it can be collected for translators
and a test can see that none was left out.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_MOST = 1 << 31
"""What Qt's translation takes as a number is less."""


def number(value: int) -> str:
    """A number with its groups."""
    if 0 <= value < _MOST:
        # As QLocale has it, but for the class itself, the making of which takes longer than to
        # paint the first page.
        return QCoreApplication.translate("words", "%Ln", "", value)
    from PySide6.QtCore import QLocale

    return QLocale().toString(value)


class Texts:
    """The texts of one part of the window, which translators see together."""

    def __init__(self, part: str) -> None:
        self._part = part

    def __call__(self, text: str) -> str:
        """A text that stands here as a literal."""
        return QCoreApplication.translate(self._part, text)

    def counted(self, one: str, many: str, count: int, *more: object) -> str:
        """A text about `count` things, with the number in place of {0} and `more` of {1} on.

        `one` and `many` are literals, for exactly one and for any other number in English; a
        language that has other forms chooses among its own.
        """
        text = QCoreApplication.translate(self._part, many, "", min(count, _MOST - 1))
        if text == many and count == 1:
            text = one
        return text.format(number(count), *more)

    @staticmethod
    def mark(text: str) -> str:
        """A literal that is translated later, by `of`."""
        return text

    def of(self, marked: str) -> str:
        """What was marked, in the user's language."""
        return QCoreApplication.translate(self._part, marked)
