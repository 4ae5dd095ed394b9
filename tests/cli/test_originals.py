"""Whatever the command line is asked, the originals stay as they are.

The words come from the parser itself: a new command is tried without being named here, and a new
kind of argument fails until it is said here what to give for it.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.cli.parser import _subparsers, make_parser
from tests.originals import Facts, facts, mark

NEEDS_MORE = {"answer", "alert"}
"""What cannot succeed in an album as small as this."""
WITHOUT_END = {"watch": ["--seconds", "0.1"]}
"""What goes on until it is ended, and what ends it."""

_MODIFIED = 5
"""Where among the facts it stands when a file or folder was changed."""


class Speaker:
    """Says everything that can be said of one library."""

    def __init__(self, folder: Path, elsewhere: Path, out: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.elsewhere = elsewhere
        self._out = out

    def say(self, *words: str) -> tuple[int, Any]:
        """The exit status and the document."""
        self._out.readouterr()
        status = main([*words, "--json"])
        return status, json.loads(self._out.readouterr().out)

    def calls(self, command: str, parser: argparse.ArgumentParser) -> Iterator[list[str]]:
        """The command with each choice and each option of its own once."""
        shared = {"--library", "--collection", "--json", "--help"}
        own = [a for a in parser._actions if not shared & set(a.option_strings)]
        if group := next((a for a in own if isinstance(a, argparse._SubParsersAction)), None):
            for name, part in group.choices.items():
                yield from ([command, name, *words[1:]] for words in self.calls(name, part))
            return
        options = [action for action in own if action.option_strings]
        places = [action for action in own if not action.option_strings]
        choices = next((list(a.choices) for a in places if a.choices), [""])
        needed = [action for action in places if action.nargs != "?" or action.choices]
        for choice in choices:
            for given in (needed, places) if needed != places else (places,):
                yield [command, *self._words(given, choice), *WITHOUT_END.get(command, [])]
        for option in options:
            value = [] if option.nargs == 0 else self._values(option, 1)
            yield [command, *self._words(places, choices[0]), option.option_strings[0], *value]

    def _words(self, places: list[argparse.Action], choice: str) -> list[str]:
        words: list[str] = []
        people = 0
        for action in places:
            if action.choices:
                words.append(choice)
                continue
            is_person = action.metavar == "ID-OR-NAME"
            count = 2 if is_person and action.nargs == "+" else 1
            words += self._values(action, people + count)[-count:]
            people += count * is_person
        return words

    def _values(self, action: argparse.Action, count: int) -> list[str]:
        if action.choices:
            return [str(next(iter(action.choices)))]
        give: dict[str, Callable[[], list[str]]] = {
            "ID-OR-NAME": self.people,
            "FIGURE-ID": lambda: [self._face()],
            "SUGGESTION-ID": self._suggestions,
            "PHOTO": lambda: [str(self.folder / "whole.jpg")],
            "PATH": lambda: [str(self.folder)],
            "DIR": lambda: [str(self.elsewhere)],
            "FILE": lambda: ["1"],
            "ID": lambda: [self.say("tasks")[1]["Tasks"][0]["TaskId"]],
            "NAME": lambda: ["compact" if action.dest == "pack" else "Berta"],
            "SETTING": lambda: ["pace"],
            "CONTACTS": lambda: [str(self.elsewhere / "contacts.xml")],
            "VALUE": lambda: ["gentle"],
            "YEAR|none": lambda: ["1950"],
            "DATE": lambda: ["2019-06"],
            "JSON|@FILE": lambda: ['{"Field": "Size", "Operation": "gt", "Value": 1}'],
            "FIELD,...": lambda: ["Size,Filename"],
            "asc|desc,...": lambda: ["desc"],
            "NEW": lambda: ["Renamed"],
            "CMD": lambda: [shlex.join([sys.executable, "-c", "pass"])],
            "ALERT-ID": lambda: ["1"],
            "SECONDS": lambda: ["0.1"],
            "MINUTES": lambda: ["15"],
            "DAYS": lambda: ["30"],
            "N": lambda: ["3"],
            "T": lambda: ["nonsense"],
            **dict.fromkeys(("LEFT", "TOP", "WIDTH", "HEIGHT"), lambda: ["200"]),
        }
        assert isinstance(action.metavar, str), action
        return give[action.metavar]()[:count]

    def people(self) -> list[str]:
        """Who there is, by id."""
        return [p["ObjectId"] for p in self.say("people", "--hidden")[1]["FigureClusters"]]

    def _suggestions(self) -> list[str]:
        found = self.say("suggestions")[1]["Suggestions"]
        return [one["SuggestionId"] for one in found] or ["0"]

    def _face(self) -> str:
        figures = self.say("meta", str(self.folder / "whole.jpg"))[1]["Figures"]
        return str(figures[0]["FigureId"])


def take_sidecars_away(folder: Path, before: Facts) -> None:
    """Whoever has names written wants files beside the originals: these are none of them."""
    for path in folder.rglob("*.xmp"):
        path.unlink()
    status = folder.stat()
    modified = before[str(folder)][_MODIFIED]
    assert isinstance(modified, int)
    os.utime(folder, ns=(status.st_atime_ns, modified))


def test_no_command_touches_an_original(
    six_people: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mark(six_people)
    before = facts(six_people)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    speaker = Speaker(six_people, elsewhere, capfd)
    assert speaker.say("index", str(six_people))[0] == 0
    done: set[str] = set()
    for command, parser in _subparsers(make_parser()).choices.items():
        for words in speaker.calls(command, parser):
            status, answer = speaker.say(*words)
            assert status in (0, 1, 2), (words, answer)
            if command == "names":
                take_sidecars_away(six_people, before)
            done |= {command} if status < 2 else set()
            assert facts(six_people) == before, words
        assert command in done | NEEDS_MORE, (command, answer)
        if command == "erase":  # what follows needs people, and something that was said of them
            speaker.say("index", "--again")
            speaker.say("name", speaker.people()[0], "Carla")
        if command == "redo":  # what was forgotten or moved until now is there again
            speaker.say("index", str(six_people))
    assert elsewhere.exists()
