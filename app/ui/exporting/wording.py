"""How an export is told of: what can be chosen, what it takes, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from app.indexing.export.exporter import Weight
from app.indexing.export.order import By, Exported, Order, Way, Web
from app.indexing.export.placing import COPIED_INSTEAD
from app.library.rows import PersonRow
from app.ui import words
from app.ui.texts import Texts

tr = Texts("exporting")

_LISTED = 2


def question(count: int | None, people: Sequence[PersonRow]) -> str:
    """What is asked: Export 25 photos of Anna."""
    what = tr("photos") if count is None else words.photos(count)
    if not people:
        return tr("Export {0}").format(what)
    return tr("Export {0} of {1}").format(what, whose(people))


def whose(people: Sequence[PersonRow]) -> str:
    """Anna, Ben and 2 more."""
    names = [words.called(one) for one in people]
    if len(names) > _LISTED + 1:
        more = words.number(len(names) - _LISTED)
        return tr("{0} and {1} more").format(", ".join(names[:_LISTED]), more)
    if len(names) > 1:
        return tr("{0} and {1}").format(", ".join(names[:-1]), names[-1])
    return "".join(names)


def sorting() -> dict[By, tuple[str, str]]:
    """Into which folders photos can be sorted, and what that is for."""
    return {
        By.YEAR: (tr("By year"), tr("A folder for each year, such as 2019.")),
        By.MONTH: (tr("By month"), tr("A folder for each month, such as 2019-06.")),
        By.PERSON: (
            tr("By person"),
            tr("A folder for everybody; a photo of two people is in both."),
        ),
        By.PERSON_YEAR: (
            tr("By person and year"),
            tr("Each person’s folder has their years in it."),
        ),
        By.NONE: (
            tr("All in one folder"),
            tr("No folders within; names that are alike are told apart."),
        ),
    }


def ways() -> dict[Way, tuple[str, str]]:
    """How photos can get there, and what that means."""
    return {
        Way.COPY: (tr("Copy them"), tr("Files of their own, to give away or to keep elsewhere.")),
        Way.HARDLINK: (
            tr("Hard links"),
            tr("One more name for the same file: no room is taken, but who edits one edits both."),
        ),
        Way.SYMLINK: (
            tr("Links"),
            tr("Small files that lead to your photos, as long as these stay where they are."),
        ),
        Way.NONE: (tr("No photo files"), tr("Only the contact sheet or the web album.")),
    }


def web_albums() -> dict[Web, tuple[str, str]]:
    """What a web album can show, and what is in that."""
    return {
        Web.SCALED: (
            tr("With smaller photos"),
            tr("Written anew, without place, camera and other hidden details."),
        ),
        Web.ORIGINALS: (
            tr("With the original files"),
            tr("All that is in the files goes along, also where they were taken."),
        ),
    }


def weighed(weight: Weight, order: Order) -> str:
    """25 photos, 3.8 MB; 118 GB are free there."""
    if not weight.photos and not weight.skipped:
        return tr("There are no photos here to export.")
    if not weight.photos:
        return tr("None of these photos can be read now.")
    size = tr("nothing to copy") if not weight.size else words.size(weight.size)
    parts = [words.photos(weight.photos), size]
    if weight.there:
        parts.append(tr("{0} there already").format(words.files(weight.there)))
    if weight.skipped:
        lost = len(weight.skipped)
        parts.append(tr.counted("1 cannot be read now", "{0} cannot be read now", lost))
    told = words.listed(*parts)
    if weight.free is None:
        told = tr("{0}.").format(told)
    else:
        told = tr("{0}. {1} are free there.").format(told, words.size(weight.free))
    if order.way is Way.NONE and order.sheet is None and order.web is None:
        return tr("Choose a contact sheet or a web album, or let photos be copied.")
    return told


def too_large(weight: Weight) -> str:
    """Why it cannot be begun."""
    free = words.size(weight.free or 0)
    told = tr("This takes {0}, and only {1} are free there. Choose another folder.")
    return told.format(words.size(weight.size), free)


def ended(done: Exported) -> str:
    """What came of it, in a message."""
    told = tr("Exported {0}").format(words.photos(done.files))
    if done.there and not (done.copied or done.linked or done.made):
        told = tr("{0}: all were there already").format(words.photos(done.files))
    if done.skipped:
        told += tr.counted(", 1 skipped", ", {0} skipped", len(done.skipped))
    if COPIED_INSTEAD in done.notes:
        told += ". " + tr("Where there could be no link, files were copied")
    return f"{told}."
