"""A second pack: real models, which see the faces that the compact one sees, and embed them on the
other side."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from app.paths import resources

NAME = "mirrored"
VERSION = "99"


def make_second_pack(models: Path, name: str = NAME) -> str:
    """Put it into a folder of models; gives what it is called there."""
    import onnx

    source, folder = resources() / "models" / "compact", models / name
    folder.mkdir(parents=True)
    manifest = json.loads((source / "manifest.json").read_text())
    manifest |= {"name": name, "version": VERSION}
    for entry in manifest["models"].values():
        if entry["file"] != manifest["models"]["embedder"]["file"]:
            _link(source / entry["file"], folder / entry["file"])
    embedder = manifest["models"]["embedder"]
    model = onnx.load(source / embedder["file"])
    output = model.graph.output[0].name
    for node in model.graph.node:
        node.output[:] = ["inside" if one == output else one for one in node.output]
    model.graph.node.append(onnx.helper.make_node("Neg", ["inside"], [output]))
    onnx.save(model, folder / embedder["file"])
    content = (folder / embedder["file"]).read_bytes()
    embedder |= {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return name


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)
