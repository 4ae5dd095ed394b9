"""The same photo in every kind of file, lying in every way: the same people, in the same places, on
the same day."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pylibjxl
from PIL import Image

from app.indexing.house import House
from app.library.models import Photo
from app.library.queries.faces import faces_in_photo
from app.library.rows import FaceRow, TaskState
from app.media.thumbnails import overlap
from tests.indexing.conftest import finish
from tests.media.raws import TAKEN, dng
from tests.media.samples import encode, lay

Open = Callable[..., House]


def write_all(seen: Image.Image, folder: Path) -> None:
    """The photo as phones, cameras, scanners and other programs store it."""

    def exif(orientation: int) -> Image.Exif:
        tags = Image.Exif()
        tags[0x0112] = orientation
        tags.get_ifd(0x8769)[0x9003] = TAKEN
        tags[0x8769] = 1
        return tags

    def put(name: str, data: bytes) -> None:
        (folder / name).write_bytes(data)

    put("plain.jpg", encode(seen, "JPEG", exif=exif(1)))
    put("phone.heic", encode(lay(seen, 6), "HEIF", exif=exif(6).tobytes()))
    put("program.heic", encode(lay(seen, 8), "HEIF", exif=exif(8)))
    put("web.avif", encode(lay(seen, 3), "AVIF", exif=exif(3), speed=8))
    put("web.webp", encode(lay(seen, 7), "WEBP", exif=exif(7)))
    put("web.png", encode(lay(seen, 5), "PNG", exif=exif(5)))
    put("new.jxl", pylibjxl.jpeg_to_jxl(encode(lay(seen, 8), "JPEG", exif=exif(8)), effort=1))
    put("camera.dng", dng(lay(seen, 6), 6))
    put("camera.nef", dng(lay(seen, 4), 4, lay(seen, 4)))
    for name, options in (
        ("scan.tif", ["-depth", "16", "-compress", "LZW"]),
        ("print.jpg", ["-colorspace", "CMYK", "-quality", "95"]),
    ):
        subprocess.run(["convert", folder / "plain.jpg", *options, folder / name], check=True)
        subprocess.run(
            ["exiftool", "-q", "-overwrite_original", f"-DateTimeOriginal={TAKEN}", folder / name],
            check=True,
        )


def box(face: FaceRow) -> tuple[float, float, float, float]:
    return face.x, face.y, face.w, face.h


def test_every_kind_shows_the_same_people(
    open_house: Open, group_photo: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "kinds"
    folder.mkdir()
    with Image.open(group_photo) as image:
        write_all(image.convert("RGB"), folder)
    house = open_house(workers=2)
    house.indexer.start(watch=False)
    row = finish(house, house.indexer.index(house.collection.id, [folder]), 100)
    assert (row.state, row.result["Indexed"], row.skipped) == (TaskState.DONE, 11, ())
    photos = {row.path.name: row for row in Photo.select()}
    truth = [box(face) for face in faces_in_photo(house.library, photos["plain.jpg"].id)]
    assert len(truth) == 6
    for name, photo in photos.items():
        found = [box(face) for face in faces_in_photo(house.library, photo.id)]
        shares = [max(overlap(one, other) for other in found) for one in truth]
        # Of the half that is developed of a raw file, the frames are a little less exact.
        assert len(found) == 6 and min(shares) > 0.75, (name, shares)
        assert photo.taken == datetime(2019, 8, 4, 17, 3, 55), name
        assert photo.width > photo.height
        assert bool(photo.note) is (name == "camera.dng"), (name, photo.note)
