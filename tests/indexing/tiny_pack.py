"""A real pack of a few kilobytes: a detector that finds nobody, an embedder that knows nobody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

STRIDES = (8, 16, 32)
ANCHORS = 2


def write_tiny_pack(folder: Path) -> None:
    """Write it into a folder, as SCRFD with landmarks and ArcFace have their outputs."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(_detector(), folder / "det.onnx")
    onnx.save(_embedder(), folder / "rec.onnx")


def _detector() -> onnx.ModelProto:
    nodes, weights, outputs = [], [], []
    for values, bias in ((1, -9.0), (4, 0.0), (10, 0.0)):
        for stride in STRIDES:
            name = f"{values}_{stride}"
            shape = (values * ANCHORS, 3, stride, stride)
            weights += [
                numpy_helper.from_array(np.zeros(shape, np.float32), f"w{name}"),
                numpy_helper.from_array(np.full(values * ANCHORS, bias, np.float32), f"b{name}"),
                numpy_helper.from_array(np.array([-1, values], np.int64), f"s{name}"),
            ]
            nodes += [
                helper.make_node(
                    "Conv", ["input.1", f"w{name}", f"b{name}"], [f"c{name}"],
                    kernel_shape=[stride, stride], strides=[stride, stride],
                ),
                helper.make_node("Transpose", [f"c{name}"], [f"t{name}"], perm=[0, 2, 3, 1]),
                helper.make_node("Reshape", [f"t{name}", f"s{name}"], [f"r{name}"]),
                helper.make_node(
                    "Sigmoid" if values == 1 else "Identity", [f"r{name}"], [f"o{name}"]
                ),
            ]  # fmt: skip
            outputs.append(
                helper.make_tensor_value_info(f"o{name}", TensorProto.FLOAT, ["n", values])
            )
    given = helper.make_tensor_value_info("input.1", TensorProto.FLOAT, [1, 3, "h", "w"])
    return _model(helper.make_graph(nodes, "detector", [given], outputs, weights))


def _embedder() -> onnx.ModelProto:
    weight = np.random.default_rng(4).normal(size=(3 * 4 * 4, 32)).astype(np.float32)
    nodes = [
        helper.make_node(
            "AveragePool", ["input.1"], ["pooled"], kernel_shape=[28, 28], strides=[28, 28]
        ),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weight"], ["vector"]),
    ]
    given = helper.make_tensor_value_info("input.1", TensorProto.FLOAT, ["n", 3, 112, 112])
    told = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["n", 32])
    weights = [numpy_helper.from_array(weight, "weight")]
    return _model(helper.make_graph(nodes, "embedder", [given], [told], weights))


def _model(graph: onnx.GraphProto) -> onnx.ModelProto:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model
