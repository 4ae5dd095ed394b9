"""Indexing ways: how photos can be looked at, each run alone in a process of its own.

    python -m tests.benchmarks.indexing_ways WAY ORDER.json

ORDER.json names the photos, the models and the file into which goes what happened.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

import app  # noqa: F401 - switches telemetry off before onnxruntime is imported
from tests.benchmarks.truth import Box, photo_key


@dataclass(frozen=True, slots=True)
class Order:
    """What a way is to do."""

    folder: str
    photos: list[str]
    scratch: str
    """A folder that is gone afterwards."""
    answer: str
    detector: str
    """The file of CenterFace in fp32."""
    model: str
    """A folder of insightface models; empty for none."""

    def write(self, path: Path) -> None:
        """Into a file, for the process that carries it out."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a way did."""

    steps: list[tuple[float, int]]
    """Moments of time.monotonic(), and how many photos were done by then."""
    faces: list[tuple[str, Box]]
    """Photo key, and the box in pixels of the upright photo."""


def kinfolk(order: Order) -> Answer:
    """The program itself: scan, look, small pictures, a real library. Nothing is grouped."""
    from app.bootstrap import DEFAULT_COLLECTION, build
    from app.indexing.events import Event, Progressed
    from app.library.queries.tasks import task
    from app.library.rows import TaskState
    from app.paths import Paths

    steps: list[tuple[float, int]] = []

    def hear(event: Event) -> None:
        if isinstance(event, Progressed):
            steps.append((time.monotonic(), event.progress.done))

    library = Path(order.scratch) / "library"
    house = build(str(library), DEFAULT_COLLECTION)
    try:
        house.indexer.subscribe(hear)
        house.indexer.start(watch=False)
        task_id = house.indexer.index(house.collection.id, [Path(order.folder)])
        while not house.indexer.wait(task_id, 0.5):
            pass
        done = task(house.library, task_id)
    finally:
        house.close()
    if done.state is not TaskState.DONE or done.result["Indexed"] < len(order.photos):
        raise SystemExit(f"Kinfolk did not look at every photo: {done}")
    return Answer(steps, _faces_of(Paths.under(library).database))


def straightforward(order: Order) -> Answer:
    """What one writes first: OpenCV decodes all of a photo, CenterFace in fp32 finds the faces at
    640 pixels, each face is embedded alone; onnxruntime and OpenCV as they are left alone."""
    import cv2
    import onnxruntime

    from app.faces.align import similarity
    from app.faces.detect import decode, merge
    from app.paths import resources

    detector = onnxruntime.InferenceSession(order.detector)
    embedder = onnxruntime.InferenceSession(resources() / "models" / "compact" / "embedder.onnx")

    def look(path: str) -> list[Box]:
        image = cv2.imread(path)
        height, width = image.shape[:2]
        scale = 640 / max(height, width)
        small = cv2.resize(image, (round(width * scale), round(height * scale)))
        tall, wide = small.shape[:2]
        padded = cv2.copyMakeBorder(small, 0, -tall % 32, 0, -wide % 32, cv2.BORDER_CONSTANT)
        blob = cv2.dnn.blobFromImage(padded, swapRB=True)
        # By place: the net has other names for the same four where it was published.
        heat, size, offset, landmarks = detector.run(None, {detector.get_inputs()[0].name: blob})
        found = merge(decode(heat[0, 0], size[0], offset[0], landmarks[0], 0.5))
        for marks in found.landmarks / np.float32(scale):
            chip = cv2.warpAffine(image, similarity(marks), (112, 112))
            face = cv2.dnn.blobFromImage(chip, 1 / 128, mean=(127.5, 127.5, 127.5))
            vector = embedder.run(["embedding"], {embedder.get_inputs()[0].name: face})[0][0]
            vector /= np.linalg.norm(vector)
        return [(x, y, w, h) for x, y, w, h in (found.boxes / np.float32(scale)).tolist()]

    return _loop(order, look)


def insightface(order: Order) -> Answer:
    """The loop that insightface documents, with the size of picture it prepares for by itself."""
    import cv2
    from insightface.app import FaceAnalysis

    folder = Path(order.model).absolute()
    # It looks for the models of NAME in ROOT/models/NAME.
    home = Path(order.scratch) / "insightface" / "models"
    home.mkdir(parents=True)
    (home / folder.name).symlink_to(folder, target_is_directory=True)
    analysis = FaceAnalysis(
        name=folder.name, root=str(home.parent), providers=["CPUExecutionProvider"]
    )
    analysis.prepare(ctx_id=0, det_size=(640, 640))

    def look(path: str) -> list[Box]:
        boxes = [face.bbox.tolist() for face in analysis.get(cv2.imread(path))]
        return [(left, top, right - left, below - top) for left, top, right, below in boxes]

    return _loop(order, look)


WAYS: dict[str, Callable[[Order], Answer]] = {
    way.__name__: way for way in (kinfolk, straightforward, insightface)
}


def read_answer(path: Path) -> Answer:
    """What a process wrote down."""
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Answer(
        [(moment, done) for moment, done in told["steps"]],
        [(key, (x, y, w, h)) for key, (x, y, w, h) in told["faces"]],
    )


def float_detector(into: Path) -> Path:
    """CenterFace in fp32, made out of the compact pack's by taking the quantisation out of it.

    It does the same sums as the net it once was, in as many bits; what an unsigned 8-bit value
    cannot hold, which is anything below zero, is cut off by a Relu again.
    """
    import onnx
    from onnx import helper, numpy_helper

    from app.paths import resources

    model = onnx.load(resources() / "models" / "compact" / "detector.onnx")
    graph = model.graph
    known = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    image, planes = graph.input[0].name, graph.node[0].output[0]
    nodes, same = [], {planes: image}
    for node in graph.node[1:]:
        if node.op_type == "QuantizeLinear":
            zero = known[node.input[2]]
            if zero.dtype == np.uint8 and int(zero) == 0:
                nodes.append(helper.make_node("Relu", [node.input[0]], [node.output[0]]))
            else:
                same[node.output[0]] = node.input[0]
        elif node.op_type == "DequantizeLinear" and node.input[0] in known:
            graph.initializer.append(numpy_helper.from_array(_plain(node, known), node.output[0]))
        elif node.op_type == "DequantizeLinear":
            same[node.output[0]] = node.input[0]
        else:
            nodes.append(node)
    _take_planes(graph, nodes)
    outputs = {one.name for one in graph.output}
    nodes += [
        helper.make_node("Identity", [old], [new]) for new, old in same.items() if new in outputs
    ]
    for node in nodes:
        for at, name in enumerate(node.input):
            while name in same:
                name = same[name]
            node.input[at] = name
    used = {name for node in nodes for name in node.input}
    kept = [one for one in graph.initializer if one.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    onnx.save(model, into)
    return into


def _take_planes(graph: Any, nodes: list[Any]) -> None:
    """Let the first convolution have red, green and blue in floats, and nothing else."""
    from onnx import TensorProto, helper, numpy_helper

    first = next(node for node in nodes if node.op_type == "Conv")
    kernel = next(one for one in graph.initializer if one.name == first.input[1])
    rgb = np.ascontiguousarray(numpy_helper.to_array(kernel)[:, :3])
    kernel.CopyFrom(numpy_helper.from_array(rgb, kernel.name))
    sides = ["batch", 3, "H", "W"]
    image = helper.make_tensor_value_info(graph.input[0].name, TensorProto.FLOAT, sides)
    graph.input[0].CopyFrom(image)


def any_size(model_file: Path, into: Path) -> Path:
    """A published CenterFace, which is written down for one size of picture, for any size."""
    import onnx

    model = onnx.load(model_file)
    for value in (*model.graph.input, *model.graph.output):
        for place, side in enumerate(value.type.tensor_type.shape.dim):
            if place != 1:  # that is the channels
                side.dim_param = f"{value.name}_{place}"
    onnx.save(model, into)
    return into


def _plain(node: Any, known: dict[str, np.ndarray]) -> np.ndarray:
    """Quantised weights as floats."""
    values, scale, zero = (known[name] for name in node.input)
    axis = next((one.i for one in node.attribute if one.name == "axis"), 1)
    if scale.ndim:
        shape = [1] * values.ndim
        shape[min(axis, values.ndim - 1)] = -1
        scale, zero = scale.reshape(shape), zero.reshape(shape)
    return ((values.astype(np.int32) - zero.astype(np.int32)) * scale).astype(np.float32)


def _loop(order: Order, look: Callable[[str], list[Box]]) -> Answer:
    steps, faces = [], []
    for number, photo in enumerate(order.photos, start=1):
        faces += [(photo_key(photo), box) for box in look(photo)]
        steps.append((time.monotonic(), number))
    return Answer(steps, faces)


def _faces_of(database: Path) -> list[tuple[str, Box]]:
    words = """
        SELECT path, x * width, y * height, w * width, h * height
        FROM face JOIN photo ON photo.id = photo_id
    """
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        return [
            (photo_key(bytes(path).decode("utf-8", "surrogateescape")), (x, y, w, h))
            for path, x, y, w, h in opened.execute(words)
        ]


def main() -> None:
    """Carry out an order, and write down what happened."""
    way, path = sys.argv[1:]
    order = Order(**json.loads(Path(path).read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory(dir=order.scratch) as folder:
        answer = WAYS[way](Order(**{**asdict(order), "scratch": folder}))
    Path(order.answer).write_text(json.dumps(asdict(answer)), encoding="utf-8")


if __name__ == "__main__":
    main()
