"""Queries, held against a plain reading of the JSON that the command line prints of each photo."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli.shapes import file
from app.errors import UsageError
from app.library.database import Library
from app.library.models import Collection, Face, Person, Photo
from app.library.queries.ask import ask_photos, read_sort
from app.library.queries.askable import FIELDS, Field, Kind, holds
from app.library.queries.faces import faces_of_photos
from app.library.queries.photos import photos_by_id
from app.library.queries.query import read_query
from app.library.rows import PhotoSearch

NAMES = (
    "anna.jpg",
    "Anna am See.JPG",
    "ÉTÉ 100%.png",
    "a'b\";--.jpg",
    b"caf\xe9 \xff.jpg",
    "_%.webp",
)
MOMENT = datetime(2019, 12, 31, 23, 59, 58)
EVERYTHING = PhotoSearch()
NOWHERE: dict[str, float | None] = {"latitude": None, "longitude": None}
BERLIN = {"latitude": 52.52, "longitude": 13.4050004}
SYDNEY = {"latitude": -33.8568001, "longitude": 151.2153}


class Known:
    """A library, and what is printed of each photo of its first collection."""

    def __init__(self, library: Library) -> None:
        library.write(_fill)
        ids = [row.id for row in Photo.select(Photo.id).where(Photo.collection == 1)]
        faces = faces_of_photos(library, ids)
        self.library = library
        self.documents = {row.id: file(row, faces[row.id]) for row in photos_by_id(library, ids)}

    def ask(self, query: object) -> tuple[int, ...]:
        return ask_photos(self.library, 1, EVERYTHING, read_query(query)).ids

    def meeting(self, query: Any) -> set[int]:
        return {key for key, one in self.documents.items() if meets(one, query)}


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Known]:
    """A library of forty photos and more faces."""
    library = Library.open(tmp_path / "library.db")
    yield Known(library)
    library.close()


def _fill() -> None:
    chance = random.Random(7)
    for name in ("Photos", "Others"):
        Collection.create(name=name)
    people = [
        Person.create(collection=1, key=f"person-{n}", name=name, kind="named")
        for n, name in enumerate(("Anna", "Ánna Lee", "", "anna"))
    ]
    for number in range(48):
        name = NAMES[number % len(NAMES)]
        folder = f"/pictures/{number}/".encode()
        taken = MOMENT + timedelta(seconds=chance.choice((0, 1, 1.5, 2, 70, 86_400, 40 * 86_400)))
        photo = Photo.create(
            collection=1 if number < 40 else 2,
            path=folder + (name if isinstance(name, bytes) else name.encode()),
            state="looked",
            size=chance.choice((1, 999, 10**12)),
            mtime_ns=chance.choice((-5, 0, 10**18, 1_577_836_800_123_456_789)),
            fingerprint=f"print{number}",
            width=chance.choice((0, 640, 4000)),
            height=chance.choice((480, 3000)),
            orientation=chance.randint(1, 8),
            content_type=chance.choice(("image/jpeg", "image/png", "")),
            taken=chance.choice((taken, taken, taken, None)),
            camera=chance.choice(("", "Box", "Böx 2")),
            taken_from=chance.choice(("exif", "name", "")), lens=chance.choice(("", "EF 50")),
            taken_offset=chance.choice((None, 120, -210)),
            exposure_time=chance.choice((None, 1 / 250, 0.3333333)),
            f_number=chance.choice((None, 2.8, 5.656854)), iso=chance.choice((None, 100, 400)),
            focal_length=chance.choice((None, 35.0)), altitude=chance.choice((None, -3.25, 34.0)),
            **chance.choice((NOWHERE, BERLIN, SYDNEY)),
        )  # fmt: skip
        for _ in range(chance.randint(0, 3)):
            _add_face(photo, chance, people)


def _add_face(photo: Photo, chance: random.Random, people: list[Person]) -> None:
    def some(low: float, high: float) -> float | None:
        return chance.choice((round(chance.uniform(low, high), 5), low, None))

    Face.create(
        photo=photo, x=0.1, y=0.1, w=0.2, h=0.2, landmarks=np.zeros(10, np.float32),
        score=round(chance.random(), 6), quality=round(chance.random(), 1),
        sharpness=chance.random(), pixels=80, pitch=0.0, yaw=chance.uniform(-60, 60), roll=1.0,
        age=some(0, 90), gender=chance.choice(("male", "female", None)),
        gender_confidence=some(0.5, 1), embedding=np.zeros(4, np.float16), pack="compact",
        pack_version="1", person=chance.choice([*people, None]), confidence=some(-1, 1),
        is_face=chance.random() < 0.9, mouth=chance.choice(("open", "close", None)),
        mouth_confidence=some(0.5, 1), eyes=chance.choice(("open", "close", None)),
        eyes_confidence=some(0.5, 1),
    )  # fmt: skip


def _values(documents: Any, asked: Field) -> list[Any]:
    """What is printed in that field anywhere."""
    found = {value for one in documents for value in _told(one, asked)}
    return sorted(found)


def _told(document: Any, asked: Field) -> list[Any]:
    if asked.is_of_face:
        name = asked.name.removeprefix("Figures.")
        return [one for face in document["Figures"] for one in _at(face, name)]
    return _at(document, asked.name)


def _at(document: Any, name: str) -> list[Any]:
    for step in name.split("."):
        document = document.get(step)
        if document is None:
            return []
    # Of when a photo was taken, the zone is told, and not asked.
    return [document[:19] if name == "ProduceTime" else document]


def _fits(value: Any, operation: str, wanted: Any) -> bool:
    """What is printed, against what was asked; moments are texts of one length, or their start."""
    if operation == "match":
        return holds(value, wanted)
    if operation == "prefix":
        return str(value).startswith(wanted)
    if isinstance(value, str) and isinstance(wanted, str) and operation != "eq":
        value = value[: len(wanted)]
    elif isinstance(value, str) and len(wanted) in (4, 7, 10) and wanted[:4].isdigit():
        value = value[: len(wanted)]  # a day, a month, a year
    return {
        "eq": value == wanted,
        "lt": value < wanted,
        "lte": value <= wanted,
        "gt": value > wanted,
        "gte": value >= wanted,
    }[operation]


def meets(document: Any, query: Any, face: Any = None) -> bool:
    """Whether what is printed of a photo, or of one face of it, meets a query."""
    operation = query["Operation"]
    if operation == "nested":
        return any(
            all(meets(document, part, one) for part in query["SubQueries"])
            for one in document["Figures"]
        )
    if "SubQueries" in query:
        parts = [meets(document, part, face) for part in query["SubQueries"]]
        return {"and": all(parts), "or": any(parts), "not": not parts[0]}[operation]
    asked = next(one for one in FIELDS if one.name == query["Field"])
    told = _told(document if face is None else {"Figures": [face]}, asked)
    if operation == "exist":
        return bool(told)
    return any(_fits(value, operation, query["Value"]) for value in told)


TIMES = st.sampled_from(["2019", "2020", "2019-12", "2020-01", "2019-12-31", "2020-01-01", "1970"])


@st.composite
def conditions(draw: st.DrawFn, known: Known, of_face: bool) -> dict[str, Any]:
    asked = draw(st.sampled_from([one for one in FIELDS if one.is_of_face or not of_face]))
    textual = asked.kind is Kind.TEXT
    operation = draw(st.sampled_from(
        ["eq", "match", "prefix", "exist"] if textual else ["eq", "lt", "lte", "gt", "gte", "exist"]
    ))  # fmt: skip
    query = {"Field": asked.name, "Operation": operation}
    if operation != "exist":
        nothing = {Kind.TEXT: "?", Kind.NUMBER: 7}.get(asked.kind, "2019")
        values = st.sampled_from(_values(known.documents.values(), asked) or [nothing])
        if textual:
            cut = st.integers(0, 12)
            values |= st.builds(lambda text, end: str(text)[:end], values, cut) | st.text(
                max_size=3
            )
        elif asked.kind is Kind.NUMBER:
            values |= st.integers(-5, 5000) | st.floats(-90, 90)
        else:
            values |= TIMES
        query["Value"] = draw(values)
    return query


def queries(known: Known, of_face: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    def joined(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        some = st.lists(parts, min_size=1, max_size=3)
        found = st.builds(
            lambda word, inner: {"Operation": word, "SubQueries": inner},
            st.sampled_from(["and", "or"]), some,
        ) | st.builds(lambda inner: {"Operation": "not", "SubQueries": [inner]}, parts)  # fmt: skip
        if of_face:
            return found
        nested = st.lists(queries(known, of_face=True), min_size=1, max_size=3)
        return found | st.builds(lambda inner: {"Operation": "nested", "SubQueries": inner}, nested)

    return st.recursive(conditions(known, of_face), joined, max_leaves=5)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_query_finds_what_the_printed_photos_tell(known: Known, data: st.DataObject) -> None:
    query = data.draw(queries(known))
    assert set(known.ask(query)) == known.meeting(query)


SORTABLE = [one.name for one in FIELDS if not one.is_of_face]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    names=st.lists(st.sampled_from(SORTABLE), min_size=1, max_size=3),
    orders=st.lists(st.sampled_from(["asc", "desc"]), min_size=3, max_size=3),
    limit=st.integers(1, 9),
)
def test_pages_are_the_whole_in_order(
    known: Known, names: list[str], orders: list[str], limit: int
) -> None:
    library, documents = known.library, known.documents
    orders = orders[: len(names)]
    sort = read_sort(",".join(names), ",".join(orders))
    whole = ask_photos(library, 1, EVERYTHING, sort=sort).ids
    assert sorted(whole) == sorted(documents)
    paged: list[int] = []
    after = None
    while True:
        page = ask_photos(library, 1, EVERYTHING, sort=sort, limit=limit, after=after)
        assert len(page.ids) <= limit
        paged += page.ids
        if page.last is None:
            break
        after = page.last
    assert paged == list(whole)
    for one, other in itertools.pairwise(whole):
        assert _ordered(documents[one], documents[other], list(zip(names, orders, strict=True)))


def _ordered(one: Any, other: Any, keys: list[tuple[str, str]]) -> bool:
    """As far as it is printed: of a moment that is a second."""
    for name, order in keys:
        a, b = _at(one, name), _at(other, name)
        if not a or not b:
            if bool(a) != bool(b):
                return bool(a)
            continue
        if a != b:
            return bool(a < b) if order == "asc" else bool(a > b)
        if name in ("ProduceTime", "FileModifiedTime"):
            return True
    return True


def leaf(name: object = "Size", operation: object = "eq", value: object = 1) -> dict[str, Any]:
    return {"Field": name, "Operation": operation, "Value": value}


def joint(operation: str, *parts: object) -> dict[str, Any]:
    return {"Operation": operation, "SubQueries": list(parts)}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ([], "A query is an object"),
        ("Size", "A query is an object"),
        ({}, "no Operation “None”"),
        (leaf(operation="like"), "no Operation “like”; there are eq, lt"),
        (leaf(operation=["eq"]), "no Operation"),
        (leaf("size"), "did you mean Size?"),
        (leaf("Figures.Name"), "no field “Figures.Name”"),
        (leaf("Size; DROP TABLE photo"), "no field"),
        (leaf(None), "no field without a name"),
        (leaf(["Size"]), "no field"),
        ({**leaf(), "Values": 1}, "A query has no “Values”"),
        ({"Field": "Size", "Operation": "eq"}, "condition on Size has no Value"),
        (leaf(operation="match"), "Size is a number: it takes eq, lt"),
        (leaf("Filename", "gt", "a"), "Filename is a text: it takes eq, match, prefix, exist"),
        (leaf("Filename", "eq", 1), "Filename is a text"),
        (leaf("Filename", "eq", "\ud800"), "Filename is a text"),
        (leaf(value="many"), "Size is a number, such as 12 or 0.5; “many” is none."),
        (leaf(value=True), "Size is a number"),
        (leaf(value=None), "Size is a number"),
        (leaf(value=float("nan")), "Size is a number"),
        (leaf(value="1_000"), "Size is a number"),
        (leaf(value="9" * 999), "Size is a number"),
        (leaf("ProduceTime", "gt", 2019), "ProduceTime is a date or time"),
        (leaf("ProduceTime", "gt", "soon"), "“soon” is none"),
        (leaf("ProduceTime", "gt", "2019-13"), "is none"),
        (leaf("ProduceTime", "gt", "2019-02-30T10:00"), "is none"),
        (leaf("FileModifiedTime", "gt", "2019-01-01T25:00Z"), "is none"),
        (leaf("Camera", "exist", "Box"), "“exist” takes no Value"),
        (joint("and"), "“and” takes SubQueries: a list"),
        ({"Operation": "or"}, "“or” takes SubQueries: a list"),
        ({"Operation": "and", "SubQueries": leaf()}, "a list"),
        ({**joint("and", leaf()), "Field": "Size"}, "“and” takes SubQueries alone"),
        ({**joint("nested", leaf()), "Field": "Size"}, "“nested” takes SubQueries alone"),
        ({**joint("not", leaf()), "Value": 1}, "“not” takes SubQueries alone"),
        ({**leaf(), "SubQueries": []}, "takes a Field and a Value, no SubQueries"),
        (joint("not", leaf(), leaf()), "“not” takes one query"),
        (joint("nested", leaf()), "Size is not among its fields"),
        (joint("nested", joint("nested", leaf("Figures.Age"))), "cannot be nested again"),
        (joint("and", *[leaf()] * 501), "too long"),
    ],
)  # fmt: skip
def test_what_is_no_query_is_told_in_one_line(query: object, told: str) -> None:
    with pytest.raises(UsageError) as error:
        read_query(query)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_query_that_is_too_deep_is_told() -> None:
    query = leaf()
    for _ in range(40):
        query = joint("not", query)
    with pytest.raises(UsageError, match="too long"):
        read_query(query)


def test_the_longest_query_is_answered(known: Known) -> None:
    ages = [leaf("Figures.Age", "eq", age) for age in range(400)]
    query = joint("or", *ages)
    found = known.ask(query)
    assert set(found) == known.meeting(query)
    for _ in range(10):
        query = joint("not", query)
    assert known.ask(query) == found


@pytest.mark.parametrize("value", ["9" * 30, "-1e300", 1e308, "1e999", "12.0", "+3"])
def test_numbers_of_any_size_are_compared(known: Known, value: object) -> None:
    under = known.ask(leaf("Size", "lt", value))
    assert len(under) == sum(one["Size"] < float(value) for one in known.documents.values())  # type: ignore[arg-type]


def test_moments_are_as_long_as_they_are_written(known: Known) -> None:
    library, documents = known.library, known.documents

    def count(name: str, operation: str, value: str) -> int:
        return len(known.ask(leaf(name, operation, value)))

    dated = [one["ProduceTime"][:19] for one in documents.values() if "ProduceTime" in one]
    minute = sum(one.startswith("2019-12-31T23:59") for one in dated)
    assert minute == count("ProduceTime", "eq", "2019-12-31T23:59") > 0
    assert minute == count("ProduceTime", "eq", "2019-12-31 23:59")
    assert count("ProduceTime", "eq", "2019-12-31T23:59:59.500") == sum(
        row.taken == MOMENT + timedelta(seconds=1.5)
        for row in photos_by_id(library, list(documents))
    )
    # The clock of a camera knows no zone.
    assert minute == count("ProduceTime", "eq", "2019-12-31T23:59+05:00")
    assert len(dated) == count("ProduceTime", "lte", "9999-12-31")
    # The file's time is an instant: the same whatever zone tells it.
    modified = count("FileModifiedTime", "eq", "2020-01-01T00:00:00Z")
    assert modified == count("FileModifiedTime", "eq", "2020-01-01T02:00:00+02:00") > 0


@pytest.mark.parametrize(
    ("names", "orders", "told"),
    [
        ("Figures.Age", "", "may show many faces"),
        ("Sizes", "", "did you mean Size?"),
        ("Size", "up", "no order “up”"),
        ("Size,URI", "asc,desc,asc", "one order for all or one for each"),
        ("Size,Size,Size,Size,Size,Size", "", "at most 5 fields"),
        ("", "", "no field"),
    ],
)
def test_what_cannot_be_sorted_by_is_told(names: str, orders: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        read_sort(names, orders)


@pytest.mark.parametrize(
    "after", [[], [1], ["0", 1.0, 2], [0, "Anna", 2], [0, 1.0, 2**70], [0, None, 2]]
)
def test_a_place_that_no_page_ended_at_is_refused(known: Known, after: list[object]) -> None:
    with pytest.raises(UsageError, match="start again"):
        ask_photos(known.library, 1, EVERYTHING, after=after)


def test_a_page_stays_right_while_the_library_changes(known: Known) -> None:
    sort = read_sort("Size", "desc")
    whole = ask_photos(known.library, 1, EVERYTHING, sort=sort).ids
    first = ask_photos(known.library, 1, EVERYTHING, sort=sort, limit=5)
    known.library.write(lambda: Photo.delete().where(Photo.id.in_(first.ids[1:])).execute())
    rest = ask_photos(known.library, 1, EVERYTHING, sort=sort, after=first.last)
    assert first.ids + rest.ids == whole
