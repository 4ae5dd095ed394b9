"""The parser: which commands there are, and that only what was asked for is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.cli.parser import _GROUPS, COMMANDS, _subparsers, command_names, make_parser
from app.errors import UsageError


def test_every_group_adds_what_it_says() -> None:
    assert set(_subparsers(make_parser()).choices) == command_names() == COMMANDS
    for names in _GROUPS.values():
        assert set(_subparsers(make_parser(names[:1])).choices) == set(names)


def test_a_word_that_is_no_command_is_told_with_all_that_there_are() -> None:
    with pytest.raises(UsageError, match=r"peeple.*people.*undo"):
        make_parser(["peeple"]).parse_args(["peeple"])


def test_a_name_may_be_that_of_a_command() -> None:
    words = ["name", "people", "undo", "--library", "photos"]
    asked = make_parser(words).parse_args(words)
    assert (asked.command, asked.person, asked.name) == ("name", "people", "undo")


def test_a_command_loads_nothing_of_the_others() -> None:
    code = "import sys; from app.cli.parser import make_parser; make_parser(['people'])\n"
    code += "print(*(name for name in sys.modules if name.startswith('app.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "app.cli.album" in loaded
    assert not {"app.media.read", "app.indexing.workers", "app.cli.export"} & loaded
