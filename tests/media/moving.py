"""Photos that move, made for the tests: by ffmpeg, exiftool and the words of those who know."""

from __future__ import annotations

import functools
import io
import struct
import subprocess
import tempfile
from pathlib import Path

import pillow_heif
from PIL import Image

from tests.media.samples import encode, scene

IDENTIFIER = "8F3A1C52-7B0E-4E6D-9A55-0123456789AB"
OTHER = "00000000-7B0E-4E6D-9A55-0123456789AB"


def run(*command: str | Path) -> str:
    """Run a program; gives what it said."""
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode().strip()


@functools.cache
def film(suffix: str = ".mp4", seconds: float = 1.0, size: str = "96x72") -> bytes:
    """A short film, made by ffmpeg."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, f"film{suffix}")
        source = f"testsrc2=size={size}:rate=10:duration={seconds}"
        run(
            "ffmpeg", "-v", "error", "-f", "lavfi", "-i", source,
            "-pix_fmt", "yuv420p", "-threads", "1", path,
        )  # fmt: skip
        return path.read_bytes()


def jpeg(width: int = 64, height: int = 48, **options: object) -> bytes:
    """A picture without anything behind it."""
    return encode(scene(width, height), "JPEG", **options)


PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"
 xmlns:Container="http://ns.google.com/photos/1.0/container/"
 xmlns:Item="http://ns.google.com/photos/1.0/container/item/"
 GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1"
 GCamera:MotionPhotoPresentationTimestampUs="500000">
<Container:Directory><rdf:Seq>
<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" Item:Semantic="Primary"
 Item:Length="0" Item:Padding="0"/></rdf:li>
<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="video/mp4" Item:Semantic="MotionPhoto"
 Item:Length="{length}" Item:Padding="0"/></rdf:li>
</rdf:Seq></Container:Directory></rdf:Description></rdf:RDF></x:xmpmeta>"""
"""As in the description of Google's Motion Photo format 1.0."""


def container_photo(path: Path, moving: bytes, picture: bytes = b"") -> int:
    """A Motion Photo of Google's format 1.0, its packet put in by exiftool; gives the byte at which
    the film begins."""
    path.write_bytes(picture or jpeg())
    packet = path.with_suffix(".packet")
    packet.write_text(PACKET.format(length=len(moving)))
    run("exiftool", "-q", "-overwrite_original", f"-XMP<={packet}", path)
    packet.unlink()
    return _append(path, moving)


def micro_video_photo(path: Path, moving: bytes) -> int:
    """The forerunner, of which only the distance from the end of the file is told."""
    path.write_bytes(jpeg())
    run(
        "exiftool", "-q", "-overwrite_original", "-XMP-GCamera:MicroVideo=1",
        f"-XMP-GCamera:MicroVideoOffset={len(moving)}", path,
    )  # fmt: skip
    return _append(path, moving)


def samsung_photo(path: Path, moving: bytes) -> int:
    """As Samsung's cameras write it: a trailer of named blocks, and a directory of them at the end
    (tag 0x0a30 as ExifTool's Samsung module has it)."""
    name = b"MotionPhoto_Data"
    block = struct.pack("<HHI", 0, 0x0A30, len(name)) + name + moving
    entry = struct.pack("<HHII", 0, 0x0A30, len(block), len(block))
    directory = b"SEFH" + struct.pack("<II", 106, 1) + entry
    picture = jpeg()
    path.write_bytes(picture + block + directory + struct.pack("<I", len(directory)) + b"SEFT")
    return len(picture) + len(block) - len(moving)


def heic_with_box(path: Path, moving: bytes) -> int:
    """A HEIC with the film in a box of its own."""
    picture = encode(scene(64, 64), "HEIF")
    path.write_bytes(picture + struct.pack(">I", 8 + len(moving)) + b"mpvd" + moving)
    return len(picture) + 8


def live_still(path: Path, identifier: str = IDENTIFIER, taken: str = "") -> Path:
    """The still of a Live Photo (JPEG or HEIC by its name), the identifier in Apple's note; without
    one an ordinary photo."""
    tags = Image.Exif()
    block = tags.get_ifd(0x8769)
    if taken:
        block[0x9003] = taken
    if identifier:
        block[0x927C] = apple_note(identifier)
    picture = scene(64, 48)
    out = io.BytesIO()
    if path.suffix.lower() in (".heic", ".heif"):
        pillow_heif.register_heif_opener()
        picture.save(out, "HEIF", exif=tags, quality=90)
    else:
        picture.save(out, "JPEG", exif=tags, quality=90)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())
    return path


def apple_note(identifier: str) -> bytes:
    """The maker's note of an iPhone that tells of nothing but the identifier."""
    text = identifier.encode("ascii") + b"\0"
    value_at = 14 + 2 + 12 * 2 + 4
    version = struct.pack(">HHIi", 0x0001, 9, 1, 14)
    entry = struct.pack(">HHII", 0x0011, 2, len(text), value_at)
    ifd = struct.pack(">H", 2) + version + entry + struct.pack(">I", 0)
    return b"Apple iOS\0\0\x01MM" + ifd + text


def live_film(
    path: Path, identifier: str = IDENTIFIER, seconds: float = 1.0, taken: str = ""
) -> Path:
    """The moving part of a Live Photo; `taken` is UTC, as ISO 8601 has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_told_film(identifier, seconds, taken))
    return path


@functools.cache
def _told_film(identifier: str, seconds: float, taken: str) -> bytes:
    words: list[str] = []
    if identifier:
        words += ["-metadata", f"com.apple.quicktime.content.identifier={identifier}"]
    if taken:
        words += ["-metadata", f"creation_time={taken}"]
    with tempfile.TemporaryDirectory() as place:
        plain, told = Path(place, "plain.mov"), Path(place, "told.mov")
        plain.write_bytes(film(".mov", seconds))
        # Only with these keys the times of its tables would not be written.
        flags = ["-movflags", "use_metadata_tags"] if identifier else []
        run("ffmpeg", "-v", "error", "-i", plain, "-c", "copy", *flags, *words, told)
        return told.read_bytes()


def _append(path: Path, moving: bytes) -> int:
    before = path.stat().st_size
    with path.open("ab") as file:
        file.write(moving)
    return before
