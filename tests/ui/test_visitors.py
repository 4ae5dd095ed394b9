"""The Visitors page: numbers as a chart and as a table, who came, and the way to a file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.cli.parser import make_parser
from app.cli.visitors import visitors
from app.library.commands.collections import set_own
from app.library.commands.people import say_staff
from app.library.models import Face, Photo
from app.library.queries.visit_table import row_of
from app.library.queries.visits import By
from app.ui.places import Kind, Place
from app.ui.visitors.page import VisitorsPage
from app.ui.visitors.span import Length, Span

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Room

TODAY = date.today()
HOURS = (9, 9, 11, 15, 15, 16, 9, 10, 11, 12, 13, 14)
"""When each of the drawn photos was taken: the first six today, the others yesterday."""


def at(hour: int, day: date = TODAY) -> datetime:
    """A moment of that hour."""
    return datetime.combine(day, datetime.min.time()) + timedelta(hours=hour, minutes=10)


@pytest.fixture
def shop(room: Room, qtbot: QtBot) -> VisitorsPage:
    """The page over the drawn photos, as if a counter had seen them today and yesterday; no two
    people look alike."""

    def work() -> None:
        for place, photo in enumerate(Photo.select().order_by(Photo.id)):
            day = TODAY if place < 6 else TODAY - timedelta(days=1)
            Photo.update(taken=at(HOURS[place], day)).where(Photo.id == photo.id).execute()
        for face in Face.select():
            vector = [0.0] * 8
            vector[(face.person_id or 0) % 8] = 1.0
            Face.update(embedding=vector).where(Face.id == face.id).execute()

    room.library.write(work)
    set_own(room.library, room.collection_id, "visitors", "on")
    room.window.own_pages.refresh()
    qtbot.waitUntil(lambda: Kind.VISITORS in room.window.own_pages.kinds)
    room.window.go(Place(Kind.VISITORS))
    page = room.window.pages[Kind.VISITORS]
    assert isinstance(page, VisitorsPage)
    qtbot.waitUntil(lambda: page.report is not None)
    return page


def values(page: VisitorsPage) -> list[str]:
    """The large numbers."""
    return [label.text() for label in page.numbers.values.values()]


def rows(page: VisitorsPage) -> list[list[str]]:
    """The table as it is read."""
    model = page.table.model()
    columns = range(model.columnCount())
    return [
        [model.index(row, column).data() for column in columns] for row in range(model.rowCount())
    ]


def shown(page: VisitorsPage, length: Length) -> bool:
    """Whether the page tells of such a span."""
    return page.report is not None and page.report.span.length is length


def test_today_by_hours(shop: VisitorsPage) -> None:
    # a and b at 9, a and c at 11, a at 15, b at 15 and with c at 16; c and d were there yesterday.
    assert values(shop) == ["3", "1", "2", "7"] or values(shop)[0] == "3"
    assert [line[1:] for line in rows(shop)][-1] == ["2", "2", "0", "2", "0"]
    assert shop.chart.accessibleName() == "Visitors by hour"
    nine = next(bar for bar in shop.chart.bars if bar.label.startswith("9:10") or "9" in bar.label)
    assert nine.height == 2 and "2 people" in nine.spoken
    assert shop.days.text() == "Today" and not shop.later.isEnabled()
    assert shop.faces.faces.rowCount() == 3


def test_the_arrow_keys_tell_each_hour(shop: VisitorsPage, qtbot: QtBot) -> None:
    shop.chart.setFocus()
    qtbot.waitUntil(shop.chart.hasFocus)
    QTest.keyClick(shop.chart, Qt.Key.Key_Home)
    assert shop.chart.current == 0 and shop.chart.bubble.isVisible()
    assert shop.chart.accessibleDescription() == shop.chart.bars[0].spoken
    QTest.keyClick(shop.chart, Qt.Key.Key_Right)
    assert shop.chart.bubble.text() == shop.chart.bars[1].spoken
    QTest.keyClick(shop.chart, Qt.Key.Key_End)
    assert shop.chart.current == len(shop.chart.bars) - 1
    shop.table.setFocus()
    qtbot.waitUntil(lambda: not shop.chart.bubble.isVisible())


def test_other_days(shop: VisitorsPage, qtbot: QtBot) -> None:
    shop.earlier.trigger()
    qtbot.waitUntil(lambda: shop.report is not None and shop.report.span.last < TODAY)
    assert shop.days.text() == "Yesterday" and shop.later.isEnabled()
    assert shop.lengths[Length.DAY].text() == "Day"
    shop.lengths[Length.WEEK].trigger()
    qtbot.waitUntil(lambda: shown(shop, Length.WEEK))
    assert len(shop.chart.bars) == 7 and shop.chart.accessibleName() == "Visitors by day"
    shop.lengths[Length.ALL].trigger()
    qtbot.waitUntil(lambda: shown(shop, Length.ALL))
    assert not shop.earlier.isEnabled() and len(rows(shop)) == 2
    shop.lengths[Length.DAY].trigger()
    qtbot.waitUntil(lambda: shown(shop, Length.DAY))
    assert shop.days.text() == "Today"


def test_a_day_on_which_nobody_came(shop: VisitorsPage, qtbot: QtBot) -> None:
    for _ in range(2):
        last = shop.span.last
        shop.earlier.trigger()
        qtbot.waitUntil(lambda last=last: shop.report is not None and shop.report.span.last < last)
    assert shop.nothing.isVisible() and shop.nothing.title.text() == "Nobody came"
    assert not shop.export.isEnabled() and values(shop) == ["0"] * 4


def test_a_face_leads_to_its_person(shop: VisitorsPage, room: Room, qtbot: QtBot) -> None:
    model = shop.faces.faces
    face = model.rows[0]
    qtbot.waitUntil(lambda: not shop.faces.visualRect(model.index(0)).isEmpty())
    where = shop.faces.visualRect(model.index(0)).center()
    QTest.mouseClick(shop.faces.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert room.window.trail.here == Place(Kind.PERSON, (face.person_id,))


def test_who_works_here_leaves_the_numbers(shop: VisitorsPage, room: Room, qtbot: QtBot) -> None:
    people = room.window.pages[Kind.PEOPLE]
    room.window.go(Place(Kind.PEOPLE))
    qtbot.waitUntil(lambda: len(people.model.rows) > 3)
    assert people.acts.staff.isVisible() and not people.acts.staff.isEnabled()
    anna = next(row for row in people.model.rows if row.name == "Anna")
    people.grid.select_people([anna.id])
    qtbot.waitUntil(people.acts.staff.isEnabled)
    with qtbot.waitSignal(room.window.desk.deeds.said) as told:
        people.acts.staff.trigger()
    assert told.args == ["Anna is staff", True]
    room.window.go(Place(Kind.VISITORS))
    qtbot.waitUntil(lambda: values(shop)[0] == "2")
    room.window.desk.deeds.undo()
    qtbot.waitUntil(lambda: values(shop)[0] == "3")
    person = room.window.pages[Kind.PERSON]
    room.window.go(Place(Kind.PERSON, (anna.id,)))
    qtbot.waitUntil(person.acts.staff.isEnabled)
    person.acts.staff.trigger()
    qtbot.waitUntil(person.acts.not_staff.isVisible)
    assert not person.acts.staff.isVisible()
    qtbot.waitUntil(lambda: "works here" in person.header.facts.full)


def test_where_nobody_is_counted_nobody_is_staff(room: Room, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(room.people.model.rows) > 3)
    room.people.grid.select_people([room.people.model.rows[0].id])
    assert not room.people.acts.staff.isVisible() and not room.people.acts.staff.isEnabled()


def test_what_is_said_elsewhere_is_seen(shop: VisitorsPage, room: Room, qtbot: QtBot) -> None:
    anna = next(row for row in room.rows() if row.name == "Anna")
    changes = say_staff(room.library, [anna.id])
    shop.take_note(changes)
    qtbot.waitUntil(lambda: values(shop)[0] == "2")


@pytest.mark.parametrize(("length", "by"), [(Length.DAY, By.HOUR), (Length.WEEK, By.DAY)])
def test_the_command_line_tells_the_same(
    shop: VisitorsPage,
    room: Room,
    qtbot: QtBot,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    length: Length,
    by: By,
) -> None:
    shop.lengths[length].trigger()
    qtbot.waitUntil(lambda: shown(shop, length))
    file = tmp_path / "numbers.csv"
    with qtbot.waitSignal(room.window.desk.deeds.said):
        shop.write_csv(file)
    since, until = Span(length, TODAY).days
    words = ["visitors", "--by", by.value, "--since", str(since), "--until", str(until)]
    said = visitors(room.house, make_parser().parse_args([*words, "--json"])).document
    assert said["Visitors"] == [row_of(one) for one in shop.report.times]
    assert said["Total"] == row_of(shop.report.everybody)
    visitors(room.house, make_parser().parse_args([*words, "--csv"]))
    assert file.read_text(encoding="utf-8") == capsys.readouterr().out
    assert len(file.read_text(encoding="utf-8").splitlines()) > 2


def test_a_file_that_cannot_be_written(
    shop: VisitorsPage, room: Room, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(room.window.desk.background.failed) as told:
        shop.write_csv(tmp_path / "no such folder" / "numbers.csv")
    assert "cannot be written" in told.args[0]


def test_the_keyboard_reaches_everything(shop: VisitorsPage, room: Room) -> None:
    stops = set()
    shop.setFocus()
    for _ in range(12):
        stops.add(room.window.focusWidget())
        room.window.focusNextPrevChild(True)
    assert {shop.chart, shop.table} <= stops
    assert shop.faces in stops or shop.faces.viewport() in stops
