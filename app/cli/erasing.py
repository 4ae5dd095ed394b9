"""erase, where not all face data goes: strangers only, or nothing yet."""

from __future__ import annotations

import argparse

from app.cli.output import Answer
from app.cli.shapes import Json
from app.errors import UsageError
from app.indexing.chores import Chores
from app.indexing.house import House
from app.library.queries.collections import own_settings
from app.library.queries.erasing import face_data
from app.library.queries.keeping import Strangers, moments_before, strangers


def erase_some(house: House, arguments: argparse.Namespace) -> Answer:
    """Erase strangers only, or only tell how much would be erased."""
    if arguments.strangers:
        return _strangers(house, arguments)
    if arguments.older_than is not None:
        raise UsageError("--older-than is about strangers; say --strangers, too.")
    known = face_data(house.library, house.collection.id)
    document: Json = {
        "Faces": known.faces, "FigureClusters": known.people, "Names": known.names,
        "Decisions": known.words,
    }  # fmt: skip
    said = (
        f"This would erase {_counted(known.faces, 'face')}, {known.people} people and groups, of "
        f"whom {known.names} have a name, and {known.words} things that were said."
    )
    return Answer(document, [said])


def _strangers(house: House, arguments: argparse.Namespace) -> Answer:
    days = _days(house, arguments.older_than)
    number = house.collection.id
    limits = moments_before({number: days})
    known = strangers(house.library, number, limits[number])
    would = (
        f"This would erase {_counted(known.faces, 'face')} of strangers "
        f"({_counted(known.people, 'group')}) in {_counted(known.photos, 'photo')} of the "
        f"collection {house.collection.name} for good, in its backups, too: whoever was neither "
        f"named nor ignored {_counted(days, 'day')} after the photo was found. The photos stay."
    )
    if arguments.dry_run:
        return Answer(_document(known, days), [would])
    if not known.faces:
        said = f"Nobody who is not named is known for {days} days."
        return Answer({**_document(known, days), "Done": said}, [said])
    if not arguments.yes:
        raise UsageError(
            f"{would} Nothing was erased; to do it, say `kinfolk erase --strangers --older-than "
            f"{days} --yes`."
        )
    changes = Chores(house.library).erase_strangers(house.thumbnails, limits)
    return Answer({**_document(known, days), "Done": changes.said}, [changes.said])


def _days(house: House, asked: int | None) -> int:
    """How old strangers must be. Raises UsageError where the collection keeps them for ever."""
    if asked is not None:
        return asked
    own = own_settings(house.library, house.collection.id)
    days = house.settings.for_collection(own).stranger_days
    if not days:
        raise UsageError(
            f"The collection {house.collection.name} keeps strangers for ever; say how old they "
            "must be with --older-than DAYS."
        )
    return days


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"


def _document(known: Strangers, days: int) -> Json:
    return {
        "Faces": known.faces, "FigureClusters": known.people, "Files": known.photos,
        "OlderThanDays": days,
    }  # fmt: skip
