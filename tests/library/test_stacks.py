"""Photos that stand together: by the machine's guess, by the user's word, and what is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import UsageError
from app.library.commands.folders import add_folder, remove_folder
from app.library.commands.gone import drop_gone
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.commands.stacks import (
    let_go_of_stacks,
    make_top,
    settle_stacks,
    stack_photos,
    store_stacks,
    take_out,
)
from app.library.commands.undo import redo, undo
from app.library.models import Photo
from app.library.queries.decisions import history
from app.library.queries.photos import fill_in, photo, photos_of, timeline, timeline_now
from app.library.queries.search import search_photos
from app.library.queries.stacks import said_together, stack_of, uncompared, with_mates
from app.library.rows import PhotoSearch
from tests.library.conftest import LEFT, Album, a_face, a_look


def looked_at(album: Album, count: int = 4, width: int = 1000) -> list[int]:
    """Photos that were looked at, of which the first is the best by its size."""
    photos = album.add(*(f"{n}.jpg" for n in range(count)))
    for n, photo_id in enumerate(photos):
        found = a_look(f"print{n}")
        store_look(
            album.library, photo_id, replace(found, likeness=n, width=width - n, sharpness=0.5)
        )
    return photos


def stacks(album: Album) -> dict[int, int | None]:  # noqa: ARG001 - of the library that is open
    """Under which photo each stands."""
    rows = Photo.select(Photo.id, Photo.stack).order_by(Photo.id)
    return dict(rows.tuples())


def shown(album: Album) -> dict[int, int]:
    """What the timeline shows, and how many stand under each."""
    found = timeline(album.library, album.collection_id, is_folded=True)
    return {row.id: row.stack for row in found}


def test_of_a_stack_the_top_alone_is_shown_with_how_many_are_under_it(album: Album) -> None:
    a, b, c, d = looked_at(album)
    changes = store_stacks(album.library, [a, b, c, d], [[b, a, c]])
    assert changes.photos == {a, b, c}
    assert stacks(album) == {a: b, b: b, c: b, d: None}
    assert shown(album) == {b: 2, d: 0}
    whole = timeline(album.library, album.collection_id)
    assert len(whole) == 4 and whole.under == 0
    folded = timeline(album.library, album.collection_id, first=0, is_folded=True)
    assert folded.under == 2 and folded.lacking() == 0
    fill_in(album.library, folded, 0, 10)
    assert {row.id: row.stack for row in folded} == {b: 2, d: 0}
    assert folded[0].fingerprint
    assert photo(album.library, c).stack_id == b
    assert stack_of(album.library, c) == [b, a, c] and stack_of(album.library, d) == []
    assert store_stacks(album.library, [a, b, c, d], [[b, a, c]]).photos == set()


def test_what_changes_is_read_with_those_it_stands_with(album: Album) -> None:
    a, b, c, d = looked_at(album)
    store_stacks(album.library, [a, b, c, d], [[b, a, c]])
    before = timeline(album.library, album.collection_id, is_folded=True)
    changes = store_stacks(album.library, [a, b, c], [[a, c]])
    asked = with_mates(album.library, changes.photos)
    now = timeline_now(album.library, album.collection_id, asked, is_folded=True)
    after = before.with_now(asked, now)
    assert {row.id: row.stack for row in after} == shown(album) == {a: 1, b: 0, d: 0}
    # One of them alone would be shown beside its stack.
    alone = timeline_now(album.library, album.collection_id, [c], is_folded=True)
    assert [row.id for row in alone] == [c]
    assert with_mates(album.library, [c]) == {a, c}


def test_who_is_not_on_top_stands_for_the_stack_where_the_top_is_not_found(album: Album) -> None:
    anna = album.person(3)
    photos = [row.id for row in photos_of(album.library, [anna.id])]
    (other,) = album.add("other.jpg")
    store_look(album.library, other, a_look("other"))
    store_stacks(album.library, [*photos, other], [[other, *photos]])
    assert shown(album) == {other: 3}
    found = photos_of(album.library, [anna.id], is_folded=True)
    assert [(row.id, row.stack) for row in found] == [(min(photos), 2)]
    search = PhotoSearch(all_of=(anna.id,))
    again = search_photos(album.library, album.collection_id, search, is_folded=True)
    assert list(again) == list(found) and again.under == 2
    assert len(search_photos(album.library, album.collection_id, search)) == 3


def test_the_next_best_comes_on_top_when_the_top_goes_and_all_is_as_before_when_it_is_back(
    album: Album,
) -> None:
    a, b, c, d = looked_at(album)
    store_stacks(album.library, [a, b, c, d], [[a, b, c]])
    record_scan(album.library, album.collection_id, album.folder_id, ScanResult(missing=[a]))
    assert shown(album) == {b: 1, d: 0}, "though nobody has settled it"
    assert settle_stacks(album.library, album.collection_id).photos == {a, b, c}
    assert stacks(album) == {a: None, b: b, c: b, d: None}
    assert not settle_stacks(album.library, album.collection_id)
    record_scan(album.library, album.collection_id, album.folder_id, ScanResult(returned=[a]))
    assert uncompared(album.library, album.collection_id) == [a], "it is compared once more"


def test_a_stack_of_which_one_is_left_is_none(album: Album) -> None:
    a, b, *_ = looked_at(album)
    store_stacks(album.library, [a, b], [[a, b]])
    record_scan(album.library, album.collection_id, album.folder_id, ScanResult(missing=[a]))
    settle_stacks(album.library, album.collection_id)
    assert stacks(album)[b] is None


def test_who_is_left_by_a_top_that_was_removed_is_compared_again(album: Album) -> None:
    a, b, c, _ = looked_at(album)
    away = album.folder.with_name("away")
    away.mkdir()
    row = add_folder(album.library, album.collection_id, away)
    seen = SeenFile(away / "top.jpg", 10, 10)
    record_scan(album.library, album.collection_id, row.id, ScanResult(added=[seen]))
    top = max(stacks(album))
    store_look(album.library, top, replace(a_look("top"), likeness=1))
    store_stacks(album.library, [a, b, c, top], [[top, a, b]])
    remove_folder(album.library, row.id)
    assert uncompared(album.library, album.collection_id)[:2] == [a, b]


def test_a_new_content_is_compared_anew(album: Album) -> None:
    a, b, *_ = looked_at(album)
    store_stacks(album.library, [a, b], [[a, b]])
    assert a not in uncompared(album.library, album.collection_id)
    store_look(album.library, a, replace(a_look("edited"), likeness=5))
    assert a in uncompared(album.library, album.collection_id)


def test_the_user_chooses_the_top_and_takes_it_back(album: Album) -> None:
    a, b, c, d = looked_at(album)
    store_stacks(album.library, [a, b, c, d], [[a, b, c]])
    changes = make_top(album.library, [c])
    assert changes.photos == {a, b, c} and changes.said == "Chose the top of a stack"
    assert stacks(album) == {a: c, b: c, c: c, d: None}
    assert undo(album.library, album.collection_id).photos == {a, b, c}
    assert stacks(album) == {a: a, b: a, c: a, d: None}
    redo(album.library, album.collection_id)
    assert stacks(album) == {a: c, b: c, c: c, d: None}
    make_top(album.library, [b])
    assert stacks(album)[a] == b, "the later word wins"
    undo(album.library, album.collection_id)
    assert stacks(album)[a] == c
    with pytest.raises(UsageError):
        make_top(album.library, [d])


def test_a_photo_that_was_taken_out_stands_alone_and_another_comes_on_top(album: Album) -> None:
    a, b, c, _ = looked_at(album)
    store_stacks(album.library, [a, b, c], [[a, b, c]])
    changes = take_out(album.library, [a])
    assert changes.photos == {a, b, c} and changes.said == "Took 1 photo out of a stack"
    assert stacks(album) | {} == {a: None, b: b, c: b, 4: None}
    assert Photo.get_by_id(a).stack_word == "alone"
    undo(album.library, album.collection_id)
    assert stacks(album)[b] == a and Photo.get_by_id(a).stack_word == ""
    with pytest.raises(UsageError):
        take_out(album.library, [4])


def test_photos_that_nothing_has_in_common_stand_together_by_the_users_word(album: Album) -> None:
    a, b, c, d = looked_at(album)
    store_stacks(album.library, [a, b, c, d], [[c, d]])
    changes = stack_photos(album.library, [b, d])
    assert changes.photos == {b, c, d} and changes.said == "Stacked 3 photos"
    assert stacks(album) == {a: None, b: b, c: b, d: b}
    assert not stack_photos(album.library, [b, c, d]), "that they are one already is no word"
    assert said_together(album.library, [d]) == [[b, c, d]]
    undo(album.library, album.collection_id)
    assert stacks(album) == {a: None, b: None, c: c, d: c}
    with pytest.raises(UsageError):
        stack_photos(album.library, [a])


def test_a_word_outlives_a_rescan_and_a_rebuilt_row(album: Album) -> None:
    a, b, c, _ = looked_at(album)
    store_stacks(album.library, [a, b, c], [[a, b, c]])
    make_top(album.library, [c])
    number = history(album.library, album.collection_id)[0].id
    take_out(album.library, [b])
    remove_folder(album.library, album.folder_id)
    row = add_folder(album.library, album.collection_id, album.folder)
    album.folder_id = row.id
    new = looked_at(album)
    words = [Photo.get_by_id(one).stack_word for one in new]
    assert words == [f"with {number}", "alone", f"top {number}", ""]
    assert said_together(album.library, [new[0]]) == [[new[0], new[2]]]


def test_no_word_about_a_photo_is_taken_for_one_about_the_face_that_fills_it(album: Album) -> None:
    from app.library.commands.forgetting import forget_person

    anna = album.person(3, box=(0.02, 0.02, 0.95, 0.95))
    photos = [row.id for row in photos_of(album.library, [anna.id])]
    stack_photos(album.library, photos)
    forget_person(album.library, anna.id)
    assert len(set(stacks(album).values())) == 1
    assert undo(album.library, album.collection_id)
    assert [row.kind for row in history(album.library, album.collection_id)] == ["forget", "stack"]


def test_switched_off_nothing_is_stacked_and_words_are_kept(album: Album) -> None:
    a, b, c, _ = looked_at(album)
    store_stacks(album.library, [a, b, c], [[a, b, c]])
    make_top(album.library, [c])
    assert let_go_of_stacks(album.library, album.collection_id).photos == {a, b, c}
    assert set(stacks(album).values()) == {None}
    assert not let_go_of_stacks(album.library, album.collection_id)
    assert Photo.get_by_id(c).stack_word.startswith("top")
    assert uncompared(album.library, album.collection_id)[:3] == [a, b, c]


def test_a_photo_whose_row_is_removed_leaves_the_others_alone(album: Album) -> None:
    a, b, c, _ = looked_at(album)
    store_look(album.library, a, a_look("print0", a_face(LEFT, 1)))
    store_stacks(album.library, [a, b, c], [[a, b, c]])
    record_scan(album.library, album.collection_id, album.folder_id, ScanResult(missing=[a]))
    Photo.update(gone=Photo.gone.python_value(1.0)).where(Photo.id == a).execute()
    drop_gone(album.library)
    assert set(shown(album)) >= {b, c}
    assert {b, c} <= set(uncompared(album.library, album.collection_id))
