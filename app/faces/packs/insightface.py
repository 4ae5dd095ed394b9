"""Insightface: a folder with models of the insightface project (buffalo_l and its kin).

The folder is the user's; so is the duty to keep to the models' licence, which for most of them
allows non-commercial research only.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.errors import ModelError
from app.faces.attributes import Attributes
from app.faces.detect import Detections, Floats, pad
from app.faces.embed import BATCH, Vectors, unit
from app.faces.packs.pack import ModelPack, PackInfo
from app.faces.packs.pins import Pins
from app.faces.raster import resize
from app.faces.session import CPU, chain, options, refusal, see_provider
from app.faces.types import Pixels
from app.faces.view import Rectangle, View

LICENCE = "Of the model's authors; most allow non-commercial research only."
THRESHOLDS = {
    "merge_average": 0.36,
    "join_mean3": 0.40,
    "join_margin": 0.05,
    "near_identical": 0.95,
}
"""For ArcFace-trained embedders, as far as their published error rates tell; not measured here."""
TASKS = ("detection", "recognition", "genderage")
MULTIPLE = 32
REMEDY = "Put a detection and a recognition model (.onnx) there, or choose the pack compact."


def describe(folder: Path, pack: str, pins: Pins) -> PackInfo:
    """The pack in a folder, as far as its files tell; `pack` is its name in `pins`.

    Its version is made of their contents, since they carry none. Its dimensions are 0: unknown
    until it is loaded. Raises ModelError when there are no models, or others than are pinned.
    """
    info, _ = _described(folder, pack, pins)
    return info


def _described(folder: Path, pack: str, pins: Pins) -> tuple[PackInfo, dict[str, str]]:
    hashes = hashes_of(folder)
    pins.check(pack, hashes)
    digest = hashlib.sha256()
    for name, found in hashes.items():
        digest.update(name.encode("utf-8", "surrogateescape"))
        digest.update(bytes.fromhex(found))
    info = PackInfo(
        name=folder.name,
        version=digest.hexdigest()[:12],
        licence=LICENCE,
        licence_allows_all_use=False,
        dimensions=0,
        folder=folder,
        thresholds=THRESHOLDS,
    )
    return info, hashes


def hashes_of(folder: Path) -> dict[str, str]:
    """The hash of every model in a folder, by file name.

    Raises ModelError when there is none, or one cannot be read.
    """
    return {path.name: hashlib.sha256(_content(path)).hexdigest() for path in _files(folder)}


def load(folder: Path, pack: str, pins: Pins, provider: str = CPU) -> ModelPack:
    """The pack in a folder, ready to look at photos; `pack` is its name in `pins`, and `provider`
    runs its models.

    Raises ModelError when it lacks a detector with landmarks or an embedder, or a file is damaged
    or another one than is pinned, and ProviderError when the provider cannot load it.
    """
    info, hashes = _described(folder, pack, pins)
    models: dict[str, Any] = {}
    for path in _files(folder):
        content = _content(path)
        if hashlib.sha256(content).hexdigest() != hashes.get(path.name):
            raise ModelError(f"The model {path} was changed while it was loaded. Try again.")
        model = _open(path, content, provider)
        task = getattr(model, "taskname", None)
        if task in TASKS and task not in models:
            models[task] = model
    lacking = [task for task in TASKS[:2] if task not in models]
    if lacking:
        raise ModelError(f"The folder {folder} has no {' and no '.join(lacking)} model. {REMEDY}")
    if not getattr(models["detection"], "use_kps", False):
        raise ModelError(f"The detection model in {folder} tells no landmarks. {REMEDY}")
    genderage = models.get("genderage")
    embedder = ZooEmbedder(models["recognition"])
    return ModelPack(
        info=replace(info, dimensions=embedder.dimensions),
        detector=ZooDetector(models["detection"]),
        embedder=embedder,
        describer=None if genderage is None else ZooDescriber(genderage),
    )


@dataclass(frozen=True, slots=True)
class ZooDetector:
    """insightface's SCRFD or RetinaFace."""

    model: Any

    def find(self, pixels: Pixels, threshold: float) -> Detections:
        """The faces with at least that score, overlapping ones already merged."""
        padded = pad(pixels, MULTIPLE)
        size = (padded.shape[1], padded.shape[0])
        boxes, marks = self.model.detect(
            np.ascontiguousarray(padded[..., ::-1]), input_size=size, det_thresh=threshold
        )
        if not len(boxes):
            return Detections.none()
        low, high = boxes[:, :2], boxes[:, 2:4]
        return Detections(
            np.hstack([low, high - low]).astype(np.float32),
            boxes[:, 4].astype(np.float32),
            np.asarray(marks, np.float32),
        )


class ZooEmbedder:
    """insightface's ArcFace family."""

    def __init__(self, model: Any) -> None:
        self._model = model
        # a model whose batch is pinned takes one face at a time
        self._batch = 1 if model.input_shape[0] == 1 else BATCH
        blank = np.zeros((112, 112, 3), np.uint8)
        self.dimensions = int(np.asarray(model.get_feat([blank])).shape[1])

    def embed(self, chips: list[Pixels]) -> Vectors:
        """One vector for each (112, 112, 3) uint8 RGB face: (N, D) float32, each of length 1."""
        parts = [np.zeros((0, self.dimensions), np.float32)]
        for start in range(0, len(chips), self._batch):
            some = chips[start : start + self._batch]
            images = [np.ascontiguousarray(chip[..., ::-1]) for chip in some]
            parts.append(np.asarray(self._model.get_feat(images), np.float32))
        return unit(np.concatenate(parts))


@dataclass(frozen=True, slots=True)
class ZooDescriber:
    """insightface's age and gender net: a crop 1.5 times the box."""

    model: Any
    margin: float = 1.5

    def describe(
        self,
        view: View,
        box: Rectangle,
        landmarks: Floats,  # noqa: ARG002
        points: Floats | None = None,  # noqa: ARG002
    ) -> Attributes:
        """Of the face in `box`, in pixels of the original."""
        x, y, w, h = box
        side = int(self.model.input_size[0])
        crop = view.square((x + w / 2, y + h / 2), max(w, h) * self.margin)
        image = resize(crop, side, side).astype(np.float32)
        values = (image - self.model.input_mean) / self.model.input_std
        answer = self.model.session.run(
            self.model.output_names,
            {self.model.input_name: np.ascontiguousarray(values.transpose(2, 0, 1)[None])},
        )[0][0]
        shares = np.exp(answer[:2] - answer[:2].max())
        male = float(shares[1] / shares.sum())
        return Attributes(
            age=round(float(answer[2]) * 100, 1),
            gender="male" if male >= 0.5 else "female",
            gender_confidence=round(max(male, 1 - male), 3),
        )


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".onnx")
    except OSError as error:
        raise ModelError(f"The folder {folder} cannot be read ({error.strerror}).") from error
    if not files:
        raise ModelError(f"The folder {folder} has no models. {REMEDY}")
    return files


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model {path} cannot be read ({error.strerror}).") from error


def _open(path: Path, content: bytes, provider: str) -> Any:
    """The model that a file held when it was verified; what it holds by now does not matter."""
    # its imports, and scikit-image's below them, warn of matters that are theirs
    with warnings.catch_warnings(), _copy(path, content) as copy:
        warnings.simplefilter("ignore")
        from insightface.model_zoo import get_model

        chosen = chain(provider)
        try:
            model = get_model(
                str(copy),
                providers=chosen,
                provider_options=None,
                sess_options=options(),
                static_shape_sessions=False,
            )
        except Exception as error:  # it raises whatever onnx and onnxruntime raise
            raise refusal(path, error, provider) from error
        if model is not None:
            see_provider(model.session, provider)
        return model


@contextlib.contextmanager
def _copy(path: Path, content: bytes) -> Iterator[Path]:
    """A file with this content under the same name, for insightface, which reads a model from its
    file and does so twice: in memory where the system can, else in a folder of this user's own."""
    with tempfile.TemporaryDirectory(prefix="kinfolk-") as folder:
        copy = Path(folder) / path.name
        if not hasattr(os, "memfd_create"):
            copy.write_bytes(content)
            yield copy
            return
        with os.fdopen(os.memfd_create("model"), "wb") as file:
            file.write(content)
            file.flush()
            copy.symlink_to(f"/proc/self/fd/{file.fileno()}")
            yield copy
