"""Photos that come, change and go while the page of all photos is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.indexing.events import Changed
from app.library.commands.photos import store_look
from app.library.database import Library
from app.library.models import Photo
from app.library.queries.photos import fill_in, timeline
from app.library.rows import Look
from app.ui import album as album_module
from app.ui.photos.page import PhotosPage
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from tests.ui.conftest import Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> Iterator[PhotosPage]:
    """All photos in sight; reading again needs no second's rest."""
    made = room.window.pages[Kind.PHOTOS]
    assert isinstance(made, PhotosPage)
    made._rest.setInterval(10)
    room.window.go(Place(Kind.PHOTOS))
    qtbot.waitUntil(lambda: len(made.grid.photos.rows) == 12)
    yield made


def add(room: Room, number: int, taken: datetime | None) -> int:
    """A photo that was just looked at; gives its id."""
    library, collection_id = room.library, room.collection_id
    row = Photo.create(
        collection=collection_id, folder=1, path=f"/new/{number}.jpg", size=1, mtime_ns=0
    )
    look = Look(
        fingerprint=f"{number:064x}", width=4, height=3, orientation=1, content_type="image/jpeg",
        taken=taken, taken_from="exif" if taken else "", camera="Box", colour=0x808080,
        pack="test", pack_version="1", faces=(),
    )  # fmt: skip
    room.indexer.tell(Changed(store_look(library, row.id, look)))
    return int(row.id)


def is_as_the_library_has_it(page: PhotosPage, room: Room) -> bool:
    """Whether each row and each section is as if read anew."""
    shown, now = page.grid.photos, timeline(room.library, room.collection_id)
    counts = [count for _, count in now.months()]
    return list(shown.rows) == list(now) and [one.count for one in shown.sections] == counts


def forbid_reading_all(page: PhotosPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("all photos are read again")

    monkeypatch.setattr(page.desk.album, "timeline", refuse)


def test_a_new_photo_comes_in_where_it_belongs(
    page: PhotosPage, room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_reading_all(page, monkeypatch)
    rows = page.grid.photos.rows
    chosen, other = rows[3].id, rows[7].id
    page.grid.setCurrentIndex(page.grid.photos.index(3))
    middle = rows[5].taken
    assert middle is not None
    news = [
        add(room, 1, datetime(2030, 1, 1)),
        add(room, 2, middle),
        add(room, 3, middle + timedelta(days=1)),
        add(room, 4, None),
    ]
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 16)
    assert is_as_the_library_has_it(page, room)
    assert page.grid.photos.rows[0].id == news[0]
    assert page.grid.photos.rows[-1].id == news[3]
    assert [page.grid.photos.rows[row].id for row in page.grid.selected_rows()] == [chosen]
    assert page.grid.photos.index_of(other).isValid()


def test_a_photo_that_goes_leaves_the_others(
    page: PhotosPage, room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_reading_all(page, monkeypatch)
    rows = page.grid.photos.rows
    page.grid.setCurrentIndex(page.grid.photos.index(6))
    chosen, gone, changed = rows[6].id, rows[0].id, rows[9].id
    Photo.update(state="gone").where(Photo.id == gone).execute()
    Photo.update(width=77, taken=datetime(2029, 5, 5)).where(Photo.id == changed).execute()
    room.indexer.tell(Changed(Changes(photos=frozenset({gone, changed}))))
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 11)
    assert is_as_the_library_has_it(page, room)
    assert (page.grid.photos.rows[0].id, page.grid.photos.rows[0].width) == (changed, 77)
    assert [page.grid.photos.rows[row].id for row in page.grid.selected_rows()] == [chosen]


def test_what_changed_out_of_sight_is_there_on_coming_back(
    page: PhotosPage, room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.window.go(Place(Kind.HISTORY))
    new = add(room, 1, datetime(2030, 1, 1))
    qtbot.wait(250)  # the news is told ten times a second
    assert len(page.grid.photos.rows) == 12
    forbid_reading_all(page, monkeypatch)
    room.window.go(Place(Kind.PHOTOS))
    qtbot.waitUntil(lambda: page.grid.photos.rows[0].id == new)
    assert is_as_the_library_has_it(page, room)


def test_news_that_comes_while_all_are_read_is_not_lost(
    page: PhotosPage, room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    album, read = page.desk.album, page.desk.album.timeline

    def slowly() -> object:
        found = read()
        add(room, 1, datetime(2030, 1, 1))
        return found

    monkeypatch.setattr(album, "timeline", slowly)
    page.reload()
    qtbot.waitUntil(lambda: len(page.grid.photos.rows) == 13)
    assert is_as_the_library_has_it(page, room)


def test_a_folder_that_changes_has_all_read_again(
    page: PhotosPage, room: Room, qtbot: QtBot
) -> None:
    Photo.update(width=99).execute()
    room.indexer.tell(Changed(Changes(folders=frozenset({1}))))
    qtbot.waitUntil(lambda: page.grid.photos.rows[5].width == 99)


def test_details_far_down_come_by_themselves(
    page: PhotosPage, room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(album_module, "_AT_ONCE", 2)
    read: list[int] = []
    fill: Callable[..., None] = page.desk.album.fill_in

    def noted(items: object, place: int) -> None:
        read.append(place)
        fill(items, place)

    monkeypatch.setattr(page.desk.album, "fill_in", noted)
    page.reload()
    qtbot.waitUntil(lambda: read[-1:] == [10])
    qtbot.waitUntil(lambda: is_as_the_library_has_it(page, room))
    assert read == [2, 4, 6, 8, 10]


def test_a_timeline_is_filled_in(library: Library, room: Room) -> None:
    items = timeline(library, room.collection_id, first=4)
    assert items.lacking() == 4
    whole = timeline(library, room.collection_id)
    assert list(items.ids) == list(whole.ids)
    Photo.delete().where(Photo.id == items.ids[6]).execute()
    fill_in(library, items, 4, 3)
    assert items.lacking() == 7
    assert list(items[4:6]) == list(whole[4:6])
    assert items[6].fingerprint == ""
    fill_in(library, items, 0, 100)
    assert items.lacking() == -1
