"""Packs: described without an engine, opened, and refused with what to do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.errors import ModelError
from app.faces.analyser import FaceAnalyser
from app.faces.packs import describe_pack, open_pack
from app.paths import resources
from tests.faces.pictures import ArrayPicture, six_people

ROOT = Path(__file__).parents[2]
SMALL = ROOT.parent / "shared" / "models" / "insightface-small"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Resources with a copy of the compact pack, to be harmed."""
    shutil.copytree(resources() / "models" / "compact", tmp_path / "models" / "compact")
    return tmp_path


def test_the_compact_pack_tells_what_it_is() -> None:
    info = describe_pack("compact", Path("/nowhere"), resources())
    assert (info.name, info.licence, info.licence_allows_all_use) == ("compact", "MIT", True)
    assert info.dimensions == 512 and info.version
    assert set(info.thresholds) >= {"merge_average", "join_mean3", "join_margin", "near_identical"}
    likenesses = {"merge_average", "join_mean3", "join_margin", "near_identical", "same_even"}
    assert all(0 < info.thresholds[name] < 1 for name in likenesses)


def test_the_compact_pack_brings_its_provenance_and_licences() -> None:
    folder = resources() / "models" / "compact"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    licences = (folder / "LICENSES.txt").read_text(encoding="utf-8")
    for source in manifest["sources"]:
        assert f"{source['name']} {source['version']}" in licences
        assert len(source["sha256"]) == 64
    assert licences.count("Permission is hereby granted") == 2
    assert all(entry["measured"] for entry in manifest["thresholds"].values())
    assert sum(path.stat().st_size for path in folder.iterdir()) < 16_000_000


def test_describing_a_pack_loads_no_engine() -> None:
    told = _python(
        "import sys; from pathlib import Path; from app.faces.packs import describe_pack;"
        "from app.paths import resources;"
        "describe_pack('compact', Path('/nowhere'), resources());"
        "print([name for name in ('onnxruntime', 'cv2', 'insightface', 'skimage', 'onnx')"
        " if name in sys.modules])"
    )
    assert told == "[]"


@pytest.mark.parametrize("harm", ["missing", "changed", "no manifest", "odd manifest", "newer"])
@pytest.mark.parametrize("opener", [describe_pack, open_pack])
def test_a_harmed_pack_is_refused_with_what_to_do(copied: Path, harm: str, opener: object) -> None:
    folder = copied / "models" / "compact"
    manifest = folder / "manifest.json"
    if harm == "missing":
        (folder / "pose.onnx").unlink()
    elif harm == "changed":
        (folder / "embedder.onnx").write_bytes(b"not a model")
    elif harm == "no manifest":
        manifest.unlink()
    elif harm == "odd manifest":
        manifest.write_text("{", encoding="utf-8")
    else:
        written = json.loads(manifest.read_text(encoding="utf-8")) | {"format": 99}
        manifest.write_text(json.dumps(written), encoding="utf-8")
    assert callable(opener)
    with pytest.raises(ModelError, match=r"Install Kinfolk again|choose another"):
        opener("compact", Path("/nowhere"), copied)


@pytest.mark.parametrize("name", ["", "buffalo_none", "empty", "broken"])
def test_a_folder_without_usable_models_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "det.onnx").write_bytes(b"nonsense")
    with pytest.raises(ModelError):
        open_pack(name, tmp_path, resources())


@pytest.mark.skipif(not SMALL.is_dir(), reason="needs a folder of insightface models")
def test_a_folder_of_insightface_models_finds_the_same_people(analyser: FaceAnalyser) -> None:
    pack = open_pack(str(SMALL), Path("/nowhere"), resources())
    faces = FaceAnalyser(pack).analyse(ArrayPicture(six_people()))
    assert len(faces) == 6
    assert all(face.embedding.shape == (pack.info.dimensions,) for face in faces)
    assert all(np.linalg.norm(face.embedding) == pytest.approx(1, abs=1e-5) for face in faces)
    assert {(face.maker.pack, face.maker.version) for face in faces} == {(pack.name, pack.version)}
    assert all(face.pose is None and face.age is None for face in faces)
    ours = analyser.analyse(ArrayPicture(six_people()))
    assert all(max(face.box.iou(own.box) for own in ours) > 0.6 for face in faces)


@pytest.mark.skipif(not SMALL.is_dir(), reason="needs a folder of insightface models")
def test_a_folder_without_a_detector_says_so(tmp_path: Path) -> None:
    shutil.copy(SMALL / "mobilefacenet.onnx", tmp_path)
    with pytest.raises(ModelError, match="no detection model"):
        open_pack(str(tmp_path), Path("/nowhere"), resources())


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
