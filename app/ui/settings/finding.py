"""Finding: which options a search is about, in the user's language or in English."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence

from app.settings import Option
from app.ui.settings import wording
from app.ui.settings.choice_words import english_choices
from app.ui.settings.option_words import english


def words_of(search: str) -> list[str]:
    """The words that an option must have, folded."""
    return folded(search).split()


def folded(text: str) -> str:
    """Without capitals and accents, so that Große is found by grosse and año by ano."""
    whole = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in whole if not unicodedata.combining(c))


def is_about(option: Option, words: Sequence[str]) -> bool:
    """Whether an option has each of these words, anywhere in what is said of it."""
    told = [wording.title(option), wording.sentence(option), *english(option)]
    told += english_choices(option)
    for value in option.choices:
        told += wording.choice(option, value)
    haystack = folded("\n".join(told))
    return all(word in haystack for word in words)


def marked(text: str, words: Sequence[str], style: str) -> str:
    """The text as HTML, with every such word in a span of this style."""
    plain = [folded(c) for c in text]
    low = "".join(plain)
    is_found = [False] * len(text)
    # Where each character of the folded text comes from.
    origin = [place for place, part in enumerate(plain) for _ in part]
    for word in words:
        start = low.find(word)
        while start >= 0:
            for place in origin[start : start + len(word)]:
                is_found[place] = True
            start = low.find(word, start + 1)
    pieces, before = [], False
    for character, now in zip(text, is_found, strict=True):
        if now != before:
            pieces.append(f'<span style="{style}">' if now else "</span>")
        pieces.append(html.escape(character))
        before = now
    return "".join(pieces) + ("</span>" if before else "")
