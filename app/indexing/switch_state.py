"""Switch state: how a switch from one model pack to another stands, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.library.database import Library
from app.library.queries.switching import Maker, Phase, left, looked_at, switch
from app.library.queries.tasks import tasks_alive
from app.library.rows import TaskType


@dataclass(frozen=True, slots=True)
class SwitchState:
    """How a switch to another pack stands."""

    current: str
    """What the pack in use is called in the settings."""
    to: str
    """The pack that looks ahead, or did before it was stopped; empty when there is none."""
    task_id: str | None
    """The task that does it, if it is under way."""
    done: int
    """Photos looked at, skipped ones included..."""
    total: int
    """...of so many."""
    phase: Literal["none", "looking", "ready", "switched"]
    """`ready` is only for the moment in which the packs change."""
    undo_to: str
    """The pack that a switch can be taken back to; empty when there is none."""
    undo_until: datetime | None
    """UTC."""


def switch_state(library: Library, current: str, maker: Maker, is_ready: bool) -> SwitchState:
    """How it stands, as far as the library tells; `current` is the pack in use, and `maker` its
    name and version."""
    row = switch(library)
    if row is None or row.phase in (Phase.UNDONE, Phase.SETTLED):
        return SwitchState(current, "", None, 0, 0, "none", "", None)
    alive = (one.id for one in tasks_alive(library) if one.type is TaskType.SWITCH)
    task_id = next(alive, None)
    if row.phase == Phase.SWITCHED:
        before, until = (row.choice_before, row.until) if maker == row.maker else ("", None)
        return SwitchState(current, "", task_id, 0, 0, "switched", before, until)
    to_do, total = left(library, row.maker), looked_at(library)
    done = total - to_do
    if row.phase == Phase.STOPPED:
        return SwitchState(current, row.choice, None, done, total, "none", "", None)
    phase: Literal["looking", "ready"] = "ready" if is_ready else "looking"
    return SwitchState(current, row.choice, task_id, done, total, phase, "", None)
