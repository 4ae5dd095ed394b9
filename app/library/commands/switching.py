"""A switch from one model pack to another: begun, looked for, carried out, taken back, settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.changes import Changes
from app.library import spares
from app.library.anchors import best_match, box_of
from app.library.census import take_census
from app.library.database import Library
from app.library.drawn import forgotten_boxes
from app.library.expired import expired_boxes
from app.library.models import Photo, Switch, now
from app.library.queries.switching import Maker, Phase, SwitchRow
from app.library.queries.switching import switch as switch_row
from app.library.rows import Look, PhotoState
from app.library.switches import switch_faces

KEPT_DAYS = 30
"""Days for which what is spare is kept, so that a switch can be undone, or gone on with."""


def begin_switch(
    library: Library, choice: str, maker: Maker, choice_before: str, before: Maker
) -> None:
    """Let looks of a pack be gathered, to switch to it from the one in use; what was gathered of
    any other pack goes."""

    def work() -> None:
        spares.drop_other_makers({maker, before})
        last = switch_row(library)
        Switch.delete().execute()
        Switch.create(
            ungrouped=[] if last is None else list(last.ungrouped),
            phase=Phase.LOOKING, choice=choice, pack=maker[0], pack_version=maker[1],
            choice_before=choice_before, pack_before=before[0], version_before=before[1],
        )  # fmt: skip

    library.write(work)


def stop_switch(library: Library) -> None:
    """Gather no more; what there is is kept for a while, should it be gone on with."""

    def work() -> None:
        row = switch_row(library)
        if row is not None and row.phase == Phase.LOOKING:
            Switch.update(phase=Phase.STOPPED, until=_end()).execute()

    library.write(work)


def look_ahead(library: Library, photo_id: int, look: Look, maker: Maker) -> bool:
    """Keep what the pack to come saw of a photo, but for those who must not be learnt again; what
    is shown stays as it is. False where the
    photo is another one by now, or nobody wants that look any more."""

    def work() -> bool:
        if not _is_awaited(library, photo_id, look.fingerprint, maker):
            return False
        if (look.pack, look.pack_version) != maker:
            return False
        collection = Photo.get_by_id(photo_id).collection_id
        banned = forgotten_boxes(collection, look.fingerprint)
        banned += expired_boxes(photo_id, look.fingerprint)
        seen = (face for face in look.faces if best_match(box_of(face), banned) is None)
        spares.keep(photo_id, replace(look, faces=tuple(seen)))
        return True

    return library.write(work)


def pass_over_ahead(
    library: Library, photo_id: int, fingerprint: str, error: str, maker: Maker
) -> bool:
    """Keep why the pack to come could not look at a photo."""

    def work() -> bool:
        if not _is_awaited(library, photo_id, fingerprint, maker):
            return False
        spares.keep_error(photo_id, fingerprint, maker, error)
        return True

    return library.write(work)


def _is_awaited(library: Library, photo_id: int, fingerprint: str, maker: Maker) -> bool:
    row = switch_row(library)
    is_looking = row is not None and row.phase == Phase.LOOKING and row.maker == maker
    return is_looking and (
        Photo.select()
        .where(
            Photo.id == photo_id, Photo.fingerprint == fingerprint, Photo.pack != "",
            Photo.state == PhotoState.LOOKED.value,
        )
        .exists()
    )  # fmt: skip


def carry_out_switch(library: Library, maker: Maker) -> Changes | None:
    """Show what the pack to come saw in place of what is shown; the setting is owed from then on.
    What the user said holds, and undo puts everything back. It is one transaction: whatever
    happens, it is done or it is not. None where it is not this pack any more that is to come."""

    def work() -> Changes | None:
        row = switch_row(library)
        if row is None or row.phase != Phase.LOOKING or row.maker != maker:
            return None
        return _trade_places(library, row, row.maker, row.maker_before, Phase.SWITCHED, row.choice)

    return library.write(work)


def take_back_switch(library: Library) -> Changes:
    """Show again what the pack before saw. What was said since holds, too."""

    def work() -> Changes:
        row = switch_row(library)
        if row is None or row.phase != Phase.SWITCHED:
            return Changes()
        before = row.choice_before
        return _trade_places(library, row, row.maker_before, row.maker, Phase.UNDONE, before)

    return library.write(work)


def _trade_places(
    library: Library, row: SwitchRow, to: Maker, before: Maker, phase: str, choice: str
) -> Changes:
    done = switch_faces(library, to, before)
    spares.drop_other_makers({to, before})
    take_census(library, done.people)
    Switch.update(
        phase=phase, owed=choice, ungrouped=sorted({*row.ungrouped, *done.collections}),
        until=_end(),
    ).execute()  # fmt: skip
    return Changes(
        photos=frozenset(done.photos), people=frozenset(done.people), regrouped=bool(done.photos)
    )


def note_setting(library: Library) -> None:
    """The setting `pack` is what it has to be."""
    library.write(lambda: Switch.update(owed="").execute())


def note_grouped(library: Library, collection_id: int) -> None:
    """A collection was grouped anew after a switch."""

    def work() -> None:
        row = switch_row(library)
        if row is not None:
            left = [number for number in row.ungrouped if number != collection_id]
            Switch.update(ungrouped=left).execute()

    library.write(work)


def settle_switch(library: Library, only_when_due: bool = False) -> bool:
    """Keep nothing any more that would be needed to go back, or to go on with what was stopped; or
    only if it was kept for long enough. Gives whether anything went."""

    def work() -> bool:
        row = switch_row(library)
        if row is None or row.phase == Phase.LOOKING:
            return False
        if only_when_due and (row.until is None or row.until > now()):
            return False
        is_switched = row.phase in (Phase.SWITCHED, Phase.SETTLED)
        in_use = row.maker if is_switched else row.maker_before
        gone = spares.drop_other_makers({in_use})
        # What the pack in use could not look at is not tried every day.
        if row.owed or row.ungrouped:
            Switch.update(phase=Phase.SETTLED if is_switched else row.phase).execute()
            return gone > 0
        Switch.delete().execute()
        return gone > 0 or row.phase != Phase.SETTLED

    return library.write(work)


def _end() -> object:
    return now() + timedelta(days=KEPT_DAYS)
