"""Every text of the window can be translated, and is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.translations import catalogues
from tests.translations.catalogues import FORMS, LANGUAGES, Message, messages
from tests.translations.found import SAYINGS, Text, sayings, window_texts

_PIECE = re.compile(r"\{\d?\}|%[nL\d]|</?[a-z]+>")


def test_nothing_is_translated_that_is_no_literal() -> None:
    assert [f"{flaw.place}: {flaw.code}" for flaw in window_texts()[1]] == []


@pytest.fixture(scope="module")
def found() -> set[Text]:
    """All that the window can show."""
    return window_texts()[0] | sayings()


def test_what_is_found(found: set[Text]) -> None:
    assert Text("words", "{0} photos", True) in found
    assert Text("actions", "Add folder…", False) in found
    assert Text(SAYINGS, "Renamed {0} to {1}", False) in found
    assert Text(SAYINGS, "The file is empty.", False) in found


def test_the_patterns_of_sayings_are_those_of_the_code() -> None:
    written = catalogues.SAYINGS.read_text(encoding="utf-8").splitlines()
    assert written == sorted(catalogues.escaped(text.text) for text in sayings())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_text_and_no_other(language: str, found: set[Text]) -> None:
    assert {message.text for message in messages(language)} == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    flaws = [
        f"{message.text.part}: {message.text.text!r}: {flaw}"
        for message in messages(language)
        if (flaw := _flaw(message, FORMS[language]))
    ]
    assert flaws == []


def _flaw(message: Message, forms: int) -> str:
    if not message.is_finished or not all(form.strip() for form in message.forms):
        return "is not translated"
    if len(message.forms) != (forms if message.text.is_counted else 1):
        return "has another number of forms than the language"
    wanted = set(_PIECE.findall(message.text.text))
    for form in message.forms:
        got = set(_PIECE.findall(form))
        may_lack = {"{0}"} if message.text.is_counted and form == message.forms[0] else set()
        if got - wanted or wanted - got - may_lack:
            return f"has other pieces: {form!r}"
    return ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_loaded_is_what_was_translated(language: str, tmp_path: Path) -> None:
    made = catalogues.release(language, tmp_path / "made.qm")
    assert made.read_bytes() == catalogues.compiled(language).read_bytes()
