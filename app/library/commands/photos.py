"""What the disk and the looking tell of photos."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.changes import Changes
from app.library.anchors import best_match, box_of, pair, read
from app.library.census import take_census
from app.library.copies import (
    collapse,
    hand_over,
    heir,
    lose,
    nowhere,
    take_places,
    twin_of,
    with_twins,
)
from app.library.database import Library
from app.library.drawn import forgotten_boxes, frames, look_again
from app.library.erased import LOOKED_AT, is_erased
from app.library.expired import expired_boxes, hand_on, let_be_found_again
from app.library.look_rows import add_face, faces_of, fill, gone_with, row_of
from app.library.models import Face, Photo, now
from app.library.motion import part_from
from app.library.queries.shapes import chunks
from app.library.rows import Look, NewFace, PhotoState, Placed, SkippedFile
from app.library.spares import can_look_at, drop_outdated
from app.library.spoken import hold
from app.library.succession import re_anchor, succeed


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as the disk shows it."""

    path: Path
    size: int
    mtime_ns: int
    is_in_cloud: bool = False
    """Whether reading it would download it, which nobody has allowed."""


@dataclass(slots=True)
class ScanResult:
    """What a scan of one folder found to be different from the library."""

    added: list[SeenFile] = field(default_factory=list)
    copies: list[tuple[int, SeenFile]] = field(default_factory=list)
    """New files that have the content of a photo, which is still there."""
    changed: list[tuple[int, SeenFile]] = field(default_factory=list)
    """Photos whose file is another than the one looked at."""
    touched: list[tuple[int, SeenFile]] = field(default_factory=list)
    """Photos whose file has another time, with the same content."""
    moved: list[tuple[int, SeenFile]] = field(default_factory=list)
    """Photos whose file has another path now, with the same content."""
    returned: list[int] = field(default_factory=list)
    """Photos that were gone and are back, unchanged."""
    missing: list[int] = field(default_factory=list)
    unchanged: int = 0
    still_skipped: list[SkippedFile] = field(default_factory=list)
    """Files that could not be looked at before and have not changed since."""
    clouds: list[SeenFile] = field(default_factory=list)
    """New files that are in the cloud only."""
    evicted: list[tuple[int, SeenFile]] = field(default_factory=list)
    """Photos that were never looked at, and whose file is in the cloud only."""


_STANDS_BY = (PhotoState.COPY.value, PhotoState.MOTION.value)
"""The states of files that are shown with a photo, and are no photo themselves."""

# Whole folders move, and Peewee takes its time over each statement.
_LEAVE = "UPDATE photo SET path = ? WHERE id = ?"
_MOVE = "UPDATE photo SET folder_id = ?, path = ?, size = ?, mtime_ns = ? WHERE id = ?"


def record_scan(
    library: Library, collection_id: int, folder_id: int | None, found: ScanResult
) -> Changes:
    """Take what a scan found into the library, all or nothing."""

    def work() -> Changes:
        there_again = [*found.returned, *(photo_id for photo_id, _ in found.moved)]
        touched = {*found.missing, *there_again}
        people = people_in(touched)
        _make_room(collection_id, found)
        for photo_id, seen in found.moved:
            place = (folder_id, os.fsencode(seen.path), seen.size, seen.mtime_ns, photo_id)
            read(_MOVE, place)
        _set_state(there_again, PhotoState.LOOKED, None)
        for photo_id, seen in found.touched:
            _put(photo_id, seen)
        for photo_id, seen in found.changed:
            _mark_changed(photo_id, seen)
        for photo_id, seen in found.evicted:
            _put(photo_id, seen, state=PhotoState.CLOUD.value, error="", gone=None)
        _insert_files(collection_id, folder_id, found)
        lost, elsewhere = lose(found.missing)
        _let_go(lost)
        people |= _collapse_twins(there_again)
        elsewhere |= take_places(collection_id)
        _consider_again(there_again)
        touched |= elsewhere | {original for original, _ in found.copies}
        people |= people_in(touched)
        take_census(library, people)
        return Changes(people=frozenset(people), photos=frozenset(touched))

    return library.write(work)


def _make_room(collection_id: int, found: ScanResult) -> None:
    """Photos that move, or are lost, leave the places that others take."""
    for photo_id, seen in found.moved:
        read(_LEAVE, (os.fsencode(nowhere(seen.path, photo_id)), photo_id))
    new = [*found.added, *(seen for _, seen in found.copies), *(seen for _, seen in found.moved)]
    new += found.clouds
    missing = set(found.missing)
    for chunk in chunks([seen.path for seen in new]):
        rows = Photo.select().where(Photo.collection == collection_id, Photo.path.in_(chunk))
        for photo in rows:
            if photo.id in missing or photo.state == PhotoState.GONE.value:
                Photo.update(path=nowhere(photo.path, photo.id)).where(
                    Photo.id == photo.id
                ).execute()


def _put(photo_id: int, seen: SeenFile, **values: Any) -> None:
    Photo.update(size=seen.size, mtime_ns=seen.mtime_ns, **values).where(
        Photo.id == photo_id
    ).execute()


def _insert_files(collection_id: int, folder_id: int | None, found: ScanResult) -> None:
    originals = {original for original, _ in found.copies}
    prints = {
        photo_id: fingerprint
        for chunk in chunks(sorted(originals))
        for photo_id, fingerprint in Photo.select(Photo.id, Photo.fingerprint)
        .where(Photo.id.in_(chunk), Photo.state == PhotoState.LOOKED.value)
        .tuples()
    }
    new: list[tuple[int | None, SeenFile]] = [(None, seen) for seen in found.added]
    new += [(original if original in prints else None, seen) for original, seen in found.copies]
    new += [(None, seen) for seen in found.clouds]
    rows = [
        {
            "collection": collection_id, "folder": folder_id, "path": seen.path,
            "size": seen.size, "mtime_ns": seen.mtime_ns, "copy_of": original,
            "fingerprint": "" if original is None else prints[original],
            "state": _first_state(original, seen).value,
        }
        for original, seen in new
    ]  # fmt: skip
    for chunk in chunks(rows, 100):
        Photo.insert_many(chunk).on_conflict_ignore().execute()


def _first_state(original: int | None, seen: SeenFile) -> PhotoState:
    """How a new file stands: a copy of `original`, waiting for its look, or in the cloud."""
    if original is not None:
        return PhotoState.COPY
    return PhotoState.CLOUD if seen.is_in_cloud else PhotoState.PENDING


def _mark_changed(photo_id: int, seen: SeenFile) -> None:
    photo = Photo.get_or_none(Photo.id == photo_id)
    if photo is None:
        return
    if photo.state == PhotoState.LOOKED.value:
        _put(photo_id, seen, is_stale=True, gone=None)
    else:
        state = PhotoState.PENDING.value
        _put(photo_id, seen, state=state, gone=None, copy_of=None, still=None)


def _let_go(photo_ids: Sequence[int]) -> None:
    """Photos whose file is not there any more are kept for a while; of one that was never looked
    at there is nothing to keep."""
    part_from(photo_ids)
    never_looked_at = (Photo.pack == "") & Photo.state.not_in(LOOKED_AT)
    for chunk in chunks(list(photo_ids)):
        Photo.delete().where(Photo.id.in_(chunk), never_looked_at).execute()
    _set_state(photo_ids, PhotoState.GONE, now())


def _collapse_twins(photo_ids: Sequence[int]) -> set[int]:
    """Photos that are back become copies where their content is there already."""
    people: set[int] = set()
    for photo_id in with_twins(photo_ids):
        photo = Photo.get_or_none(Photo.id == photo_id)
        if photo is not None and photo.state == PhotoState.LOOKED.value:
            twin = twin_of(photo, photo.fingerprint)
            if twin is not None:
                people |= collapse(photo, twin, photo.fingerprint)
    return people


def _consider_again(photo_ids: Sequence[int]) -> None:
    """Groupings passed over the faces of photos that were gone: those with nobody are new."""
    for chunk in chunks(list(photo_ids)):
        Face.update(grouped=False).where(
            Face.photo.in_(chunk), Face.person.is_null(), Face.is_face
        ).execute()


def _set_state(photo_ids: Sequence[int], state: PhotoState, gone: Any) -> None:
    for chunk in chunks(list(photo_ids)):
        Photo.update(state=state.value, gone=gone).where(
            Photo.id.in_(chunk), Photo.state != PhotoState.COPY.value
        ).execute()


def people_in(photo_ids: Iterable[int]) -> set[int]:
    """The people in any of these photos; for callers within a transaction."""
    return {
        person_id
        for chunk in chunks(list(photo_ids))
        for (person_id,) in Face.select(Face.person)
        .where(Face.photo.in_(chunk), Face.person.is_null(False))
        .distinct()
        .tuples()
    }


def store_look(library: Library, photo_id: int, look: Look) -> Changes:
    """Store what looking at a photo told, in place of what was known before.

    A face that was there before keeps its person; what the user said of it holds on.
    """

    def work() -> Changes:
        photo = row_of(photo_id)
        if photo is None or photo.state in _STANDS_BY or is_erased(photo):
            return Changes()  # its folder was removed meanwhile, it is a copy, or all was erased
        touched = {photo_id}
        if photo.fingerprint != look.fingerprint:
            photo = _leave_to_copy(photo, look)
            touched.add(photo.id)
        twin = twin_of(photo, look.fingerprint)
        if twin is not None:
            people = collapse(photo, twin, look.fingerprint)
            touched |= {twin.id} | take_places(photo.collection_id)
        else:
            people = _store(photo, look)
        take_census(library, people)
        return Changes(photos=frozenset(touched), people=frozenset(people))

    return library.write(work)


def _leave_to_copy(photo: Photo, look: Look | None) -> Photo:
    """The file of a photo was edited: where there is a copy, the photo goes on there, and the row
    of the copy stands for the edited file. Gives the row that does."""
    copy = heir(photo.id)
    if copy is None:
        return photo
    hand_over(photo, copy)
    if look is not None and (photo.pack, photo.pack_version) == (look.pack, look.pack_version):
        Photo.update(is_stale=False).where(Photo.id == photo.id).execute()
    Photo.update(state=PhotoState.PENDING.value, copy_of=None).where(Photo.id == copy.id).execute()
    edited: Photo = Photo.get_by_id(copy.id)
    return edited


def _store(photo: Photo, look: Look) -> set[int]:
    """Fill a photo with what was seen; gives the people touched."""
    _take_over(photo, look.fingerprint)
    before = faces_of(photo)
    if photo.fingerprint and photo.fingerprint != look.fingerprint:
        re_anchor(photo, look.fingerprint)
        drop_outdated(photo.id, look.fingerprint)
    photo.fingerprint = look.fingerprint
    fill(photo.id, look)
    banned = forgotten_boxes(photo.collection_id, photo.fingerprint)
    banned += expired_boxes(photo.id, photo.fingerprint)
    seen = [new for new in look.faces if best_match(box_of(new), banned) is None]
    seen = _still_drawn(photo, seen)
    if before:
        Face.delete().where(Face.photo == photo).execute()
    pairs = pair([box_of(new) for new in seen], [box_of(face) for face in before])
    for index, new in enumerate(seen):
        old = before[pairs[index]] if index in pairs else None
        succeed(photo, old, add_face(photo.id, new, old, Placed.MACHINE.value), box_of(new))
    people = {face.person_id for face in before if face.person_id is not None}
    return people | hold(photo.collection_id, [photo.fingerprint])


def _take_over(photo: Photo, fingerprint: str) -> None:
    """A photo never looked at before may turn out to be one that was gone: it gets its faces."""
    if photo.pack:
        return
    for lost in gone_with(photo, fingerprint):
        Face.update(photo=photo).where(Face.photo == lost).execute()
        hand_on(lost, photo.id)
        photo.fingerprint = fingerprint
        Photo.delete().where(Photo.id == lost).execute()


def _still_drawn(photo: Photo, seen: list[NewFace]) -> list[NewFace]:
    """Without the drawn faces that were taken back while the photo was looked at: what the machine
    sees there without them, another look will tell."""
    drawn = frames(photo.collection_id, [photo.fingerprint]).get(photo.fingerprint, [])
    kept = [new for new in seen if not new.drawn or best_match(box_of(new), drawn) is not None]
    if len(kept) < len(seen):
        look_again([photo.id])
    return kept


def skip_photo(library: Library, photo_id: int, error: str) -> Changes:
    """Pass over a file that cannot be looked at, with the reason; it is tried again on demand."""

    def work() -> Changes:
        photo = Photo.get_or_none(Photo.id == photo_id)
        if photo is None or photo.state in _STANDS_BY:
            return Changes()
        skipped = _leave_to_copy(photo, None)
        Photo.update(state=PhotoState.SKIPPED.value, is_stale=False, error=error).where(
            Photo.id == skipped.id
        ).execute()
        touched = {photo_id, skipped.id} | part_from([skipped.id])
        people = people_in([photo_id])
        take_census(library, people)
        return Changes(photos=frozenset(touched), people=frozenset(people))

    return library.write(work)


def leave_in_cloud(library: Library, photo_id: int) -> Changes:
    """Let a photo wait whose file turned out to be in the cloud only. One that was looked at stays
    as it is."""

    def work() -> Changes:
        waiting = (Photo.id == photo_id) & (Photo.state == PhotoState.PENDING.value)
        left = Photo.update(state=PhotoState.CLOUD.value).where(waiting).execute()
        return Changes(photos=frozenset({photo_id})) if left else Changes()

    return library.write(work)


def retry_skipped(library: Library, collection_id: int, paths: Sequence[Path] | None = None) -> int:
    """Let every skipped file be looked at again, or those of them at these paths; gives their
    number."""

    def work() -> int:
        again = Photo.update(state=PhotoState.PENDING.value, error="").where(
            Photo.collection == collection_id, Photo.state == PhotoState.SKIPPED.value
        )
        if paths is None:
            return int(again.execute())
        parts = chunks(list(paths))
        return sum(int(again.where(Photo.path.in_(part)).execute()) for part in parts)

    return library.write(work)


def mark_stale(library: Library, collection_id: int, pack: str, version: str) -> int:
    """Let every photo that another pack or version looked at be looked at again; their number."""

    def work() -> int:
        return int(
            Photo.update(is_stale=True)
            .where(
                Photo.collection == collection_id,
                Photo.state == PhotoState.LOOKED.value,
                Photo.pack != "",  # whose faces were erased
                (Photo.pack != pack) | (Photo.pack_version != version),
                can_look_at(pack, version),
            )
            .execute()
        )

    return library.write(work)


def mark_all_stale(library: Library, collection_id: int) -> int:
    """Let every photo be looked at again, also those whose faces were erased; their number."""

    def work() -> int:
        let_be_found_again(collection_id)
        return int(
            Photo.update(is_stale=True)
            .where(Photo.collection == collection_id, Photo.state == PhotoState.LOOKED.value)
            .execute()
        )

    return library.write(work)
