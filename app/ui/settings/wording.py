"""How options are told of in the window: their titles, their choices, what was measured."""

from __future__ import annotations

import math
from datetime import datetime

from PySide6.QtCore import QLocale

from app.indexing.choices import Speed
from app.indexing.measuring import PROCESSOR, Trial
from app.settings import EVERY_ALBUM, NO_ALBUM, Option, Value, option_named
from app.ui import words
from app.ui.sayings import translated
from app.ui.settings.choice_words import choice as choice
from app.ui.settings.choice_words import provider
from app.ui.settings.option_words import sentence as sentence
from app.ui.settings.option_words import title as title
from app.ui.texts import Texts

tr = Texts("settings")


def unit(option: Option, value: float) -> str:
    """What stands behind a number, with its space."""
    count = round(value)
    plain_one = "{0} " + option.unit if option.unit not in ("", "0..1") else "{0}"
    told = {
        "degrees": tr("{0}°"),
        "s": tr("{0} s"),
        "MB": tr("{0} MB"),
        "min": tr("{0} min"),
        "minutes": tr("{0} min"),
        "px": tr("{0} px"),
        "megapixels": tr.counted("1 megapixel", "{0} megapixels", count),
        "photos": tr.counted("1 photo", "{0} photos", count),
        "frames": tr.counted("1 frame", "{0} frames", count),
        "processes": tr.counted("1 process", "{0} processes", count),
        "days": tr.counted("1 day", "{0} days", count),
        "steps": tr.counted("1 step", "{0} steps", count),
    }.get(option.unit, plain_one)
    # Behind the number, in whatever language: what stands before it there is left out.
    return told.partition("{0}" if "{0}" in told else words.number(count))[2]


def amount(option: Option, value: Value) -> str:
    """A value as it is read: 10 s, 50°, Off."""
    if option.choices:
        return choice(option, str(value))[0]
    if option.name == "recognises" and value in (EVERY_ALBUM, NO_ALBUM):
        return tr("Every album") if value == EVERY_ALBUM else tr("Only its own")
    if isinstance(value, str):
        return value or tr("none")
    if told := number(option, value):
        return told
    return f"{plain(value)}{unit(option, value)}"


def plain(value: float) -> str:
    """A number as the user's country writes it: 0.2, 8,000."""
    return words.number(value) if isinstance(value, int) else QLocale().toString(value, "g", 6)


def domain(option: Option) -> str:
    """Between which numbers it may be; empty for what is no number."""
    if option.kind is str:
        return ""
    if option.most == math.inf:
        return tr("From {0} on.").format(plain(option.least))
    return tr("From {0} to {1}.").format(plain(option.least), plain(option.most))


def placeholder(option: Option) -> str:
    """What stands in an empty field."""
    told = {"notify_command": tr("None"), "proxy": tr("As the system says")}
    return told.get(option.name, "")


def note(option: Option) -> str:
    """What there is to know of an option that is a text."""
    if option.name == "notify_command":
        return tr(
            "It is run when work ends and for every alert, with a JSON document on its standard "
            "input. It has {0} seconds."
        ).format(option_named("notify_seconds").default)
    return ""


def _within(name: str) -> str:
    """As `provider`, in the middle of a sentence."""
    return tr("the processor") if name == PROCESSOR else provider(name)


def figure(trial: Trial | None) -> str:
    """12.3 photos/s; or why not."""
    if trial is None:
        return tr("Not measured yet.")
    if trial.problem:
        return translated(trial.problem)
    speed = QLocale().toString(trial.photos_per_second, "f", 1)
    return tr("{0} photos/s").format(speed)


def chosen(speed: Speed) -> str:
    """What Automatic means on this computer now."""
    if not speed.provider:
        return tr("The fastest. It is found out before the next photo is looked at.")
    trial = speed.measured.trial(speed.provider) if speed.measured else None
    found = tr("The fastest: {0}.").format(_within(speed.provider))
    if trial is None or trial.problem:
        return found
    return tr("The fastest: {0} on {1}.").format(figure(trial), _within(speed.provider))


def now(speed: Speed) -> str:
    """How hard Kinfolk would work at this moment."""
    if speed.is_gentle:
        return tr("Now: gently, one photo at a time.")
    if speed.workers == 1:
        return tr("Now: at full speed, one photo at a time.")
    return tr("Now: at full speed, {0} photos at a time.").format(words.number(speed.workers))


def measured(speed: Speed) -> str:
    """When it was measured, or what measuring means."""
    if speed.measured is None or not speed.measured.when:
        return tr("Measuring takes about a minute, in which Kinfolk looks at no photos.")
    moment = datetime.fromisoformat(speed.measured.when).astimezone()
    day = words.day(moment.date(), datetime.now().astimezone().date())
    return tr("Measured on this computer: {0}.").format(f"{day}, {words.time_of_day(moment)}")


def number(option: Option, value: float) -> str:
    """What a number is called that stands for something else; empty for all others."""
    if (option.name, value) == ("workers", 0):
        return tr("One on every core")
    if (option.name, value) == ("stranger_days", 0):
        return tr("Everybody is kept")
    return ""


def ends(option: Option) -> tuple[str, str]:
    """What the two ends of a scale are called."""
    if option.name == "strictness":
        return tr("Looser"), tr("Stricter")
    return plain(option.least), plain(option.most)


def step(option: Option, steps: int) -> str:
    """What a step of a scale means."""
    if option.name != "strictness":
        return amount(option, steps)
    if steps == 0:
        return tr("As measured for the models in use")
    if steps > 0:
        return tr.counted(
            "1 step stricter than measured", "{0} steps stricter than measured", steps
        )
    return tr.counted("1 step looser than measured", "{0} steps looser than measured", -steps)


def alike(average: float, measured: float) -> str:
    """How alike faces must be, as the grouping has it, and what was measured for the pack."""
    numbers = (QLocale().toString(one, "f", 3) for one in (average, measured))
    return tr(
        "Two groups become one when their faces are alike by {0} on average, from 0 to 1. Measured "
        "for these models: {1}."
    ).format(*numbers)
