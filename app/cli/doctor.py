"""doctor: the library is looked over, and with --repair mended."""

from __future__ import annotations

import argparse
import time

from app.cli.output import Answer, ProgressLine, say
from app.cli.work import INTERRUPTED
from app.errors import UsageError
from app.indexing.doctor import Health, look_over
from app.indexing.house import House
from app.library.checks.check import Finding
from app.progress import Progress

_QUIET_SECONDS = 1.0
"""Nobody needs to be told how far work is that is over so soon."""


def doctor(house: House, arguments: argparse.Namespace) -> Answer:
    """Check the library, its small pictures, the model pack, the folders and the disks; with
    --repair mend what can be, with --report tell the details for a bug report."""
    if arguments.report:
        return _report(house, arguments.repair)
    line = ProgressLine("small pictures")
    begun = time.monotonic()

    def tell(done: int, total: int) -> None:
        if time.monotonic() - begun > _QUIET_SECONDS:
            line.show(Progress("", "doctor", "running", done, total))

    try:
        health = look_over(house, mend=arguments.repair, tell=tell)
    except KeyboardInterrupt:
        say("Stopped before everything was looked at. What was mended stays.")
        return Answer({"Healthy": None, "Problems": [], "Notes": []}, (), INTERRUPTED)
    finally:
        line.clear()
    return Answer(_document(health), _lines(health), 0 if health.is_well else 1)


def _report(house: House, repair: bool) -> Answer:
    """What somebody who mends Kinfolk wants to know, without names and paths."""
    if repair:
        raise UsageError("--report only tells: say it without --repair.")
    from app.indexing.bug_report import bug_report

    text = bug_report(house)
    return Answer({"Report": text}, text.splitlines())


def _document(health: Health) -> dict[str, object]:
    totals = health.totals
    return {
        "Healthy": health.is_well,
        "Problems": [
            {"Where": found.where, "Problem": found.problem, "Mended": found.mended}
            for found in health.findings
        ],
        "Notes": list(health.notes),
        "Photos": None if totals is None else totals.photos,
        "People": None if totals is None else totals.people,
    }


def _lines(health: Health) -> list[str]:
    found = [f"{found.where}: {found.problem}{_outcome(found)}" for found in health.findings]
    if not found:
        found = ["Everything is in order."]
    elif any(one.mendable and not one.mended for one in health.findings):
        found.append("`kinfolk doctor --repair` mends what can be mended.")
    return [*found, *health.notes]


def _outcome(found: Finding) -> str:
    return " Mended." if found.mended else ""
