"""Photos, folders and tasks in the library."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.errors import UsageError
from app.library.commands.folders import add_folder, remove_folder
from app.library.commands.people import name_person
from app.library.commands.photos import (
    ScanResult,
    SeenFile,
    mark_stale,
    record_scan,
    retry_skipped,
    skip_photo,
    store_look,
)
from app.library.commands.tasks import (
    begin_task,
    end_task,
    note_skip,
    prune_tasks,
    recover_tasks,
    start_task,
)
from app.library.database import FoundingRule
from app.library.queries.faces import face_boxes, faces_in_photo, unnamed_faces
from app.library.queries.folders import folders, pending_photos
from app.library.queries.people import companions, find_person, list_people, people_in_photo
from app.library.queries.photos import (
    counts,
    find_photo,
    photo,
    photos_of,
    skipped_photos,
    timeline,
)
from app.library.queries.tasks import task, tasks
from app.library.rows import PersonKind, PhotoState, SkippedFile, TaskState, TaskType
from tests.library.columns import face_columns
from tests.library.conftest import LEFT, RIGHT, Album, a_face, a_look
from tests.library.placing import Placement, store_groups


def test_a_photo_with_a_name_that_is_no_text_round_trips(album: Album) -> None:
    name = b"caf\xe9 \xff\x01.jpg".decode("utf-8", "surrogateescape")
    (photo_id,) = album.add(name)
    store_look(album.library, photo_id, a_look("odd", a_face()))
    row = find_photo(album.library, album.collection_id, album.folder / name)
    assert row.path == album.folder / name
    assert row.name.encode(), "its name can be shown"


def test_an_embedding_survives_as_half_precision(album: Album) -> None:
    (photo_id,) = album.add("a.jpg")
    face = a_face(seed=5)
    store_look(album.library, photo_id, a_look("a", face))
    columns = face_columns(album.library, album.collection_id, "compact", "1")
    assert columns.vectors.dtype == np.float16 and columns.vectors.shape == (1, 512)
    assert float(columns.vectors[0].astype(np.float32) @ face.embedding) > 0.9999
    assert face_columns(album.library, album.collection_id, "compact", "2").ids.size == 0


def test_boxes_come_out_in_pixels(album: Album) -> None:
    (photo_id,) = album.add("a.jpg")
    store_look(album.library, photo_id, a_look("a", a_face(LEFT)))
    ((path, *box, key),) = face_boxes(album.library, album.collection_id)
    assert path.name == "a.jpg" and key == ""
    assert box == pytest.approx([100, 80, 200, 240])


def test_a_group_needs_clear_faces_in_enough_photos(album: Album) -> None:
    photos = album.add(*"abcd")
    places = []
    for n, photo_id in enumerate(photos):
        store_look(album.library, photo_id, a_look(str(n), a_face(quality=0.9 if n < 2 else 0.1)))
        places.append(Placement(faces_in_photo(album.library, photo_id)[0].id, None, -1, 0.5))
    store_groups(album.library, album.collection_id, places, 1)
    assert album.people()[0].kind is PersonKind.SMALL
    album.library.founding = FoundingRule(min_photos=2)
    name_person(album.library, album.people()[0].id, "Anna")
    assert album.people()[0].kind is PersonKind.NAMED


def test_a_missing_photo_leaves_and_returns_with_its_person(album: Album) -> None:
    anna = album.person(3)
    (gone, *_) = timeline(album.library, album.collection_id)
    record_scan(album.library, album.collection_id, album.folder_id, ScanResult(missing=[gone.id]))
    assert list_people(album.library, album.collection_id)[0].photo_count == 2
    assert photo(album.library, gone.id).state is PhotoState.GONE
    record_scan(album.library, album.collection_id, album.folder_id, ScanResult(returned=[gone.id]))
    assert list_people(album.library, album.collection_id)[0].photo_count == 3
    assert photos_of(album.library, [anna.id])[0].fingerprint.startswith("print")


def test_a_moved_photo_keeps_its_faces(album: Album) -> None:
    album.person(3)
    item = timeline(album.library, album.collection_id)[0]
    seen = SeenFile(album.folder / "new" / "name.jpg", 10, 10)
    record_scan(
        album.library, album.collection_id, album.folder_id,
        ScanResult(moved=[(item.id, seen)]),
    )  # fmt: skip
    assert photo(album.library, item.id).path == seen.path
    assert faces_in_photo(album.library, item.id)[0].person_id is not None


def test_a_changed_photo_is_shown_until_it_was_looked_at_again(album: Album) -> None:
    anna = album.person(3)
    item = timeline(album.library, album.collection_id)[0]
    path = photo(album.library, item.id).path
    record_scan(
        album.library, album.collection_id, album.folder_id,
        ScanResult(changed=[(item.id, SeenFile(path, 11, 11))]),
    )  # fmt: skip
    assert pending_photos(album.library, album.collection_id) == [(item.id, path)]
    assert len(photos_of(album.library, [anna.id])) == 3
    skip_photo(album.library, item.id, "The picture is damaged.")
    assert len(photos_of(album.library, [anna.id])) == 2
    assert skipped_photos(album.library, album.collection_id) == [
        SkippedFile(path, "The picture is damaged.")
    ]
    assert retry_skipped(album.library, album.collection_id) == 1
    assert pending_photos(album.library, album.collection_id) == [(item.id, path)]


def test_some_skipped_files_are_tried_again_and_the_others_not(album: Album) -> None:
    numbers = album.add("a.jpg", "b.jpg", "c.jpg")
    for number in numbers:
        skip_photo(album.library, number, "The file is empty.")
    paths = [file.path for file in skipped_photos(album.library, album.collection_id)]
    unknown = album.folder / "unknown.jpg"
    assert retry_skipped(album.library, album.collection_id, []) == 0
    assert retry_skipped(album.library, album.collection_id, [paths[0], paths[2], unknown]) == 2
    left = skipped_photos(album.library, album.collection_id)
    assert [file.path for file in left] == [paths[1]]
    again = pending_photos(album.library, album.collection_id)
    assert [path for _, path in again] == [paths[0], paths[2]]


def test_another_pack_means_new_work_and_no_lost_people(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    assert mark_stale(album.library, album.collection_id, "compact", "2") == 3
    assert len(photos_of(album.library, [anna.id])) == 3
    for n, (photo_id, _) in enumerate(pending_photos(album.library, album.collection_id)):
        look = a_look(f"print{n}", a_face(LEFT, 50 + n, "2"), version="2")
        store_look(album.library, photo_id, look)
    assert pending_photos(album.library, album.collection_id) == []
    assert find_person(album.library, album.collection_id, "Anna").face_count == 3


def test_folders_nest_without_counting_twice(album: Album, tmp_path: Path) -> None:
    album.add("a.jpg")
    inner = album.folder / "inner"
    inner.mkdir()
    assert add_folder(album.library, album.collection_id, inner).id == album.folder_id
    outer = add_folder(album.library, album.collection_id, tmp_path)
    assert [row.path for row in folders(album.library)] == [tmp_path]
    assert photo(album.library, 1).folder_id == outer.id
    with pytest.raises(UsageError, match="not a folder"):
        add_folder(album.library, album.collection_id, tmp_path / "nowhere")


def test_removing_a_folder_keeps_what_was_said_for_its_return(album: Album) -> None:
    anna = album.person(3)
    name_person(album.library, anna.id, "Anna")
    remove_folder(album.library, album.folder_id)
    assert timeline(album.library, album.collection_id) == []
    assert find_person(album.library, album.collection_id, "Anna").face_count == 0


def test_who_is_with_whom(album: Album) -> None:
    (photo_id, *_) = album.add("a.jpg", "b.jpg")
    store_look(album.library, photo_id, a_look("a", a_face(RIGHT, 1), a_face(LEFT, 2)))
    left, right = faces_in_photo(album.library, photo_id)
    assert {f.id for f in unnamed_faces(album.library, album.collection_id)} == {left.id, right.id}
    store_groups(
        album.library, album.collection_id,
        [Placement(left.id, None, -1, 0.1), Placement(right.id, None, -2, 0.1)], 2,
    )  # fmt: skip
    first, second = people_in_photo(album.library, photo_id)
    assert companions(album.library, first.id) == [(second, 1)]
    assert [item.id for item in photos_of(album.library, [first.id, second.id])] == [photo_id]


def test_the_numbers_of_the_sidebar(album: Album) -> None:
    album.person(3)
    album.add("pending.jpg")
    totals = counts(album.library, album.collection_id)
    assert (totals.people, totals.photos, totals.pending, totals.unnamed_faces) == (1, 3, 1, 3)


def test_tasks_are_kept_for_seven_days(album: Album) -> None:
    done = start_task(album.library, album.collection_id, TaskType.INDEX)
    end_task(album.library, done, TaskState.DONE, {})
    alive = start_task(album.library, album.collection_id, TaskType.CLUSTER, waits=True)
    assert task(album.library, alive).started is None
    begin_task(album.library, alive)
    assert task(album.library, alive).started is not None
    created = task(album.library, done).created
    assert prune_tasks(album.library, created + timedelta(days=6, hours=23)) == 0
    assert prune_tasks(album.library, created + timedelta(days=7, hours=1)) == 1
    assert [row.id for row in tasks(album.library)] == [alive], "what goes on is kept"
    assert tasks(album.library, kinds=["index"]) == tasks(album.library, states=["done"]) == []


def test_interrupted_tasks_say_so(album: Album) -> None:
    done = start_task(album.library, album.collection_id, TaskType.INDEX)
    note_skip(album.library, done, SkippedFile(Path("/x.jpg"), "empty"))
    end_task(album.library, done, TaskState.DONE, {"Indexed": 3})
    cut = start_task(album.library, album.collection_id, TaskType.CLUSTER)
    assert recover_tasks(album.library) == 1
    assert task(album.library, cut).state is TaskState.INTERRUPTED
    row = task(album.library, done)
    assert (row.state, row.result, row.skipped[0].error) == (
        TaskState.DONE,
        {"Indexed": 3},
        "empty",
    )
    assert {r.id for r in tasks(album.library)} == {done, cut}
    with pytest.raises(UsageError):
        task(album.library, "task-none")
