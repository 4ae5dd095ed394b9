"""The scripts of packaging/ find each other as they do when `make package` runs them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


@pytest.fixture(scope="session")
def scripts() -> Iterator[Scripts]:
    """Imports the scripts of packaging/ by name, and forgets them in the end."""
    found = Scripts()
    sys.path.insert(0, str(PACKAGING))
    yield found
    sys.path.remove(str(PACKAGING))
    for name in found.names:
        sys.modules.pop(name, None)


class Scripts:
    """The scripts of packaging/."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> ModuleType:
        self.names.add(name)
        return import_module(name)
