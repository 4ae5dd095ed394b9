"""Videos: every kind opens, frames are exact, upright, and damage costs nothing but a reason."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from app.errors import PhotoError
from app.media import formats
from app.media.fingerprint import WHOLE_BYTES, fingerprint
from app.media.video import Video, frame_at
from tests.media.films import (
    CODECS,
    HEIGHT,
    RATE,
    WIDTH,
    Pixels,
    ffmpeg,
    film,
    number_of,
    numbered,
)

FRAMES = 50


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def mp4(folder: Path) -> Path:
    return film(folder / "a.mp4", map(numbered, range(FRAMES)))


@pytest.mark.parametrize("ending", CODECS)
def test_every_kind_gives_the_frame_of_a_moment_and_no_other(folder: Path, ending: str) -> None:
    path = film(folder / f"kind{ending}", map(numbered, range(FRAMES)))
    with Video(path, 100) as video:
        assert (video.width, video.height) == (WIDTH, HEIGHT)
        assert video.duration == pytest.approx(FRAMES / RATE, abs=0.1)
        assert video.content_type.startswith("video/")
        for number in (30, 0, 7, 49, 12, 31):
            frame = video.frame(number / RATE + 0.2 / RATE)
            assert number_of(frame.at(WIDTH)) == number
            assert frame.moment == pytest.approx(number / RATE, abs=0.002)
        assert number_of(video.frame(99.0).at(WIDTH)) == FRAMES - 1
    assert number_of(frame_at(path, 20 / RATE, WIDTH)) == 20


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_frames_stand_upright(folder: Path, turn: int) -> None:
    path = film(folder / f"turn{turn}.mov", map(numbered, range(3)), turn=turn)
    shown = frame_at(path, 0.0, WIDTH).astype(int)
    right = np.rot90(numbered(0), -turn // 90).astype(int)
    assert shown.shape == right.shape
    assert np.abs(shown - right).mean() < 12
    with Video(path, 100) as video:
        assert (video.height, video.width) == right.shape[:2]


def test_pixels_that_are_no_squares_are_made_so(folder: Path) -> None:
    path = film(folder / "wide.mp4", map(numbered, range(3)), options=("-vf", "setsar=4/3"))
    with Video(path, 100) as video:
        assert (video.width, video.height) == (round(WIDTH * 4 / 3), HEIGHT)
        assert video.frame(0).at(4000).shape == (HEIGHT, round(WIDTH * 4 / 3), 3)


def test_a_frame_is_never_enlarged_and_its_parts_lie_where_they_say(mp4: Path) -> None:
    with Video(mp4, 100) as video:
        frame = video.frame(0.0)
    assert frame.at(5000).shape == (HEIGHT, WIDTH, 3)
    assert frame.at(80).shape == (48, 80, 3)
    from app.faces.types import Box

    pixels, shown = frame.cut(Box(0.5, 0.0, 0.5, 0.4), 40)
    assert 40 <= max(pixels.shape) < 160
    assert shown == pytest.approx((0.5, 0.0, 0.5, 0.4), abs=0.04)
    assert np.abs(pixels.mean(axis=(0, 1)) - (30, 200, 30)).max() < 12
    green = frame.region(Box(0.6, 0.0, 0.3, 0.3), 40)
    assert max(green.shape) == 40
    assert np.abs(green.mean(axis=(0, 1)) - (30, 200, 30)).max() < 12
    with pytest.raises(ValueError, match="shows nothing"):
        frame.region(Box(1.2, 0.0, 0.3, 0.3), 40)


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_what_is_brighter_than_a_screen_is_shown_as_a_screen_can(
    folder: Path, transfer: str
) -> None:
    """Paper white (203 nits) is light and not white, grey is grey, and black is black."""
    level = {"smpte2084": 0.58, "arib-std-b67": 0.75}[transfer]
    ramp = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    ramp[:, WIDTH // 2 :] = round(255 * level)
    path = folder / f"{transfer}.mp4"
    film(path, [ramp] * 3, options=(
        "-vf", "scale=out_color_matrix=bt2020nc,format=yuv420p10le", "-c:v", "libx265",
        "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=none", "-colorspace", "bt2020nc",
        "-color_primaries", "bt2020", "-color_trc", transfer,
    ))  # fmt: skip
    shown = frame_at(path, 0.0, WIDTH)
    assert shown[:, : WIDTH // 2 - 8].mean() < 6
    white = shown[:, WIDTH // 2 + 8 :].reshape(-1, 3).mean(axis=0)
    assert 200 < white.mean() < 250
    assert np.ptp(white) < 6


def test_what_moves_in_a_camcorders_video_has_no_comb(folder: Path) -> None:
    """Of an interlaced frame, every second line is of another moment."""

    def bar(place: int) -> Pixels:
        frame = np.full((HEIGHT, WIDTH, 3), 30, np.uint8)
        frame[:, place : place + 40] = 220
        return frame

    path = film(
        folder / "fields.mpg", [bar(20 + 12 * number) for number in range(16)], 50,
        ("-vf", "interlace=lowpass=off", "-flags", "+ilme+ildct", "-r", "25"),
    )  # fmt: skip

    def comb(pixels: Pixels) -> float:
        lines = pixels[..., 1].astype(int)
        return float(np.abs(2 * lines[1:-1] - lines[:-2] - lines[2:]).mean())

    raw = folder / "fields.png"
    ffmpeg("-i", str(path), "-vf", "select=eq(n\\,4)", "-frames:v", "1", str(raw))
    combed = np.asarray(Image.open(raw).convert("RGB"))
    assert comb(combed) > 10, "or else this shows nothing"
    assert comb(frame_at(path, 4 / 25, WIDTH)) < comb(combed) / 5


def test_what_is_written_of_a_video_can_be_asked_for(folder: Path) -> None:
    path = film(
        folder / "told.mov", map(numbered, range(3)),
        options=("-metadata", "creation_time=2021-03-04T05:06:07Z"),
    )  # fmt: skip
    with Video(path, 100) as video:
        assert video.metadata["creation_time"].startswith("2021-03-04T05:06:07")


def test_names_and_contents_tell_videos(mp4: Path) -> None:
    assert formats.is_album_file(mp4)
    assert formats.is_album_file(Path("A.JPG"))
    assert not formats.is_photo(mp4)
    assert not formats.is_album_file(Path("._a.mp4"))
    assert not formats.is_album_file(Path("a.ts"))
    assert formats.sniff_video(mp4.read_bytes()[:1024]) == "MP4"
    assert formats.sniff_video(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic") is None
    assert formats.sniff_video(b"\0\0\0\x18ftypcrx \0\0\0\1crx isom") is None
    assert formats.sniff_video(b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\0" * 4000, "nothing at its start but zeros"),
        (b"\0\0\0\x18ftypisom" + b"\0" * 4000, "damaged"),
        (b"RIFF\0\0\0\0AVI LIST" + b"x" * 4000, "damaged"),
        (b"\x1aE\xdf\xa3" + b"x" * 4000, "damaged"),
        (b"#EXTM3U\nhttp://127.0.0.1:9/a.ts\n", "not a kind of video"),
        (b"ffconcat version 1.0\nfile a.mp4\n", "not a kind of video"),
    ],
)
def test_a_broken_video_costs_a_reason(folder: Path, content: bytes, reason: str) -> None:
    path = folder / "broken.mp4"
    path.write_bytes(content)
    with pytest.raises(PhotoError, match=reason):
        Video(path, 100)


def test_sound_alone_is_no_video(folder: Path) -> None:
    path = folder / "sound.mp4"
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", str(path))
    with pytest.raises(PhotoError, match="only sound"):
        Video(path, 100)


def test_what_is_left_of_a_video_that_was_cut_short_is_shown(folder: Path, mp4: Path) -> None:
    cut = folder / "cut.mp4"
    cut.write_bytes(mp4.read_bytes()[: mp4.stat().st_size // 2])
    with pytest.raises(PhotoError, match="damaged"):  # its tables were at the end
        Video(cut, 100)
    whole = film(folder / "whole.mkv", map(numbered, range(FRAMES)))
    cut = folder / "cut.mkv"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert number_of(frame_at(cut, 3 / RATE, WIDTH)) == 3
    assert number_of(frame_at(cut, 99.0, WIDTH)) < FRAMES - 1


def test_absurd_sizes_are_told_before_anything_is_decoded(mp4: Path, folder: Path) -> None:
    with pytest.raises(PhotoError, match="too large: 320 x 192"):
        Video(mp4, 0)
    raw = film(folder / "raw.avi", [numbered(0)], options=("-c:v", "rawvideo", "-pix_fmt", "bgr24"))
    data = bytearray(raw.read_bytes())
    at = data.index(b"strf") + 12
    data[at : at + 8] = (12000).to_bytes(4, "little") * 2
    raw.write_bytes(data)
    with pytest.raises(PhotoError, match="too large: 12000 x 12000"):
        Video(raw, 100)


def test_a_pipe_is_never_opened(folder: Path) -> None:
    path = folder / "pipe.mp4"
    os.mkfifo(path)
    with pytest.raises(PhotoError, match="pipe"):
        Video(path, 100)


def test_a_video_is_read_by_nobody_but_us(
    mp4: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file that a video names is opened, and no host asked."""
    monkeypatch.setattr(socket, "socket", None)
    path = folder / "told:http.mp4"
    path.write_bytes(mp4.read_bytes())
    assert number_of(frame_at(path, 0.2, WIDTH)) == 5


def test_a_fingerprint_tells_contents(mp4: Path) -> None:
    with Video(mp4, 100) as video:
        assert video.fingerprint == fingerprint(mp4.read_bytes())
        assert number_of(video.frame(0.4).at(WIDTH)) == 10  # hashing does not disturb decoding


def test_of_a_long_video_only_parts_are_hashed(mp4: Path, folder: Path) -> None:
    """Whatever differs at an end or in size makes another one; the same bytes the same."""
    prints = []
    for tail, size in ((b"a", 3), (b"a", 3), (b"b", 3), (b"a", 4)):
        path = folder / "long.mp4"
        with path.open("wb") as file:
            file.write(mp4.read_bytes())
            file.truncate(size * WHOLE_BYTES)
            file.seek(-10, os.SEEK_END)
            file.write(tail)
        with Video(path, 100) as video:
            prints.append(video.fingerprint)
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3


def test_a_drive_that_fails_is_told_and_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("-c:v", "rawvideo", "-pix_fmt", "bgr24")
    path = film(folder / "large.avi", map(numbered, range(FRAMES)), options=options)

    def read(_: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with Video(path, 100) as video:
        video.demand_unchanged()
        failing = SimpleNamespace(read=read, seek=lambda *_: 0)
        monkeypatch.setattr(video._source, "_file", failing)
        with pytest.raises(PhotoError):
            video.frame(1.5)
        with pytest.raises(PhotoError, match="cannot be read: Input/output error"):
            video.demand_unchanged()


def test_a_video_that_is_written_meanwhile_is_told(mp4: Path, folder: Path) -> None:
    path = folder / "growing.mp4"
    path.write_bytes(mp4.read_bytes())
    with Video(path, 100) as video:
        video.demand_unchanged()
        with path.open("ab") as file:
            file.write(b"more")
        with pytest.raises(PhotoError, match="being changed"):
            video.demand_unchanged()
