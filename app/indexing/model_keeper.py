"""Model keeper: fetches, adds, checks, measures and removes the packs of one library."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError, ModelError, UsageError
from app.faces.packs import describe_pack, is_pinned, models_of
from app.indexing.chores import Chore, Chores
from app.indexing.model_archive import (
    Contents,
    contents_of,
    contents_of_folder,
    copy_models,
    unpack,
)
from app.indexing.model_catalogue import Catalogue, Offer
from app.indexing.model_download import Download, Patience, Tell, sum_of
from app.indexing.model_licences import Agreements, see_licence, see_use
from app.indexing.model_packs import COMPACT, PackCard, accept, offered_cards, pack_cards
from app.indexing.model_place import ModelPlace, is_name, name_of
from app.indexing.model_speed import PackSpeed, Speeds, measure_pack
from app.indexing.model_stream import Check
from app.library.rows import TaskType
from app.paths import Paths, resources
from app.progress import Cancelled, CancelToken
from app.settings import Settings


@dataclass(slots=True)
class Fetching:
    """A download under way in this process."""

    load: Download
    done: int
    total: int
    token: CancelToken

    @property
    def is_waiting(self) -> bool:
        """Whether nothing comes now, and it is tried again in a moment."""
        return self.load.is_waiting

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there, and is being checked and unpacked."""
        return 0 < self.total <= self.done


@dataclass(frozen=True, slots=True)
class Found:
    """What a file or folder holds that the user wants to add."""

    path: Path
    name: str
    """What the pack would be called."""
    offer: Offer | None
    """Which pack of the catalogue it is; None when it is none that Kinfolk knows."""
    sum: str
    """SHA-256 of the archive; empty for a folder."""
    contents: Contents
    is_verified: bool
    """Whether it is, byte for byte, what the catalogue names."""


class ModelKeeper:
    """Has the packs of one library in hand; may be asked from any thread."""

    def __init__(
        self,
        paths: Paths,
        catalogue: Catalogue,
        chores: Callable[[], Chores] | None = None,
        patience: Patience | None = None,
    ) -> None:
        """With `chores` a download is a task that every Kinfolk with this library sees."""
        self._paths, self._chores, self._patience = paths, chores, patience
        self.catalogue = catalogue
        self.agreements = Agreements(paths)
        self._speeds = Speeds(paths)
        self._place = ModelPlace(paths.models)
        self._under_way: dict[str, Fetching] = {}
        self._beginning = threading.Lock()

    # -- looking ---------------------------------------------------------------------------

    def cards(self) -> list[PackCard]:
        """Every pack that is here, its files checked, and then every one that can be fetched."""
        used = self._settings().pack
        here = pack_cards(self._paths, used, self.catalogue)
        return [*here, *offered_cards(self._paths, used, self.catalogue)]

    def under_way(self, name: str) -> Fetching | None:
        """How far the download of a pack is, if this process is at it."""
        return self._under_way.get(name)

    def have(self, name: str) -> int:
        """Bytes of a pack's archive that came before its download was stopped."""
        offer = self.catalogue.find(name)
        return 0 if offer is None else Download(offer, self._place.workshop).have

    def speed(self, choice: str, version: str) -> PackSpeed | None:
        """How fast a pack is here; None if that was not measured yet."""
        return self._speeds.of(choice, version)

    # -- fetching --------------------------------------------------------------------------

    def download(
        self, name: str, stop: Callable[[], bool] = lambda: False, tell: Tell = lambda _, __: None
    ) -> Path:
        """Fetch a pack of the catalogue, or the rest of it, unless it is here and whole, and put it
        into place. Gives its folder. `tell` hears how many bytes are there, of how many.

        Raises ModelError when the licence was not agreed to, or why it cannot be had; UsageError
        for what is not in the catalogue; Cancelled when the user stops it: what came is kept.
        """
        offer = self.catalogue.offer(name)
        see_licence(offer, self._paths)
        if self._is_whole(offer):
            accept(name, self._paths)  # whatever was noted of it before
            return self._place.folder(name)
        with self._begun(offer) as fetching, self._place.alone(name), self._chore() as chore:

            def check() -> None:
                if chore is not None and chore.is_over_wanted():
                    fetching.token.cancel()
                if chore is not None and fetching.token.is_cancelled:
                    chore.token.cancel()
                if stop() or fetching.token.is_cancelled:
                    raise Cancelled

            def hear(done: int, total: int) -> None:
                fetching.done, fetching.total = done, total
                if chore is not None:
                    chore.tell(done, total)
                tell(done, total)

            load = fetching.load
            archive, _ = load.run(check, hear, self._patience)
            place = self._install(name, offer, lambda into: _unpack(archive, into, offer, check))
            load.drop()
            if chore is not None:
                chore.result = {"Pack": name, "Size": fetching.total}
            return place

    def cancel(self, name: str) -> None:
        """Stop a download of this process; what came is kept."""
        if (fetching := self._under_way.get(name)) is not None:
            fetching.token.cancel()

    # -- adding ----------------------------------------------------------------------------

    def examine(self, path: Path, check: Check = lambda: None) -> Found:
        """See what an archive or a folder holds that was got by other means.

        Raises ModelError saying why it is of no use.
        """
        try:
            if path.is_dir():
                return self._examine_folder(path, check)
            digest = sum_of(path, check)
        except OSError as error:
            raise ModelError(f"{path} cannot be read ({error.strerror or error}).") from error
        contents = contents_of(path)
        called = contents.folder or path.stem
        offer = self.catalogue.of_archive(digest)
        is_verified, offer = offer is not None, offer or self.catalogue.find(called)
        name = name_of(called) if offer is None else offer.name
        return Found(path, name, offer, digest, contents, is_verified)

    def _examine_folder(self, path: Path, check: Check) -> Found:
        contents = contents_of_folder(path)
        sums = {name: sum_of(path / name, check) for name in contents.models}
        offer = self.catalogue.of_models(sums)
        wanted = {(file.name, file.sum) for file in offer.files} if offer is not None else set()
        is_verified = bool(wanted) and wanted <= set(sums.items())
        name = offer.name if offer is not None and is_verified else name_of(path.name)
        return Found(path, name, offer, "", contents, is_verified)

    def add(self, found: Found, name: str = "", check: Check = lambda: None) -> Path:
        """Put what was examined into place, under another name if one is given; gives its folder.

        Raises ModelError when its licence was not agreed to, or why it is of no use; UsageError
        for a name that cannot be one.
        """
        name = name or found.name
        if name == COMPACT or not is_name(name):
            raise UsageError(f"A pack cannot be called {name}: letters, digits, _ and - can be.")
        if found.offer is not None:
            see_licence(found.offer, self._paths)
        known = found.offer if found.is_verified else None
        with self._place.alone(name):
            return self._install(name, known, lambda into: _take(found, into, known, check))

    # -- keeping ---------------------------------------------------------------------------

    def remove(self, name: str) -> None:
        """Let a pack go, with what has come of it; to have it again it is fetched again.

        Raises UsageError for one that is in use, or part of the program, or not there.
        """
        settings = self._settings()
        if name == COMPACT:
            raise UsageError("The pack compact is part of Kinfolk and stays.")
        if name == settings.pack:
            raise UsageError(f"The pack {name} is in use: use another one first.")
        if not self._place.has(name) and not self.have(name):
            raise UsageError(f"There is no pack {name} to be removed.")
        with self._place.alone(name):
            self._place.remove(name)
            if (offer := self.catalogue.find(name)) is not None:
                Download(offer, self._place.workshop).drop()
            self._speeds.forget(name)

    def accept(self, name: str) -> None:
        """Take the files of a pack as they are now. Raises ModelError when there are none, or when
        its licence was not agreed to and it was not used before."""
        if name != COMPACT and not is_pinned(name, self._paths.models):
            see_use(name, models_of(name, self._paths.models), self.catalogue, self._paths)
        accept(name, self._paths)

    def see_usable(self, choice: str) -> None:
        """Raises ModelError, saying what to do, unless a pack is here, is what it was, and may be
        used as far as its licence goes."""
        describe_pack(choice, self._paths.models, resources())
        if choice != COMPACT and not is_pinned(choice, self._paths.models):
            see_use(choice, models_of(choice, self._paths.models), self.catalogue, self._paths)

    def measure(self, choice: str, check: Check = lambda: None) -> PackSpeed:
        """See how fast a pack is on this computer, and keep that; takes some seconds.

        Raises ModelError when it cannot be used, or its licence was not agreed to.
        """
        self.see_usable(choice)
        info = describe_pack(choice, self._paths.models, resources())
        speed = measure_pack(choice, info.version, self._paths, self._settings(), check)
        self._speeds.keep(choice, speed)
        return speed

    # -- within ----------------------------------------------------------------------------

    def _settings(self) -> Settings:
        return Settings.load(self._paths.settings)

    def _is_whole(self, offer: Offer) -> bool:
        """Whether a pack is here, byte for byte as the catalogue has it."""
        if not self._place.has(offer.name) or not offer.files:
            return False
        try:
            here = models_of(offer.name, self._paths.models)
        except ModelError:
            return False
        return dict(here) == {file.name: file.sum for file in offer.files}

    @contextlib.contextmanager
    def _begun(self, offer: Offer) -> Iterator[Fetching]:
        """Known as under way, from the moment at which it is wanted."""
        with self._beginning:
            if offer.name in self._under_way:
                raise KnownError(f"The pack {offer.name} is being downloaded already.")
            load = Download(offer, self._place.workshop, self._settings().proxy)
            fetching = Fetching(load, load.have, offer.size, CancelToken())
            self._under_way[offer.name] = fetching
        try:
            yield fetching
        finally:
            del self._under_way[offer.name]

    @contextlib.contextmanager
    def _chore(self) -> Iterator[Chore | None]:
        if self._chores is None:
            yield None
            return
        with self._chores().begin(TaskType.DOWNLOAD) as chore:
            yield chore

    def _install(
        self, name: str, offer: Offer | None, fill: Callable[[Path], Sequence[Path]]
    ) -> Path:
        place = self._place.install(name, offer, fill)
        self._speeds.forget(name)
        return place


def _unpack(archive: Path, into: Path, offer: Offer, check: Check) -> Sequence[Path]:
    return unpack(archive, into, (file.name for file in offer.files), check)


def _take(found: Found, into: Path, offer: Offer | None, check: Check) -> Sequence[Path]:
    only = () if offer is None else tuple(file.name for file in offer.files)
    if found.path.is_dir():
        return copy_models(found.path, into, only, check)
    return unpack(found.path, into, only, check)
