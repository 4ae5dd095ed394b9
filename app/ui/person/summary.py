"""What the head of a person's page says in words, and what of it is an estimate."""

from __future__ import annotations

from collections.abc import Iterable

from app.library.queries.items import PhotoItems
from app.library.rows import Looks, PersonRow, PhotoItem
from app.ui import words
from app.ui.texts import Texts

tr = Texts("person")

_DOT = "  ·  "


def facts(person: PersonRow, photos: PhotoItems) -> str:
    """42 photos, 3 videos, 7 in stacks · 1999–2021 · born 1984, of photos newest first. The years
    are those that cameras wrote down."""
    said = [words.photos_and_stacks(len(photos), photos.under, person.video_count)]
    last, first = _year_of_first(photos), _year_of_first(reversed(photos))
    if first is not None and last is not None:
        said.append(span(first, last))
    if person.birth_year is not None:
        said.append(tr("born {0}").format(person.birth_year))
    if person.staff:
        said.append(tr("works here"))
    return _DOT.join(said)


def _year_of_first(photos: Iterable[PhotoItem]) -> int | None:
    """Of the first that a camera dated."""
    dated = (photo.taken for photo in photos if photo.is_dated and photo.taken is not None)
    return next((taken.year for taken in dated), None)


def looks(found: Looks) -> str:
    """Looks about 34 (28–41) · female (estimated); empty when the faces tell nothing."""
    said = []
    if found.youngest is not None and found.oldest is not None:
        years = span(found.youngest, found.oldest)
        if found.average is None:
            said.append(tr("Looks {0}").format(years))
        elif years == str(found.average):
            said.append(tr("Looks about {0}").format(years))
        else:
            said.append(tr("Looks about {0} ({1})").format(found.average, years))
    if found.gender == "female":
        said.append(tr("female") if said else tr("Female"))
    elif found.gender == "male":
        said.append(tr("male") if said else tr("Male"))
    return tr("{0} (estimated)").format(_DOT.join(said)) if said else ""


def looks_tip(found: Looks) -> str:
    """What the estimate rests on."""
    if found.average is not None and found.least != found.most:
        return tr(
            "Estimated from {0}: {1} years on average, from {2} to {3}. Most of them look the ages "
            "in brackets; it may be wrong."
        ).format(words.faces(found.faces), found.average, found.least, found.most)
    return tr("Estimated from {0}. Most of them look this age; it may be wrong.").format(
        words.faces(found.faces)
    )


def span(first: int, last: int) -> str:
    """From one number to another, or the one that both are."""
    return str(first) if first == last else f"{first}–{last}"
