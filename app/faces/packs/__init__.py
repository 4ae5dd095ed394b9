"""Packs: the sets of models that look at photos, each opened by its name.

Describing a pack loads no engine; the process with the window may do it, and only that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from app.errors import ModelError
from app.faces.packs import bundled, insightface
from app.faces.packs.pack import ModelPack, PackInfo
from app.faces.packs.pins import Pins
from app.faces.session import CPU

__all__ = [
    "ModelPack", "PackInfo", "accept_pack", "describe_pack", "forget_pack", "is_pinned",
    "models_of", "open_pack",
]  # fmt: skip


def describe_pack(
    name: str,
    models: Path,
    resources: Path,
    in_use: bool = False,
    see_first: Callable[[Mapping[str, str]], None] = lambda _: None,
) -> PackInfo:
    """What a pack is, its files checked, without loading an engine.

    `name` is "compact", or a folder: absolute, or below `models`. It is of the insightface kind, or
    of the compact one, with a manifest.json. One of the former that is `in_use` for the first time
    is pinned, unless `see_first` raises, which is handed the SHA-256 of its models by file name.
    Raises ModelError saying what is missing or other than it was and what to do.
    """
    if name == bundled.NAME:
        return bundled.describe(resources / "models" / bundled.NAME)
    folder, pins = _folder(name, models), _pins(models)
    if _has_manifest(folder):
        return bundled.describe(folder)
    info = insightface.describe(folder, name, pins)
    if in_use and not pins.knows(name):
        hashes = insightface.hashes_of(folder)
        see_first(hashes)
        pins.keep(name, hashes)
    return info


def open_pack(name: str, models: Path, resources: Path, provider: str = CPU) -> ModelPack:
    """A pack ready to look at photos; only for processes that do.

    `name` is as for `describe_pack`, `provider` is what runs its models. Raises ModelError saying
    what is missing or other than it was and what to do, and ProviderError when it is the provider
    that cannot be used.
    """
    if name == bundled.NAME:
        return bundled.load(resources / "models" / bundled.NAME, provider)
    folder = _folder(name, models)
    if _has_manifest(folder):
        return bundled.load(folder, provider)
    return insightface.load(folder, name, _pins(models), provider)


def accept_pack(name: str, models: Path) -> None:
    """Pin the models of a pack as they are now.

    Raises ModelError when there are none, and for the pack in the program: it has no pins.
    """
    if name == bundled.NAME:
        raise ModelError(f"The pack {name} is part of Kinfolk and never changes. {bundled.REMEDY}")
    _pins(models).keep(name, insightface.hashes_of(_folder(name, models)))


def forget_pack(name: str, models: Path) -> None:
    """Know no more what the models of a pack have to be: it is gone. Raises ModelError when that
    cannot be written."""
    _pins(models).forget(name)


def models_of(name: str, models: Path) -> Mapping[str, str]:
    """The SHA-256 of every model of a pack of the user's, by file name. Raises ModelError when
    there is none."""
    return insightface.hashes_of(_folder(name, models))


def is_pinned(name: str, models: Path) -> bool:
    """Whether it is known what the models of a pack have to be."""
    is_told = name == bundled.NAME or _has_manifest(models / Path(name).expanduser())
    return is_told or _pins(models).knows(name)


def _has_manifest(folder: Path) -> bool:
    """Whether a folder says itself what its files have to be."""
    return (folder / "manifest.json").is_file()


def _pins(models: Path) -> Pins:
    return Pins(models.with_suffix(".json"))


def _folder(name: str, models: Path) -> Path:
    if not name.strip():
        raise ModelError("No model pack is chosen. Choose compact, or a folder with models.")
    folder = models / Path(name).expanduser()
    if not folder.is_dir():
        raise ModelError(
            f"There is no model pack {name}: {folder} is not a folder. Put the pack's .onnx files "
            "there, or choose the pack compact."
        )
    return folder
