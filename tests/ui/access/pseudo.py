"""A language of the tests: every text 40 % longer, with accents, between brackets."""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator

BEGIN, END = "⟦", "⟧"
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "áçéíñöšüýÁÇÉÍÑÖŠÜÝ")
_KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>|&[a-z]+;|%L?n)")
"""Places for names and numbers, and marks of rich text."""


def pseudo(text: str) -> str:
    """A text as the language has it."""
    parts = _KEPT.split(text)
    said = "".join(
        part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts)
    )
    return f"{BEGIN}{said}{'~' * round(len(_KEPT.sub('', text)) * 0.4)}{END}"


class PseudoLanguage(QTranslator):
    """Translates whatever it is asked."""

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, context: str, text: str, *_: object) -> str:
        if "%Ln" in text or not text.strip() or context.startswith("Q"):
            return text
        return pseudo(text)


def outside(text: str) -> str:
    """What of a text stands outside of all brackets."""
    depth, found = 0, []
    for letter in text:
        if letter == BEGIN:
            depth += 1
        elif letter == END:
            depth = max(0, depth - 1)
        elif not depth:
            found.append(letter)
    return "".join(found)
