"""Stacks: photos that show the same stand together; by the machine's guess or the user's word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.changes import Changes
from app.errors import UsageError
from app.library.anchors import read
from app.library.database import Library
from app.library.decisions import decide
from app.library.models import Photo
from app.library.queries.shapes import SHOWN, chunks
from app.library.stack_words import STACK, UNSTACK, WHOLE
from app.library.stacked import chosen_top, compare_again, mates, put, settle, stack_ids

_SHOWN = ",".join(repr(state) for state in SHOWN)
# The + keeps SQLite from going through all photos.
_BROKEN = f"""
SELECT stack_id FROM photo WHERE stack_id IS NOT NULL AND +collection_id = ?
GROUP BY stack_id HAVING COUNT(*) < 2 OR SUM(state NOT IN ({_SHOWN}))
"""


def make_top(library: Library, photo_ids: Sequence[int]) -> Changes:
    """“Make this the top”: this one photo stands for its stack.

    Raises UsageError when it is in none.
    """

    def work() -> Changes:
        everyone = sorted(mates(photo_ids))
        if len(photo_ids) != 1 or len(everyone) < 2:
            raise UsageError("This photo is in no stack.")
        return _decide(library, everyone, "Chose the top of a stack", photo_ids[0])

    return library.write(work)


def stack_photos(library: Library, photo_ids: Sequence[int]) -> Changes:
    """“Stack these”: photos stand together, with those that they stand with already.

    Raises UsageError when that is fewer than two photos.
    """

    def work() -> Changes:
        everyone = sorted({*photo_ids, *mates(photo_ids)})
        if len(everyone) < 2:
            raise UsageError("A stack takes two photos or more.")
        if len(set(stack_ids(everyone).values()) - {None}) == 1 and len(everyone) == len(
            mates(photo_ids)
        ):
            return Changes()  # they are one already: a word that changes nothing is none to undo
        # Whom the user chose to be on top of one of them stays there.
        words = Photo.select(Photo.id, Photo.stack_word).where(Photo.id.in_(everyone)).tuples()
        top = chosen_top(dict(words))
        return _decide(library, everyone, f"Stacked {len(everyone)} photos", top)

    return library.write(work)


def take_out(library: Library, photo_ids: Sequence[int]) -> Changes:
    """“Take out of the stack”: photos stand alone, and no machine stacks them again."""

    def work() -> Changes:
        stacked = [one for one, top in stack_ids(photo_ids).items() if top is not None]
        if not stacked:
            raise UsageError("These photos are in no stack.")
        rows = _prints(stacked)
        was = _was(mates(stacked))
        count = "1 photo" if len(stacked) == 1 else f"{len(stacked)} photos"
        places = [(fingerprint, WHOLE) for _, fingerprint in rows.values()]
        return decide(
            library, _home(rows), UNSTACK, {"was": was}, f"Took {count} out of a stack",
            places=places,
        )  # fmt: skip

    return library.write(work)


def _decide(
    library: Library, photo_ids: Sequence[int], said: str, top: int | None = None
) -> Changes:
    rows = _prints(photo_ids)
    if len(rows) < 2:
        raise UsageError("There are no such photos any more.")
    data = {"top": rows[top][1] if top in rows else "", "was": _was(stack_ids(rows))}
    places = [(fingerprint, WHOLE) for _, fingerprint in rows.values()]
    return decide(library, _home(rows), STACK, data, said, places=places)


def _home(rows: Mapping[int, tuple[int, str]]) -> int:
    found = {collection for collection, _ in rows.values()}
    if len(found) != 1:
        raise UsageError("These photos are not of one collection.")
    return found.pop()


def _prints(photo_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Collection and fingerprint of those of these photos that are shown."""
    return {
        photo_id: (collection_id, fingerprint)
        for chunk in chunks(sorted(photo_ids))
        for photo_id, collection_id, fingerprint in Photo.select(
            Photo.id, Photo.collection, Photo.fingerprint
        )
        .where(Photo.id.in_(chunk), Photo.state.in_(SHOWN))
        .tuples()
    }


def _was(tops: Mapping[int, int | None]) -> dict[str, str]:
    """Which photo is on top of each, by fingerprint; none by an empty text."""
    prints = _prints({*tops, *(top for top in tops.values() if top is not None)})
    return {
        prints[one][1]: prints[top][1] if top in prints else ""
        for one, top in tops.items()
        if one in prints
    }


def store_stacks(
    library: Library, considered: Collection[int], stacks: Sequence[Sequence[int]]
) -> Changes:
    """What comparing photos told: of those `considered`, these stand together, the first of each on
    top, and the others alone."""

    def work() -> Changes:
        shown = _prints(considered)
        wanted: dict[int, int | None] = dict.fromkeys(shown)
        for stack in stacks:
            left = [one for one in stack if one in shown]
            if len(left) > 1:
                wanted.update(dict.fromkeys(left, left[0]))
        before = stack_ids(shown)
        moved = put(wanted)
        for chunk in chunks(sorted(shown)):
            Photo.update(compared=True).where(Photo.id.in_(chunk)).execute()
        old = {before[one] for one in moved}
        tops = {top for top in old | set(wanted.values()) if top is not None}
        moved |= settle(tops) if moved else set()
        return _changed(moved)

    return library.write(work)


def settle_stacks(library: Library, collection_id: int) -> Changes:
    """See to the stacks of which a photo is gone, became a copy or was removed; whoever leaves is
    compared again should it come back."""
    if not library.sql(_BROKEN, (collection_id,)):
        return Changes()  # as nearly always: it is asked often, and nobody has to wait for it

    def work() -> Changes:
        tops = [top for (top,) in read(_BROKEN, (collection_id,))]
        gone = [
            one
            for chunk in chunks(tops)
            for (one,) in Photo.select(Photo.id)
            .where(Photo.stack.in_(chunk), Photo.state.not_in(SHOWN))
            .tuples()
        ]
        compare_again(gone)
        return _changed(settle(tops))

    return library.write(work)


def let_go_of_stacks(library: Library, collection_id: int) -> Changes:
    """Let every photo of a collection stand alone; what the user said of them stays said. Once
    stacks are wanted again, they are compared again."""

    mine = (Photo.collection == collection_id) & Photo.stack.is_null(False)
    if not Photo.select().where(mine).exists():
        return Changes()

    def work() -> Changes:
        found = [one for (one,) in Photo.select(Photo.id).where(mine).tuples()]
        Photo.update(stack=None, compared=False).where(mine).execute()
        return Changes(photos=frozenset(found))

    return library.write(work)


def note_appearances(
    library: Library, found: Mapping[int, tuple[int, float]], blind: Collection[int]
) -> None:
    """Write down likeness and sharpness of photos that were looked at before these were known;
    those that are `blind` have no small picture, and wait for their next look."""

    def work() -> None:
        for photo_id, (likeness, sharpness) in found.items():
            Photo.update(likeness=likeness, sharpness=sharpness).where(
                Photo.id == photo_id
            ).execute()
        for chunk in chunks(sorted(blind)):
            Photo.update(compared=True).where(Photo.id.in_(chunk)).execute()

    library.write(work)


def _changed(moved: Collection[int]) -> Changes:
    """With everybody who stands with them now, as they show it."""
    return Changes(photos=frozenset({*moved, *mates(moved)})) if moved else Changes()
