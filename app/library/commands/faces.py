"""What the user says of faces."""

from __future__ import annotations

from collections.abc import Sequence

from app.changes import Changes
from app.errors import UsageError
from app.library import overrides
from app.library.anchors import Box, best_match, box_of
from app.library.database import Library
from app.library.decisions import decide
from app.library.drawn import forgotten_boxes
from app.library.expired import let_be_drawn
from app.library.film import film_moment, film_y, in_frame
from app.library.models import Face, Person, Photo
from app.library.rows import PhotoState, Placed
from app.library.subjects import (
    are,
    called,
    clean_name,
    faces_and_person,
    faces_for,
    new_key,
    person_called,
    person_for,
    told_of_strangers,
)

LEAST_PIXELS = 8
"""Of the shorter side of a frame: in less, nobody is seen."""
EDGE = 1e-6
"""How far beyond the edge of the photo a frame may reach, as sums are rounded."""


def confirm_faces(library: Library, person_id: int, face_ids: Sequence[int]) -> Changes:
    """“Yes, Anna”: these faces are this person by the user's word, wherever they were."""

    def work() -> Changes:
        faces, person = faces_and_person(person_id, face_ids)
        count = "1 face" if len(faces) == 1 else f"{len(faces)} faces"
        said = f"Confirmed {count} of {called(person)}"
        words = overrides.heard(person.collection_id, faces)
        told = overrides.of_placing(words, faces, person)
        data = {"person": person.key}
        return decide(library, person.collection_id, "confirm", data, said, faces, told)

    return library.write(work)


def reject_faces(library: Library, person_id: int, face_ids: Sequence[int]) -> Changes:
    """“Not Anna”: these faces leave the person, and no grouping brings them back. A face that is
    elsewhere stays there: so a suggestion is answered with no."""

    def work() -> Changes:
        faces, person = faces_and_person(person_id, face_ids)
        words = overrides.heard(person.collection_id, faces)
        if all(words.is_refused(face.id, person.key) for face in faces):
            return Changes()  # a word that changes nothing is no word to undo
        said = f"{are(len(faces))} not {person.name or 'this person'}"
        told = overrides.of_rejecting(words, faces, person)
        data = {"person": person.key}
        return decide(library, person.collection_id, "reject", data, said, faces, told)

    return library.write(work)


def move_faces(library: Library, face_ids: Sequence[int], to: int | str) -> Changes:
    """“This is Anna”: put faces with a person, by id or by name; a new name makes a new person."""

    def work() -> Changes:
        faces, collection_id = faces_for(face_ids)
        if isinstance(to, int):
            faces, person = faces_and_person(to, face_ids)
            data: dict[str, object] = {"person": person.key}
        else:
            person, data = _called(collection_id, clean_name(to))
        said = f"{are(len(faces))} {called(person)}"
        told = overrides.of_placing(overrides.heard(collection_id, faces), faces, person)
        return decide(library, collection_id, "move", data, said, faces, told)

    return library.write(work)


def split_faces(
    library: Library, person_id: int, face_ids: Sequence[int], name: str = ""
) -> Changes:
    """“This is someone else”: faces of a person leave for a new one, who may get a name.

    Raises UsageError when none of the faces is with the person, or the name is taken.
    """
    wanted = clean_name(name) if name.strip() else ""

    def work() -> Changes:
        source = person_for(person_id)
        found, collection_id = faces_for(face_ids)
        faces = [face for face in found if face.person_id == source.id]
        if not faces:
            raise UsageError("None of these faces belongs to this person.")
        taken = person_called(collection_id, wanted) if wanted else None
        if taken is not None:
            raise UsageError(f"Somebody is called {taken.name} already; move the faces there.")
        said = f"{are(len(faces))} {wanted or 'somebody else'}, not {called(source)}"
        data = {"person": source.key, "new": new_key(), "name": wanted}
        told = overrides.of_rejecting(overrides.heard(collection_id, faces), faces, source)
        return decide(library, collection_id, "split", data, said, faces, told)

    return library.write(work)


def mark_not_a_face(library: Library, face_ids: Sequence[int]) -> Changes:
    """“Not a face”: a statue, a pattern; it is never shown as a person again."""

    def work() -> Changes:
        faces, collection_id = faces_for(face_ids)
        words = overrides.heard(collection_id, faces)
        if all(face.id in words.denied for face in faces):
            return Changes()
        said = "1 is not a face" if len(faces) == 1 else f"{len(faces)} are not faces"
        told = overrides.of_denying(words, faces)
        return decide(library, collection_id, "not_a_face", {}, said, faces, told)

    return library.write(work)


def say_strangers(library: Library, face_ids: Sequence[int]) -> Changes:
    """“Nobody I know”: faces of nobody are not asked about or shown as unnamed any more; unnamed
    people to whom others of them belong are hidden."""

    def work() -> Changes:
        faces, collection_id = faces_for(face_ids)
        lone = [
            face
            for face in faces
            if face.is_face and face.person_id is None and face.placed != Placed.USER.value
        ]
        with_people = {face.person_id for face in faces if face.is_face} - {None}
        unnamed = Person.select().where(Person.id.in_(list(with_people)), Person.name == "")
        hid = [person.key for person in unnamed.order_by(Person.id) if not person.hidden]
        if not lone and not hid:
            return Changes()
        said = told_of_strangers(len(lone), len(hid))
        return decide(library, collection_id, "stranger", {"hid": hid}, said, lone)

    return library.write(work)


def draw_face(library: Library, photo_id: int, box: Box, name: str = "") -> Changes:
    """Frame a face that was not found; with a name, say who it is.

    Nobody else is recognised by it. Raises UsageError when the box does not lie in the photo.
    """
    wanted = clean_name(name) if name.strip() else ""

    def work() -> Changes:
        photo = Photo.get_or_none(Photo.id == photo_id)
        frame = _frame(photo, box)
        there = list(Face.select().where(Face.photo == photo).order_by(Face.id))
        same = best_match(frame, [box_of(face) for face in there])
        if same is not None:
            return _framed_again(library, there[same], wanted)
        if best_match(frame, forgotten_boxes(photo.collection_id, photo.fingerprint)) is not None:
            raise UsageError("Whoever is here was forgotten; undo that first.")
        let_be_drawn(photo.id, frame)
        said, data = "Drew a face", dict[str, object]()
        if wanted:
            person, data = _called(photo.collection_id, wanted)
            said = f"Drew a face of {person.name}"
        places = [(photo.fingerprint, frame)]
        return decide(library, photo.collection_id, "draw", data, said, places=places)

    return library.write(work)


def _frame(photo: Photo | None, box: Box) -> Box:
    """The box as it is kept; in a video its y tells the moment, too: see film.py.

    Raises UsageError when no face can be there.
    """
    if photo is None or photo.state != PhotoState.LOOKED.value:
        raise UsageError("There is no such photo in the album any more.")
    x, y, w, h = (float(value) for value in box)
    moment = 0.0
    if photo.duration is not None and 0 <= film_moment(y) <= photo.duration:
        moment, y = film_moment(y), in_frame(y)
    is_inside = x >= -EDGE and y >= -EDGE and x + w <= 1 + EDGE and y + h <= 1 + EDGE
    if not is_inside:  # nor is anything that is no number
        raise UsageError("That frame does not lie in the photo.")
    if min(w * photo.width, h * photo.height) < LEAST_PIXELS:
        raise UsageError("That frame is too small for a face.")
    left, top = max(0.0, x), max(0.0, y)
    return (left, film_y(top, moment), min(w, 1.0 - left), min(h, 1.0 - top))


def _framed_again(library: Library, face: Face, name: str) -> Changes:
    """A frame round a face that is known says who it is."""
    if name:
        return move_faces(library, [face.id], name)
    if not face.is_face:
        raise UsageError("This counts as no face; say who it is to have it back.")
    raise UsageError("There is a face here already; say who it is.")


def _called(collection_id: int, name: str) -> tuple[Person, dict[str, object]]:
    """Who has this name, made if need be; and the data of the word that says so."""
    found = person_called(collection_id, name)
    if found is not None:
        return found, {"person": found.key}
    made = Person.create(collection=collection_id, key=new_key(), name=name)
    return made, {"person": made.key, "made": True, "name": name}
