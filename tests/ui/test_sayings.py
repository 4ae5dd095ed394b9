"""Whatever the rooms below say of what the user did, the window can tell in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.changes import Changes
from app.errors import UsageError
from app.library import commands, queries
from app.library.database import Library
from app.paths import resources
from app.ui import sayings
from app.ui.texts import Texts
from tests.ui.conftest import draw_photos, fill

_UNFETCHED = (
    "The pack Ж could not be fetched: the server is busy (503). What has come until now is kept, "
    "and the next try goes on from there."
)
ANNA, BEN, CARL = "Ąńńą", "Бен", "Çäřł"
"""Names without a letter that an English word could have."""


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A language in which every word is made of dots."""
    monkeypatch.setattr(Texts, "of", lambda _, text: re.sub(r"[A-Za-z]", "·", text))
    sayings.learn(resources())
    yield
    sayings.forget()


@pytest.mark.usefixtures("foreign")
def test_every_kind_of_word(library: Library, tmp_path: Path) -> None:
    draw_photos(tmp_path / "drawn")
    collection = fill(library, tmp_path / "drawn")
    said: list[str] = []

    def hear(changes: Changes) -> None:
        said.append(changes.said)

    people = commands.people
    faces = commands.faces

    def ids() -> list[int]:
        return [row.id for row in queries.people.list_people(library, collection)]

    def of(person: int) -> list[int]:
        return [row.id for row in queries.faces.faces_of(library, person)]

    a, b, c, d = ids()
    hear(people.name_person(library, a, ANNA))
    hear(people.name_person(library, a, CARL))
    hear(people.name_person(library, b, BEN))
    hear(people.set_birth_year(library, a, 2021))
    hear(people.set_birth_year(library, a, None))
    hear(people.say_different(library, a, b))
    hear(people.say_different(library, c, d))
    hear(faces.confirm_faces(library, a, of(a)[:1]))
    hear(faces.confirm_faces(library, a, of(a)[:2]))
    hear(faces.reject_faces(library, b, of(b)[:1]))
    hear(faces.move_faces(library, of(b)[:2], a))
    hear(faces.split_faces(library, a, of(a)[-1:]))
    hear(faces.split_faces(library, a, of(a)[-1:], ANNA))
    hear(people.choose_cover(library, a, of(a)[0]))
    for several in (people.hide_people, people.show_people):
        hear(several(library, [c, d]))
    for one in (people.hide_person, people.show_person):
        hear(one(library, c))
    for is_staff in (True, False):
        hear(people.say_staff(library, [a, c], is_staff))
        hear(people.say_staff(library, [a], is_staff))
    hear(faces.mark_not_a_face(library, of(c)[:1]))
    hear(faces.say_strangers(library, of(d)))
    photo = queries.photos.photos_of(library, [a])[0].id
    hear(faces.draw_face(library, photo, (0.05, 0.05, 0.1, 0.1)))
    hear(faces.draw_face(library, photo, (0.85, 0.85, 0.1, 0.1), ANNA))
    left = ids()
    hear(people.merge_people(library, left[0], left[1:3]))
    for _ in range(4):
        hear(commands.undo.undo(library, collection))
    hear(commands.undo.redo(library, collection))
    with suppress(UsageError):
        people.name_person(library, ids()[0], " ")
    log = queries.decisions.history(library, collection)
    said += [row.said for row in log]
    untold = {one: told for one in said if re.search(r"[A-Za-z]", told := sayings.translated(one))}
    assert len(set(said)) > 25
    assert untold == {}


@pytest.mark.usefixtures("foreign")
@pytest.mark.parametrize(
    "said",
    [
        "The file is empty. What was seen of it before is kept.",
        "It cannot be shown in a web album: there is no picture of it at hand.",
        "The file cannot be read: Permission denied.",
        "The file cannot be read: No such file or directory. What was seen of it before is kept.",
        "It is damaged: file is not a database.",
        "It cannot be read: unable to open database file.",
        _UNFETCHED,
    ],
)
def test_reasons_that_others_gave(said: str) -> None:
    assert not re.search(r"[A-Za-z]", sayings.translated(said))


def test_what_comes_first_begins_with_a_capital(monkeypatch: pytest.MonkeyPatch) -> None:
    german = {"an unnamed person": "eine unbenannte Person", "Hid {0}": "{0} ausgeblendet"}
    monkeypatch.setattr(Texts, "of", lambda _, text: german.get(text, text))
    known = sayings.Sayings(list(german))
    assert known.told("Hid an unnamed person") == "Eine unbenannte Person ausgeblendet"
    assert known.told("Hid anna") == "anna ausgeblendet"


def test_chinese_has_no_space_beside_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = {"an unnamed person": "未命名的人物", "Merged {0} into {1}": "将 {0} 合并到 {1}"}
    monkeypatch.setattr(Texts, "of", lambda _, text: chinese.get(text, text))
    known = sayings.Sayings(list(chinese))
    assert known.told("Merged an unnamed person into Anna") == "将未命名的人物合并到 Anna"
    assert known.told("Merged 小明 into an unnamed person") == "将 小明 合并到未命名的人物"


def test_numbers_have_the_groups_of_the_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sayings, "number", lambda count: f"{count:,}".replace(",", "."))
    known = sayings.Sayings(["{0} photos", "{0} looked at"])
    assert known.told("1,204 photos looked at") == "1.204 photos looked at"
