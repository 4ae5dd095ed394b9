"""Reads: each answers in rows, from any thread, and changes nothing.

Each module is loaded when it is first asked for, by `queries.people` as by an import of its own.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.library.queries import (
        alerts,
        away,
        cameras,
        collections,
        covers,
        decisions,
        erasing,
        faces,
        folders,
        items,
        people,
        photos,
        pictures,
        questions,
        search,
        shapes,
        stacks,
        switching,
        tasks,
        visit_totals,
        visits,
    )

__all__ = [
    "alerts",
    "away",
    "cameras",
    "collections",
    "covers",
    "decisions",
    "erasing",
    "faces",
    "folders",
    "items",
    "people",
    "photos",
    "pictures",
    "questions",
    "search",
    "shapes",
    "stacks",
    "switching",
    "tasks",
    "visit_totals",
    "visits",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")
