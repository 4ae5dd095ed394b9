"""Web albums: valid pages that ask nobody for anything, and tell nothing that was not meant."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import ExifTags, Image

from app.indexing.export.film import CANNOT
from app.indexing.export.order import Order, Way, Web
from app.indexing.export.web import STRIPPED, WITH_METADATA
from app.library.queries.exports import photo_files
from app.media.thumbnails import encode_thumbnail
from app.paths import resources
from tests.indexing.export.conftest import Shoot, tree

NAME = 'Anna "the <script>alert(1)</script>" & co'
VOID = {"meta", "link", "img"}


class Page(HTMLParser):
    """A page that was read: its elements with their attributes and text, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice: {tag} {attrs}"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open[-1] if self._open else "", data))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such element."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str) -> list[str]:
        """What is written in such elements."""
        return [data for name, data in self.texts if name == tag]


Album = tuple[Shoot, Order, Path]


@pytest.fixture
def album(shoot: Shoot) -> Iterator[Album]:
    """Photos of somebody whose name tries to be more than a name; one is large, turned, and says
    where it was taken."""
    photos = (
        shoot.take("one.jpg", "a", datetime(2018, 1, 2)),
        shoot.take("two.jpg", "ab", datetime(2020, 5, 6)),
        shoot.take("none.jpg", "a", None),
        shoot.take("large.jpg", "a", datetime(2020, 6, 1), data=large(), size=(2000, 3000)),
    )
    person = shoot.name("a", NAME)
    shoot.name("b", "Ben")
    into = shoot.folder.parent / "out"
    yield shoot, Order(into, photos, (person,), way=Way.NONE, web=Web.SCALED), into


def large() -> bytes:
    """A JPEG of 3000 x 2000 pixels that lies on its side, with a place and a camera."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 8.0, 0.0)
    image = Image.new("RGB", (3000, 2000), (200, 60, 60))
    image.paste((20, 40, 220), (0, 0, 1000, 2000))
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=60)
    return out.getvalue()


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def page_of(into: Path) -> tuple[Path, Page]:
    """The folder of the one album in a folder, and its page."""
    (index,) = into.glob("*/index.html")
    return index.parent, Page(index.read_text(encoding="utf-8"))


def test_the_page_is_whole_and_every_file_it_names_lies_beside_it(album: Album) -> None:
    shoot, order, into = album
    done = shoot.export(order)
    folder, page = page_of(into)
    assert done.made == (folder / "index.html",) and done.skipped == ()
    named = [
        value
        for _, attributes in page.elements
        for key, value in attributes.items()
        if key in ("src", "href") and value and not value.startswith("#")
    ]
    assert len(named) == 2 + 1 + 2 * 4  # style, script, cover; small and large
    for one in named:
        assert ":" not in one and not one.startswith("/"), "nothing from elsewhere"
        assert (folder / one).stat().st_size > 0
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")} == {
        *named, "index.html",
    }  # fmt: skip
    anchors = {f"#{attributes['id']}" for _, attributes in page.elements if attributes.get("id")}
    links = {a["href"] for a in page.all("a") if str(a["href"]).startswith("#")}
    assert links <= anchors and "#year-no-date" in links


def test_nothing_comes_from_elsewhere_and_no_script_is_in_the_page(album: Album) -> None:
    shoot, order, into = album
    shoot.export(order)
    folder, page = page_of(into)
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv"))
    assert str(policy).startswith("default-src 'none'") and "http" not in str(policy)
    assert page.text("script") == []
    assert not any(key.startswith("on") or key == "style" for _, a in page.elements for key in a)
    for name in ("album.css", "album.js"):
        text = (folder / name).read_text(encoding="utf-8")
        assert text == (resources() / "web" / name).read_text(encoding="utf-8")
        assert "http" not in text and "import" not in text and "fetch" not in text


def test_a_name_is_a_name_whatever_is_in_it(album: Album) -> None:
    shoot, order, into = album
    shoot.export(order)
    folder, page = page_of(into)
    assert page.text("h1") == [NAME] and page.text("title") == [NAME]
    assert [script.get("src") for script in page.all("script")] == ["album.js"]
    assert folder.name == "Web album of Anna -the -script-alert(1)-script- & co"


def test_photos_say_who_is_in_them_to_those_who_do_not_see_them(album: Album) -> None:
    shoot, order, into = album
    shoot.export(order)
    _, page = page_of(into)
    photos = [image for image in page.all("img") if image.get("class") != "cover"]
    assert [image["alt"] for image in photos] == [
        f"Photo of {NAME}, 2 January 2018", f"Photo of {NAME} and Ben, 6 May 2020",
        f"Photo of {NAME}, 1 June 2020", f"Photo of {NAME}",
    ]  # fmt: skip
    assert page.text("h2") == ["2018", "2020", "No date"]
    assert page.text("h3") == ["January", "May", "June"]
    captions = [link["data-caption"] for link in page.all("a") if "data-caption" in link]
    assert captions == ["2 January 2018", "6 May 2020  ·  with Ben", "1 June 2020", ""]
    assert all(button["aria-label"] for button in page.all("button"))
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.text("main")) == 0 and page.all("nav") == [{"aria-label": "Years"}]


def test_scaled_photos_are_upright_and_hold_nothing_but_the_picture(album: Album) -> None:
    shoot, order, into = album
    done = shoot.export(order)
    folder, page = page_of(into)
    assert done.notes == (STRIPPED,) and STRIPPED in page.text("p")
    for path in folder.rglob("*.jpg"):
        data = path.read_bytes()
        assert b"Exif" not in data and b"SecretCamera" not in data and b"ICC_PROFILE" not in data
        with Image.open(path) as image:
            assert not image.getexif() and max(image.size) <= 2048
    largest = max((folder / "photos").iterdir(), key=lambda path: path.stat().st_size)
    with Image.open(largest) as image:
        assert image.size == (1365, 2048)
        red, _, blue = image.convert("RGB").getpixel((700, 100))  # type: ignore[misc]
        assert blue > red, "what lay left lies on top"


def test_originals_are_copied_as_they_are_when_asked_for(album: Album) -> None:
    shoot, order, into = album
    done = shoot.export(replace(order, web=Web.ORIGINALS))
    folder, page = page_of(into)
    assert done.notes == (WITH_METADATA,) and WITH_METADATA in page.text("p")
    held = sorted(path.read_bytes() for path in (folder / "originals").iterdir())
    assert held == sorted(path.read_bytes() for path in shoot.folder.iterdir())
    # Whoever wants smaller ones after all does not give the originals away with them.
    (folder / "notes.txt").write_text("mine")
    shoot.export(order)
    assert [path for path in folder.rglob("*") if b"SecretCamera" in _bytes(path)] == []
    assert len(list((folder / "photos").iterdir())) == 4 and (folder / "notes.txt").exists()


def a_film(path: Path) -> bytes:
    """A second of film that lies on its side, with a place, a time and a maker in its file."""
    drawn = ("-f", "lavfi", "-i", "testsrc=s=160x120:d=1", "-f", "lavfi", "-i", "sine=d=1")
    told = ("-metadata", "location=+48.1371+011.5754/", "-metadata", "make=SecretCamera")
    whole = ("-pix_fmt", "yuv420p", "-c:a", "aac", *told, "-metadata:s:v:0", "rotate=90")
    kept = ("-movflags", "use_metadata_tags", str(path))
    subprocess.run(["ffmpeg", "-v", "error", "-y", *drawn, *whole, *kept], check=True, timeout=60)
    return path.read_bytes()


def facts_of(path: Path) -> str:
    """All that exiftool finds in a file."""
    words = ["exiftool", "-G", "-ee", str(path)]
    return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout


def keep_poster(shoot: Shoot, *photo_ids: int) -> None:
    """Let there be small pictures of these, as looking at them leaves."""
    poster = encode_thumbnail(np.full((90, 160, 3), 120, np.uint8), 160)
    for row in photo_files(shoot.library, photo_ids):
        shoot.darkroom._thumbnails.put_photo(row.fingerprint, poster)


def test_a_video_is_a_poster_and_a_film_that_tells_no_place(album: Album, tmp_path: Path) -> None:
    shoot, order, into = album
    data = a_film(tmp_path / "made.mp4")
    when = datetime(2021, 1, 1)
    film = shoot.take("film.MOV", "a", when, data=data, kind="video/quicktime")
    broken = shoot.take("broken.mp4", "", when, data=b"no film", kind="video/mp4")
    bare = shoot.take("bare.mp4", "", when, data=data + b"more", kind="video/mp4")
    keep_poster(shoot, film, broken)
    order = replace(order, photos=(*order.photos, film, broken, bare))
    done = shoot.export(order)
    folder, page = page_of(into)
    (link,) = [a for a in page.all("a") if a.get("data-film")]
    written = folder / str(link["href"])
    before, after = facts_of(shoot.folder / "film.MOV"), facts_of(written)
    for secret in ("GPS", "48 deg", "SecretCamera"):
        assert secret in before and secret not in after
    told = [line.split()[-1] for line in after.splitlines() if "Rotation" in line]
    assert told and told == [line.split()[-1] for line in before.splitlines() if "Rotation" in line]
    with av.open(str(written)) as opened:
        assert [stream.type for stream in opened.streams] == ["video", "audio"]
        assert sum(1 for _ in opened.decode(video=0)) == 25
    # No picture of one, and nothing to be written of the other.
    assert [path.name for path, _ in done.skipped] == ["broken.mp4", "bare.mp4"]
    assert done.skipped[0][1] == CANNOT
    inode = written.stat().st_ino
    shoot.export(order)
    assert written.stat().st_ino == inode
    shoot.export(replace(order, web=Web.ORIGINALS))
    folder, page = page_of(into)
    links = [str(a["href"]) for a in page.all("a") if a.get("data-film")]
    assert [(folder / link).read_bytes() for link in links] == [data, b"no film"]
    assert not written.exists()


def test_an_album_is_gone_on_with_and_what_somebody_changed_stays(album: Album) -> None:
    shoot, order, into = album
    shoot.export(order)
    folder, _ = page_of(into)
    before = {path: path.stat().st_ino for path in folder.rglob("*.jpg") if path.stem != "cover"}
    lost = next((folder / "photos").iterdir())
    lost.unlink()
    (folder / "album.css").write_text("body { color: red }")
    os.utime(folder / "album.js")
    new = shoot.take("new.jpg", "a", datetime(2022, 1, 1))
    done = shoot.export(replace(order, photos=(*order.photos, new)))
    assert done.skipped[0][0] == folder / "album.css"
    assert (folder / "album.css").read_text() == "body { color: red }"
    after = {path: path.stat().st_ino for path in folder.rglob("*.jpg") if path.stem != "cover"}
    assert len(after) == len(before) + 2 and lost in after
    assert all(after[path] == inode for path, inode in before.items() if path != lost)
    assert "2022" in page_of(into)[1].text("h2")


def test_a_folder_of_that_name_that_is_somebody_elses_is_left_alone(album: Album) -> None:
    shoot, order, into = album
    theirs = into / "Web album of Anna -the -script-alert(1)-script- & co"
    theirs.mkdir(parents=True)
    (theirs / "index.html").write_text("mine")
    done = shoot.export(order)
    assert tree(theirs) == {"index.html": b"mine"}
    assert done.made[0].parent.name.endswith("(2)")
