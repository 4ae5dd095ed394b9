"""Writes: each command is one transaction and tells what it touched.

Each module is loaded when it is first asked for, by `commands.people` as by an import of its own.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.library.commands import (
        alerts,
        backups,
        collections,
        doctor,
        erasing,
        faces,
        folders,
        forgetting,
        gone,
        groups,
        importing,
        people,
        photos,
        questions,
        stacks,
        switching,
        tasks,
        undo,
    )

__all__ = [
    "alerts",
    "backups",
    "collections",
    "doctor",
    "erasing",
    "faces",
    "folders",
    "forgetting",
    "gone",
    "groups",
    "importing",
    "people",
    "photos",
    "questions",
    "stacks",
    "switching",
    "tasks",
    "undo",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")
