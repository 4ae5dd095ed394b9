"""Wording: what writing names into sidecars would do and did, in sentences for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui import words
from app.ui.sayings import translated
from app.ui.texts import Texts

if TYPE_CHECKING:
    from app.indexing.sidecars import Tally

tr = Texts("sidecars")


def about() -> list[str]:
    """What it is, what it leaves alone, and what that means."""
    return [
        tr(
            "Who is where goes into small .xmp files beside your photos, where digiKam, "
            "Lightroom, Immich and many other programs find it."
        ),
        tr("Your photos are never changed, and what other programs wrote into such files stays."),
        tr("The names leave the library that way: whoever gets these files can read them."),
    ]


def foreseen(tally: Tally) -> str:
    """What would be done, in a sentence."""
    if not tally.files:
        if tally.conflict_count:
            return tr("All other names stand beside the photos already.")
        if tally.unchanged:
            return tr("The names stand beside {0} already: nothing is to be done.").format(
                words.photos(tally.unchanged)
            )
        return tr("There is nobody with a name in these photos: nothing is to be done.")
    told = [
        text
        for count, text in (
            (tally.new, tr.counted("1 new", "{0} new", tally.new)),
            (tally.changed, tr.counted("1 changed", "{0} changed", tally.changed)),
            (
                tally.removed,
                tr.counted(
                    "1 removed, as nothing but old names is in it",
                    "{0} removed, as nothing but old names is in them",
                    tally.removed,
                ),
            ),
        )
        if count
    ]
    sentence = tr("Sidecars: {0}.").format(words.listed(*told))
    if tally.unchanged:
        sentence += " " + tr.counted("1 is right.", "{0} are right as they are.", tally.unchanged)
    return sentence


def in_the_way(tally: Tally) -> str:
    """What cannot be done, and why; empty where there is nothing."""
    told = []
    if tally.skipped:
        told.append(
            tr("{0} left out: {1}").format(
                words.photos(len(tally.skipped)), translated(tally.skipped[0].error)
            )
        )
    if tally.away:
        told.append(
            tr("{0} cannot be reached now: a drive is not connected.").format(
                words.photos(tally.away)
            )
        )
    return "\n".join(told)


def conflicts(tally: Tally) -> str:
    """How many faces have another name there."""
    return tr.counted(
        "1 face has another name there, which stays:",
        "{0} faces have other names there, which stay:",
        tally.conflict_count,
    )


def done(tally: Tally) -> str:
    """What was done, for the message bar."""
    if not tally.files:
        told = tr("No sidecar had to be written.")
    else:
        told = tr("Names were written beside {0}.").format(words.photos(tally.files))
    if tally.conflict_count:
        told += " " + tr("{0} kept another name.").format(words.faces(tally.conflict_count))
    if tally.skipped:
        told += " " + tr("{0} could not be done; the Activity page has the reasons.").format(
            words.photos(len(tally.skipped))
        )
    return told
