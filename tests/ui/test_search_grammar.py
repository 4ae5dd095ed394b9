"""What can be typed into the search field, and that a search in words means itself."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.library.queries.search import Directory, Month
from app.library.rows import PersonKind, PersonRow, PhotoSearch
from app.ui.search.dates import days_in_words, read_days
from app.ui.search.grammar import read, with_people, within
from app.ui.search.known import Known, labels
from app.ui.search.phrases import in_words, looser, sentence
from app.ui.search.suggestions import Suggester
from app.ui.search.tokens import folded, tokens

ANNA, BEN, CARL, BERG, JUNE = range(1, 6)
NAMES = {ANNA: "Anna", BEN: "Ben", CARL: "Carl", BERG: "Anna Maria Berg", JUNE: "June"}
HOLIDAY, TRIP = Path("/p/Holiday"), Path("/p/My trip, 50% off")
ONE, OTHER = Path("/p/x/2019"), Path("/p/y/2019")
KNOWN = Known([(name, one) for one, name in NAMES.items()], [HOLIDAY, TRIP, ONE, OTHER])
Search = PhotoSearch


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English))


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("anna ben -carl", Search(all_of=(ANNA, BEN), none_of=(CARL,))),
        ("Anna, Ben & Carl", Search(all_of=(ANNA, BEN, CARL))),
        ("anna or ben", Search(any_of=(ANNA, BEN))),
        ("anna|ben | carl", Search(any_of=(ANNA, BEN, CARL))),
        ("carl anna or ben", Search(all_of=(CARL,), any_of=(ANNA, BEN))),
        ("only anna ben", Search(all_of=(ANNA, BEN), only=True)),
        ("nobody", Search(only=True)),
        ("anna maria berg", Search(all_of=(BERG,))),
        ("ben anna maria berg", Search(all_of=(BEN, BERG))),
        ("berg", Search(all_of=(BERG,))),
        ("car", Search(all_of=(CARL,))),
        ('"anna" -"Anna  maria Berg"', Search(all_of=(ANNA,), none_of=(BERG,))),
        ("anna without ben, carl", Search(all_of=(ANNA,), none_of=(BEN, CARL))),
        ("anna without ben carl", Search(all_of=(ANNA, CARL), none_of=(BEN,))),
        ("-ben, carl", Search(all_of=(CARL,), none_of=(BEN,))),
        ("anna - ben", Search(all_of=(ANNA,), none_of=(BEN,))),
        ("june", Search(all_of=(JUNE,))),
        ("june 2019", Search(since=date(2019, 6, 1), until=date(2019, 6, 30))),
        ("June June 2019", Search(all_of=(JUNE,), since=date(2019, 6, 1), until=date(2019, 6, 30))),
        ("in:holiday ben", Search(all_of=(BEN,), folder=HOLIDAY)),
        ("ben in My trip, 50% off", Search(all_of=(BEN,), folder=TRIP)),
        ("in:x/2019", Search(folder=ONE)),
        ("holiday", Search(folder=HOLIDAY)),
        ("ben in 2019", Search(all_of=(BEN,), since=date(2019, 1, 1), until=date(2019, 12, 31))),
        ("ben -ben", Search(none_of=(BEN,))),
        ("", Search()),
    ],
)
def test_what_is_typed_becomes_a_search(text: str, search: PhotoSearch) -> None:
    reading = read(text, KNOWN)
    assert (reading.search, reading.rest, reading.trouble) == (search, "", "")


@pytest.mark.parametrize(
    ("text", "rest", "trouble"),
    [
        ("xyz", "xyz", "Nobody here is called “xyz”."),
        ("ben xyz zzz 2019", "xyz zzz", "Nobody here is called “xyz zzz”."),
        ("ben -xyz carl", "-xyz", "Nobody here is called “xyz”."),
        ("ben or xyz", "or xyz", "Nobody here is called “or xyz”."),
        ("ann", "ann", "“ann” could be Anna or Anna Maria Berg."),
        ("in:nowhere anna", "in:nowhere", "There is no folder “nowhere” here."),
        ("anna or ben carl or june", "or june", "There is one choice with “or” already."),
        ("-2019", "-2019", "Nobody here is called “2019”."),
    ],
)
def test_what_is_not_understood_stays(text: str, rest: str, trouble: str) -> None:
    reading = read(text, KNOWN)
    assert (reading.rest, reading.trouble) == (rest, trouble)


def test_what_is_typed_adds_to_what_is_there() -> None:
    base = Search(all_of=(ANNA, BEN), until=date(2019, 12, 31))
    assert read("or carl", KNOWN, base).search.any_of == (BEN, CARL)
    assert read("-ben", KNOWN, base).search == Search(
        all_of=(ANNA,), none_of=(BEN,), until=date(2019, 12, 31)
    )
    both = read("since 2018", KNOWN, base).search
    assert (both.since, both.until) == (date(2018, 1, 1), date(2019, 12, 31))
    assert read("since 2020", KNOWN, base).search.until is None
    assert within(both, (None, date(2017, 1, 1))).since is None


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2019", (2019, 1, 1), (2019, 12, 31)),
        ("2019-06", (2019, 6, 1), (2019, 6, 30)),
        ("2019-06-14", (2019, 6, 14), (2019, 6, 14)),
        ("14 june 2019", (2019, 6, 14), (2019, 6, 14)),
        ("jun 2019", (2019, 6, 1), (2019, 6, 30)),
        ("2017..2019", (2017, 1, 1), (2019, 12, 31)),
        ("2017-2019", (2017, 1, 1), (2019, 12, 31)),
        ("2017 - 2019", (2017, 1, 1), (2019, 12, 31)),
        ("2018-05..2019-06", (2018, 5, 1), (2019, 6, 30)),
        ("from 2017 to june 2019", (2017, 1, 1), (2019, 6, 30)),
        ("2018..", (2018, 1, 1), None),
        ("..2018", None, (2018, 12, 31)),
        ("since 2018", (2018, 1, 1), None),
        ("after 2018", (2019, 1, 1), None),
        ("before june 2020", None, (2020, 5, 31)),
        ("until 2020", None, (2020, 12, 31)),
    ],
)
def test_dates(
    text: str, since: tuple[int, int, int] | None, until: tuple[int, int, int] | None
) -> None:
    row = tokens(text)
    assert read_days(row) == ((since and date(*since), until and date(*until)), len(row))


@pytest.mark.parametrize(
    "text", ["..", "june", "32 june 2019", "2019-13", "since", "2019-02-30", ""]
)
def test_what_is_no_date(text: str) -> None:
    assert read_days(tokens(text)) is None


def test_months_in_the_language_of_the_user() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))
    days = (date(2019, 3, 1), date(2019, 3, 31))
    assert days_in_words(days) == "März 2019"
    for text in ("märz 2019", "march 2019", "MÄRZ 2019"):
        assert read_days(tokens(text)) == (days, 2)
    assert read_days(tokens("14. März 2019")) == ((date(2019, 3, 14),) * 2, 3)


words = st.text(st.sampled_from("aAbB -&,|\"“”'.0129"), min_size=1, max_size=8)
odd = st.sampled_from(
    ["or", "and", "only", "in", "June 2019", "2019", "Anna & Ben", "without", "a to b",
     "in:Holiday", 'Bob "Bobby" Hill', "Maß", "-", "to", "since 2018", "Ben, Carl"]
)  # fmt: skip
name = st.builds(lambda text: " ".join(text.split()), words | odd).filter(bool)
names = st.lists(name, min_size=6, max_size=8, unique_by=folded)
bounds = st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31)) | st.sampled_from(
    [date(2019, 1, 1), date(2019, 12, 31), date(2019, 6, 1), date(2019, 6, 30)]
)  # fmt: skip
folder_names = st.lists(
    st.lists(
        st.sampled_from(["a", "b", "2019", "in", "My trip", "or", "a, b"]), min_size=1, max_size=3
    ).map(lambda parts: Path("/", *parts)),
    min_size=1, max_size=4, unique=True,
)  # fmt: skip


@given(names, folder_names, st.data(), st.booleans(), bounds, bounds)
def test_a_search_in_words_means_the_same_search(
    names: list[str], folders: list[Path], data: st.DataObject, only: bool,
    since: date | None, until: date | None,
) -> None:  # fmt: skip
    everyone = data.draw(st.permutations(range(len(names))))
    cut = sorted(data.draw(st.tuples(*[st.integers(0, 4)] * 3)))
    any_of = tuple(everyone[cut[0] : cut[1]])
    assume(len(any_of) != 1)  # one to choose from is the same as everyone of them
    assume(since is None or until is None or since <= until)
    search = PhotoSearch(
        tuple(everyone[: cut[0]]), any_of, tuple(everyone[cut[1] : cut[2]]), only, since, until,
        data.draw(st.none() | st.sampled_from(folders)),
    )  # fmt: skip
    known = Known([(name, one) for one, name in enumerate(names)], folders)
    text = in_words(search, dict(enumerate(names)), known)
    reading = read(text, known)
    assert reading.search == search, text
    assert (reading.rest, reading.trouble) == ("", ""), text


@given(names, folder_names, st.data())
def test_a_suggestion_means_what_it_says(
    names: list[str], folders: list[Path], data: st.DataObject
) -> None:
    now = datetime(2020, 1, 1)
    people = [
        PersonRow(one, "", name, PersonKind.NAMED, False, 1, 1, None, now, now)
        for one, name in enumerate(names)
    ]
    places = [Directory(path, 1, False) for path in folders]
    suggester = Suggester(people, places, [Month(2019, 6, 3), Month(2018, 12, 1)])
    whole = data.draw(st.sampled_from([*names, "june", "2019", "a", "b/a", "My"]))
    typed = whole[: data.draw(st.integers(1, len(whole)))]
    assume(len(tokens(typed)) == 1 and not typed.endswith(" "))
    for one in suggester.offer(typed).suggestions:
        found = read(one.line, suggester.known)
        assert found.rest == "", one
        if one.person is not None:
            assert found.search == Search(all_of=(one.person.id,))
        elif one.icon == "folder":
            assert found.search.folder in folders
        else:  # a name wins over a date of the same words
            assert found.search.since is not None or folded(one.label) in map(folded, names)


@given(st.text() | st.lists(st.sampled_from([
    "anna", "ben", "-", "or", "|", "only", "2019", "..", "in:", "in", "june", '"', "to", ",", "xyz",
])).map(" ".join))  # fmt: skip
@example("in:")
def test_nothing_that_is_typed_is_lost_in_silence(text: str) -> None:
    reading = read(text, KNOWN)
    assert bool(reading.rest) == bool(reading.trouble)
    unknown = [token.text for token in tokens(text) if "xyz" in token.text]
    assert all(piece in folded(reading.rest) for piece in unknown)


def test_a_title_reads_well() -> None:
    years = date(2017, 1, 1), date(2019, 12, 31)
    search = Search((ANNA, BEN), (), (CARL,), False, *years, HOLIDAY)
    assert in_words(search, NAMES, KNOWN) == "Anna & Ben without Carl, 2017 to 2019, in Holiday"
    assert in_words(Search((ANNA, 77)), NAMES, KNOWN) == "Anna & Unnamed person"
    assert in_words(Search(none_of=(CARL,)), NAMES, KNOWN) == "Without Carl"
    assert in_words(Search(any_of=(ANNA, BEN), only=True), NAMES, KNOWN) == "Only Anna or Ben"


def test_why_there_is_no_photo() -> None:
    search = Search((ANNA, BEN), since=date(2019, 1, 1), until=date(2019, 12, 31), folder=HOLIDAY)
    assert sentence(search, NAMES, KNOWN) == (
        "No photo shows Anna & Ben together in 2019 in Holiday."
    )
    rest = dict(looser(search, NAMES))
    assert set(rest) == {"the dates", "the folder", "Anna", "Ben"}
    assert rest["Anna"].all_of == (BEN,) and rest["the dates"].folder == HOLIDAY
    assert looser(Search((ANNA,)), NAMES) == []
    assert with_people(search, ANNA, "").all_of == (BEN,)


def test_folders_are_told_apart_by_as_much_of_their_path_as_it_takes() -> None:
    assert labels([ONE, OTHER, HOLIDAY]) == {ONE: "x/2019", OTHER: "y/2019", HOLIDAY: "Holiday"}
    odd = Path(b"/p/caf\xe9".decode("utf-8", "surrogateescape"))
    assert labels([odd])[odd].encode()
