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
from onnx import TensorProto, helper, numpy_helper
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


CHANNELS = 4
"""Of a pixel as the detector takes it: red, green, blue, and one that counts for nothing. For the
first convolution the runtime has a quick kernel only where the channels divide by four."""


def take_bytes(model: onnx.ModelProto) -> onnx.ModelProto:
    """The quantised model, taking pixels as they lie in an image: (N, H, W, 4) uint8.

    It answers the same to the bit, since the first thing it did was to make whole numbers of
    0..255 out of the floats it was given. Raises ValueError when it did anything else.
    """
    graph = model.graph
    weights = {weight.name: weight for weight in graph.initializer}
    makers = {name: node for node in graph.node for name in node.output}
    first = next(node for node in graph.node if node.input[0] == graph.input[0].name)
    scale, zero = (numpy_helper.to_array(weights[name]) for name in first.input[1:])
    if first.op_type != "QuantizeLinear" or scale != 1 or zero != 0 or zero.dtype != np.uint8:
        raise ValueError(f"the model does not begin by rounding its image: {first.op_type}")
    back = next(node for node in graph.node if node.input[0] == first.output[0])
    convolution = next(node for node in graph.node if node.input[0] == back.output[0])
    kernel = weights[makers[convolution.input[1]].input[0]]
    values = numpy_helper.to_array(kernel)
    more = np.zeros((len(values), CHANNELS - values.shape[1], *values.shape[2:]), values.dtype)
    kernel.CopyFrom(numpy_helper.from_array(np.concatenate([values, more], axis=1), kernel.name))
    turned = helper.make_node("Transpose", list(first.input[:1]), ["planes"], perm=[0, 3, 1, 2])
    graph.node.remove(first)
    graph.node.insert(0, turned)
    back.input[0] = turned.output[0]
    sides = ["batch", "H", "W", CHANNELS]
    image = helper.make_tensor_value_info(graph.input[0].name, TensorProto.UINT8, sides)
    graph.input[0].CopyFrom(image)
    onnx.checker.check_model(model)
    return model
