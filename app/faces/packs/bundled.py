"""Bundled: the compact pack that ships inside the program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import ModelError
from app.faces.attributes import CompactDescriber
from app.faces.detect import CenterFace
from app.faces.embed import OnnxEmbedder
from app.faces.landmarks import CompactMarker
from app.faces.packs.pack import ModelPack, PackInfo
from app.faces.session import CPU, open_session

NAME = "compact"
FORMAT = 1
"""The kind of manifest that this program reads."""
MODELS = ("detector", "embedder", "landmarks", "pose", "age", "gender", "eye")
TOLD = ("gender", "mouth", "eyes")
"""What the manifest has to say of how sure something is."""
ZOOMS = (0.93, 1.07)
REMEDY = "Install Kinfolk again, or choose another model pack."


def describe(folder: Path) -> PackInfo:
    """The pack in a folder, its files there and unharmed.

    Raises ModelError when a file is missing or is not the one that the manifest names.
    """
    manifest = _read(folder)
    _verify(folder, manifest)
    return _info(folder, manifest)


def load(folder: Path, provider: str = CPU) -> ModelPack:
    """The pack in a folder, ready to look at photos; `provider` runs its models.

    Raises ModelError when a file is missing, is not the one that the manifest names, or cannot be
    loaded, and ProviderError when the provider cannot load it.
    """
    manifest = _read(folder)
    contents = _verify(folder, manifest)
    models = manifest["models"]
    # The very bytes that were verified: what becomes of the file meanwhile does not matter.
    sessions = {
        name: open_session(folder / models[name]["file"], contents[name], provider)
        for name in MODELS
    }
    wants = {name: models[name]["input"] for name in MODELS}
    info = _info(folder, manifest)
    return ModelPack(
        info=info,
        detector=CenterFace(sessions["detector"], wants["detector"]),
        embedder=OnnxEmbedder(sessions["embedder"], wants["embedder"], info.dimensions),
        marker=CompactMarker(sessions["landmarks"], wants["landmarks"]),
        describer=CompactDescriber(sessions, models, manifest["told"]),
        zooms=ZOOMS,
    )


def _read(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise ModelError(
                f"The model pack in {folder} is of format {manifest['format']}, and this Kinfolk "
                f"reads format {FORMAT}. {REMEDY}"
            )
        missing = [name for name in MODELS if name not in manifest["models"]]
        missing += [name for name in TOLD if name not in manifest["told"]]
    except FileNotFoundError as error:
        raise ModelError(f"The model pack in {folder} has no manifest.json. {REMEDY}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} cannot be read ({error}). {REMEDY}") from error
    if missing:
        raise ModelError(f"{path} says nothing of: {', '.join(missing)}. {REMEDY}")
    return manifest


def _verify(folder: Path, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """What each model holds, once it is seen to be what the manifest says."""
    contents: dict[str, bytes] = {}
    for name, model in manifest["models"].items():
        path = folder / model["file"]
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            raise ModelError(
                f"The model {path} cannot be read ({error.strerror}). {REMEDY}"
            ) from error
        if hashlib.sha256(contents[name]).hexdigest() != model["sha256"]:
            raise ModelError(f"The model {path} is damaged: its contents have changed. {REMEDY}")
    return contents


def _info(folder: Path, manifest: Mapping[str, Any]) -> PackInfo:
    thresholds = {name: float(entry["value"]) for name, entry in manifest["thresholds"].items()}
    return PackInfo(
        name=manifest["name"],
        version=manifest["version"],
        licence=manifest["licence"],
        licence_allows_all_use=bool(manifest["licence_allows_all_use"]),
        dimensions=int(manifest["dimensions"]),
        folder=folder,
        thresholds=thresholds,
    )
