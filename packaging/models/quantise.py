"""Quantise: the detector in 8-bit whole numbers, calibrated on the sample photos of packages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import insightface
import numpy as np
import onnx
import skimage
from numpy.typing import NDArray
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process
from PIL import Image

SAMPLES = {
    "insightface": ("t1.jpg", "Tom_Hanks_54745.png"),
    "skimage": ("astronaut.png", "rocket.jpg", "coffee.png", "chelsea.png"),
}
"""Photos with faces, and without: both ends of what the detector will see."""
LONG_SIDES = (192, 320, 448, 640)
"""Faces at many sizes out of few photos, in pixels."""


class _Samples(CalibrationDataReader):  # type: ignore[misc]
    """Feeds the sample photos in a fixed order."""

    def __init__(self) -> None:
        self._feeds = iter([{"image": picture} for picture in samples()])

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        return next(self._feeds, None)


def samples() -> Iterator[NDArray[np.float32]]:
    """The calibration pictures: (1, 3, H, W) float32, RGB 0..255, sides multiples of 32."""
    folders = {
        "insightface": Path(insightface.__file__).parent / "data" / "images",
        "skimage": Path(skimage.__file__).parent / "data",
    }
    for package, names in SAMPLES.items():
        for name in names:
            with Image.open(folders[package] / name) as opened:
                photo = opened.convert("RGB")
            for long_side in LONG_SIDES:
                yield _at(photo, long_side)


def _at(photo: Image.Image, long_side: int) -> NDArray[np.float32]:
    ratio = long_side / max(photo.size)
    width, height = (max(32, round(side * ratio)) for side in photo.size)
    canvas = Image.new("RGB", (-(-width // 32) * 32, -(-height // 32) * 32))
    canvas.paste(photo.resize((width, height), Image.Resampling.BILINEAR))
    return np.asarray(canvas, np.float32).transpose(2, 0, 1)[None]


def to_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same model with its convolutions in int8 (QDQ, weights per channel).

    Weights keep 7 bits: on processors older than VNNI the 16-bit sums of the 8-bit product
    overflow otherwise, and faces would be lost on just those machines.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        onnx.save(model, folder / "fp32.onnx")
        quant_pre_process(folder / "fp32.onnx", folder / "ready.onnx", skip_symbolic_shape=True)
        quantize_static(
            folder / "ready.onnx",
            folder / "int8.onnx",
            _Samples(),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=["Conv", "Relu", "Add"],
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.MinMax,
            calibration_providers=["CPUExecutionProvider"],
        )
        quantised = onnx.load(folder / "int8.onnx")
    quantised.producer_name, quantised.producer_version = "kinfolk", ""
    return quantised
