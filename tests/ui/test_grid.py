"""The sectioned grid: where cells lie, and how keys and mouse walk them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.library.rows import PhotoItem
from app.ui.photos.delegate import tile_shape
from app.ui.photos.model import PhotoModel
from app.ui.widgets.grid import SectionedGrid
from app.ui.widgets.grid_layout import GridLayout, Shape
from app.ui.widgets.grid_model import Section
from app.ui.widgets.holding import hold_still

SPREAD = Shape(
    cell_width=100, cell_height=140, gap_x=10, gap_y=8, header_height=30, section_gap=20, margin=20
)
SHAPES = st.builds(
    Shape,
    cell_width=st.integers(20, 300),
    cell_height=st.integers(20, 300),
    gap_x=st.integers(0, 20),
    gap_y=st.integers(0, 20),
    header_height=st.integers(0, 50),
    section_gap=st.integers(0, 40),
    margin=st.integers(0, 40),
    stretch=st.booleans(),
).map(lambda shape: replace(shape, cell_height=shape.cell_width) if shape.stretch else shape)


@given(SHAPES, st.lists(st.integers(0, 40), max_size=6), st.integers(60, 2000))
def test_a_point_inside_a_cell_finds_its_item(shape: Shape, counts: list[int], width: int) -> None:
    plan = GridLayout(shape, counts, [True] * len(counts), width)
    for item in range(plan.count):
        cell = plan.rect(item)
        for x in (cell.x, cell.x + cell.w // 2, cell.x + cell.w - 1):
            for y in (cell.y, cell.y + cell.h - 1):
                assert plan.item_at(x, y) == item
        assert plan.item_at(cell.x, cell.y - 1) != item
        assert cell.y + cell.h <= plan.height


@given(SHAPES, st.lists(st.integers(0, 40), max_size=6), st.integers(60, 2000), st.data())
def test_a_band_holds_exactly_the_items_that_touch_it(
    shape: Shape, counts: list[int], width: int, data: st.DataObject
) -> None:
    plan = GridLayout(shape, counts, [True] * len(counts), width)
    top = data.draw(st.integers(0, plan.height))
    bottom = top + data.draw(st.integers(0, 900))
    found = list(plan.items_between(top, bottom))
    cells = [plan.rect(item) for item in range(plan.count)]
    touching = [i for i, c in enumerate(cells) if c.y <= bottom and c.y + c.h > top]
    assert set(touching) <= set(found)
    # A row more may come along where the band ends in the gap under it.
    assert all(c.y <= bottom and c.y + c.h + shape.gap_y > top for c in (cells[i] for i in found))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(120, 1500))
def test_down_and_up_stay_within_and_lead_back(counts: list[int], width: int) -> None:
    plan = GridLayout(SPREAD, counts, [True] * len(counts), width)
    for item in range(plan.count):
        below = plan.below(item)
        assert 0 <= below < plan.count
        assert plan.rect(below).y >= plan.rect(item).y
        if plan.rect(below).x == plan.rect(item).x and below != item:
            assert plan.above(below) == item


def test_columns_spread_from_edge_to_edge() -> None:
    plan = GridLayout(SPREAD, [20], [True], 600)
    assert plan.rect(0).x == 20
    last = plan.rect(plan.columns - 1)
    assert last.x + last.w == 580


def photos(count: int) -> list[PhotoItem]:
    return [PhotoItem(n + 1, f"f{n}", 4, 3, None, 0) for n in range(count)]


@pytest.fixture
def grid(qtbot: QtBot) -> SectionedGrid:
    """Ten items in two sections, four columns."""
    grid = SectionedGrid(SPREAD)
    qtbot.addWidget(grid)
    model = PhotoModel(grid)
    model.replace(photos(10), [Section("One", 6), Section("Two", 4)])
    grid.setModel(model)
    grid.resize(500, 400)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.setFocus()
    assert grid.plan().columns == 4
    return grid


def press(grid: SectionedGrid, key: Qt.Key, shift: bool = False) -> int:
    plain, held = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(grid, key, held if shift else plain)
    return grid.currentIndex().row()


def test_keys_walk_through_sections(grid: SectionedGrid) -> None:
    grid.setCurrentIndex(grid.model().index(0, 0))
    assert press(grid, Qt.Key.Key_Right) == 1
    assert press(grid, Qt.Key.Key_Down) == 5
    assert press(grid, Qt.Key.Key_Down) == 7
    assert press(grid, Qt.Key.Key_Down) == 7
    assert press(grid, Qt.Key.Key_Up) == 5
    assert press(grid, Qt.Key.Key_End) == 9
    assert press(grid, Qt.Key.Key_Home) == 0
    assert press(grid, Qt.Key.Key_Left) == 0


def test_shift_selects_a_range_and_control_adds(grid: SectionedGrid) -> None:
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=centre(grid, 1))
    QTest.mouseClick(
        grid.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        centre(grid, 7),
    )
    assert grid.selected_rows() == [1, 2, 3, 4, 5, 6, 7]
    QTest.mouseClick(
        grid.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        centre(grid, 3),
    )
    assert grid.selected_rows() == [1, 2, 4, 5, 6, 7]


def test_shift_and_arrows_extend_the_selection(grid: SectionedGrid) -> None:
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=centre(grid, 2))
    press(grid, Qt.Key.Key_Right, shift=True)
    press(grid, Qt.Key.Key_Right, shift=True)
    assert grid.selected_rows() == [2, 3, 4]


def centre(grid: SectionedGrid, item: int) -> QPoint:
    index = grid.model().index(item, 0)
    grid.scrollTo(index)
    return grid.visualRect(index).center()


def test_every_visual_rectangle_finds_its_index(grid: SectionedGrid) -> None:
    grid.verticalScrollBar().setValue(60)
    for item in range(10):
        index = grid.model().index(item, 0)
        assert grid.indexAt(grid.visualRect(index).center()) == index


def test_enter_opens_the_current_item(grid: SectionedGrid, qtbot: QtBot) -> None:
    grid.setCurrentIndex(grid.model().index(3, 0))
    with qtbot.waitSignal(grid.opened) as opened:
        press(grid, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].row() == 3


def test_replacing_rows_keeps_the_selection_on_its_rows(grid: SectionedGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoModel)
    rows = photos(10)
    grid.setCurrentIndex(model.index(4, 0))
    model.replace([*rows[3:], rows[0]], [Section("One", 8)])
    assert grid.currentIndex().row() == 1
    assert grid.selected_rows() == [1]
    model.replace(rows[:2], [Section("One", 2)])
    assert not grid.currentIndex().isValid()
    assert grid.selected_rows() == []


def keyed(*counts: int) -> list[Section]:
    """Sections that can be folded."""
    return [Section(f"S{n}", count, f"s{n}", count) for n, count in enumerate(counts)]


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=6),
)
def test_folding_hides_rows_and_loses_none(
    counts: list[int], folds: list[tuple[int, bool]]
) -> None:
    model = PhotoModel()
    model.replace(photos(sum(counts)), keyed(*counts))
    folded: set[int] = set()
    for place, away in folds:
        model.fold(f"s{place}", away)
        folded = folded | {place} if away else folded - {place}
        expected = [n for n in range(len(counts)) if n not in folded]
        assert len(model.rows) == sum(counts[n] for n in expected) == model.rowCount()
        assert [s.is_folded for s in model.sections] == [n in folded for n in range(len(counts))]
        assert sum(section.count for section in model.sections) == len(model.rows)
    for place in range(len(counts)):
        model.fold(f"s{place}", False)
    assert list(model.rows) == photos(sum(counts))


def test_folding_outlives_other_rows(grid: SectionedGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoModel)
    model.replace(photos(10), keyed(6, 4))
    grid.setCurrentIndex(model.index(8, 0))
    model.fold("s0", True)
    assert (grid.currentIndex().row(), grid.selected_rows()) == (2, [2])
    model.replace(photos(9), keyed(5, 4))
    assert len(model.rows) == 4
    model.fold("s1", True)
    assert not grid.currentIndex().isValid() and not model.rows
    grid.viewport().repaint()


def test_patched_rows_are_shown_in_their_place(grid: SectionedGrid, qtbot: QtBot) -> None:
    model = grid.model()
    assert isinstance(model, PhotoModel)
    model.replace(photos(10), keyed(6, 4))
    model.fold("s0", True)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.patch([PhotoItem(2, "other", 4, 3, None, 0), PhotoItem(8, "new", 4, 3, None, 0)])
    assert changed.args is not None and changed.args[0].row() == 1
    assert [row.fingerprint for row in model.rows] == ["f6", "new", "f8", "f9"]
    model.fold("s0", False)
    assert model.rows[1].fingerprint == "other"


def test_the_keyboard_walks_to_titles_and_folds(grid: SectionedGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoModel)
    model.replace(photos(10), keyed(6, 4))
    grid.setCurrentIndex(model.index(1, 0))
    titles = grid.titles
    press(grid, Qt.Key.Key_Up)
    assert titles.current == "s0"
    press(grid, Qt.Key.Key_Left)
    assert model.is_folded("s0") and len(model.rows) == 4
    press(grid, Qt.Key.Key_Down)
    assert titles.current == "s1"
    press(grid, Qt.Key.Key_Return)
    assert not model.rows
    press(grid, Qt.Key.Key_Up)
    assert titles.current == "s0"
    press(grid, Qt.Key.Key_Right)
    assert not model.is_folded("s0")
    press(grid, Qt.Key.Key_Down)
    assert titles.current == "" and grid.currentIndex().row() == 0
    grid.setCurrentIndex(model.index(5, 0))
    press(grid, Qt.Key.Key_Down)
    assert titles.current == "s1", "below the last row comes a folded title"
    press(grid, Qt.Key.Key_Space)
    press(grid, Qt.Key.Key_Right)
    assert titles.current == "" and grid.currentIndex().row() == 6
    press(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == 6, "below the last section is nothing"


def test_a_click_on_a_title_folds(grid: SectionedGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoModel)
    model.replace(photos(10), keyed(6, 4))
    head = grid.plan().header(0, grid.width())
    spot = QPoint(head.x + 6, head.y + head.h // 2)
    for is_folded in (True, False):
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert model.is_folded("s0") == is_folded
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert model.is_folded("s0"), "the second of two quick clicks counts, too"


def test_who_hears_of_other_rows_finds_them_where_they_lie(grid: SectionedGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoModel)
    model.replace(photos(10), keyed(6, 4))
    grid.setCurrentIndex(model.index(9))
    heard: list[str] = []
    model.layoutChanged.connect(lambda: heard.append(grid.titles.of_current()))
    model.replace(photos(10), keyed(10))
    assert heard == ["s0"]


def test_a_rubber_band_selects_what_it_touches(grid: SectionedGrid) -> None:
    view = grid.viewport()
    first, last = (
        grid.visualRect(grid.model().index(1, 0)),
        grid.visualRect(grid.model().index(6, 0)),
    )
    start, end = QPoint(first.x() - 4, first.y() + 10), QPoint(last.x() + 5, last.y() + 5)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(view, start + (end - start) * step / 5)
    assert not grid._band.frame.isNull()
    view.repaint()
    QTest.mouseRelease(view, left, pos=end)
    assert grid._band.frame.isNull()
    assert grid.selected_rows() == [0, 4, 6], "the band went down along the first column"


def test_what_is_in_sight_holds_still(grid: SectionedGrid) -> None:
    model = grid.model()
    assert isinstance(model, PhotoModel)
    rows = photos(60)
    model.replace(rows, [Section("One", 30), Section("Two", 30)])
    grid.doItemsLayout()
    grid.verticalScrollBar().setValue(2400)
    seen = rows[grid.first_in_sight().row() + 8].id
    before = grid.visualRect(model.index_of(seen)).y()
    more = [*photos(80)[60:], *rows]
    hold_still(grid, lambda: model.replace(more, [Section("One", 50), Section("Two", 30)]))
    assert grid.visualRect(model.index_of(seen)).y() == before


def test_two_hundred_thousand_photos_do_not_stall(qtbot: QtBot) -> None:
    grid = SectionedGrid(tile_shape(168))
    qtbot.addWidget(grid)
    model = PhotoModel(grid)
    months = [Section(f"Month {n}", 800) for n in range(250)]
    model.replace(photos(200_000), months)
    grid.setModel(model)
    grid.resize(1200, 800)
    with qtbot.waitExposed(grid):
        grid.show()
    bar = grid.verticalScrollBar()
    started = time.perf_counter()
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        grid.viewport().repaint()
    grid.selectAll()
    grid.viewport().repaint()
    per_step = (time.perf_counter() - started) / 21
    assert per_step < 0.1, f"{per_step * 1000:.0f} ms for one step"
