"""settings: every option with what it is and what it may be; and one of them changed.

It needs no open library: a setting that keeps one from being opened can be mended with it.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.cli.output import Answer, say, table
from app.errors import UsageError
from app.indexing.doorbell import ring
from app.indexing.errands import HEED_SETTINGS
from app.indexing.house import House
from app.indexing.thresholds import PREVIEWED, Kind
from app.library.commands.collections import set_own
from app.library.consent import Consent
from app.library.queries import collections as queries
from app.paths import Paths
from app.settings import OF_COLLECTION, OPTIONS, Option, Settings, Value, option_named


def settings(paths: Paths, arguments: argparse.Namespace) -> Answer:
    """List all settings, or change one of them."""
    if arguments.name is None:
        values = asdict(Settings.load(paths.settings))
        return _answer(OPTIONS, values)
    option = option_named(arguments.name)
    if arguments.value is None:
        return _answer([option], asdict(Settings.load(paths.settings)))
    option.value_of(arguments.value)  # a wrong word makes no folder
    Consent(paths.data).note(option.name, arguments.value)
    paths.make()
    changed = Settings.change(paths.settings, option.name, arguments.value)
    if not _tell_others(paths) and PREVIEWED.get(option.name) in (Kind.GROUPS, Kind.CARDS):
        say("The groups there are follow when Kinfolk is opened the next time.")
    return _answer([option], asdict(changed))


def own_settings(house: House, arguments: argparse.Namespace) -> Answer:
    """The settings as they are for one collection, or one of them changed for it alone; the value
    `library` lets it follow the library again."""
    number = house.collection.id
    if arguments.name is not None and arguments.value is not None:
        value = None if arguments.value == "library" else arguments.value
        set_own(house.library, number, arguments.name, value)
    values = asdict(house.settings.for_collection(queries.told_settings(house.library, number)))
    if arguments.name is None:
        return _answer(OF_COLLECTION, values)
    return _answer([option_named(arguments.name)], values)


def _tell_others(paths: Paths) -> bool:
    """Let the process that indexes this library, if there is one, follow what was changed; gives
    whether there is one."""
    try:
        ring(paths.bell, {"do": HEED_SETTINGS})
    except ConnectionError:
        return False
    except UsageError as error:
        say(f"Kinfolk is open, and does not follow: {error}")
    return True


def _answer(options: tuple[Option, ...] | list[Option], values: Mapping[str, Value]) -> Answer:
    document = {"Settings": [_shape(option, values[option.name]) for option in options]}
    lines = table([("setting", "value", "default", "unit", "what it is")] + [
        (one.name, str(values[one.name]), str(one.default), one.unit, one.sentence)
        for one in options
    ])  # fmt: skip
    return Answer(document, lines)


def _shape(option: Option, value: Value) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "Name": option.name,
        "Value": value,
        "Default": option.default,
        "Unit": option.unit,
        "Sentence": option.sentence,
    }
    if option.choices:
        shape["Choices"] = list(option.choices)
    return shape
