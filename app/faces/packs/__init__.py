"""Packs: the sets of models that look at photos, each opened by its name.

Describing a pack loads no engine; the process with the window may do it, and only that.
"""

from __future__ import annotations

from pathlib import Path

from app.errors import ModelError
from app.faces.packs import bundled, insightface
from app.faces.packs.pack import ModelPack, PackInfo

__all__ = ["ModelPack", "PackInfo", "describe_pack", "open_pack"]


def describe_pack(name: str, models: Path, resources: Path) -> PackInfo:
    """What a pack is, its files checked, without loading an engine.

    `name` is "compact", or a folder of the insightface kind: absolute, or below `models`.
    Raises ModelError saying what is missing and what to do.
    """
    if name == bundled.NAME:
        return bundled.describe(resources / "models" / bundled.NAME)
    return insightface.describe(_folder(name, models))


def open_pack(name: str, models: Path, resources: Path) -> ModelPack:
    """A pack ready to look at photos; only for processes that do.

    `name` is as for `describe_pack`. Raises ModelError saying what is missing and what to do.
    """
    if name == bundled.NAME:
        return bundled.load(resources / "models" / bundled.NAME)
    return insightface.load(_folder(name, models))


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
