"""Model catalogue: the packs that can be fetched: where from, how large, which sum, which licence.

It is a file that ships with the program (resources/models/catalogue.json) and says where its sizes
and sums come from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import ModelError, UsageError

FORMAT = 1
"""The kind of catalogue that this program reads."""


@dataclass(frozen=True, slots=True)
class Licence:
    """On what terms the authors of models give them away."""

    name: str
    allows_all_use: bool
    source: str
    """The address of the page that says so."""
    text: str

    @property
    def sum(self) -> str:
        """SHA-256 of the text: who agreed to one text has not agreed to another."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """One model of a pack."""

    name: str
    size: int
    """In bytes."""
    sum: str
    """SHA-256, in hexadecimal; empty where nobody knows it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack that can be fetched."""

    name: str
    address: str
    """Of the archive, a zip file."""
    size: int
    """Of the archive, in bytes; 0 where that is not known."""
    sum: str
    """SHA-256 of the archive; empty where nobody knows it, so that the first one is trusted."""
    licence: Licence
    files: tuple[OfferedFile, ...] = ()
    """The models of the archive that are of use here; none: all of them."""

    @property
    def unpacked(self) -> int:
        """Bytes that the models take on the disk; a guess where that is not known."""
        return sum(file.size for file in self.files) or self.size * 5 // 4


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All packs that can be fetched."""

    offers: tuple[Offer, ...] = field(default=())

    def find(self, name: str) -> Offer | None:
        """The offer of this name."""
        return next((offer for offer in self.offers if offer.name == name), None)

    def offer(self, name: str) -> Offer:
        """The offer of this name. Raises UsageError when there is none."""
        found = self.find(name)
        if found is None:
            known = ", ".join(offer.name for offer in self.offers)
            raise UsageError(f"There is no pack {name} to be fetched; there are: {known}.")
        return found

    def of_archive(self, digest: str) -> Offer | None:
        """The offer whose archive has this sum."""
        return next((offer for offer in self.offers if offer.sum and offer.sum == digest), None)

    def of_models(self, sums: Mapping[str, str]) -> Offer | None:
        """The offer whose models these are, by file name and sum: the one with the most of them;
        None where not one of them is known. Whatever its folder is called, it is that pack."""
        found = set(sums.values())
        matches = [
            (len(found & {file.sum for file in offer.files if file.sum}), place, offer)
            for place, offer in enumerate(reversed(self.offers))
        ]
        count, _, offer = max(matches, default=(0, 0, None), key=lambda match: match[:2])
        return offer if count else None


def read_catalogue(resources: Path) -> Catalogue:
    """What the catalogue in the program says. Raises ModelError when it cannot be understood."""
    path = resources / "models" / "catalogue.json"
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        if written["format"] != FORMAT:
            raise ModelError(f"{path} is of another version of Kinfolk. Install Kinfolk again.")
        licences = {name: _licence(told) for name, told in written["licences"].items()}
        return Catalogue(tuple(_offer(told, licences) for told in written["packs"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} cannot be read ({error}). Install Kinfolk again.") from error


def _licence(told: Mapping[str, Any]) -> Licence:
    return Licence(told["name"], bool(told["allows_all_use"]), told["source"], told["text"])


def _offer(told: Mapping[str, Any], licences: Mapping[str, Licence]) -> Offer:
    return Offer(
        name=str(told["name"]),
        address=str(told["address"]),
        size=int(told["bytes"]),
        sum=str(told["sha256"]),
        licence=licences[told["licence"]],
        files=tuple(
            OfferedFile(str(file["name"]), int(file["bytes"]), str(file["sha256"]))
            for file in told.get("files", ())
        ),
    )
