"""All that lies beside photos is gathered, and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from app.indexing.foreign_names import contacts_files, gather, picasa_data, read_bounded
from app.library.queries.naming import Lying
from app.media.foreign.found import Origin
from app.media.xmp.regions import Frame
from app.media.xmp.wish import KnownFace, Wish
from app.media.xmp.writing import write_names
from app.progress import Cancelled
from tests.media.xmp.made import exiftool, photo, region, region_info

INI = "[Contacts2]\n1=Anna;;\n2=Ben;;\n"


def lying(folder: Path, *names: str, is_looked_at: bool = True) -> list[Lying]:
    """Files of a collection, real pictures of 64 x 48 pixels."""
    folder.mkdir(exist_ok=True)
    return [
        Lying(number, photo(folder / name), 1, 64, 48, is_looked_at)
        for number, name in enumerate(names, 1)
    ]


def never(*_: object) -> None:
    """Nobody wants to know."""


def told(files: list[Lying], *known: str) -> dict[int, list[tuple[str, Origin]]]:
    found = gather(files, {}, known, never)
    return {number: [(one.name, one.origin) for one in own] for number, own in found.names.items()}


def test_every_kind_of_file_is_read(tmp_path: Path) -> None:
    files = lying(tmp_path / "a", "one.jpg", "two.jpg", "three.jpg", "four.jpg")
    folder = tmp_path / "a"
    (folder / ".picasa.ini").write_text(f"{INI}[ONE.jpg]\nfaces=rect64(1000100050005000),1\n")
    exiftool(
        "-overwrite_original", region_info(64, 48, region("Carl", 0.5, 0.5, 0.2, 0.2),
        region("Rex", 0.2, 0.2, 0.1, 0.1, "Pet")), folder / "two.jpg",
    )  # fmt: skip
    exiftool(
        "-XMP-iptcExt:PersonInImage=Dora", "-XMP-lr:HierarchicalSubject=People|Family|Emil",
        "-XMP-lr:HierarchicalSubject=People|Family", "-XMP-lr:HierarchicalSubject=Places|Rome",
        "-XMP-digiKam:TagsList=Personen/Unknown", "-XMP-dc:Subject=Anna",
        "-XMP-dc:Subject=Sunset", folder / "three.jpg.xmp",
    )  # fmt: skip
    document = {"title": "four.jpg", "people": [{"name": "Frieda"}]}
    (folder / "four.jpg.json").write_text(json.dumps(document))
    assert told(files) == {
        1: [("Anna", Origin.PICASA)],
        2: [("Carl", Origin.REGIONS)],
        3: [("Dora", Origin.KEYWORDS), ("Emil", Origin.KEYWORDS), ("Anna", Origin.KEYWORDS)],
        4: [("Frieda", Origin.TAKEOUT)],
    }


def test_plain_keywords_count_where_somebody_is_called_so(tmp_path: Path) -> None:
    files = lying(tmp_path / "a", "one.jpg")
    exiftool("-XMP-dc:Subject=anna", "-XMP-dc:Subject=Beach", tmp_path / "a" / "one.xmp")
    assert told(files) == {}
    assert told(files, "Anna", "Ben") == {1: [("anna", Origin.KEYWORDS)]}


def test_microsofts_regions_are_read(tmp_path: Path) -> None:
    files = lying(tmp_path / "a", "one.jpg")
    words = "-RegionInfoMP={Regions=[{PersonDisplayName=Anna,Rectangle=0.1|, 0.2|, 0.3|, 0.4}]}"
    exiftool("-overwrite_original", words, files[0].path)
    (name,) = gather(files, {}, (), never).names[1]
    assert (name.name, name.origin) == ("Anna", Origin.MICROSOFT)
    assert name.readings[0] == pytest.approx((0.1, 0.2, 0.3, 0.4))


def test_what_kinfolk_wrote_is_known_as_its_own(tmp_path: Path) -> None:
    files = lying(tmp_path / "a", "one.jpg")
    ben = region_info(64, 48, region("Ben", 0.8, 0.8, 0.1, 0.1))
    exiftool("-overwrite_original", ben, files[0].path)
    anna = KnownFace("Anna", (0.1, 0.2, 0.2, 0.3))
    write_names(files[0].path, Wish((anna,), Frame(64, 48)))
    names = gather(files, {}, (), never).names[1]
    assert {name.name: name.is_ours for name in names if name.readings} == {
        "Anna": True, "Ben": False,
    }  # fmt: skip


def test_what_cannot_be_used_yet_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    files = lying(folder, "one.jpg", is_looked_at=False)
    (folder / ".picasa.ini").write_text(
        f"{INI}[one.jpg]\nfaces=rect64(1000100050005000),1;rect64(2000200060006000),9\n"
        "[gone.jpg]\nfaces=rect64(1000100050005000),2\n[star.jpg]\nstar=yes\n"
    )
    found = gather(files, {}, (), never)
    assert found.names == {}
    assert (found.not_looked_at, found.elsewhere, found.nameless) == (1, 1, 1)


def test_copies_tell_the_same_once(tmp_path: Path) -> None:
    one, two = (lying(tmp_path / name, "one.jpg")[0] for name in ("a", "b"))
    for name in ("a", "b"):
        (tmp_path / name / "Picasa.ini").write_text(
            f"{INI}[one.jpg]\nfaces=rect64(1000100050005000),1\n"
        )
    assert told([one, two]) == {1: [("Anna", Origin.PICASA)]}


def test_the_originals_that_picasa_set_aside_are_left_alone(tmp_path: Path) -> None:
    (folder := tmp_path / ".picasaoriginals").mkdir()
    (folder / ".picasa.ini").write_text("[a.jpg]\nfaces=rect64(1000100050005000),1\n")
    assert picasa_data(folder) is None
    assert picasa_data(tmp_path / "nowhere") is None


@pytest.mark.parametrize("kind", ["pipe", "folder", "nothing", "huge"])
def test_no_strange_file_is_read(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / ".picasa.ini"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "huge":
        monkeypatch.setattr("app.media.foreign.picasa.MAX_BYTES", 10)
        path.write_bytes(b"x" * 11)
    assert read_bounded(path) is None
    assert read_bounded(Path("a\0b")) is None


def test_the_reading_tells_how_far_it_is_and_can_be_ended(tmp_path: Path) -> None:
    files = lying(tmp_path / "a", "one.jpg", "two.jpg")
    steps: list[tuple[int, int]] = []
    gather(files, {}, (), lambda done, total: steps.append((done, total)))
    assert steps == [(0, 2), (1, 2), (2, 2)]

    def stop(done: int, _: int) -> Any:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        gather(files, {}, (), stop)


def test_contacts_are_found_where_picasa_keeps_them(tmp_path: Path) -> None:
    inner = "Google/Picasa2/contacts/contacts.xml"
    places = [
        f"AppData/Local/{inner}",
        "Library/Application Support/Google/Picasa3/contacts/contacts.xml",
        f".wine/drive_c/users/anna/AppData/Local/{inner}",
        ".google/picasa/3.0/drive_c/Documents and Settings/anna/Local Settings/Application Data/"
        + inner,
    ]  # fmt: skip
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text("<contacts/>")
    found = contacts_files(tmp_path, tmp_path / "AppData" / "Local")
    assert sorted(found) == sorted(tmp_path / place for place in places)
    assert contacts_files(tmp_path / "nobody", None) == []
