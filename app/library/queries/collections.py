"""Questions about collections."""

from __future__ import annotations

from app.errors import UsageError
from app.library.database import Library
from app.library.models import Collection
from app.library.queries.shapes import collection_row
from app.library.rows import CollectionRow


def collections(library: Library) -> list[CollectionRow]:
    """Every collection, by name."""
    return [collection_row(row) for row in Collection.select().order_by(Collection.name)]


def collection(library: Library, name: str) -> CollectionRow:
    """The collection of this name.

    Raises UsageError when there is none.
    """
    found = Collection.get_or_none(Collection.name == name)
    if found is None:
        raise UsageError(f"There is no collection “{name}”; `kinfolk collection create` makes one.")
    return collection_row(found)
