"""models: what there is to look at photos with, and whether it is what it was.

It needs no open library: a pack that is refused keeps one from being opened for indexing.
"""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.output import Answer, table
from app.cli.switching import told
from app.errors import UsageError
from app.indexing.model_packs import PackCard, accept, is_checked, pack_cards
from app.paths import Paths
from app.settings import Settings


def models(paths: Paths, arguments: argparse.Namespace) -> Answer:
    """List the model packs and their licences, check their files, or accept changed ones."""
    settings = Settings.load(paths.settings)
    if arguments.action == "accept":
        return _accept(paths, arguments.pack)
    if arguments.pack is not None:
        raise UsageError(f"`kinfolk models {arguments.action}` takes no pack.")
    cards = pack_cards(paths, settings.pack)
    document: dict[str, Any] = {
        "Models": [
            {
                "Name": card.name, "Version": card.version, "Licence": card.licence,
                "InUse": card.in_use, "Problem": card.problem,
            }
            for card in cards
        ]
    }  # fmt: skip
    if arguments.action == "verify":
        lines = table([(card.choice, card.problem or _state(card, paths)) for card in cards])
        return Answer(document, lines, 1 if any(card.problem for card in cards) else 0)
    document["Switch"], switch = told(paths)
    lines = table([
        (card.choice, card.licence, "in use" if card.in_use else "", card.problem)
        for card in cards
    ])  # fmt: skip
    return Answer(document, [*lines, *switch])


def _state(card: PackCard, paths: Paths) -> str:
    if not is_checked(card.choice, paths):
        return "not used yet: its files are noted when it is"
    return "every file is what it was"


def _accept(paths: Paths, pack: str | None) -> Answer:
    if not pack:
        raise UsageError("Say which pack: `kinfolk models accept NAME`.")
    accept(pack, paths)
    said = f"The files of {pack} are accepted as they are now."
    return Answer({"Done": said}, [said])
