"""Names of other programs come in, over real photos of six people."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from app.__main__ import main
from app.media.orientation import Area, stored_area
from tests.media import samples
from tests.media.xmp.made import exiftool, region, region_info

if TYPE_CHECKING:
    from tests.cli.conftest import Say

NAMES = ("Anna", "Ben", "Carl", "Dora", "Emil", "Frieda")


def faces(say: Say, photo: Path) -> list[Area]:
    """The boxes of the faces of a photo, from left to right, 0..1."""
    told = say("meta", photo)
    found = [figure["Boundary"] for figure in told["Figures"]]
    width, height = told["ImageWidth"], told["ImageHeight"]
    boxes = [
        (b["Left"] / width, b["Top"] / height, b["Width"] / width, b["Height"] / height)
        for b in found
    ]
    return sorted(boxes)


def wide(box: Area) -> Area:
    """As other programs frame a head: half as large again, and a little higher."""
    x, y, w, h = box
    return (max(0.0, x - w / 4), max(0.0, y - h * 0.35), w * 1.5, h * 1.5)


def rect64(box: Area) -> str:
    """As Picasa writes it."""
    x, y, w, h = box
    digits = "".join(f"{min(65535, round(v * 65536)):04x}" for v in (x, y, x + w, y + h))
    return f"rect64({digits.lstrip('0')})"


def picasa(folder: Path, photos: dict[str, list[tuple[str, Area]]]) -> None:
    """Write a .picasa.ini."""
    names = sorted({name for own in photos.values() for name, _ in own})
    lines = ["[Picasa]", "name=Six", "[Contacts2]"]
    lines += [f"{number:x}={name};;" for number, name in enumerate(names, 0xA1)]
    for photo, own in photos.items():
        told = ";".join(f"{rect64(box)},{names.index(name) + 0xA1:x}" for name, box in own)
        lines += [f"[{photo}]", f"faces={told};", "backuphash=36003"]
    (folder / ".picasa.ini").write_bytes("\r\n".join(lines).encode())


def people(say: Say) -> dict[str, int]:
    """Name -> number of faces, of those who have one."""
    rows = say("people")["FigureClusters"]
    return {row["Name"]: row["FaceCount"] for row in rows if row.get("Name")}


def test_one_named_photo_names_the_groups(say: Say, indexed: Path) -> None:
    boxes = faces(say, indexed / "whole.jpg")
    assert len(boxes) == 6
    named = list(zip(NAMES, map(wide, boxes), strict=True))
    picasa(indexed, {"WHOLE.JPG": named, "gone.jpg": [("Zoe", boxes[0])]})
    shown = say("names", "import")
    assert "Done" not in shown and people(say) == {}, "nothing is done before it is shown"
    told = shown["Import"]
    assert (told["Photos"], told["Faces"], told["Elsewhere"], told["Applied"]) == (1, 6, 1, False)
    assert {one["Name"]: (one["Faces"], one["New"]) for one in told["People"]} == dict.fromkeys(
        NAMES, (1, True)
    )
    done = say("names", "import", indexed, "--apply")
    assert (done["People"], done["Faces"], done["Frames"]) == (6, 6, 0)
    assert done["Done"] == "Took in the names of 6 people, on 6 faces"
    assert people(say) == dict.fromkeys(NAMES, 4), "each group has the name"
    again = say("names", "import", "--apply")
    assert (again["People"], again["Import"]["Already"]) == (0, 6)
    assert say("undo")["Done"] == f"Undone: {done['Done']}"
    assert people(say) == {}
    say("redo")
    assert people(say) == dict.fromkeys(NAMES, 4)


def test_regions_in_sidecars_keywords_and_conflicts(
    say: Say, indexed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    boxes = faces(say, indexed / "whole.jpg")
    regions = [
        region(name, x + w / 2, y + h / 2, w, h)
        for name, (x, y, w, h) in zip(NAMES, boxes, strict=True)
    ]
    sidecar = indexed / "whole.jpg.xmp"
    exiftool(region_info(400, 300, *regions[1:]), "-XMP-digiKam:TagsList=People/Anna", sidecar)
    say("move", "Bertha", *_figures(say, indexed / "whole.jpg")[1:2])
    told = say("names", "import")["Import"]
    assert told["Origins"] == ["keywords", "regions"]
    (conflict,) = told["Conflicts"]
    assert (conflict["Reason"], conflict["Ours"], conflict["Theirs"]) == (
        "named",
        "Bertha",
        ["Ben"],
    )
    assert conflict["URI"] == (indexed / "whole.jpg").as_uri()
    assert main(["names", "import"]) == 0
    line = f"  {indexed / 'whole.jpg'}: {conflict['FigureId']} is Bertha here, and there: Ben"
    assert line in capfd.readouterr().out.splitlines()
    assert (told["Faces"], told["ByKeyword"]) == (4, 1)
    done = say("names", "import", "--apply", "--keywords", "--without", "FRIEDA")
    assert set(people(say)) == {"Anna", "Bertha", "Carl", "Dora", "Emil"}
    assert done["Faces"] == 4
    say("names", "import", "--apply", "--theirs")
    assert set(people(say)) >= {"Ben", "Frieda"}
    assert (
        "not among" in say("names", "import", "--without", "Nobody", status=2)["Error"]["Message"]
    )


def _figures(say: Say, photo: Path) -> list[str]:
    told = say("meta", photo)["Figures"]
    return [one["FigureId"] for one in sorted(told, key=lambda one: one["Boundary"]["Left"])]


def test_photos_that_lie_are_read_as_they_are_shown(
    say: Say, tmp_path: Path, group_photo: Path
) -> None:
    """Picasa and exiftool tell of the stored picture, whichever way it lies."""
    folder = tmp_path / "lying"
    folder.mkdir()
    with Image.open(group_photo) as image:
        upright = image.convert("RGB")
    ways = (3, 5, 6, 8)
    for way in ways:
        photo = folder / f"{way}.jpg"
        photo.write_bytes(samples.encode(samples.lay(upright, way), "JPEG", way))
    say("index", folder, "--no-cluster")
    told: dict[str, list[tuple[str, Area]]] = {}
    for way in ways:
        photo = folder / f"{way}.jpg"
        boxes = [stored_area(box, way) for box in faces(say, photo)]
        assert len(boxes) == 6
        named = list(zip(NAMES, boxes, strict=True))
        if way in (3, 6):
            told[photo.name] = named
        else:
            size = samples.lay(upright, way).size
            own = [region(n, x + w / 2, y + h / 2, w, h) for n, (x, y, w, h) in named]
            exiftool("-overwrite_original", region_info(*size, *own), photo.with_suffix(".xmp"))
    picasa(folder, told)
    done = say("names", "import", "--apply")
    assert (done["People"], done["Faces"]) == (6, 24)
    for way in ways:
        shown = say("meta", folder / f"{way}.jpg")["Figures"]
        shown.sort(key=lambda one: one["Boundary"]["Left"])
        assert tuple(one["FigureClusterName"] for one in shown) == NAMES, way


def test_contacts_are_read_where_they_are_named(say: Say, indexed: Path, tmp_path: Path) -> None:
    (box, *_) = faces(say, indexed / "whole.jpg")
    (indexed / ".picasa.ini").write_text(f"[whole.jpg]\nfaces={rect64(box)},a1\n")
    assert say("names", "import")["Import"]["Nameless"] == 1
    contacts = tmp_path / "contacts.xml"
    assert (
        "no contacts.xml"
        in say("names", "import", "--contacts", contacts, status=2)["Error"]["Message"]
    )
    contacts.write_text('<contacts><contact id="a1" name="Anna"/></contacts>')
    told = say("names", "import", "--contacts", contacts)["Import"]
    assert [one["Name"] for one in told["People"]] == ["Anna"]
    assert "no folder" in say("names", "import", contacts, status=2)["Error"]["Message"]


@pytest.mark.usefixtures("indexed")
def test_people_read_what_would_happen(
    say: Say, indexed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["names", "import"]) == 0
    assert capfd.readouterr().out == "No names were found that other programs wrote.\n"
    boxes = faces(say, indexed / "whole.jpg")
    corner = (0.0, 0.0, 0.05, 0.05)
    picasa(indexed, {"whole.jpg": [("Anna", boxes[0]), ("Ben", corner)]})
    capfd.readouterr()
    assert main(["names", "import"]) == 0
    out = capfd.readouterr().out
    assert "Found 2 people on 1 face in 1 photo, by Picasa." in out
    assert re.search(r"^Anna +1 +3 +new$", out, re.M)
    assert "1 name on no face that Kinfolk found; --frames frames them." in out
    assert "Nothing was changed; `kinfolk names import --apply` takes them in." in out
    done: Any = say("names", "import", "--apply", "--frames")
    assert (done["Faces"], done["Frames"]) == (1, 1)
    assert people(say) == {"Anna": 4, "Ben": 1}
