"""The one seam to onnxruntime: nothing else in the program imports it."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError, ProviderError

Tensor = NDArray[np.float32]
Batch = NDArray[np.float32] | NDArray[np.uint8]
"""Images as a model wants them: (N, C, H, W) float32, or (N, H, W, 4) uint8."""

CPU = "cpu"
_NAMES = {
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    "migraphx": "MIGraphXExecutionProvider",
    "rocm": "ROCMExecutionProvider",
    "qnn": "QNNExecutionProvider",
    "webgpu": "WebGpuExecutionProvider",
    "tensorrt": "TensorrtExecutionProvider",
    CPU: "CPUExecutionProvider",
}
"""What onnxruntime calls what may run models. What is not listed here is never used:
AzureExecutionProvider, which comes with every onnxruntime, would send the pictures away."""
_OPTIONS: Mapping[str, Mapping[str, str]] = {
    # Photos come in every shape: to try every algorithm for each would take longer than the look.
    "cuda": {"cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested"},
}


class Session(Protocol):
    """A model that can be run."""

    def run(self, image: Batch) -> dict[str, Tensor]:
        """All outputs, by name, for one batch."""


class OnnxSession:
    """A model run by onnxruntime on one thread; there is a process for each core already."""

    def __init__(self, path: Path, content: bytes, provider: str = CPU) -> None:
        """`path` is what the model is called in errors; nothing is read there."""
        runtime = _runtime()
        chosen = chain(provider)
        try:
            self._session = runtime.InferenceSession(
                content, options(runtime), providers=chosen, enable_fallback=0
            )
        except Exception as error:  # onnxruntime raises classes of its own, all from Exception
            raise refusal(path, error, provider) from error
        see_provider(self._session, provider)
        self._input = self._session.get_inputs()[0].name
        self._outputs = [output.name for output in self._session.get_outputs()]

    def run(self, image: Batch) -> dict[str, Tensor]:
        """All outputs, by name, for one batch."""
        values = self._session.run(self._outputs, {self._input: image})
        return dict(zip(self._outputs, values, strict=True))


def open_session(path: Path, content: bytes, provider: str = CPU) -> Session:
    """The model that a file held when it was verified, ready to run.

    Raises ModelError when it cannot be loaded, ProviderError when it is the provider that cannot.
    """
    return OnnxSession(path, content, provider)


def present() -> list[str]:
    """The providers of this onnxruntime, by our names, the processor last."""
    there = _runtime().get_available_providers()
    return [name for name, official in _NAMES.items() if official in there]


def chain(provider: str) -> list[Any]:
    """What is handed to onnxruntime to have a model run by a provider: what that cannot do, the
    processor does.

    Raises ProviderError when this onnxruntime does not have it.
    """
    if provider == CPU:
        return [_NAMES[CPU]]
    if provider not in present():
        raise ProviderError(f"This onnxruntime does not come with {provider}.")
    if provider in ("cuda", "tensorrt") and hasattr(_runtime(), "preload_dlls"):
        with contextlib.redirect_stdout(io.StringIO()):  # where it would speak of what it lacks
            _runtime().preload_dlls()
    return [(_NAMES[provider], dict(_OPTIONS.get(provider, {}))), _NAMES[CPU]]


def see_provider(session: Any, provider: str) -> None:
    """See that a session of onnxruntime uses a provider, and will use no other one silently.

    Raises ProviderError when it fell back to the processor, as it does without a word when a
    driver or a library of the provider is missing.
    """
    if provider == CPU:
        return
    if _NAMES[provider] not in session.get_providers():
        raise ProviderError(f"{provider} does not start: a driver or library of it is missing.")
    session.disable_fallback()


def refusal(path: Path, error: Exception, provider: str) -> ModelError | ProviderError:
    """What to tell when a model cannot be loaded; `path` is what it is called."""
    if provider != CPU:
        return ProviderError(f"{provider} cannot load the model {path.name}: {_first_line(error)}")
    return ModelError(f"The model {path} cannot be used: {error}")


def failure(error: BaseException, provider: str) -> ProviderError | None:
    """What to tell of an error that was raised while models were run by a provider; None if it
    was not the provider that failed."""
    if provider == CPU:
        return None
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ProviderError):
            return cause
        if type(cause).__module__.split(".")[0] == "onnxruntime":
            return ProviderError(f"{provider} failed: {_first_line(cause)}")
        cause = cause.__cause__
    return None


def _first_line(error: BaseException) -> str:
    told = str(error).strip().splitlines()
    return told[0][:200] if told else type(error).__name__


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
