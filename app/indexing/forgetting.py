"""Forgetting: a person, every face, or strangers, leave the library, its copies and the small
pictures."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.changes import Changes
from app.errors import LibraryBusyError, LibraryError
from app.indexing.erasing import Note, Step, notes, one_at_a_time
from app.library.commands import forgetting, keeping
from app.library.commands.collections import overdue, purge_collection
from app.library.commands.erasing import erase_faces
from app.library.database import Library
from app.library.queries.decisions import forgotten_faces
from app.library.queries.erasing import forgotten_places, person_of_key
from app.library.queries.keeping import expired_places
from app.library.queries.people import person
from app.library.queries.pictures import expected
from app.library.rows import Look
from app.media.audit import kept_in, shards, shows
from app.media.thumbnails import ThumbnailCache

logger = logging.getLogger(__name__)

LATER = " Traces of it stay on the disk for now: Kinfolk erases them when it is closed or opened."


def forget_person(library: Library, thumbnails: ThumbnailCache, person_id: int) -> Changes:
    """Erase a person with every embedding and crop, and keep them from being learnt again.

    Raises UsageError when there is no such person, LibraryError when the disk refuses.
    """
    key = person(library, person_id).key
    return _erase(library, thumbnails, Note.begin(library.path.parent, person=key))


def erase_all_faces(library: Library, thumbnails: ThumbnailCache, collection_id: int) -> Changes:
    """Erase every face of a collection with its embedding and crop, every person and all that was
    said of them. The photos stay; they are looked at again only when the user wants that.

    Raises LibraryError when the disk refuses.
    """
    note = Note.begin(library.path.parent, collection=collection_id)
    return _erase(library, thumbnails, note)


def purge_deleted(library: Library, thumbnails: ThumbnailCache) -> Changes:
    """Remove the collections for good that were deleted long enough ago, with every embedding and
    every small picture that no other collection has.

    Raises LibraryError when the disk refuses, or another Kinfolk is erasing something.
    """
    changes = Changes()
    for number in overdue(library):
        note = Note.begin(library.path.parent, collection=number, is_whole=True)
        changes |= _erase(library, thumbnails, note)
    return replace(changes, said="")


def erase_strangers(
    library: Library, thumbnails: ThumbnailCache, limits: Mapping[int, datetime]
) -> Changes:
    """Erase the faces of strangers in photos that were found before a moment (UTC), for each of
    these collections, with embeddings and crops; the photos stay, and nobody is found there again
    until the user wants them looked at again.

    Raises LibraryError when the disk refuses, or another Kinfolk is erasing something.
    """
    moments = {number: at.replace(tzinfo=UTC).timestamp() for number, at in limits.items()}
    return _erase(library, thumbnails, Note.begin(library.path.parent, strangers=moments))


def finish_erasing(library: Library, thumbnails: ThumbnailCache, is_alone: bool = False) -> None:
    """Go on with what was begun and is not erased whole yet; what fails once more is left for the
    next time. `is_alone` tells that no worker is about who makes crops."""
    folder = library.path.parent
    if not notes(folder):
        return
    with one_at_a_time(folder, wait=False) as is_mine:
        if not is_mine:
            return  # another Kinfolk is at it
        try:
            waiting = notes(folder)
            for number, note in enumerate(waiting):
                waiting[number] = _continue(library, thumbnails, note)
            if is_alone and waiting:
                _erase_strays(library, thumbnails, waiting)
                for note in waiting:
                    note.end()
        except LibraryError:
            logger.info("Something could not be erased whole yet")
        except Exception:  # which must not keep the library from being opened
            logger.exception("Erasing failed")


def keep_forgotten(library: Library, thumbnails: ThumbnailCache, photo_id: int, look: Look) -> None:
    """Erase the crops that a look has made of people who are forgotten."""
    for box in forgotten_faces(library, photo_id, look):
        thumbnails.forget_face(look.fingerprint, box)


def _erase(library: Library, thumbnails: ThumbnailCache, note: Note) -> Changes:
    with one_at_a_time(library.path.parent, wait=True) as is_mine:
        try:
            if not is_mine:
                raise LibraryBusyError("Another Kinfolk is erasing something. Try again later.")
            changes = _erase_rows(library, note)
        except BaseException:
            note.end()  # whoever wanted it is told that nothing was done
            raise
        try:
            _continue(library, thumbnails, note.go_on(Step.CROPS))
        except LibraryError:
            logger.info("Something could not be erased whole yet")
            return replace(changes, said=f"{changes.said}.{LATER}")
    return changes


def _continue(library: Library, thumbnails: ThumbnailCache, note: Note) -> Note:
    """Do what is left but for the strays.

    Raises LibraryError when it cannot be done now.
    """
    if note.step is Step.ROWS:
        is_there = note.strangers or note.collection
        if is_there or person_of_key(library, note.person) is not None:
            _erase_rows(library, note)
        note = note.go_on(Step.CROPS)
    if note.step is Step.CROPS:
        if note.is_whole:
            _erase_unknown(library, thumbnails)
        elif note.collection:
            thumbnails.forget_every_face()
        if note.strangers:
            _erase_crops_of_strangers(library, thumbnails)
        else:
            for fingerprint, box in forgotten_places(library):
                thumbnails.forget_face(fingerprint, box)
        note = note.go_on(Step.TRACES)
    if note.step is Step.TRACES:
        if not library.scrub(expired_places(library) if note.strangers else ()):
            raise LibraryBusyError("Somebody is reading the library.")
        note = note.go_on(Step.STRAYS)
    return note


def _erase_rows(library: Library, note: Note) -> Changes:
    if note.strangers:
        limits = {
            number: datetime.fromtimestamp(at, UTC).replace(tzinfo=None)
            for number, at in note.strangers.items()
        }
        return keeping.erase_strangers(library, limits)
    if note.is_whole:
        return purge_collection(library, note.collection)
    if note.collection:
        return erase_faces(library, note.collection)
    number = person_of_key(library, note.person)
    return forgetting.forget_person(library, number or 0).changes


def _erase_crops_of_strangers(library: Library, thumbnails: ThumbnailCache) -> None:
    for _, fingerprint, box in expired_places(library):
        thumbnails.forget_face(fingerprint, box)


def _erase_unknown(library: Library, thumbnails: ThumbnailCache) -> None:
    """Small pictures of photos and faces that no collection has any more."""
    for shard in shards(thumbnails.folder):
        known = expected(library, shard)
        for kept in kept_in(thumbnails.folder, shard):
            if kept.is_fresh or not kept.fingerprint:
                continue
            if kept.box is None:
                is_known = kept.fingerprint in known.photos
            else:
                is_known = shows(kept, known.faces.get(kept.fingerprint, ())) > 0
            if not is_known:
                thumbnails.erase(kept.path)


def _erase_strays(library: Library, thumbnails: ThumbnailCache, done: Sequence[Note]) -> None:
    """Crops of no face that the library knows: a worker made them before it heard, and whoever
    had sent it was ended before it could erase them."""
    if any(note.strangers for note in done):
        # Every day some are erased, and to look through all crops takes a while.
        _erase_crops_of_strangers(library, thumbnails)
        keeping.note_crops_gone(library)
    if all(note.strangers for note in done):
        return
    for shard in shards(thumbnails.folder):
        known = expected(library, shard)
        for kept in kept_in(thumbnails.folder, shard):
            here = shows(kept, known.faces.get(kept.fingerprint, ()))
            banned = shows(kept, known.forgotten.get(kept.fingerprint, ()))
            if kept.is_fresh or (kept.box is not None and (not here or banned > here)):
                thumbnails.erase(kept.path)
