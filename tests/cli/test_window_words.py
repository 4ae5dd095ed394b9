"""What is said when the window opens: mostly it needs no parser, and is read as one would."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.cli.window_words import WindowWords, _parsed, _plain, read_window_words
from app.errors import UsageError

PLAIN = (
    "", "a", "a b", "--library d", "--library d a b", "--collection c",
    "--library d --collection c", "--collection c --library d a", "--library d --library e a",
)  # fmt: skip
OTHER = ("--library=d", "a --library d", "--json", "--library d --json a", "-- a", "-- -a")
WRONG = (
    "--library",
    "--lib d",
    "--library --collection c",
    "-x",
    "a --library d b",
    "--collection",
)


@pytest.mark.parametrize("said", PLAIN)
def test_plain_words_are_read_as_the_parser_reads_them(said: str) -> None:
    words = said.split()
    assert _plain(words) == _parsed(words) == read_window_words(words)


@pytest.mark.parametrize("words", [["--library", ""], ["--collection", ""], ["my photos"], [""]])
def test_words_with_nothing_or_a_blank_in_them_are_words(words: list[str]) -> None:
    assert _plain(words) == _parsed(words)


@pytest.mark.parametrize("said", OTHER)
def test_all_else_is_left_to_the_parser(said: str) -> None:
    words = said.split()
    assert _plain(words) is None
    assert read_window_words(words) == _parsed(words)


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_understood_is_told(said: str) -> None:
    with pytest.raises(UsageError, match="see `kinfolk --help`"):
        read_window_words(said.split())


def test_what_was_said() -> None:
    words = ["--library", "d", "--collection", "c", "a", "b"]
    assert read_window_words(words) == WindowWords("d", "c", ("a", "b"))
    assert read_window_words([]) == WindowWords(None, "", ())


def test_no_parser_is_loaded_for_plain_words() -> None:
    code = (
        "import sys; from app.cli.window_words import read_window_words;"
        "read_window_words(['--library', 'd', 'a']); sys.exit('argparse' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_word_for_a_mirrored_window_is_qts() -> None:
    words = ["-reverse", "--library", "d", "a"]
    assert read_window_words(words) == WindowWords("d", "", ("a",))
