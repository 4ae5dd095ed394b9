"""How collections are told of: their kinds, and how much they hold."""

from __future__ import annotations

from app.library.rows import CollectionSize
from app.ui import words
from app.ui.texts import Texts

tr = Texts("collections")

ICONS = {"album": "album", "camera": "camera", "counter": "store"}
"""The icon of each kind."""


def icon(kind: str) -> str:
    """The icon of a kind, also of one that a later version made."""
    return ICONS.get(kind, "album")


def kind_name(kind: str) -> str:
    """What a kind is called."""
    told = {"album": tr("Album"), "camera": tr("Camera"), "counter": tr("Counter")}
    return told.get(kind, kind.capitalize())


def kind_sentence(kind: str) -> str:
    """What a kind is for; each only begins with other settings."""
    told = {
        "album": tr("Photos of family and friends, by the people in them."),
        "camera": tr("Snapshots of a camera at the door: who came, and an alert for a stranger."),
        "counter": tr("How many different people came into a shop, by hour and by day."),
    }
    return told.get(kind, "")


def example(kind: str) -> str:
    """What one of a kind may be called."""
    told = {"album": tr("Grandparents"), "camera": tr("Front door"), "counter": tr("Shop")}
    return told.get(kind, "")


def deleting() -> list[str]:
    """What it means to delete a collection."""
    from app.library.commands.collections import KEPT_DAYS

    return [
        tr("Its people, names, folders and all you said in it leave Kinfolk."),
        tr("The photos stay on the disk, where and as they are."),
        tr.counted(
            "For 1 day Undo brings it all back. After that it is erased for good.",
            "For {0} days Undo brings it all back. After that it is erased for good.",
            KEPT_DAYS,
        ),
    ]


def size(known: CollectionSize | None) -> str:
    """12 people; where nobody is known, the photos."""
    if known is None or not (known.people or known.photos):
        return tr("empty")
    if not known.people:
        return words.photos(known.photos)
    return tr.counted("1 person", "{0} people", known.people)
