"""Model packs: what there is to look at photos with, checked, and accepted when it has changed."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import ModelError
from app.faces.packs import PackInfo, accept_pack, describe_pack, is_pinned
from app.paths import Paths, resources


@dataclass(frozen=True, slots=True)
class PackCard:
    """What a user may know of a model pack."""

    name: str
    version: str
    licence: str
    allows_all_use: bool
    dimensions: int
    in_use: bool
    problem: str
    """Why it cannot be used; empty when it can."""
    choice: str
    """What it is called where a pack is chosen: a folder may be given with its whole path."""


def pack_cards(paths: Paths, used: str) -> list[PackCard]:
    """The pack in the program, and the ones the user has; `used` is the one in use."""
    names = ["compact"]
    if paths.models.is_dir():
        names += sorted(entry.name for entry in paths.models.iterdir() if entry.is_dir())
    if used not in names:
        names.append(used)
    return [_card(name, paths, name == used) for name in names]


def is_checked(name: str, paths: Paths) -> bool:
    """Whether it is known what the files of a pack have to be: not before its first use."""
    return is_pinned(name, paths.models)


def accept(name: str, paths: Paths) -> None:
    """Take the files of a pack as they are now.

    Raises ModelError when there are none.
    """
    accept_pack(name, paths.models)


def _card(name: str, paths: Paths, in_use: bool) -> PackCard:
    try:
        info: PackInfo = describe_pack(name, paths.models, resources())
    except ModelError as error:
        return PackCard(name, "", "", False, 0, in_use, str(error), name)
    return PackCard(
        info.name, info.version, info.licence, info.licence_allows_all_use, info.dimensions,
        in_use, "", name,
    )  # fmt: skip


def require_consent(choice: str, paths: Paths) -> None:
    """See that the user agreed to the licence of a pack before anything is looked at with it. The
    pack in the program needs no consent.

    Raises UsageError when it is not agreed to.
    """


def described(choice: str, paths: Paths, in_use: bool = False) -> PackInfo:
    """What a pack is, its files checked; one that is `in_use` for the first time is pinned.

    Raises ModelError when it cannot be used.
    """
    return describe_pack(choice, paths.models, resources(), in_use)
