"""What the disk and the looking tell of photos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.changes import Changes
from app.library.anchors import SAME_BOX, Box, best_match, box_of, overlap, pair
from app.library.census import take_census
from app.library.database import Library
from app.library.drawn import forgotten_boxes, frames, look_again
from app.library.erased import is_erased
from app.library.models import Decision, DecisionFace, Face, Person, Photo, now
from app.library.queries.shapes import chunks
from app.library.rows import Look, NewFace, PhotoState, Placed, SkippedFile
from app.library.spoken import hold


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as the disk shows it."""

    path: Path
    size: int
    mtime_ns: int


@dataclass(slots=True)
class ScanResult:
    """What a scan of one folder found to be different from the library."""

    added: list[SeenFile] = field(default_factory=list)
    changed: list[tuple[int, SeenFile]] = field(default_factory=list)
    """Photos whose file is another than the one looked at."""
    moved: list[tuple[int, SeenFile]] = field(default_factory=list)
    """Photos whose file has another path now, with the same content."""
    returned: list[int] = field(default_factory=list)
    """Photos that were gone and are back, unchanged."""
    missing: list[int] = field(default_factory=list)
    unchanged: int = 0
    still_skipped: list[SkippedFile] = field(default_factory=list)
    """Files that could not be looked at before and have not changed since."""


def record_scan(
    library: Library, collection_id: int, folder_id: int | None, found: ScanResult
) -> Changes:
    """Take what a scan found into the library, all or nothing."""

    def work() -> Changes:
        rows = [
            {
                "collection": collection_id, "folder": folder_id, "path": seen.path,
                "size": seen.size, "mtime_ns": seen.mtime_ns,
            }
            for seen in found.added
        ]  # fmt: skip
        for chunk in chunks(rows, 100):
            Photo.insert_many(chunk).on_conflict_ignore().execute()
        for photo_id, seen in found.changed:
            _mark_changed(photo_id, seen)
        for photo_id, seen in found.moved:
            Photo.update(path=seen.path, folder=folder_id, mtime_ns=seen.mtime_ns, gone=None).where(
                Photo.id == photo_id
            ).execute()
        _set_state([p for p, _ in found.moved] + found.returned, PhotoState.LOOKED, None)
        _set_state(found.missing, PhotoState.GONE, now())
        touched = [*found.missing, *found.returned, *(photo_id for photo_id, _ in found.moved)]
        _consider_again(found.returned + [photo_id for photo_id, _ in found.moved])
        people = people_in(touched)
        take_census(library, people)
        return Changes(people=frozenset(people), photos=frozenset(touched))

    return library.write(work)


def _mark_changed(photo_id: int, seen: SeenFile) -> None:
    values: dict[str, Any] = {"size": seen.size, "mtime_ns": seen.mtime_ns, "gone": None}
    photo = Photo.get_by_id(photo_id)
    if photo.state == PhotoState.LOOKED.value:
        values["is_stale"] = True
    else:
        values["state"] = PhotoState.PENDING.value
    Photo.update(**values).where(Photo.id == photo_id).execute()


def _consider_again(photo_ids: Sequence[int]) -> None:
    """Groupings passed over the faces of photos that were gone: those with nobody are new."""
    for chunk in chunks(list(photo_ids)):
        Face.update(grouped=False).where(
            Face.photo.in_(chunk), Face.person.is_null(), Face.is_face
        ).execute()


def _set_state(photo_ids: Sequence[int], state: PhotoState, gone: Any) -> None:
    for chunk in chunks(list(photo_ids)):
        Photo.update(state=state.value, gone=gone).where(Photo.id.in_(chunk)).execute()


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
        photo = Photo.get_or_none(Photo.id == photo_id)
        if photo is None:  # its folder was removed meanwhile
            return Changes()
        if is_erased(photo):  # meanwhile
            return Changes()
        before = list(Face.select().where(Face.photo == photo).order_by(Face.id))
        if photo.fingerprint and photo.fingerprint != look.fingerprint:
            _re_anchor(photo, look.fingerprint)
        _fill(photo, look)
        banned = forgotten_boxes(photo.collection_id, photo.fingerprint)
        seen = [new for new in look.faces if best_match(box_of(new), banned) is None]
        seen = _still_drawn(photo, seen)
        Face.delete().where(Face.photo == photo).execute()
        pairs = pair([box_of(new) for new in seen], [box_of(face) for face in before])
        for index, new in enumerate(seen):
            old = before[pairs[index]] if index in pairs else None
            _succeed(photo, old, _insert(photo, new, old))
        people = {face.person_id for face in before if face.person_id is not None}
        people |= hold(photo.collection_id, [photo.fingerprint])
        take_census(library, people)
        return Changes(photos=frozenset({photo_id}), people=frozenset(people))

    return library.write(work)


def _still_drawn(photo: Photo, seen: list[NewFace]) -> list[NewFace]:
    """Without the drawn faces that were taken back while the photo was looked at: what the machine
    sees there without them, another look will tell."""
    drawn = frames(photo.collection_id, [photo.fingerprint]).get(photo.fingerprint, [])
    kept = [new for new in seen if not new.drawn or best_match(box_of(new), drawn) is not None]
    if len(kept) < len(seen):
        look_again([photo.id])
    return kept


def _fill(photo: Photo, look: Look) -> None:
    photo.fingerprint = look.fingerprint
    Photo.update(
        state=PhotoState.LOOKED.value, is_stale=False, error="", gone=None,
        fingerprint=look.fingerprint, width=look.width, height=look.height,
        orientation=look.orientation, content_type=look.content_type, camera=look.camera,
        colour=look.colour, taken=look.taken, taken_from=look.taken_from, pack=look.pack,
        pack_version=look.pack_version,
    ).where(Photo.id == photo.id).execute()  # fmt: skip


def _insert(photo: Photo, new: NewFace, old: Face | None) -> Face:
    kept: dict[str, Any] = {"placed": Placed.MACHINE.value}
    if old is not None and (old.person_id is not None or not old.is_face):
        kept = {
            "person": old.person_id, "placed": old.placed, "is_face": old.is_face,
            "grouped": True,
        }  # fmt: skip
    return Face.create(
        photo=photo, x=new.x, y=new.y, w=new.w, h=new.h, landmarks=new.landmarks,
        score=new.score, quality=new.quality, sharpness=new.sharpness, pixels=new.pixels,
        pitch=new.pitch, yaw=new.yaw, roll=new.roll, age=new.age, gender=new.gender,
        gender_confidence=new.gender_confidence, embedding=new.embedding, pack=new.pack,
        pack_version=new.pack_version, drawn=new.drawn, **kept,
    )  # fmt: skip


def _succeed(photo: Photo, old: Face | None, new: Face) -> None:
    """The new row stands for the face that the old one was: as a cover, and for the user's word
    even where the boxes of many makers have drifted away from the one it was said of."""
    if old is None:
        return
    Person.update(cover_id=new.id).where(Person.cover_id == old.id).execute()
    drifted = [
        anchor
        for anchor in _anchors(photo, photo.fingerprint)
        if overlap(box_of(anchor), box_of(old)) >= SAME_BOX > overlap(box_of(anchor), box_of(new))
    ]
    _add_anchors((anchor, photo.fingerprint, box_of(new)) for anchor in drifted)


def _re_anchor(photo: Photo, fingerprint: str) -> None:
    """The photo was edited: what was said of its faces is also said of the new content."""
    known = {(anchor.decision_id, box_of(anchor)) for anchor in _anchors(photo, fingerprint)}
    _add_anchors(
        (anchor, fingerprint, box_of(anchor))
        for anchor in _anchors(photo, photo.fingerprint)
        if (anchor.decision_id, box_of(anchor)) not in known
    )


def _anchors(photo: Photo, fingerprint: str) -> list[DecisionFace]:
    """What the log of the photo's collection is about in a photo of this fingerprint."""
    return list(
        DecisionFace.select(DecisionFace)
        .join(Decision)
        .where(DecisionFace.fingerprint == fingerprint, Decision.collection == photo.collection_id)
        .order_by(DecisionFace.id)
    )


def _add_anchors(anchors: Iterable[tuple[DecisionFace, str, Box]]) -> None:
    rows = [
        {
            "decision": anchor.decision_id, "fingerprint": fingerprint, "before": anchor.before,
            **dict(zip("xywh", box, strict=True)),
        }
        for anchor, fingerprint, box in anchors
    ]  # fmt: skip
    for chunk in chunks(rows, 100):
        DecisionFace.insert_many(chunk).execute()


def skip_photo(library: Library, photo_id: int, error: str) -> Changes:
    """Pass over a file that cannot be looked at, with the reason; it is tried again on demand."""

    def work() -> Changes:
        Photo.update(state=PhotoState.SKIPPED.value, is_stale=False, error=error).where(
            Photo.id == photo_id
        ).execute()
        people = people_in([photo_id])
        take_census(library, people)
        return Changes(photos=frozenset({photo_id}), people=frozenset(people))

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
            )
            .execute()
        )

    return library.write(work)


def mark_all_stale(library: Library, collection_id: int) -> int:
    """Let every photo be looked at again, also those whose faces were erased; their number."""

    def work() -> int:
        return int(
            Photo.update(is_stale=True)
            .where(Photo.collection == collection_id, Photo.state == PhotoState.LOOKED.value)
            .execute()
        )

    return library.write(work)
