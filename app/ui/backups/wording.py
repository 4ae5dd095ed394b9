"""How a backup is told of: when and why it was made, and what it means to restore it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.library.rows import BackupRow
from app.ui import words
from app.ui.sayings import translated
from app.ui.texts import Texts

tr = Texts("backups")


def local(row: BackupRow) -> datetime:
    """When a backup was made, on the clock of this computer."""
    return row.at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)


def when(row: BackupRow, today: date) -> str:
    """Today, 6:40 PM."""
    made = local(row)
    return words.listed(words.day(made.date(), today), words.time_of_day(made))


def why(row: BackupRow) -> str:
    """Why a backup was made; a reason that this version does not know is told as it is."""
    known = {
        "daily": tr("Daily"),
        "migration": tr("Before an update of Kinfolk"),
        "restore": tr("Before a restore"),
        "asked": tr("By hand"),
    }
    return known.get(row.reason, row.reason)


def contents(row: BackupRow) -> str:
    """97 photos, 5 named people, 3.1 MB."""
    return words.listed(words.photos(row.photos), named(row), words.size(row.size))


def named(row: BackupRow) -> str:
    """1 named person, 5 named people."""
    return tr.counted("1 named person", "{0} named people", row.people)


def spoken(row: BackupRow, today: date) -> str:
    """All of a backup in one sentence, for those who hear the list."""
    parts = [when(row, today), why(row), contents(row)]
    return ", ".join([*parts, translated(row.problem)] if row.problem else parts)


def consequences(row: BackupRow, today: date) -> str:
    """What will be when this backup is restored."""
    made = when(row, today)
    return tr(
        "Everything you said and every face found will be as it was then: {0}. "
        "What was said since will not be there any more.\n\n"
        "Before that, Kinfolk backs up the library as it is now. It will be in this list, and "
        "restoring it takes all of this back.\n\n"
        "The photos themselves are not touched. Kinfolk closes its window and opens it again."
    ).format(f"{made} ({words.photos(row.photos)}, {named(row)})")
