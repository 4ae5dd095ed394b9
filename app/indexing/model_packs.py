"""Model packs: what there is to look at photos with, checked, and accepted when it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import ModelError
from app.faces.packs import PackInfo, accept_pack, describe_pack, is_pinned, models_of
from app.indexing.model_catalogue import Catalogue, Offer, read_catalogue
from app.indexing.model_licences import see_use
from app.paths import Paths, resources

COMPACT = "compact"
"""The pack in the program."""


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
    is_here: bool = True
    """Whether its models are on this computer."""
    size: int = 0
    """Bytes of its models; of one that is not here, of what would be fetched."""
    offer: Offer | None = None
    """Where it can be fetched from; None for one that is in no catalogue."""


def catalogue() -> Catalogue:
    """What the program can fetch. Raises ModelError when its own file cannot be read."""
    return read_catalogue(resources())


def pack_cards(paths: Paths, used: str, known: Catalogue | None = None) -> list[PackCard]:
    """The pack in the program, and the ones the user has, checked; `used` is the one in use."""
    known = known or Catalogue()
    return [_card(name, paths, name == used, known) for name in names_here(paths, used)]


def names_here(paths: Paths, used: str) -> list[str]:
    """What the packs that are here, or should be, are called where one is chosen."""
    names = [COMPACT]
    if paths.models.is_dir():
        names += sorted(
            entry.name
            for entry in paths.models.iterdir()
            if entry.is_dir() and not entry.name.startswith(".")
        )
    if used not in names:
        names.append(used)
    return names


def offered_cards(paths: Paths, used: str, known: Catalogue) -> list[PackCard]:
    """The packs that can be fetched and are not here."""
    here = set(names_here(paths, used))
    return [
        PackCard(
            offer.name, "", offer.licence.name, offer.licence.allows_all_use, 0, False, "",
            offer.name, is_here=False, size=offer.size, offer=offer,
        )
        for offer in known.offers
        if offer.name not in here
    ]  # fmt: skip


def require_consent(choice: str, paths: Paths) -> None:
    """See that the user agreed to the licence of a pack before anything is looked at with it. The
    pack in the program needs no consent, nor does one that this library used before.

    Raises ModelError when it is not agreed to, or the pack is not here.
    """
    if not is_pinned(choice, paths.models):
        see_use(choice, models_of(choice, paths.models), catalogue(), paths)


def is_checked(name: str, paths: Paths) -> bool:
    """Whether it is known what the files of a pack have to be: not before its first use."""
    return is_pinned(name, paths.models)


def accept(name: str, paths: Paths) -> None:
    """Take the files of a pack as they are now.

    Raises ModelError when there are none.
    """
    accept_pack(name, paths.models)


def _card(name: str, paths: Paths, in_use: bool, known: Catalogue) -> PackCard:
    offer = known.find(name)
    try:
        info: PackInfo = describe_pack(name, paths.models, resources())
    except ModelError as error:
        licence = "" if offer is None else offer.licence.name
        return PackCard(name, "", licence, False, 0, in_use, str(error), name, offer=offer)
    card = PackCard(
        info.name, info.version, info.licence, info.licence_allows_all_use, info.dimensions,
        in_use, "", name, size=_size(info.folder), offer=offer,
    )  # fmt: skip
    return card if offer is None else replace(card, licence=offer.licence.name)


def _size(folder: Path) -> int:
    try:
        return sum(path.stat().st_size for path in folder.iterdir() if path.suffix == ".onnx")
    except OSError:
        return 0


def described(choice: str, paths: Paths, in_use: bool = False) -> PackInfo:
    """What a pack is, its files checked; one that is `in_use` for the first time is pinned, once
    the user has agreed to its licence.

    Raises ModelError when it cannot be used.
    """

    def see(sums: Mapping[str, str]) -> None:
        see_use(choice, sums, catalogue(), paths)

    return describe_pack(choice, paths.models, resources(), in_use, see)
