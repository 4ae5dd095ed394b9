"""Model licences: which licences of models the user agreed to, when, and to which words.

[Note: Agreeing] The compact pack may be used for everything. Those of the catalogue may not, and
so none of them is fetched, added, measured or used for the first time before the user has seen the
licence and agreed to it. What was agreed to is noted beside the library, with the sum of the very
text. A pack that this library used before anybody was asked stays usable: its models are pinned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.errors import ModelError
from app.indexing.model_catalogue import Catalogue, Offer
from app.paths import Paths
from app.private import make_folder, write_private

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """That the user agreed to the licence of a pack."""

    pack: str
    licence: str
    """What it is called."""
    text_sha256: str
    when: str
    """ISO 8601, in UTC."""


class Agreements:
    """What the user agreed to, in one file beside the library."""

    def __init__(self, paths: Paths) -> None:
        self._file: Path = paths.licences

    def has(self, offer: Offer) -> bool:
        """Whether the user agreed to the licence of a pack, as its text is now."""
        if offer.licence.allows_all_use:
            return True
        asked = (offer.name, offer.licence.sum)
        return any((one.pack, one.text_sha256) == asked for one in self._read())

    def note(self, offer: Offer) -> None:
        """The user agrees. Raises ModelError when that cannot be written down."""
        if self.has(offer):
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        fresh = Agreement(offer.name, offer.licence.name, offer.licence.sum, now)
        table = {"format": FORMAT, "agreements": [asdict(one) for one in [*self._read(), fresh]]}
        try:
            make_folder(self._file.parent)
            write_private(self._file, json.dumps(table, indent=2))
        except OSError as error:
            raise ModelError(
                f"That you agreed cannot be written to {self._file}: {error.strerror or error}."
            ) from error

    def _read(self) -> list[Agreement]:
        """What is noted; whoever cannot read it is asked again."""
        try:
            written = json.loads(self._file.read_text(encoding="utf-8"))
            return [Agreement(**one) for one in written["agreements"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []


def see_licence(offer: Offer, paths: Paths) -> None:
    """Raises ModelError, saying how to agree, unless the user did."""
    if not Agreements(paths).has(offer):
        raise ModelError(
            f"The pack {offer.name} is not for every use: {offer.licence.name}. Read its licence "
            f"and agree to it first, on the Models page or with `kinfolk models licence "
            f"{offer.name} --accept-licence`."
        )


def see_use(choice: str, sums: Mapping[str, str], catalogue: Catalogue, paths: Paths) -> None:
    """See that a pack may be used for the first time: `sums` are those of its models, by file name.
    One of the catalogue's needs that the user agreed, whatever its folder is called.

    Raises ModelError, saying how to agree.
    """
    offer = catalogue.find(choice) or catalogue.of_models(sums)
    if offer is not None:
        see_licence(offer, paths)
