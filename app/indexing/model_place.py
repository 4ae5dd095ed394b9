"""Model place: where the packs of a library lie, and how one gets there or goes.

[Note: Into place] A pack is made whole in a workshop beside the others, and then takes its place by
being renamed; one that was there is put aside before, and back if that fails. Until then nobody
sees it. Whoever is killed in the middle leaves a workshop that the next one clears, after putting
back what was put aside. One process at a time has to do with a pack.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import KnownError, ModelError
from app.faces.packs import accept_pack, forget_pack
from app.indexing.model_catalogue import Offer
from app.indexing.model_download import sum_of
from app.private import FILE, FOLDER, make_folder, sync

WORKSHOP = ".fetching"
"""The folder among the packs in which they are made; no pack is called like that."""
_NAME = re.compile(r"[^\W_][\w.+-]{0,63}")


class ModelPlace:
    """The folder of the packs."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self.workshop = models / WORKSHOP

    def folder(self, name: str) -> Path:
        """Where a pack lies, or would."""
        return self._models / name

    def has(self, name: str) -> bool:
        """Whether a pack is here."""
        return is_name(name) and self.folder(name).is_dir()

    @contextlib.contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Be the only one that has to do with a pack.

        Raises KnownError when another process is, ModelError when the folder cannot be written.
        """
        try:
            make_folder(self._models)
            make_folder(self.workshop)
            lock = FileLock(self.workshop / f"{name}.lock", mode=FILE)
            lock.acquire(blocking=False)
        except Timeout:
            raise KnownError(f"Another Kinfolk is busy with the pack {name}.") from None
        except OSError as error:
            raise ModelError(
                f"The folder {self._models} cannot be written: {error.strerror or error}."
            ) from error
        try:
            self._put_back(name)
            yield
        finally:
            lock.release()

    def install(
        self, name: str, offer: Offer | None, fill: Callable[[Path], Sequence[Path]]
    ) -> Path:
        """Put a pack into its place all at once, and note what its models are; `fill` puts them
        into a folder, and `offer` says what they have to be. Within `alone`.

        Raises ModelError when a model is another one, or the disk refuses.
        """
        place = self.folder(name)
        try:
            with self._cleared(name) as shop:
                fresh, before = shop / "fresh", shop / "before"
                fresh.mkdir(mode=FOLDER)
                _see_models(fill(fresh), offer)
                sync(fresh)
                if place.is_dir():
                    place.rename(before)
                fresh.rename(place)
                sync(self._models)
        except OSError as error:
            raise ModelError(
                f"The pack {name} cannot be put into {self._models}: {error.strerror or error}. "
                "Is the disk full?"
            ) from error
        accept_pack(name, self._models)
        return place

    def remove(self, name: str) -> None:
        """Let a pack go, and what is known of its models. Within `alone`.

        Raises ModelError when the disk refuses.
        """
        try:
            if self.has(name):
                with self._cleared(name) as shop:
                    self.folder(name).rename(shop / "gone")
        except OSError as error:
            raise ModelError(
                f"The pack {name} cannot be removed: {error.strerror or error}."
            ) from error
        forget_pack(name, self._models)

    @contextlib.contextmanager
    def _cleared(self, name: str) -> Iterator[Path]:
        """An empty folder on the same disk, gone in the end."""
        shop = self._shop(name)
        shop.mkdir(mode=FOLDER)
        try:
            yield shop
        finally:
            self._put_back(name)

    def _put_back(self, name: str) -> None:
        """Clear the workshop of a pack; one that was put aside, and not replaced, is back."""
        shop = self._shop(name)
        before = shop / "before"
        if before.is_dir() and not self.folder(name).exists():
            with contextlib.suppress(OSError):
                before.rename(self.folder(name))
        if not (before.is_dir() and not self.folder(name).exists()):
            shutil.rmtree(shop, ignore_errors=True)

    def _shop(self, name: str) -> Path:
        return self.workshop / f"{name}.new"


def is_name(text: str) -> bool:
    """Whether a pack can be called that."""
    return _NAME.fullmatch(text) is not None


def name_of(text: str) -> str:
    """What a pack is called after a file or folder: what may stand in a folder's name."""
    cleaned = re.sub(r"[^\w.+-]+", "-", text).strip("-._")[:64]
    return cleaned if is_name(cleaned) else "mine"


def _see_models(models: Sequence[Path], offer: Offer | None) -> None:
    """Raises ModelError when a model is not the one that the catalogue names."""
    known = {file.name: file for file in offer.files} if offer is not None else {}
    for path in models:
        file = known.get(path.name)
        if file is not None and file.sum and sum_of(path) != file.sum:
            raise ModelError(
                f"The model {path.name} is not the one that Kinfolk knows by this name. Nothing "
                "was changed; fetch the pack again."
            )
