"""alerts, alert, sightings, watch: what cameras saw, and what is said of it."""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.cli.album import days
from app.cli.interrupts import STOPPING
from app.cli.output import Answer, say, table
from app.cli.shapes import figure_id, known, local, moment
from app.errors import UsageError
from app.indexing.camera.news import document, sentence
from app.indexing.events import Ended, Event, Troubled
from app.indexing.house import House
from app.library.commands import alerts as commands
from app.library.queries import alerts as queries
from app.library.queries.alerts import AlertRow, Fate, SightingRow, photo_of
from app.library.queries.collections import collections
from app.library.rows import CollectionRow, TaskState

_EVERY = 0.3
"""Seconds between two looks at what is new."""


def alerts(house: House, arguments: argparse.Namespace) -> Answer:
    """List the strangers whom the camera of a collection saw and who are nobody yet."""
    rows = queries.alerts(house.library, house.collection.id, arguments.all, arguments.max_results)
    unseen = queries.unseen_alerts(house.library, house.collection.id)
    shapes = {"Alerts": [_alert(house, row) for row in rows], "Unseen": unseen}
    lines = [(str(row.id), str(_clock(row.ended)), _told(row)) for row in rows]
    return Answer(shapes, table(lines) if lines else ["No stranger was seen."])


def alert(house: House, arguments: argparse.Namespace) -> Answer:
    """Show one alert, or say who it is, that the person is to be ignored, or that it was read."""
    library, number = house.library, house.collection.id
    alert_id = _number(arguments.alert)
    row = queries.alert(library, number, alert_id)
    if arguments.name is not None:
        changes = commands.say_who(library, number, alert_id, arguments.name)
    elif arguments.ignore:
        changes = commands.ignore(library, number, alert_id)
    elif arguments.seen:
        changes = commands.mark_seen(library, number, [alert_id])
    else:
        return Answer({"Alert": _alert(house, row)}, [f"{_clock(row.ended)}  {_told(row)}"])
    now = queries.alert(library, number, alert_id)
    said = changes.said or ("Read." if arguments.seen else "Nothing to change.")
    return Answer({"Done": changes.said, "Alert": _alert(house, now)}, [said])


def sightings(house: House, arguments: argparse.Namespace) -> Answer:
    """List whom the camera of a collection saw of those you know, newest first."""
    since, until = (days(text) for text in (arguments.since, arguments.until))
    rows = queries.sightings(
        house.library, house.collection.id,
        None if since is None else _utc(since[0]),
        None if until is None else _utc(until[1] + timedelta(days=1)),
        arguments.max_results,
    )  # fmt: skip
    lines = [(str(_clock(row.began)), row.person.name, _photos(row.times)) for row in rows]
    shapes = {"Sightings": [_sighting(house, row) for row in rows]}
    return Answer(shapes, table(lines) if lines else ["Nobody you know was seen."])


def watch(house: House, arguments: argparse.Namespace) -> Answer:
    """Watch the folders of every collection, and tell whom cameras see; Ctrl+C ends it. With
    --json each line is one document."""
    cameras = _cameras(house, named=bool(arguments.collection_name))
    told = {row.id: queries.last_numbers(house.library, row.id) for row in cameras}
    names = {row.id: row.name for row in cameras}
    leave = house.indexer.subscribe(_complain)
    house.indexer.start(watch=True)
    if not house.indexer.is_at_work:
        say("Kinfolk is open already, and watches; this tells what it sees.")
    end = None if arguments.seconds is None else time.monotonic() + arguments.seconds
    try:
        while end is None or time.monotonic() < end:
            for number, before in told.items():
                told[number] = _tell_new(house, (number, names[number]), before, arguments.json)
            time.sleep(_EVERY)
    except KeyboardInterrupt:
        say(STOPPING)
    finally:
        leave()
    return Answer({})


def _cameras(house: House, *, named: bool) -> list[CollectionRow]:
    """The collection that was named, or else all that raise alerts."""
    if named:
        return [house.collection]
    choices = house.indexer.choices
    return [row for row in collections(house.library) if choices.of(row.id).alerts == "on"]


def _tell_new(
    house: House, camera: tuple[int, str], before: tuple[int, int], as_json: bool
) -> tuple[int, int]:
    """Tell of the alerts and sightings of a camera that are new; gives the newest."""
    number, name = camera
    now = queries.last_numbers(house.library, number)
    if now == before:
        return now
    strangers = [row for row in queries.alerts(house.library, number) if row.id > before[0]]
    seen = [
        row for row in queries.sightings(house.library, number, limit=200) if row.id > before[1]
    ]
    for row in reversed(strangers):
        line = f"{_clock(row.began)}  {name}: {sentence(row)}"
        shape = {"Event": "alert", "DatasetName": name, **_alert(house, row, number)}
        _print(shape, line, as_json)
    for one in reversed(seen):
        line = f"{_clock(one.began)}  {name}: {one.person.name}"
        shape = {"Event": "sighting", "DatasetName": name, **_sighting(house, one, number)}
        _print(shape, line, as_json)
    return now


def _print(shape: dict[str, Any], line: str, as_json: bool) -> None:
    print(json.dumps(shape) if as_json else line, flush=True)


def _complain(event: Event) -> None:
    if isinstance(event, Troubled):
        say(event.reason)
    elif isinstance(event, Ended) and event.task.state is TaskState.FAILED:
        say(event.task.error)


def _alert(house: House, row: AlertRow, number: int | None = None) -> dict[str, Any]:
    face = row.faces[0] if row.faces else None
    path = photo_of(house.library, number or house.collection.id, face)
    return document(row) | ({} if path is None else {"URI": path.as_uri()})


def _sighting(house: House, row: SightingRow, number: int | None = None) -> dict[str, Any]:
    path = photo_of(house.library, number or house.collection.id, row.face)
    return known({
        "FigureClusterId": row.person.key,
        "Name": row.person.name,
        "From": moment(row.began),
        "To": moment(row.ended),
        "ImageCount": row.times,
        "Probability": round(row.probability, 4),
        "FigureId": None if row.face is None else figure_id(row.face.id),
        "URI": None if path is None else path.as_uri(),
    })  # fmt: skip


def _told(row: AlertRow) -> str:
    what = {
        Fate.OPEN: sentence(row),
        Fate.NAMED: f"{row.name}, seen {_photos(row.times)}.",
        Fate.IGNORED: f"Somebody to be ignored, seen {_photos(row.times)}.",
        Fate.GONE: f"A stranger whose photos are not there any more, seen {_photos(row.times)}.",
    }[row.fate]
    return what if row.is_seen or row.fate is not Fate.OPEN else f"{what} (new)"


def _photos(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _clock(value: datetime) -> str | None:
    """A UTC moment on the clock of this computer."""
    return local(value.replace(tzinfo=UTC).astimezone().replace(tzinfo=None))


def _utc(day: date) -> datetime:
    """The beginning of a day on the clock of this computer, as a moment in UTC."""
    begin = datetime(day.year, day.month, day.day).astimezone()
    return begin.astimezone(UTC).replace(tzinfo=None)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"“{text}” is no alert; `kinfolk alerts --all` lists them by number.")
    return min(int(text), 2**62)
