"""models: what there is to look at photos with, where more of it is, and whether it is what it was.

It needs no open library: a pack that is refused keeps one from being opened for indexing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli.output import Answer, ProgressLine, say, table
from app.cli.switching import SWITCHING, told
from app.errors import KnownError, UsageError
from app.indexing.model_catalogue import Offer
from app.indexing.model_keeper import Found, ModelKeeper
from app.indexing.model_packs import PackCard, catalogue, is_checked, offered_cards, pack_cards
from app.library.rows import TaskState, TaskType
from app.paths import Paths
from app.progress import Progress
from app.settings import Settings

_MEGA = 1_000_000
ACTIONS = ("list", "download", "add", "remove", "verify", "licence", "accept")


def add_models(parser: argparse.ArgumentParser) -> None:
    """What can be said of model packs."""
    parser.add_argument("action", choices=(*ACTIONS, *SWITCHING), nargs="?", default="list")
    parser.add_argument(
        "pack", nargs="?", metavar="NAME", help="of the pack; of add: the archive or the folder"
    )
    parser.add_argument(
        "--accept-licence", action="store_true",
        help="of download, add and licence: agree to the licence of the pack, having read it",
    )  # fmt: skip
    parser.add_argument("--as", dest="called", metavar="NEW", help="of add: what to call the pack")


def models(paths: Paths, arguments: argparse.Namespace) -> Answer:
    """List the model packs with their licences, fetch, add or remove one, or check their files."""
    keeper = ModelKeeper(paths, catalogue())
    work: dict[str, Callable[[ModelKeeper, argparse.Namespace], Answer]] = {
        "download": _download, "add": _add, "remove": _remove, "licence": _licence,
        "accept": _accept,
    }  # fmt: skip
    if arguments.action in work:
        if not arguments.pack:
            raise UsageError(f"Say which pack: `kinfolk models {arguments.action} NAME`.")
        return work[arguments.action](keeper, arguments)
    if arguments.pack is not None:
        raise UsageError(f"`kinfolk models {arguments.action}` takes no pack.")
    used = Settings.load(paths.settings).pack
    cards = pack_cards(paths, used, keeper.catalogue)
    offers = offered_cards(paths, used, keeper.catalogue)
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
    document["Offers"] = [_offered(keeper, card) for card in offers]
    rows = [
        (card.choice, card.licence, "in use" if card.in_use else "", card.problem) for card in cards
    ]
    rows += [
        (card.choice, card.licence, "not here", f"{_megabytes(card.size)} to download")
        for card in offers
    ]
    return Answer(document, [*table(rows), *switch])


def _state(card: PackCard, paths: Paths) -> str:
    if not is_checked(card.choice, paths):
        return "not used yet: its files are noted when it is"
    return "every file is what it was"


def _offered(keeper: ModelKeeper, card: PackCard) -> dict[str, Any]:
    offer = keeper.catalogue.offer(card.choice)
    return {
        "Name": card.name, "Licence": card.licence, "Size": card.size,
        "Downloaded": keeper.have(card.choice), "SHA256": offer.sum, "URL": offer.address,
        "LicenceAccepted": keeper.agreements.has(offer),
    }  # fmt: skip


def _download(keeper: ModelKeeper, arguments: argparse.Namespace) -> Answer:
    offer = keeper.catalogue.offer(arguments.pack)
    _agree(keeper, offer, arguments)
    line = ProgressLine("MB")
    running = TaskState.RUNNING.value

    def show(done: int, total: int) -> None:
        line.show(Progress("", TaskType.DOWNLOAD.value, running, done // _MEGA, -(-total // _MEGA)))

    try:
        place = keeper.download(offer.name, tell=show)
    except KeyboardInterrupt:
        raise KnownError(
            "Stopped. What has come until now is kept, and the next download goes on from there."
        ) from None
    finally:
        line.clear()
    return _there(offer.name, place, f"The pack {offer.name} is here, and is what it has to be.")


def _add(keeper: ModelKeeper, arguments: argparse.Namespace) -> Answer:
    path = Path(arguments.pack).expanduser()
    found = keeper.examine(path)
    if found.offer is not None:
        _agree(keeper, found.offer, arguments)
    say(_origin(found))
    place = keeper.add(found, arguments.called or "")
    return _there(place.name, place, f"The pack {place.name} is here.")


def _origin(found: Found) -> str:
    """What is known of what was added."""
    if found.is_verified and found.offer is not None:
        return f"This is {found.offer.name}, byte for byte as Kinfolk knows it."
    told = f" Its SHA-256 is {found.sum}." if found.sum else ""
    return (
        "Kinfolk does not know these models: whether they are good, and what their licence allows, "
        f"is for you to say.{told}"
    )


def _remove(keeper: ModelKeeper, arguments: argparse.Namespace) -> Answer:
    keeper.remove(arguments.pack)
    said = f"The pack {arguments.pack} is removed."
    return Answer({"Done": said}, [said])


def _licence(keeper: ModelKeeper, arguments: argparse.Namespace) -> Answer:
    offer = keeper.catalogue.offer(arguments.pack)
    if arguments.accept_licence:
        keeper.agreements.note(offer)
    has_agreed = keeper.agreements.has(offer)
    licence = offer.licence
    document = {
        "Name": offer.name, "Licence": licence.name, "Source": licence.source,
        "Text": licence.text, "SHA256": licence.sum, "LicenceAccepted": has_agreed,
    }  # fmt: skip
    end = "You have agreed to it." if has_agreed else "You have not agreed to it."
    return Answer(document, [*_told(offer), "", end])


def _told(offer: Offer) -> list[str]:
    """The licence of a pack, as lines."""
    licence = offer.licence
    return [f"{offer.name}: {licence.name}", licence.source, "", *licence.text.split("\n")]


def _agree(keeper: ModelKeeper, offer: Offer, arguments: argparse.Namespace) -> None:
    """Have the user read the licence and agree to it, unless that was done.

    Raises UsageError when they do not, or nobody can be asked.
    """
    if keeper.agreements.has(offer):
        return
    if not arguments.accept_licence:
        if arguments.json or not sys.stdin.isatty():
            raise UsageError(
                f"The pack {offer.name} is not for every use ({offer.licence.name}). Read "
                f"`kinfolk models licence {offer.name}`, and say --accept-licence if you agree."
            )
        for text in _told(offer):
            say(text)
        print("Do you agree, and use it for nothing else? [y/N] ", end="", file=sys.stderr)
        sys.stderr.flush()
        if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
            raise UsageError("Nothing was downloaded.")
    keeper.agreements.note(offer)


def _accept(keeper: ModelKeeper, arguments: argparse.Namespace) -> Answer:
    keeper.accept(arguments.pack)
    said = f"The files of {arguments.pack} are accepted as they are now."
    return Answer({"Done": said}, [said])


def _there(name: str, place: Path, said: str) -> Answer:
    return Answer({"Name": name, "Folder": str(place), "Done": said}, [said])


def _megabytes(size: int) -> str:
    return f"{size / _MEGA:.0f} MB"
