"""Graph: a published model made fit to run here, at any batch and, if asked, any image size."""

from __future__ import annotations

import numpy as np
import onnx
import onnx.version_converter
from onnx import helper, numpy_helper

OPSET = 13
"""The least that has quantisation per channel."""
IR_VERSION = 8
NOTHING = 1e-15
"""Weights smaller than this are zero: they change no result, but their products are denormal
numbers, which a processor works on a hundred times slower."""


def clean(content: bytes, outputs: dict[str, str], any_size: bool = False) -> onnx.ModelProto:
    """The model with one input called `image`, its outputs renamed, and its batch left open.

    `outputs` maps the published output names to ours, in our order. `any_size` opens height and
    width too.
    """
    model = onnx.load_model_from_string(content)
    _weights_out_of_inputs(model.graph)
    _open_reshapes(model.graph)
    model = onnx.version_converter.convert_version(model, OPSET)
    _flush_weights(model.graph)
    _spell_out_prelus(model.graph)
    _drop_unused(model.graph)
    _rename(model.graph, model.graph.input[0].name, "image")
    for theirs, ours in outputs.items():
        _rename(model.graph, theirs, ours)
    _open_shapes(model.graph, list(outputs.values()), any_size)
    model.ir_version = IR_VERSION
    model.producer_name, model.producer_version, model.doc_string = "kinfolk", "", ""
    onnx.checker.check_model(model)
    return model


def _weights_out_of_inputs(graph: onnx.GraphProto) -> None:
    # a weight that is also an input might be fed anew at each run, so nothing is folded into it
    weights = {weight.name for weight in graph.initializer}
    real = [value for value in graph.input if value.name not in weights]
    del graph.input[:]
    graph.input.extend(real)


def _open_reshapes(graph: onnx.GraphProto) -> None:
    # a Reshape to (1, ...) pins batch 1; 0 means "as it came in"
    targets = {node.input[1] for node in graph.node if node.op_type == "Reshape"}
    for weight in graph.initializer:
        if weight.name in targets:
            weight.CopyFrom(_opened(weight))
    for node in graph.node:
        if node.op_type == "Constant" and node.output[0] in targets:
            node.attribute[0].t.CopyFrom(_opened(node.attribute[0].t))


def _opened(target: onnx.TensorProto) -> onnx.TensorProto:
    shape = numpy_helper.to_array(target).copy()
    if shape.ndim == 1 and shape[0] == 1:
        shape[0] = 0
    return numpy_helper.from_array(shape, target.name)


def _flush_weights(graph: onnx.GraphProto) -> None:
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype == np.float32:
            kept = np.where(np.abs(values) < NOTHING, np.float32(0), values)
            weight.CopyFrom(numpy_helper.from_array(kept, weight.name))


def _spell_out_prelus(graph: onnx.GraphProto) -> None:
    # a * x + (1 - a) * relu(x): the runtime has fast kernels for these, and none for PRelu
    # Where no slope is over 1, that is a * x + relu((1 - a) * x), and relu comes with the product.
    slopes = {weight.name: numpy_helper.to_array(weight) for weight in graph.initializer}
    spelt: list[onnx.NodeProto] = []
    for node in graph.node:
        if node.op_type != "PRelu":
            spelt.append(node)
            continue
        (value, slope), result = node.input, node.output[0]
        rest, above, raised, sloped = (f"{result}_{part}" for part in ("a", "b", "c", "d"))
        graph.initializer.append(numpy_helper.from_array(1 - slopes[slope], rest))
        steps = [("Mul", [rest]), ("Relu", [])]
        if slopes[slope].max() > 1:
            steps.reverse()
        (first, with_first), (second, with_second) = steps
        spelt += [
            helper.make_node(first, [value, *with_first], [above]),
            helper.make_node(second, [above, *with_second], [raised]),
            helper.make_node("Mul", [value, slope], [sloped]),
            helper.make_node("Add", [sloped, raised], [result]),
        ]
    del graph.node[:]
    graph.node.extend(spelt)


def _drop_unused(graph: onnx.GraphProto) -> None:
    used = {name for node in graph.node for name in node.input}
    kept = [weight for weight in graph.initializer if weight.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def _rename(graph: onnx.GraphProto, theirs: str, ours: str) -> None:
    for node in graph.node:
        for names in (node.input, node.output):
            for index, name in enumerate(names):
                if name == theirs:
                    names[index] = ours
    for value in (*graph.input, *graph.output):
        if value.name == theirs:
            value.name = ours


def _open_shapes(graph: onnx.GraphProto, outputs: list[str], any_size: bool) -> None:
    del graph.value_info[:]
    by_name = {value.name: value for value in graph.output}
    del graph.output[:]
    graph.output.extend(by_name[name] for name in outputs)
    for value, letters in ((graph.input[0], "HW"), *((value, "hw") for value in graph.output)):
        dimensions = value.type.tensor_type.shape.dim
        dimensions[0].dim_param = "batch"
        if any_size:
            dimensions[2].dim_param, dimensions[3].dim_param = letters
