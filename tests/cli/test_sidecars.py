"""names write: names go out beside the photos when asked, and come back unharmed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageEnhance, ImageOps

from app.__main__ import main
from app.media.xmp.keywords import keywords_in
from app.media.xmp.regions import Frame, overlap, regions_in
from app.media.xmp.sidecars import read_sidecar
from tests.cli.conftest import Say
from tests.conftest import shipped
from tests.media import samples
from tests.media.xmp import made


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Four photos of the same six people, and a library that knows them, to be copied."""
    base = tmp_path_factory.mktemp("album")
    folder = base / "photos"
    folder.mkdir()
    with Image.open(shipped("insightface", "data", "images", "t1.jpg")) as image:
        picture = image.copy()
    for name, changed in {
        "whole": picture,
        "mirrored": ImageOps.mirror(picture),
        "dark": ImageEnhance.Brightness(picture).enhance(0.6),
    }.items():
        changed.save(folder / f"{name}.jpg", quality=90)
    lying = samples.lay(picture, 6)
    tags = Image.Exif()
    tags[0x0112] = 6
    lying.save(folder / "lying.jpg", quality=90, exif=tags)
    assert main(["index", str(folder), "--library", str(base / "library")]) == 0
    return folder, base / "library"


@pytest.fixture
def named(say: Say, album: tuple[Path, Path], home: Path) -> Iterator[Path]:
    """The album with two people who have names."""
    folder, library = album
    shutil.copytree(library, home / "library")
    there = set(folder.iterdir())
    for place, name in enumerate(("Anna Maria", "Łukasz")):
        say("name", say("people")["FigureClusters"][place]["ObjectId"], name)
    yield folder
    for path in set(folder.iterdir()) - there:
        path.unlink()


def sidecars(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.xmp"))}


def photos(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix != ".xmp"}


def people_in(folder: Path) -> set[str]:
    found = [keywords_in(read_sidecar(path)).people for path in folder.glob("*.xmp")]
    return {name for names in found for name in names}


def test_a_dry_run_tells_what_writing_does_and_writes_nothing(say: Say, named: Path) -> None:
    before = photos(named)
    told = say("names", "write", "--dry-run")
    assert told["DryRun"] and told["New"] == told["Files"] == 4
    assert sidecars(named) == {} and told["TaskId"] == ""
    done = say("names", "write")
    assert {**done, "DryRun": True, "TaskId": ""} == told
    assert len(sidecars(named)) == 4 and people_in(named) == {"Anna Maria", "Łukasz"}
    assert photos(named) == before
    task = say("task", done["TaskId"])
    assert (task["TaskType"], task["Status"]) == ("write", "done")


def test_regions_lie_where_the_faces_are_for_exiftool_too(say: Say, named: Path) -> None:
    assert say("names", "write")["New"] == len(photos(named))
    for file in say("photos")["Files"]:
        path = Path(file["URI"].removeprefix("file://"))
        frame = Frame(file["ImageWidth"], file["ImageHeight"], int(file.get("Orientation", 1) or 1))
        sidecar = path.with_name(path.name + ".xmp")
        wanted = {
            figure["FigureClusterName"]: _area(figure["Boundary"], frame)
            for figure in file["Figures"]
            if figure.get("FigureClusterName")
        }
        found = {r.name: r.area for r in regions_in(read_sidecar(sidecar), frame)}
        assert found.keys() == wanted.keys() and found
        assert all(overlap(found[name], wanted[name]) > 0.97 for name in wanted)
        listed = made.told(sidecar, "-RegionInfo")["XMP-mwg-rs:RegionInfo"]["RegionList"]
        assert {region["Name"] for region in listed} == set(wanted)


def _area(box: dict[str, float], frame: Frame) -> tuple[float, float, float, float]:
    return (
        box["Left"] / frame.width, box["Top"] / frame.height,
        box["Width"] / frame.width, box["Height"] / frame.height,
    )  # fmt: skip


def test_writing_again_touches_nothing_and_names_follow_the_album(say: Say, named: Path) -> None:
    say("names", "write")
    first = sidecars(named)
    assert say("names", "write")["Unchanged"] == 4 and sidecars(named) == first
    say("name", "Anna Maria", "Annie")
    assert say("names", "write")["Changed"] == 4
    assert people_in(named) == {"Annie", "Łukasz"}
    say("hide", "Łukasz")
    say("names", "write")
    assert people_in(named) == {"Annie"}
    say("forget", "Annie")
    told = say("names", "write")
    assert told["Removed"] == 4 and sidecars(named) == {}


def test_only_the_names_of_some_go_out(say: Say, named: Path) -> None:
    told = say("names", "write", "--person", "Łukasz")
    assert told["New"] == 4 and people_in(named) == {"Łukasz"}
    say("hide", "Łukasz")
    assert "hidden" in say("names", "write", "--person", "Łukasz", status=2)["Error"]["Message"]
    nobody = next(p for p in say("people")["FigureClusters"] if not p["Name"])["ObjectId"]
    told = say("names", "write", "--person", nobody, status=2)
    assert "no name" in told["Error"]["Message"]


def test_only_photos_that_meet_a_query_get_names(say: Say, named: Path) -> None:
    name = next(named.glob("whole*")).name
    query = json.dumps({"Field": "Filename", "Operation": "eq", "Value": name})
    told: Any = say("names", "write", "--query", query)
    assert told["New"] == 1 and list(sidecars(named)) == [f"{name}.xmp"]
    assert say("names", "write", "--query", "{", status=2)["Error"]
    assert say("names", "write", "--query", query, "--person", "Łukasz", status=2)["Error"]


def test_another_name_there_is_a_conflict_until_it_is_overwritten(say: Say, named: Path) -> None:
    say("names", "write", "--person", "Łukasz")
    for path in named.glob("*.xmp"):  # another program says otherwise
        made.exiftool("-overwrite_original", "-RegionName=Lucas", path)
    before = sidecars(named)
    told = say("names", "write", "--dry-run")
    assert told["Conflicts"] == 4
    assert {(c["Name"], c["Other"]) for c in told["ConflictList"]} == {("Łukasz", "Lucas")}
    assert sidecars(named) == before
    assert say("names", "write")["Conflicts"] == 4
    assert all("Lucas" in text.decode() for text in sidecars(named).values())
    assert say("names", "write", "--overwrite")["Conflicts"] == 0
    assert say("names", "write")["Conflicts"] == 0
    names = {r.name for p in named.glob("*.xmp") for r in regions_in(read_sidecar(p), Frame(9, 9))}
    assert names == {"Anna Maria", "Łukasz"}


def test_what_cannot_be_changed_is_told_and_the_rest_is_done(say: Say, named: Path) -> None:
    photo = next(named.glob("whole*"))
    bad = photo.with_name(photo.name + ".xmp")
    bad.write_bytes(b"no XMP at all")
    told = say("names", "write", status=1)
    assert told["New"] == 3 and bad.read_bytes() == b"no XMP at all"
    (skipped,) = told["Skipped"]
    assert skipped["URI"] == photo.as_uri() and "damaged" in skipped["Error"]


def test_a_copy_is_a_file_of_its_own(say: Say, named: Path) -> None:
    photo = next(named.glob("whole*"))
    shutil.copyfile(photo, named / "copy.jpg")
    say("index", named)
    assert say("names", "write")["New"] == 5
    sizes = [len(regions_in(read_sidecar(named / f"{n}.xmp"), Frame(9, 9))) for n in (
        "copy.jpg", photo.name,
    )]  # fmt: skip
    assert sizes[0] == sizes[1] == 2


def test_what_people_read_names_the_numbers(
    say: Say, named: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert say("people") and named.exists()
    assert main(["names", "write", "--dry-run"]) == 0
    out = capfd.readouterr().out
    assert "4 would be new" in out and "leave the library" in out
