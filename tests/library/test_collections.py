"""Collections: several in one library, renamed, deleted, brought back, and gone for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.errors import UsageError
from app.library.commands.backups import make_backup, recover_library
from app.library.commands.collections import (
    KEPT_DAYS,
    delete_collection,
    overdue,
    purge_collection,
    rename_collection,
)
from app.library.commands.doctor import examine
from app.library.commands.folders import add_folder, create_collection, ensure_collection
from app.library.commands.people import name_person
from app.library.commands.undo import redo, undo
from app.library.database import Library
from app.library.journal import read_words
from app.library.models import Collection, Decision, Face, Person, now
from app.library.queries.away import folder_places
from app.library.queries.collections import (
    collection,
    collections,
    is_known,
    numbers,
    oldest,
    sizes,
)
from app.library.queries.decisions import can_undo, history
from app.library.queries.folders import folders
from app.library.queries.photos import counts
from app.library.rows import CollectionSize
from app.library.said_again import say_again
from app.paths import Paths
from tests.library.conftest import Cast
from tests.library.spoken_of import FIRST, SECOND, speak
from tests.library.test_recovery import BREAKS

DAY = timedelta(days=1)


def names_of(library: Library) -> list[str]:
    return [row.name for row in collections(library)]


def set_back(days: float) -> None:
    """Let every deletion have been so many days ago."""
    Collection.update(deleted=now() - days * DAY).where(Collection.deleted.is_null(False)).execute()


@pytest.fixture
def street(cast: Cast) -> int:
    """Another collection than that of the cast, with a folder of its own."""
    number = create_collection(cast.library, "Street").id
    (cast.album.folder.parent / "street").mkdir()
    add_folder(cast.library, number, cast.album.folder.parent / "street")
    return number


def test_names_are_trimmed_and_unique_whatever_their_case(cast: Cast) -> None:
    assert create_collection(cast.library, "  Our \t Street ").name == "Our Street"
    for taken in ("our street", "PHOTOS", " Photos "):
        with pytest.raises(UsageError, match="already"):
            create_collection(cast.library, taken)
    for empty in ("", " \n"):
        with pytest.raises(UsageError, match="needs a name"):
            create_collection(cast.library, empty)
    with pytest.raises(UsageError, match="not seen"):
        create_collection(cast.library, "a\x07b")
    assert collection(cast.library, "OUR street").name == "Our Street"
    assert ensure_collection(cast.library, "our STREET").name == "Our Street"
    assert names_of(cast.library) == ["Our Street", "Photos"]


def test_the_size_of_each_is_that_of_its_pages(cast: Cast, street: int) -> None:
    told = sizes(cast.library)
    for number in (cast.number, street):
        here = counts(cast.library, number)
        size = told.get(number, CollectionSize())
        assert (size.people, size.photos) == (here.people, here.photos)
    assert told[cast.number].photos > 0 and street not in told


def test_a_collection_is_renamed_and_that_is_undone(cast: Cast, street: int) -> None:
    with pytest.raises(UsageError, match="already"):
        rename_collection(cast.library, street, "photos")
    assert not rename_collection(cast.library, street, "Street")
    assert rename_collection(cast.library, street, "STREET").collections == {street}
    told = rename_collection(cast.library, street, "Door", said_in=cast.number)
    assert told.said == "The collection STREET is called Door"
    assert can_undo(cast.library, cast.number) == told.said
    assert names_of(cast.library) == ["Door", "Photos"]
    undo(cast.library, cast.number)
    assert names_of(cast.library) == ["Photos", "STREET"]
    redo(cast.library, cast.number)
    undo(cast.library, street)
    assert names_of(cast.library) == ["Photos", "Street"], "its own word was the first"


def test_a_deleted_collection_is_nowhere_and_comes_back_whole(cast: Cast, street: int) -> None:
    speak(cast, FIRST)
    before, words = cast.picture(), history(cast.library, cast.number)
    held = numbers(cast.library, cast.number)
    assert held.folders == 1 and held.photos >= 9 and held.people >= 2 and held.bytes >= 90
    told = delete_collection(cast.library, cast.number, said_in=cast.number)
    assert told.collections == {cast.number} and told.folders == {cast.album.folder_id}
    assert names_of(cast.library) == ["Street"]
    with pytest.raises(UsageError, match="There is no collection"):
        collection(cast.library, "Photos")
    assert cast.album.folder not in [row.path for row in folders(cast.library)]
    assert [place.collection_id for place in folder_places(cast.library)] == [street]
    first = oldest(cast.library)
    assert first is not None and first.id == street
    assert examine(cast.library, is_alone=True).findings == ()
    for refused in (cast.number, 99):
        with pytest.raises(UsageError, match="no such collection"):
            delete_collection(cast.library, refused)
    assert history(cast.library, street)[0].said == "Deleted the collection Photos"
    assert undo(cast.library, street).collections == {cast.number}
    assert names_of(cast.library) == ["Photos", "Street"]
    assert cast.picture() == before and history(cast.library, cast.number) == words
    assert numbers(cast.library, cast.number) == held
    redo(cast.library, street)
    assert names_of(cast.library) == ["Street"]
    undo(cast.library, street)
    undo(cast.library, cast.number)


def test_who_comes_back_finds_another_name_if_its_own_is_taken(cast: Cast, street: int) -> None:
    delete_collection(cast.library, street, said_in=cast.number)
    other = create_collection(cast.library, "street")
    create_collection(cast.library, "Street 2")
    undo(cast.library, cast.number)
    assert names_of(cast.library) == ["Photos", "street", "Street 2", "Street 3"]
    assert collection(cast.library, "Street 3").id == street != other.id


def test_the_last_collection_stays(cast: Cast, street: int) -> None:
    delete_collection(cast.library, street, said_in=cast.number)
    with pytest.raises(UsageError, match="at least one"):
        delete_collection(cast.library, cast.number)
    undo(cast.library, cast.number)
    delete_collection(cast.library, cast.number)
    assert names_of(cast.library) == ["Street"]


def test_redo_does_not_delete_the_last_collection(cast: Cast, street: int) -> None:
    delete_collection(cast.library, street, said_in=cast.number)
    undo(cast.library, cast.number)
    # The word stays as it was taken back, while another process leaves only this collection.
    Collection.update(deleted=now(), name="\x1f1").where(Collection.id == cast.number).execute()
    with pytest.raises(UsageError, match="at least one"):
        redo(cast.library, cast.number)
    assert names_of(cast.library) == ["Street"]
    Collection.update(deleted=None, name="Photos").where(Collection.id == cast.number).execute()


def test_it_goes_for_good_after_a_while(cast: Cast, street: int) -> None:
    speak(cast, FIRST)
    rename_collection(cast.library, cast.number, "Family", said_in=street)
    delete_collection(cast.library, cast.number)
    assert not purge_collection(cast.library, street), "who is there is not removed"
    set_back(KEPT_DAYS - 0.1)
    assert overdue(cast.library) == []
    set_back(-3)
    assert overdue(cast.library) == [], "the clock was set back"
    set_back(KEPT_DAYS + 0.1)
    assert overdue(cast.library) == [cast.number]
    assert purge_collection(cast.library, cast.number).people
    assert overdue(cast.library) == [] and not is_known(cast.library, cast.number)
    assert (Face.select().count(), Person.select().count()) == (0, 0)
    assert {word.kind for word in Decision.select()} == {"erased"}
    assert can_undo(cast.library, street) is None, "nothing is left that could come back"
    journal = cast.library.path.with_name("journal.jsonl").read_text()
    assert "Family" not in journal and "Anna" not in journal
    assert examine(cast.library, is_alone=True).findings == ()
    cast.library.close()
    assert names_of(Library.open(cast.library.path)) == ["Street"]


@pytest.mark.parametrize("how", ["gone", "nothing", "one page"])
@pytest.mark.parametrize("with_backup", [True, False])
def test_a_damaged_library_comes_back_with_its_collections(
    cast: Cast, street: int, how: str, with_backup: bool
) -> None:
    paths = Paths.under(cast.library.path.parent)
    speak(cast, FIRST)
    if with_backup:
        make_backup(cast.library)
    rename_collection(cast.library, cast.number, "Family")
    speak(cast, SECOND)
    delete_collection(cast.library, street, said_in=cast.number)
    words = [(word.id, word.home, word.kind) for word in read_words(paths.journal)]
    cast.library.close()
    BREAKS[how](paths.database)
    recover_library(paths)
    library = Library.open(paths.database)
    try:
        assert names_of(library) == ["Family"]
        log = Decision.select(Decision.id, Decision.collection, Decision.kind).order_by(Decision.id)
        assert list(log.tuples()) == words
        undo(library, cast.number)
        assert names_of(library) == (["Family", "Street"] if with_backup else ["Family"])
        assert library.problems() == []
    finally:
        library.close()


def test_words_of_a_journal_that_knows_no_numbers_are_said_again(cast: Cast) -> None:
    name_person(cast.library, cast.anna.id, "Annette")
    words = read_words(cast.library.path.with_name("journal.jsonl"))
    for word in words:
        word.home = None
        word.at += 1  # as another library would have said it
    said, unsaid = say_again(cast.library, words, 0)
    assert (said, unsaid) == (len(words), 0)
    assert {word.collection_id for word in Decision.select()} == {cast.number}
