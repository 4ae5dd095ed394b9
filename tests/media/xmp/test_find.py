"""Packets in files of every kind, as exiftool and ffmpeg write them."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.errors import XmpError
from app.media.xmp import jpeg
from app.media.xmp.boxes import XMP_UUID
from app.media.xmp.find import packets_in, read_embedded
from app.media.xmp.namespaces import DC
from tests.media import samples
from tests.media.xmp import made

PACKET = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="here"/></rdf:RDF></x:xmpmeta>'
)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF", "HEIF", "AVIF"])
def test_what_exiftool_wrote_is_found_in_every_kind_of_picture(tmp_path: Path, kind: str) -> None:
    path = made.photo(tmp_path / f"a.{samples.KINDS[kind]}", kind)
    assert read_embedded(path).properties == {}
    made.exiftool("-overwrite_original", "-XMP-dc:Source=Ärmel & Söhne", path)
    assert read_embedded(path).text(DC, "source") == "Ärmel & Söhne"


def test_pillow_writes_it_into_webp(tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    made.picture(64, 48).save(path, "WEBP", xmp=PACKET)
    assert read_embedded(path).text(DC, "source") == "here"


def test_a_compressed_text_of_png_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", PACKET.decode(), zip=True)
    made.picture(64, 48).save(path, "PNG", pnginfo=text)
    assert PACKET not in path.read_bytes()
    assert read_embedded(path).text(DC, "source") == "here"


@pytest.mark.parametrize("suffix", ["mp4", "mov"])
def test_films_have_it_in_a_box(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=32x32:d=0.2"),
            *("-pix_fmt", "yuv420p", str(path)),
        ],
        check=True,
        timeout=60,
    )
    assert read_embedded(path).properties == {}
    made.exiftool("-overwrite_original", "-XMP-dc:Source=a film", path)
    assert read_embedded(path).text(DC, "source") == "a film"


def test_the_item_of_heif_that_pillow_heif_wrote_is_found() -> None:
    out = io.BytesIO()
    samples.encode(made.picture(64, 48), "HEIF")  # registers it
    made.picture(64, 48).save(out, "HEIF", xmp=PACKET)
    assert packets_in(out) == [PACKET]


@pytest.mark.parametrize("order", [b"II*\0", b"MM\0*"])
def test_both_orders_of_bytes_of_tiff_are_read(tmp_path: Path, order: bytes) -> None:
    path = tmp_path / "a.tif"
    made.picture(64, 48).save(path, "TIFF", big_tiff=False, tiffinfo={700: PACKET})
    if order[0:1] == b"M":
        path.write_bytes(_tiff_from_the_big_end())
    assert read_embedded(path).text(DC, "source") == "here"


def _tiff_from_the_big_end() -> bytes:
    """One directory with the one tag."""
    entry = (700).to_bytes(2, "big") + (1).to_bytes(2, "big") + len(PACKET).to_bytes(4, "big")
    directory = (1).to_bytes(2, "big") + entry + (26).to_bytes(4, "big") + bytes(4)
    return b"MM\0*" + (8).to_bytes(4, "big") + directory + PACKET


def test_bigtiff_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    made.picture(64, 48).save(path, "TIFF", big_tiff=True, tiffinfo={700: PACKET})
    assert path.read_bytes()[2] == 43
    assert read_embedded(path).text(DC, "source") == "here"


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return (8 + len(content)).to_bytes(4, "big") + kind + content


@pytest.mark.parametrize(
    "data",
    [
        box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl ") + box(b"xml ", PACKET) + box(b"jxlc"),
        box(b"ftyp", b"crx ") + box(b"moov") + box(b"uuid", XMP_UUID, PACKET) + box(b"mdat", b"x"),
        box(b"ftyp", b"qt  ") + box(b"moov", box(b"udta", box(b"XMP_", PACKET))),
        box(b"ftyp", b"mp42") + (1).to_bytes(4, "big") + b"uuid"
        + (16 + 16 + len(PACKET)).to_bytes(8, "big") + XMP_UUID + PACKET,
    ],
    ids=["JPEG XL", "CR3", "MOV", "a size of 64 bits"],
)  # fmt: skip
def test_every_kind_of_box_is_opened(data: bytes) -> None:
    assert packets_in(io.BytesIO(data)) == [PACKET]


def test_a_box_that_holds_more_than_there_is_ends_the_search() -> None:
    data = box(b"ftyp", b"mp42") + (99999).to_bytes(4, "big") + b"uuid" + XMP_UUID + PACKET
    assert packets_in(io.BytesIO(data)) == []


def test_a_packet_longer_than_a_segment_is_put_together(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    words = [f"keyword number {number}" for number in range(9000)]
    names = tmp_path / "words"
    names.write_text("".join(f"-XMP-dc:Subject={word}\n" for word in words))
    made.exiftool("-overwrite_original", "-@", names, "-XMP-dc:Source=beside", path)
    with path.open("rb") as stream:
        assert len(packets_in(stream)) == 2
    packet = read_embedded(path)
    assert packet.texts(DC, "subject") == words
    assert packet.text(DC, "source") == "beside"


def test_an_extended_packet_with_a_hole_is_left_out(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    names = tmp_path / "words"
    names.write_text("".join(f"-XMP-dc:Subject=keyword number {n}\n" for n in range(9000)))
    made.exiftool("-overwrite_original", "-@", names, path)
    data = bytearray(path.read_bytes())
    at = data.rindex(jpeg.EXTENDED)
    data[at] = ord("x")
    path.write_bytes(data)
    assert read_embedded(path).get(DC, "subject") is None


def test_a_gif_that_moves_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("P", (16, 16), colour) for colour in range(4)]
    frames[0].save(path, save_all=True, append_images=frames[1:], loop=0, duration=50)
    made.exiftool("-overwrite_original", "-XMP-dc:Source=it moves", path)
    assert read_embedded(path).text(DC, "source") == "it moves"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "TIFF", "HEIF", "AVIF", "WEBP"])
def test_a_file_cut_off_anywhere_is_no_trouble(tmp_path: Path, kind: str) -> None:
    path = made.photo(tmp_path / f"a.{samples.KINDS[kind]}", kind)
    if kind != "WEBP":
        made.exiftool("-overwrite_original", "-XMP-dc:Source=cut", path)
    whole = path.read_bytes()
    for end in range(0, len(whole), max(1, len(whole) // 150)):
        packets_in(io.BytesIO(whole[:end]))


@given(st.sampled_from(sorted(samples.KINDS)), st.data())
def test_a_file_with_wrong_bytes_anywhere_is_no_trouble(kind: str, data: st.DataObject) -> None:
    whole = bytearray(_encoded(kind))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, min(len(whole), 900) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    packets_in(io.BytesIO(bytes(whole)))


_ENCODED: dict[str, bytes] = {}


def _encoded(kind: str) -> bytes:
    if kind not in _ENCODED:
        samples.encode(made.picture(8, 8), "HEIF")
        out = io.BytesIO()
        options = {} if kind in ("GIF", "BMP", "TIFF", "PNG") else {"xmp": PACKET}
        made.picture(8, 8).save(out, kind, **options)
        _ENCODED[kind] = out.getvalue()
    return _ENCODED[kind]


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "a.jpg"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, tmp_path / "nothing.jpg"):
        with pytest.raises(XmpError):
            read_embedded(path)


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    os.utime(path, ns=(5, 5))
    before = path.stat()
    read_embedded(path)
    assert (path.stat().st_atime_ns, path.stat().st_mtime_ns) == (5, before.st_mtime_ns)
