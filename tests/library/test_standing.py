"""The user's word against the machine: groupings, looks and scans never contradict it."""

from __future__ import annotations

import json
import random
import time

import numpy as np

from app.library.commands.faces import mark_not_a_face, move_faces, reject_faces
from app.library.commands.people import merge_people, name_person
from app.library.commands.photos import ScanResult, record_scan, store_look
from app.library.commands.undo import redo, undo
from app.library.queries.decisions import last_decision, standing
from app.library.queries.faces import faces_in_photo, faces_of
from app.library.queries.people import find_person
from app.library.rows import NewFace
from tests.library.columns import dismissed_columns, face_columns
from tests.library.conftest import LEFT, RIGHT, Album, a_face, a_look
from tests.library.placing import Placement, store_groups


def new_faces(album: Album) -> set[int]:
    """The faces that the next grouping considers."""
    columns = face_columns(album.library, album.collection_id, "compact", "1")
    return set(columns.ids[columns.is_new].tolist())


def group(album: Album, face_id: int, was: int | None, to: int) -> None:
    """Let a grouping put one face."""
    store_groups(album.library, album.collection_id, [Placement(face_id, was, to, 0.9)], 0)


def test_a_grouping_leaves_what_a_name_or_a_merge_is_about(album: Album) -> None:
    anna, ben, carl = (album.person(3, start=start) for start in (0, 10, 20))
    name_person(album.library, anna.id, "Anna")
    merge_people(album.library, anna.id, [ben.id])
    for face in faces_of(album.library, anna.id):
        group(album, face.id, anna.id, carl.id)
        group(album, face.id, anna.id, 0)
    assert find_person(album.library, album.collection_id, "Anna").face_count == 6


def test_a_merge_taken_back_gives_back_who_was_found_since(album: Album) -> None:
    anna, ben = album.person(3), album.person(3, start=10)
    name_person(album.library, ben.id, "Ben")
    face = faces_of(album.library, ben.id)[0]
    lost, content = face.photo_id, face.fingerprint
    store_look(album.library, lost, a_look(content, version="2"))
    merge_people(album.library, anna.id, [ben.id])
    store_look(album.library, lost, a_look(content, a_face(LEFT, 10)))
    assert faces_in_photo(album.library, lost)[0].person_id == anna.id
    undo(album.library, album.collection_id)
    assert faces_in_photo(album.library, lost)[0].person_id == ben.id, "who was said to be Ben"
    redo(album.library, album.collection_id)
    assert faces_in_photo(album.library, lost)[0].person_id == anna.id


def test_a_merge_said_again_keeps_away_whom_the_user_sent_away(album: Album) -> None:
    anna, ben = album.person(3), album.person(3, start=10)
    away = faces_of(album.library, ben.id)[0].id
    reject_faces(album.library, ben.id, [away])
    merge_people(album.library, anna.id, [ben.id])
    undo(album.library, album.collection_id)
    group(album, away, None, anna.id)
    assert away in {face.id for face in faces_of(album.library, anna.id)}
    redo(album.library, album.collection_id)
    assert away not in {face.id for face in faces_of(album.library, anna.id)}
    assert (away, anna.id) in standing(album.library, album.collection_id).refused


def test_whom_the_user_sends_away_is_considered_again(album: Album) -> None:
    anna = album.person(3)
    one, two, three = [face.id for face in faces_of(album.library, anna.id)]
    assert new_faces(album) == set()
    reject_faces(album.library, anna.id, [one])
    assert new_faces(album) == {one}
    (photo_id,) = album.add("stray.jpg")
    store_look(album.library, photo_id, a_look("stray", a_face(seed=40)))
    stray = faces_in_photo(album.library, photo_id)[0].id
    group(album, stray, None, 0)
    group(album, one, None, 0)
    assert new_faces(album) == set()
    move_faces(album.library, [stray], "Ben")
    undo(album.library, album.collection_id)
    assert new_faces(album) == {stray}, "it is with nobody again"
    assert {two, three} & new_faces(album) == set()


def test_a_returned_photo_brings_its_strays_to_the_next_grouping(album: Album) -> None:
    (photo_id,) = album.add("stray.jpg")
    store_look(album.library, photo_id, a_look("stray", a_face(seed=40)))
    stray = faces_in_photo(album.library, photo_id)[0].id
    group(album, stray, None, 0)
    for scan in (ScanResult(missing=[photo_id]), ScanResult(returned=[photo_id])):
        assert new_faces(album) == set()
        record_scan(album.library, album.collection_id, album.folder_id, scan)
    assert new_faces(album) == {stray}


def test_not_a_face_spreads_and_shrinks_again(album: Album) -> None:
    anna = album.person(4)
    name_person(album.library, anna.id, "Anna")
    (statue, twin) = (album.person(1, start=10, box=RIGHT), album.person(1, start=20, box=RIGHT))
    denied, alike = (faces_of(album.library, row.id)[0].id for row in (statue, twin))
    placed, named = (face.id for face in faces_of(album.library, anna.id)[:2])
    move_faces(album.library, [placed], "Carl")
    mark_not_a_face(album.library, [denied])
    changes, _ = store_groups(
        album.library,
        album.collection_id,
        [Placement(alike, twin.id, anna.id, 0.9)],
        0,
        dismissed=[alike, placed, named, denied],
    )
    assert twin.id in changes.people
    columns = dismissed_columns(album.library, album.collection_id, "compact", "1")
    assert columns.vectors.shape == (2, 512) and columns.vectors.dtype == np.float16
    by_machine = dict(zip(columns.ids.tolist(), columns.is_by_machine.tolist(), strict=True))
    assert by_machine == {denied: False, alike: True}, "the user's word is not touched"
    photo_id = 6  # the second statue: another look finds it dismissed still
    store_look(album.library, photo_id, a_look("print20", a_face(RIGHT, 20)))
    columns = dismissed_columns(album.library, album.collection_id, "compact", "1")
    (alike,) = columns.ids[columns.is_by_machine].tolist()
    undo(album.library, album.collection_id)
    both = [alike, denied, placed]
    store_groups(album.library, album.collection_id, [], 0, restored=both)
    assert not dismissed_columns(album.library, album.collection_id, "compact", "1").ids.size
    assert new_faces(album) == {alike}
    assert not dismissed_columns(album.library, album.collection_id, "compact", "2").ids.size


def test_a_face_the_user_denied_is_not_restored_by_the_machine(album: Album) -> None:
    anna = album.person(3)
    face = faces_of(album.library, anna.id)[0].id
    mark_not_a_face(album.library, [face])
    store_groups(album.library, album.collection_id, [], 0, restored=[face])
    group(album, face, None, anna.id)
    columns = dismissed_columns(album.library, album.collection_id, "compact", "1")
    assert columns.ids.tolist() == [face] and not columns.is_by_machine.any()


def test_two_new_boxes_do_not_both_inherit_one_face(album: Album) -> None:
    (photo_id,) = album.add("one.jpg")
    store_look(album.library, photo_id, a_look("one", a_face(LEFT, 1)))
    move_faces(album.library, [faces_in_photo(album.library, photo_id)[0].id], "Anna")
    near = (LEFT[0] + 0.06, *LEFT[1:])
    store_look(album.library, photo_id, a_look("one", a_face(near, 2), a_face(LEFT, 1)))
    found = {face.x: face.person_name for face in faces_in_photo(album.library, photo_id)}
    assert found == {LEFT[0]: "Anna", near[0]: ""}


def test_a_word_follows_a_face_whose_box_drifts_from_maker_to_maker(album: Album) -> None:
    (photo_id,) = album.add("one.jpg")
    store_look(album.library, photo_id, a_look("one", a_face(LEFT, 1)))
    move_faces(album.library, [faces_in_photo(album.library, photo_id)[0].id], "Anna")
    for step in range(1, 5):
        box = (LEFT[0] + 0.05 * step, *LEFT[1:])
        look = a_look("one", a_face(box, step, str(step)), version=str(step))
        store_look(album.library, photo_id, look)
    (face,) = faces_in_photo(album.library, photo_id)
    assert standing(album.library, album.collection_id).said == {face.id: face.person_id}
    undo(album.library, album.collection_id)
    assert faces_in_photo(album.library, photo_id)[0].person_id is None


def test_a_long_log_over_many_faces_is_heard_at_once(album: Album) -> None:
    """20,000 anchors in 4,000 words, 100,000 faces: well under a second."""
    people = [album.person(1, start=start).key for start in range(20)]
    _fill(album, photos=25_000, words=4_000, keys=people)
    start = time.perf_counter()
    words = standing(album.library, album.collection_id)
    seconds = time.perf_counter() - start
    assert len(words.said) + len(words.denied) > 10_000
    assert words.last == last_decision(album.library, album.collection_id)
    assert seconds < 3, f"{seconds:.2f} s"  # 0.5 s when nothing else runs


def _fill(album: Album, photos: int, words: int, keys: list[str]) -> None:
    shuffle = random.Random(7)
    template = a_face(LEFT, 1)
    boxes = [(0.05 + 0.24 * n, 0.1, 0.2, 0.3) for n in range(4)]
    faces = _columns(template)

    def work() -> None:
        sql = album.library._database.connection().executemany
        sql(
            "INSERT INTO photo (id, collection_id, folder_id, path, state, is_stale, error, size,"
            " mtime_ns, fingerprint, width, height, orientation, content_type, taken_from, camera,"
            " colour, pack, pack_version, added) VALUES (?, ?, ?, ?, 'looked', 0, '', 1, 1, ?, 100,"
            " 100, 1, '', '', '', 0, 'compact', '1', 0)",
            [(n, album.collection_id, album.folder_id, b"/%d" % n, f"bulk{n}")
             for n in range(1000, 1000 + photos)],
        )  # fmt: skip
        sql(
            f"INSERT INTO face (photo_id, x, y, w, h, {', '.join(faces)}) VALUES"
            f" (?, ?, ?, ?, ?, {', '.join('?' * len(faces))})",
            [(n, *box, *faces.values()) for n in range(1000, 1000 + photos) for box in boxes],
        )
        kinds = ["move", "reject", "confirm", "name", "not_a_face", "different"]
        sql(
            "INSERT INTO decision (id, collection_id, at, kind, data, said, undone)"
            " VALUES (?, ?, 0, ?, ?, '', 0)",
            [(n, album.collection_id, shuffle.choice(kinds),
              json.dumps(dict(zip(("person", "other"), shuffle.sample(keys, 2), strict=True))))
             for n in range(1000, 1000 + words)],
        )  # fmt: skip
        sql(
            "INSERT INTO decisionface (decision_id, fingerprint, x, y, w, h, before)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(n, f"bulk{shuffle.randrange(1000, 1000 + photos)}", *shuffle.choice(boxes),
              json.dumps({"person": keys[0], "placed": "machine"}))
             for n in range(1000, 1000 + words) for _ in range(5)],
        )  # fmt: skip

    album.library.write(work)


def _columns(face: NewFace) -> dict[str, object]:
    return {
        "landmarks": b"", "score": 0.9, "quality": 0.9, "sharpness": 0.9, "pixels": 99.0,
        "embedding": face.embedding.astype("<f2").tobytes(), "pack": "compact",
        "pack_version": "1", "placed": "machine", "is_face": 1, "grouped": 1,
    }  # fmt: skip


def test_a_photo_that_becomes_the_copy_of_another_leaves_what_was_said_to_it(
    album: Album,
) -> None:
    anna = album.person(3)
    refused, other, _ = faces_of(album.library, anna.id)
    reject_faces(album.library, anna.id, [refused.id])
    box = (LEFT[0] + 0.01, *LEFT[1:])
    store_look(album.library, other.photo_id, a_look(refused.fingerprint, a_face(box, 9)))
    assert faces_in_photo(album.library, other.photo_id) == []
    (face,) = faces_in_photo(album.library, refused.photo_id)
    assert face.id == refused.id and face.person_id is None and face.id in new_faces(album)
    assert [row.face_count for row in album.people()] == [1]


def test_undo_leaves_dismissed_what_the_machine_had_dismissed(album: Album) -> None:
    twin = album.person(1)
    face = faces_of(album.library, twin.id)[0].id
    store_groups(album.library, album.collection_id, [], 0, dismissed=[face])
    move_faces(album.library, [face], "Anna")
    assert faces_in_photo(album.library, 1)[0].person_name == "Anna"
    undo(album.library, album.collection_id)
    assert faces_in_photo(album.library, 1) == []
    columns = dismissed_columns(album.library, album.collection_id, "compact", "1")
    assert columns.ids.tolist() == [face] and columns.is_by_machine.all()
