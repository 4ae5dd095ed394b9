"""A voice for the command line, and a library of real photos to speak about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main

Say = Callable[..., Any]


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str]) -> Say:
    """Speaks a command and gives its JSON document; `status` is what it must end with."""

    def speak(*words: object, status: int = 0) -> Any:
        capfd.readouterr()
        assert main([*map(str, words), "--json"]) == status
        return json.loads(capfd.readouterr().out)

    return speak


@pytest.fixture
def indexed(say: Say, six_people: Path) -> Path:
    """A library that knows four photos of the same six people."""
    answer = say("index", six_people)
    assert answer["Indexed"] == 4 and answer["Faces"] == 24
    return six_people
