"""Wording: what the dialog of foreign names says."""

from __future__ import annotations

from collections.abc import Iterable

from app.indexing.name_import import Prospect
from app.indexing.name_plan import Conflict, Found, Why
from app.media.foreign.found import Origin
from app.ui import words
from app.ui.texts import Texts

tr = Texts("importing")


def people(count: int) -> str:
    """1 person, 12 people."""
    return tr.counted("1 person", "{0} people", count)


def names(count: int) -> str:
    """1 name, 12 names."""
    return tr.counted("1 name", "{0} names", count)


def origin(one: Origin) -> str:
    """Where names come from."""
    return {
        Origin.PICASA: tr("Picasa"),
        Origin.REGIONS: tr("face regions in the photos"),
        Origin.MICROSOFT: tr("Windows Photo Gallery"),
        Origin.DIGIKAM: tr("digiKam"),
        Origin.KEYWORDS: tr("keywords"),
        Origin.TAKEOUT: tr("Google Photos"),
    }[one]


def _listed(parts: Iterable[str]) -> str:
    found = list(parts)
    if len(found) < 2:
        return "".join(found)
    return tr("{0} and {1}").format(", ".join(found[:-1]), found[-1])


def summary(prospect: Prospect) -> str:
    """What was found, in a sentence."""
    plan = prospect.plan
    if not plan.photos:
        return tr("Picasa named people in these photos, but wrote beside them no name.")
    by = _listed(sorted(origin(one) for one in prospect.gathered.origins))
    if not plan.people:
        return tr("Nobody new: what {0} says of {1} is so here already, or differs.").format(
            by, words.photos(plan.photos)
        )
    return tr("Found {0} on {1} in {2}, by {3}.").format(
        people(len(plan.people)), words.faces(plan.faces), words.photos(plan.photos), by
    )


def nothing() -> tuple[str, str]:
    """What is said where no name was found, and what it means."""
    return tr("No names found"), tr(
        "Neither Picasa's files nor the photos and their sidecars name anybody. Picasa writes "
        "names beside the photos as soon as a face is named."
    )


def joins(one: Found) -> str:
    """Whether somebody is new or is known here; and that all faces are still to be framed."""
    told = tr("new") if one.person_id is None else tr("joins {0}").format(one.name)
    if one.frames and not (one.faces or one.by_keyword):
        told = tr("{0}, where no face was found").format(told)
    return told


def spoken(one: Found) -> str:
    """A line of the table, for those who hear it."""
    told = [one.name, words.faces(len(one.faces))]
    if one.along:
        told.append(tr("{0} more of the same groups").format(words.faces(one.along)))
    return ", ".join([*told, joins(one)])


def ours(one: Conflict) -> str:
    """What holds here, as long as theirs is not taken."""
    return {
        Why.NAMED: "{0}",
        Why.REFUSED: tr("is not this person, as you said"),
        Why.DENIED: tr("is not a face, as you said"),
        Why.STRANGER: tr("is nobody you know, as you said"),
        Why.SOURCES: tr("has another name in another program"),
        Why.TWICE: tr("is one of several of that name in the photo"),
    }[one.why].format(one.ours)


def conflicts(count: int) -> str:
    """The title of the list of conflicts."""
    return tr.counted(
        "1 face is named otherwise there. What holds here stays, unless you tick it:",
        "{0} faces are named otherwise there. What holds here stays, unless you tick a line:",
        count,
    )


def frames(count: int) -> str:
    """The wish to frame what was not found."""
    return tr.counted(
        "Also frame 1 face that Kinfolk did not find",
        "Also frame {0} faces that Kinfolk did not find",
        count,
    )


def by_keyword(count: int) -> str:
    """The wish to follow keywords."""
    return tr.counted(
        "Also name 1 face by a keyword of its photo: nobody else is in it",
        "Also name {0} faces by a keyword of their photos: nobody else is in them",
        count,
    )


def besides(prospect: Prospect) -> str:
    """What else is to be known, in a few sentences."""
    plan, found = prospect.plan, prospect.gathered
    told = (
        (plan.already, tr("{0} already so here."), names),
        (found.not_looked_at, tr("{0} with names not looked at yet."), words.photos),
        (found.elsewhere, tr("{0} with names not in this album."), words.photos),
        (found.nameless, tr("{0} of Picasa’s whose names are in its contacts.xml."), words.faces),
        (plan.unclear, tr("{0} among the keywords of photos with several faces."), names),
        (plan.forgotten, tr("{0} passed over, as somebody was forgotten there."), names),
    )
    return " ".join(text.format(count(number)) for number, text, count in told if number)
