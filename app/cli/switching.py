"""models use, undo and settle: another model pack takes the place of the one in use, and back."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.output import Answer, plain
from app.cli.running import done
from app.errors import UsageError
from app.indexing.errands import Errand
from app.indexing.house import House
from app.indexing.model_packs import catalogue, offered_cards
from app.library.queries.switching import Phase, glimpse, switch
from app.library.rows import TaskRow, TaskState, TaskType
from app.paths import Paths

SWITCHING = ("use", "undo", "settle")
"""What is said of `models` that needs the open library."""
INTERRUPTED = 130
"""The usual exit status of a program ended by Ctrl+C."""


def switching(house: House, arguments: argparse.Namespace) -> Answer:
    """Look at all photos with another pack and let it take the place of the one in use; go back;
    or keep nothing that would be needed for that."""
    if arguments.action != "use" and arguments.pack is not None:
        raise UsageError(f"`kinfolk models {arguments.action}` takes no pack.")
    if arguments.action == "settle":
        return _settle(house)
    if arguments.action == "use" and not arguments.pack:
        raise UsageError("Say which pack: `kinfolk models use NAME`.")
    if arguments.action == "use":
        _see_here(house.paths, house.settings.pack, arguments.pack)
    errand = Errand(TaskType.SWITCH, house.collection.name, choice=arguments.pack or "")
    return _answer(house, done(house, errand), errand.choice)


def _see_here(paths: Paths, used: str, name: str) -> None:
    """Raises UsageError for a pack that is to be downloaded first."""
    if name in {card.choice for card in offered_cards(paths, used, catalogue())}:
        raise UsageError(
            f"The pack {name} is not on this computer: `kinfolk models download {name}` fetches it."
        )


def _settle(house: House) -> Answer:
    had = house.indexer.switch.settle()
    said = (
        "Nothing is kept any more of a pack that is not in use."
        if had
        else "There was nothing kept of a pack that is not in use."
    )
    return Answer({"Done": said}, [said])


def _answer(house: House, row: TaskRow, choice: str) -> Answer:
    result = row.result
    until = _until(house)
    document: dict[str, Any] = {
        "TaskId": row.id,
        "Pack": result.get("Pack", ""),
        "Photos": result.get("Photos", 0),
        "Kept": result.get("Kept", 0),
        "Skipped": [{"URI": s.path.as_uri(), "Error": s.error} for s in row.skipped],
        "Seconds": result.get("Seconds", 0),
        **({"UndoUntil": until} if until and choice else {}),
    }
    if row.state is TaskState.CANCELLED:
        said = "Cancelled. What was looked at is kept for 30 days: the same words go on from there."
        return Answer(document, [said], INTERRUPTED)
    photos = "1 photo" if document["Photos"] == 1 else f"{document['Photos']} photos"
    lines = [f"The pack {document['Pack']} is in use: {photos} switched."]
    if document["Kept"]:
        lines.append(
            f"{document['Kept']} could not be read now and stay as they are until they can be."
        )
    if choice and until:
        lines.append(f"`kinfolk models undo` goes back, until {until[:10]}.")
    lines += [f"Skipped {plain(s.path)}: {s.error}" for s in row.skipped]
    return Answer(document, lines, 1 if row.skipped else 0)


def _until(house: House) -> str:
    row = switch(house.library)
    is_on = row is not None and row.phase == Phase.SWITCHED
    return row.until.isoformat() + "Z" if is_on and row is not None and row.until else ""


def told(paths: Paths) -> tuple[dict[str, Any], list[str]]:
    """How a switch stands, without opening the library: as a document, and in words."""
    found = glimpse(paths.database)
    if found is None or found.phase in (Phase.UNDONE, Phase.SETTLED):
        return {"Phase": "none"}, []
    until = "" if found.until is None else found.until.isoformat() + "Z"
    if found.phase == Phase.SWITCHED:
        before = found.choice_before
        document: dict[str, Any] = {"Phase": "switched", "UndoTo": before, "UndoUntil": until}
        said = f"`kinfolk models undo` goes back to {before}, until {until[:10]}."
        return document, [said]
    is_on = found.phase == Phase.LOOKING
    document = {
        "Phase": "looking" if is_on else "stopped", "To": found.choice, "Done": found.done,
        "Total": found.total,
    }  # fmt: skip
    said = f"{found.choice} has looked at {found.done} of {found.total} photos"
    return document, [f"{said}." if is_on else f"{said}; `kinfolk models use` goes on."]
