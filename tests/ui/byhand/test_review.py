"""Questions are answered from the keyboard, and answers taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.indexing.house import House
from app.library.commands.faces import move_faces
from app.library.queries.faces import faces_of
from app.ui.places import Kind
from app.ui.review.page import ReviewPage
from tests.ui.byhand.conftest import Room, in_group_photo

NEW = ("Emma", "Fred", "Gina", "Hugo")


@pytest.fixture
def torn(prepare: Callable[[Callable[[House], object]], None]) -> None:
    """Two faces of each of three people were called somebody else, and three of a fourth."""

    def tear_apart(house: House) -> None:
        people = in_group_photo(house)
        for person_id, name, count in zip(people, NEW, (2, 2, 2, 3), strict=False):
            faces = [face.id for face in faces_of(house.library, person_id)]
            move_faces(house.library, faces[:count], name)

    prepare(tear_apart)


def test_answers_are_given_taken_back_and_the_place_is_kept(
    torn: None,  # noqa: ARG001
    open_room: Callable[[], Room],
    qtbot: QtBot,
) -> None:
    room = open_room()
    page = room.window.pages[Kind.REVIEW]
    assert isinstance(page, ReviewPage)
    questions = page.questions
    room.hand.key("ctrl+4")
    qtbot.waitUntil(lambda: page.isVisible() and len(questions.open) == 4, timeout=10_000)
    assert questions.settles == 8
    assert page.tally.left.text().startswith("4 questions left")
    first = questions.open[0]
    room.hand.key("y")
    qtbot.waitUntil(lambda: len(room.names()) == 4 and len(room.rows()) == 10)
    assert [one.id for one in questions.open].count(first.id) == 0
    assert page.tally.left.text().startswith("3 questions left")
    room.hand.key("BackSpace")
    qtbot.waitUntil(lambda: len(room.rows()) == 11)
    assert questions.open[0].id == first.id
    assert page.tally.left.text().startswith("4 questions left")
    room.hand.key("n")
    qtbot.waitUntil(lambda: page.tally.left.text().startswith("3 questions left"))
    place = questions.open[0].id
    assert place != first.id
    room.hand.key("s")
    qtbot.waitUntil(lambda: page.tally.left.text().startswith("2 questions left"))
    room.hand.key("BackSpace")
    qtbot.waitUntil(lambda: questions.open[0].id == place)
    room.hand.key("ctrl+1")
    qtbot.waitUntil(room.people.isVisible)
    room.hand.key("ctrl+4")
    qtbot.waitUntil(page.isVisible)
    assert questions.open[0].id == place
    assert len(room.rows()) == 11
    for _ in range(2):
        if not page.acts.someone_else.isEnabled():  # of those who have a name it is not asked
            room.hand.key("s")
    room.hand.key("t")
    qtbot.waitUntil(page.view.answers.field.hasFocus)
    left = len(questions.open)
    room.hand.type("Ida")
    room.hand.key("Return")
    qtbot.waitUntil(lambda: "Ida" in room.names())
    qtbot.waitUntil(lambda: len(questions.open) == left - 1)
