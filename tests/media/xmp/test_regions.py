"""Regions that exiftool wrote, in the upright image, whichever way the photo lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.media import orientation as turning
from app.media.xmp.find import read_embedded
from app.media.xmp.keywords import keywords_in
from app.media.xmp.packet import read_packet
from app.media.xmp.regions import Frame, NamedRegion, overlap, regions_in
from tests.media import samples
from tests.media.xmp import made

WIDTH, HEIGHT = made.SIZE
FACE = (0.1, 0.2, 0.25, 0.5)
"""Of the upright picture: left, top, width, height."""


def stored_size(orientation: int) -> tuple[int, int]:
    return samples.lay(made.picture(WIDTH, HEIGHT), orientation).size


def marked(orientation: int) -> tuple[float, float, float, float]:
    """Where a face of the upright picture lies in the stored one: found by painting it, laying the
    picture down pixel by pixel, and looking where the paint is."""
    upright = made.picture(800, 400)
    upright.paste((0, 0, 0), (0, 0, 800, 400))
    x, y, w, h = FACE
    place = (round(x * 800), round(y * 400), round((x + w) * 800), round((y + h) * 400))
    upright.paste((255, 255, 255), place)
    stored = samples.lay(upright, orientation)
    left, top, right, below = stored.convert("L").getbbox() or (0, 0, 0, 0)
    across, down = stored.size
    return left / across, top / down, (right - left) / across, (below - top) / down


def centred(area: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x, y, w, h = area
    return x + w / 2, y + h / 2, w, h


@pytest.mark.parametrize("orientation", range(1, 9))
def test_mwg_regions_of_a_photo_that_lies_become_upright(tmp_path: Path, orientation: int) -> None:
    path = made.photo(tmp_path / "a.jpg", orientation=orientation)
    face = made.region("Anna", *centred(marked(orientation)))
    made.exiftool("-overwrite_original", made.region_info(*stored_size(orientation), face), path)
    (region,) = regions_in(read_embedded(path), Frame(WIDTH, HEIGHT, orientation))
    assert region.area == pytest.approx(FACE, abs=1e-6)
    assert (region.name, region.kind, region.is_doubtful) == ("Anna", "Face", False)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_microsofts_regions_become_upright(tmp_path: Path, orientation: int) -> None:
    path = made.photo(tmp_path / "a.jpg", orientation=orientation)
    numbers = "|, ".join(f"{number:.6f}" for number in marked(orientation))
    words = f"-RegionInfoMP={{Regions=[{{PersonDisplayName=Anna,Rectangle={numbers}}}]}}"
    made.exiftool("-overwrite_original", words, path)
    (region,) = regions_in(read_embedded(path), Frame(WIDTH, HEIGHT, orientation))
    assert region.area == pytest.approx(FACE, abs=1e-5)
    assert (region.source, region.is_doubtful) == ("Microsoft", False)


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_regions_for_the_size_of_the_upright_image_are_taken_as_upright(
    tmp_path: Path, orientation: int
) -> None:
    path = made.photo(tmp_path / "a.jpg", orientation=orientation)
    info = made.region_info(WIDTH, HEIGHT, made.region("Anna", *centred(FACE)))
    made.exiftool("-overwrite_original", info, path)
    (region,) = regions_in(read_embedded(path), Frame(WIDTH, HEIGHT, orientation))
    assert region.area == pytest.approx(FACE, abs=1e-6)
    assert region.is_doubtful


def test_regions_of_a_photo_that_was_turned_upright_since_are_doubtful(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    face = made.region("Anna", *centred(marked(6)))
    made.exiftool("-overwrite_original", made.region_info(HEIGHT, WIDTH, face), path)
    (region,) = regions_in(read_embedded(path), Frame(WIDTH, HEIGHT, 1))
    assert region.is_doubtful
    assert region.area == pytest.approx(FACE, abs=1e-6)


def test_a_resized_photo_keeps_its_regions_and_a_cropped_one_is_doubtful(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    face = made.region("Anna", *centred(FACE))
    for size, is_doubtful in (((4 * WIDTH, 4 * HEIGHT + 1), False), ((WIDTH, WIDTH), True)):
        made.exiftool("-overwrite_original", made.region_info(*size, face), path)
        (region,) = regions_in(read_embedded(path), Frame(WIDTH, HEIGHT, 1))
        assert region.area == pytest.approx(FACE, abs=1e-6)
        assert region.is_doubtful == is_doubtful


def test_kinds_are_told_and_what_has_no_name_is_left_out(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    regions = [
        made.region("Anna", 0.5, 0.5, 0.2, 0.2),
        made.region("Rex", 0.2, 0.2, 0.1, 0.1, "Pet"),
        made.region("", 0.8, 0.8, 0.1, 0.1),
    ]
    made.exiftool("-overwrite_original", made.region_info(WIDTH, HEIGHT, *regions), path)
    found = regions_in(read_embedded(path), Frame(WIDTH, HEIGHT))
    assert [(region.name, region.kind) for region in found] == [("Anna", "Face"), ("Rex", "Pet")]


def test_a_face_that_both_ways_of_writing_tell_of_is_one(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    both = [
        made.region_info(WIDTH, HEIGHT, made.region("Anna", *centred(FACE))),
        (
            "-RegionInfoMP={Regions=[{PersonDisplayName=anna,Rectangle=0.1|, 0.2|, 0.25|, 0.5},"
            "{PersonDisplayName=Ben,Rectangle=0.6|, 0.2|, 0.25|, 0.5}]}"
        ),
    ]
    made.exiftool("-overwrite_original", *both, path)
    found = regions_in(read_embedded(path), Frame(WIDTH, HEIGHT))
    assert [(region.name, region.source) for region in found] == [
        ("Anna", "MWG"), ("Ben", "Microsoft"),
    ]  # fmt: skip


_FORMS = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#"
 xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"><rdf:Description><mwg-rs:Regions>
 <rdf:Description><mwg-rs:AppliedToDimensions stDim:w="200" stDim:h="100" stDim:unit="pixel"/>
 <mwg-rs:RegionList><rdf:Bag>{}</rdf:Bag></mwg-rs:RegionList></rdf:Description></mwg-rs:Regions>
 </rdf:Description></rdf:RDF></x:xmpmeta>"""


def found_in(item: str) -> list[NamedRegion]:
    return regions_in(read_packet(_FORMS.format(item).encode()), Frame(200, 100))


def test_circles_pixels_and_odd_numbers_are_understood() -> None:
    circle = (
        "<rdf:li><rdf:Description mwg-rs:Name='A'><mwg-rs:Area stArea:x='.5' stArea:y='.5' "
        "stArea:d='.4'/></rdf:Description></rdf:li>"
    )
    (region,) = found_in(circle)
    assert region.area == pytest.approx((0.4, 0.3, 0.2, 0.4))
    pixels = circle.replace("stArea:d='.4'", "stArea:w='40' stArea:h='50' stArea:unit='pixel'")
    pixels = pixels.replace("x='.5'", "x='100'").replace("y='.5'", "y='50'")
    (region,) = found_in(pixels)
    assert region.area == pytest.approx((0.4, 0.25, 0.2, 0.5))
    comma = circle.replace("stArea:d='.4'", "stArea:w='0,2' stArea:h='1/2'")
    (region,) = found_in(comma)
    assert region.area == pytest.approx((0.4, 0.25, 0.2, 0.5))


@pytest.mark.parametrize(
    "area",
    [
        "x='nan' y='0' w='1' h='1'", "x='.5' y='.5'", "x='5' y='5' w='1' h='1'",
        "x='.5' y='.5' w='0' h='1'", "x='1/0' y='.5' w='1' h='1'", "x='inf' y='1' w='1' h='1'",
    ],
)  # fmt: skip
def test_what_is_no_area_is_left_out(area: str) -> None:
    written = " ".join(f"stArea:{part}" for part in area.split(" "))
    inside = f"<rdf:Description mwg-rs:Name='A'><mwg-rs:Area {written}/></rdf:Description>"
    assert found_in(f"<rdf:li>{inside}</rdf:li>") == []


def test_what_sticks_out_of_the_image_is_cut_off() -> None:
    item = (
        "<rdf:li><rdf:Description mwg-rs:Name='A'><mwg-rs:Area stArea:x='0' stArea:y='1' "
        "stArea:w='.4' stArea:h='.4'/></rdf:Description></rdf:li>"
    )
    (region,) = found_in(item)
    assert region.area == pytest.approx((0, 0.8, 0.2, 0.2))


def test_overlap_is_what_is_common_of_both() -> None:
    assert overlap(FACE, FACE) == pytest.approx(1)
    assert overlap((0, 0, 0.5, 1), (0.5, 0, 0.5, 1)) == 0
    assert overlap((0, 0, 0.5, 1), (0.25, 0, 0.5, 1)) == pytest.approx(1 / 3)
    assert turning.upright_area(marked(8), 8) == pytest.approx(FACE)


def test_people_keywords_are_read_as_each_program_writes_them(tmp_path: Path) -> None:
    path = made.photo(tmp_path / "a.jpg")
    made.exiftool(
        "-overwrite_original", "-XMP-iptcExt:PersonInImage=Anna", "-XMP-iptcExt:PersonInImage=Ben",
        "-XMP-digiKam:TagsList=People/Anna", "-XMP-lr:HierarchicalSubject=People|Family|Anna",
        "-XMP-microsoft:LastKeywordXMP=People/Cleo", "-XMP-dc:Subject=Anna", "-XMP-dc:Subject=Sea",
        path,
    )  # fmt: skip
    found = keywords_in(read_embedded(path))
    assert found.people == ("Anna", "Ben")
    assert found.paths == (("People", "Anna"), ("People", "Family", "Anna"), ("People", "Cleo"))
    assert found.flat == ("Anna", "Sea")
