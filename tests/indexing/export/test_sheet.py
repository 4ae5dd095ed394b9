"""Contact sheets: what is on them, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.indexing.export import ink
from app.indexing.export.ink import Ink, covers
from app.indexing.export.order import Order, Sheet, Way
from app.indexing.export.sheet_layout import FOOT, HEAD, HEIGHT, MARGIN, ROW, WIDTH, lay_out
from app.library.queries.exports import PhotoFiles
from app.paths import resources
from tests.indexing.export.conftest import Shoot, tree

A4 = (1654, 2339)
"""In pixels of 200 dots an inch."""


def photo(number: int, width: int, height: int, taken: datetime | None) -> PhotoFiles:
    """A photo of this size."""
    path = Path(f"/{number}.jpg")
    return PhotoFiles(
        number, path, f"{number:032x}", 1, width, height, "image/jpeg", taken, None, False
    )


moments = st.one_of(st.none(), st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)))
shots = st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000), moments), max_size=120)


@given(shots)
def test_every_photo_is_on_a_page_once_and_nothing_overlaps(
    told: list[tuple[int, int, datetime | None]],
) -> None:
    photos = [photo(number, *one) for number, one in enumerate(told)]
    photos.sort(key=lambda one: (one.taken is None, one.taken or datetime.min))
    pages = lay_out(photos, lambda _: "")
    tiles = [tile for page in pages for tile in page.tiles]
    assert [tile.photo for tile in tiles] == photos
    for number, page in enumerate(pages):
        top = MARGIN + (HEAD if number == 0 else 0)
        for tile in page.tiles:
            assert tile.x >= MARGIN - 0.01 and tile.x + tile.w <= WIDTH - MARGIN + 0.01
            assert tile.y >= top and tile.y + tile.h <= HEIGHT - FOOT
            assert 0 < tile.h <= ROW * 1.25 + 0.01
        for before, after in zip(page.tiles, page.tiles[1:], strict=False):
            assert after.y >= before.y + before.h or after.x >= before.x + before.w
    assert all(page.tiles for page in pages) or not photos


def test_a_month_is_named_above_its_first_photo_and_a_year_over_its_own() -> None:
    days = (datetime(2018, 6, 1), datetime(2018, 6, 2), datetime(2018, 7, 1), datetime(2019, 7, 1))
    pages = lay_out([photo(n, 400, 300, day) for n, day in enumerate((*days, None))], lambda _: "")
    assert [heading.text for heading in pages[0].headings] == ["2018", "2019", "No date"]
    assert [tile.label for tile in pages[0].tiles] == ["June", "", "July", "July", ""]


def test_a_year_that_goes_on_says_so_with_its_month() -> None:
    pages = lay_out([photo(n, 400, 300, datetime(2018, 6, 1)) for n in range(60)], lambda _: "")
    assert len(pages) > 1
    assert [heading.goes_on for heading in pages[1].headings] == [True]
    assert pages[1].tiles[0].label == "June"


@pytest.fixture
def anna(shoot: Shoot) -> Iterator[tuple[Shoot, Order, Path]]:
    """Three photos of Anna, one of them with Ben."""
    photos = (
        shoot.take("one.jpg", "a", datetime(2018, 1, 2)),
        shoot.take("two.jpg", "ab", datetime(2020, 5, 6)),
        shoot.take("three.jpg", "a", datetime(2020, 5, 7), size=(240, 320)),
    )
    person = shoot.name("a", "Anna: <b")
    shoot.name("b", "Ben")
    into = shoot.folder.parent / "out"
    yield shoot, Order(into, photos, (person,), way=Way.NONE, sheet=Sheet.PDF), into


def test_a_sheet_of_a_person_is_a_pdf_that_is_made_anew_and_never_over_another(
    anna: tuple[Shoot, Order, Path],
) -> None:
    shoot, order, into = anna
    done = shoot.export(order)
    path = into / "Contact sheet of Anna- -b.pdf"
    assert done.made == (path,) and done.files == 3 and not done.skipped
    data = path.read_bytes()
    assert data.startswith(b"%PDF-") and len(re.findall(rb"/Type /Page\b", data)) == 1
    assert re.search(rb"/MediaBox \[ 0 0 595.\d+ 842.\d+ \]", data)
    shoot.export(order)
    assert [one.name for one in into.iterdir() if one.is_file()] == [path.name]
    path.write_bytes(b"somebody's notes")
    again = shoot.export(order)
    assert path.read_bytes() == b"somebody's notes"
    assert again.made == (into / "Contact sheet of Anna- -b (2).pdf",)


def test_pages_are_a4_and_show_the_photos(anna: tuple[Shoot, Order, Path]) -> None:
    shoot, order, _ = anna
    done = shoot.export(replace(order, sheet=Sheet.JPG))
    assert [path.name for path in done.made] == ["Contact sheet of Anna- -b 1.jpg"]
    with Image.open(done.made[0]) as page:
        assert page.size == A4 and page.info["dpi"] == (200, 200)
        colours = {colour for _, colour in page.quantize(64).convert("RGB").getcolors() or ()}
    # The photos are greenish, the round cover and the words are there, the paper is white.
    assert any(g > r and g > b and 90 < g < 150 for r, g, b in colours)
    assert (255, 255, 255) in colours or (254, 254, 254) in colours


def test_pages_that_a_smaller_sheet_has_not_are_gone(shoot: Shoot, tmp_path: Path) -> None:
    photos = tuple(
        shoot.take(f"{number}.jpg", taken=datetime(2000 + number, 1, 1), size=(64, 48))
        for number in range(9)
    )
    order = Order(tmp_path / "out", photos, way=Way.NONE, sheet=Sheet.JPG)
    assert len(shoot.export(order).made) == 3
    done = shoot.export(replace(order, photos=photos[:2]))
    assert len(done.made) == 1 and set(tree(order.into)) == {"Contact sheet of Photos 1.jpg"}


def test_a_sheet_of_hundreds_has_a_page_after_the_other(shoot: Shoot, tmp_path: Path) -> None:
    photos = tuple(
        shoot.take(f"{number}.jpg", taken=datetime(2000 + number, 1, 1), size=(64, 48))
        for number in range(9)
    )
    order = Order(tmp_path / "out", photos, way=Way.NONE, sheet=Sheet.PDF)
    done = shoot.export(order)
    data = done.made[0].read_bytes()
    counts = re.findall(rb"/Count (\d+)", data)
    assert counts[-1] == b"3", "each page is added to those before"


def test_a_photo_that_cannot_be_shown_is_told(anna: tuple[Shoot, Order, Path]) -> None:
    shoot, order, into = anna
    (shoot.folder / "one.jpg").write_bytes(b"no picture any more")
    done = shoot.export(order)
    assert [path.name for path, _ in done.skipped] == ["one.jpg"]
    assert done.made and tree(into)


def test_another_typeface_writes_what_the_bundled_one_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = resources() / "fonts"
    assert covers(fonts / "Inter-Bold.otf", "Zoë Čapek & Søren · Анна")
    assert not covers(fonts / "Inter-Bold.otf", "Anna 李")
    assert not covers(tmp_path / "none.ttf", "Anna")
    tried: list[Path] = []

    def knows(file: Path, text: str) -> bool:
        tried.append(file)
        return file.name == "second.ttf" and "李" in text

    ink._fitting_file.cache_clear()
    monkeypatch.setattr(ink, "_fallbacks", lambda: (Path("first.ttf"), Path("second.ttf")))
    monkeypatch.setattr(ink, "covers", knows)
    assert ink._fitting_file("李", "Bold") == Path("second.ttf")
    assert ink._fitting_file("no one has this", "Bold") == fonts / "Inter-Bold.otf"
    assert [path.name for path in tried[:3]] == ["Inter-Bold.otf", "first.ttf", "second.ttf"]
    ink._fitting_file.cache_clear()


def test_words_that_are_too_long_are_cut() -> None:
    pen = Ink(Image.new("RGB", (400, 100)), 200)
    whole = pen.text(1, 5, "Anna", 8, "#fff")
    cut = pen.text(1, 5, "Anna and everybody else", 8, "#fff", room=whole)
    assert 0 < cut <= whole + 0.2
    assert pen.fitting("Anna", 38, 20, 1000, "Bold") == 38
    assert pen.fitting("Anna" * 20, 38, 20, 10, "Bold") == 20
