"""Collecting: which collections there are, and what follows for them from the user's words.

[Note: Deleted collections] A collection that is deleted stays in the library with all it holds, so
that undo brings it back whole, and is nowhere to be seen. Its name is free at once: the row is
called by its number until then, and the word in the log knows how it was called. After a while it
is removed for good. The word stands in the log of another collection: whoever takes it back is
there.
"""

from __future__ import annotations

from typing import Any

from app.errors import UsageError
from app.library.models import Collection, Decision, Folder, now
from app.settings import EVERY_ALBUM, NO_ALBUM

RENAME, DELETE = "rename", "delete"
"""The kinds of words about collections."""
ABOUT = (RENAME, DELETE)
_NAMELESS = "\x1f"
"""How a deleted collection is called, before its number; no name has this in it."""


def living() -> Any:
    """The condition that a collection is there, not deleted."""
    return Collection.deleted.is_null()


def living_ids() -> Any:
    """The numbers of the collections there are, for a query to ask within."""
    return Collection.select(Collection.id).where(living())


def is_living(collection_id: int) -> bool:
    """Whether a collection is there, not deleted."""
    return Collection.select().where(Collection.id == collection_id, living()).exists()


def named(name: str) -> Collection | None:
    """The collection of this name, upper or lower case."""
    wanted = name.strip().casefold()
    rows = Collection.select().where(living()).order_by(Collection.id)
    return next((row for row in rows if row.name.casefold() == wanted), None)


def proper_name(name: str, but: int | None = None) -> str:
    """A name as it is written down, for a new collection or for `but`.

    Raises UsageError when it cannot be one, or another collection is called so.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise UsageError("A collection needs a name.")
    if not wanted.isprintable():
        raise UsageError("The name of a collection cannot have characters that are not seen.")
    found = named(wanted)
    if found is not None and found.id != but:
        raise UsageError(f"There is a collection “{found.name}” already.")
    return wanted


def numbers_of(said: object) -> str:
    """Several collections, by name or number with commas between, as they are written down: by
    number, so that they may be renamed. “all” and “none” stay as they are.

    Raises UsageError when there is no such collection.
    """
    text = str(said).strip()
    if text.casefold() in ("", EVERY_ALBUM, NO_ALBUM):
        return text.casefold() or NO_ALBUM
    numbers = []
    for word in (part.strip() for part in text.split(",")):
        found = named(word)
        if found is None and word.isascii() and word.isdigit():
            found = Collection.get_or_none(Collection.id == min(int(word), 2**62), living())
        if found is None:
            raise UsageError(f"There is no collection “{word}”; name those whose people are known.")
        numbers.append(found.id)
    return ",".join(map(str, dict.fromkeys(numbers)))


def names_of(said: str) -> str:
    """As a user would say what `numbers_of` gave: by name, but for a name with a comma in it."""
    names = dict(Collection.select(Collection.id, Collection.name).where(living()).tuples())
    words = [names.get(int(word), "") if word.isdigit() else word for word in said.split(",")]
    pairs = zip(said.split(","), words, strict=True)
    return ", ".join(word if "," in name else name for word, name in pairs if name)


def home(number: int | None, name: str) -> Collection:
    """The collection that a word of the journal belongs to, by its number, or by its name where
    the journal does not tell that; made if it is not there."""
    found = named(name) if number is None else Collection.get_or_none(Collection.id == number)
    if found is not None:
        return found
    values: dict[str, Any] = {} if number is None else {"id": number}
    if name.startswith(_NAMELESS):
        return Collection.create(name=name, deleted=now(), **values)
    return Collection.create(name=_free(name), **values)


def rename(decision: Decision) -> set[int]:
    """Carry out: it is called otherwise from now on."""
    return _call(decision, decision.data["name"])


def unrename(decision: Decision) -> set[int]:
    """Take back: it is called as before."""
    return _call(decision, decision.data["before"])


def delete(decision: Decision) -> set[int]:
    """Carry out: it is not to be seen any more.

    Raises UsageError when it is the last one.
    """
    number = decision.data["collection"]
    if not is_living(number):
        return set()
    if Collection.select().where(living()).count() < 2:
        raise UsageError("This is the only collection; a library has at least one.")
    Collection.update(name=f"{_NAMELESS}{number}", deleted=now()).where(
        Collection.id == number
    ).execute()
    return set()


def bring_back(decision: Decision) -> set[int]:
    """Take back: it is there again with all it held, called otherwise if its name was taken."""
    number = decision.data["collection"]
    if Collection.get_or_none(Collection.id == number) is not None and not is_living(number):
        name = _free(decision.data["name"], number)
        Collection.update(name=name, deleted=None).where(Collection.id == number).execute()
    return set()


def folders_about(decision: Decision) -> frozenset[int]:
    """The folders of the collection that a word is about."""
    rows = Folder.select(Folder.id).where(Folder.collection == decision.data["collection"])
    return frozenset(number for (number,) in rows.tuples())


def _call(decision: Decision, name: str) -> set[int]:
    number = decision.data["collection"]
    if is_living(number):
        name = _free(name, number)
        Collection.update(name=name).where(Collection.id == number).execute()
    return set()


def _free(name: str, but: int | None = None) -> str:
    """This name, or the next with a number that nobody else has."""
    wanted, count = name, 1
    while (other := named(wanted)) is not None and other.id != but:
        count += 1
        wanted = f"{name} {count}"
    return wanted
