"""The one seam to onnxruntime: nothing else in the program imports it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError

Tensor = NDArray[np.float32]

PROVIDERS = ("CPUExecutionProvider",)
"""Where models run, in order of preference."""


class Session(Protocol):
    """A model that can be run."""

    def run(self, image: Tensor) -> dict[str, Tensor]:
        """All outputs, by name, for one batch: (N, C, H, W) float32 as the model wants it."""


class OnnxSession:
    """A model run by onnxruntime on one thread; there is a process for each core already."""

    def __init__(self, path: Path, content: bytes) -> None:
        """`path` is what the model is called in errors; nothing is read there."""
        runtime = _runtime()
        try:
            self._session = runtime.InferenceSession(
                content, options(runtime), providers=list(PROVIDERS)
            )
        except Exception as error:  # onnxruntime raises classes of its own, all from Exception
            raise ModelError(f"The model {path} cannot be used: {error}") from error
        self._input = self._session.get_inputs()[0].name
        self._outputs = [output.name for output in self._session.get_outputs()]

    def run(self, image: Tensor) -> dict[str, Tensor]:
        """All outputs, by name, for one batch."""
        values = self._session.run(self._outputs, {self._input: image})
        return dict(zip(self._outputs, values, strict=True))


def open_session(path: Path, content: bytes) -> Session:
    """The model that a file held when it was verified, ready to run.

    Raises ModelError when it cannot be loaded.
    """
    return OnnxSession(path, content)


def options(runtime: Any = None) -> Any:
    """How every session runs, also those that insightface opens."""
    chosen = (runtime or _runtime()).SessionOptions()
    chosen.intra_op_num_threads = 1
    chosen.inter_op_num_threads = 1
    chosen.execution_mode = (runtime or _runtime()).ExecutionMode.ORT_SEQUENTIAL
    chosen.log_severity_level = 3
    # photos come in every shape: a memory plan per shape would only grow
    chosen.enable_mem_pattern = False
    return chosen


def blob(images: list[NDArray[np.uint8]], conventions: Mapping[str, Any]) -> Tensor:
    """Images of one size, (H, W, 3) uint8 RGB, as a batch in the way a manifest's `input` says."""
    height, width = images[0].shape[:2]
    batch = np.empty((len(images), 3, height, width), np.float32)
    # What each of the 256 values becomes is looked up: several times as fast as computing it
    # for each pixel, and the same to the bit.
    values = np.arange(256, dtype=np.float32)[:, None]
    mean = np.asarray(conventions["mean"], np.float32)
    deviation = np.asarray(conventions["deviation"], np.float32)
    table = np.ascontiguousarray(((values - mean) / deviation).T)
    order = (2, 1, 0) if conventions["colour"] == "BGR" else (0, 1, 2)
    for place, image in zip(batch, images, strict=True):
        for channel, source in enumerate(order):
            place[channel] = table[channel][image[..., source]]
    return batch


def _runtime() -> Any:
    # has to be in the environment before the first import; app/__init__.py does it too
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    return onnxruntime
