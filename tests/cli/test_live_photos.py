"""Photos that move, as the command line tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from tests.cli.conftest import Say
from tests.media.moving import container_photo, film, live_film, live_still


def test_live_and_motion_photos_are_photos_until_their_stills_go(
    say: Say, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    album = tmp_path / "album"
    still = live_still(album / "IMG_1.HEIC")
    moving = live_film(album / "IMG_1.MOV")
    begin = container_photo(album / "PXL_2.jpg", film())
    answer = say("index", album)
    assert answer["Indexed"] == 2 and not answer["Skipped"]
    assert say("meta", still)["MotionPhoto"] == {"URI": moving.as_uri()}
    told = say("meta", album / "PXL_2.jpg")["MotionPhoto"]
    assert told == {"URI": (album / "PXL_2.jpg").as_uri(), "Offset": begin}
    assert main(["meta", str(still)]) == main(["meta", str(moving)]) == 0
    said = capfd.readouterr().out.splitlines()
    assert f"its moving part: {moving}" in said
    assert said[-1] == f"{moving}: the moving part of a photo, and shown with that"
    assert {file["Filename"] for file in say("photos")["Files"]} == {"IMG_1.HEIC", "PXL_2.jpg"}

    renamed = album / "2021"
    renamed.mkdir()
    still, moving = still.rename(renamed / still.name), moving.rename(renamed / moving.name)
    assert say("index", album)["Indexed"] == 0
    assert say("meta", still)["MotionPhoto"] == {"URI": moving.as_uri()}

    still.unlink()
    assert say("index", album)["Indexed"] == 1
    told = say("meta", moving)
    assert told["MediaType"] == "video" and "MotionPhoto" not in told
