"""Names go into sidecars, and everything else there stays the bytes it was."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import XmpError
from app.media.orientation import stored_area
from app.media.xmp.find import read_embedded
from app.media.xmp.keywords import keywords_in
from app.media.xmp.merging import merge
from app.media.xmp.namespaces import DC, MWG_RS, RDF
from app.media.xmp.packet import Packet, read_packet
from app.media.xmp.regions import Frame, regions_in
from app.media.xmp.wish import KnownFace, Wish
from tests.media.xmp import made

FRAME = Frame(640, 480, 1)
ANNA, BEN = (0.1, 0.2, 0.2, 0.3), (0.6, 0.2, 0.2, 0.3)
NOTHING = Packet()


Sides = tuple[float, float, float, float]


def wish(*faces: tuple[str, Sides | None], **more: object) -> Wish:
    return Wish(tuple(KnownFace(name, area) for name, area in faces), **{"frame": FRAME, **more})  # type: ignore[arg-type]


def written(
    old: bytes | None, *faces: tuple[str, tuple[float, float, float, float] | None]
) -> bytes:
    data = merge(old, NOTHING, wish(*faces)).data
    assert data is not None
    return data


def named(data: bytes, frame: Frame = FRAME) -> dict[str, tuple[float, ...]]:
    found = regions_in(read_packet(data), frame)
    return {region.name: tuple(round(side, 5) for side in region.area) for region in found}


def kept(old: bytes, new: bytes) -> bool:
    """Whether all bytes of the old are in the new, in order, only with others between them."""
    return all(tag != "delete" and tag != "replace" for tag, *_ in _steps(old, new))


def _steps(old: bytes, new: bytes) -> list[tuple[str, int, int, int, int]]:
    lines = [re.findall(rb"<[^>]*>|[^<]+", data) for data in (old, new)]
    return difflib.SequenceMatcher(None, *lines, autojunk=False).get_opcodes()


def test_a_new_sidecar_says_who_is_where() -> None:
    data = written(None, ("Anna", ANNA), ("Ben", BEN))
    assert named(data) == {"Anna": ANNA, "Ben": BEN}
    words = keywords_in(read_packet(data))
    assert words.people == words.flat == ("Anna", "Ben")
    assert words.paths == (("People", "Anna"), ("People", "Ben"))


def test_digikams_list_is_a_sequence_and_the_others_are_bags() -> None:
    text = written(None, ("Anna", ANNA)).decode()
    assert "<rdf:Seq>" in text.split("<digiKam:TagsList>")[1].split("</digiKam:TagsList>")[0]
    assert text.count("<rdf:Seq>") == 1 and text.count("<rdf:Bag>") == 5


def test_a_new_description_is_about_the_same_as_the_others() -> None:
    old = DIGIKAM.replace(b'rdf:about=""', b'rdf:about="uuid:a&amp;b"')
    assert written(old, ("Anna", ANNA)).count(b'rdf:about="uuid:a&amp;b"') == 2


def test_writing_twice_changes_nothing() -> None:
    once = written(None, ("Anna", ANNA), ("Ben", BEN))
    assert written(once, ("Anna", ANNA), ("Ben", BEN)) == once
    assert written(once, ("Ben", BEN), ("Anna", ANNA)) == once


def test_taking_all_back_leaves_nothing() -> None:
    once = written(None, ("Anna", ANNA), ("Ben", BEN))
    assert merge(once, NOTHING, wish()).data is None
    assert merge(None, NOTHING, wish()).data is None


def test_taking_one_back_leaves_the_other_as_if_alone() -> None:
    both = written(None, ("Anna", ANNA), ("Ben", BEN))
    assert written(both, ("Ben", BEN)) == written(None, ("Ben", BEN))
    assert written(both, ("Anna", ANNA)) == written(None, ("Anna", ANNA))


def test_another_name_takes_the_place_of_ours() -> None:
    once = written(None, ("Anna", ANNA))
    merged = merge(once, NOTHING, wish(("Annie", ANNA)))
    assert merged.conflicts == () and merged.data is not None
    assert named(merged.data) == {"Annie": ANNA}
    assert b">Anna<" not in merged.data and b"People/Anna<" not in merged.data


DIGIKAM = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <!-- a comment of somebody -->
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp='http://ns.adobe.com/xap/1.0/'
    xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
    xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#"
    xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"
    xmlns:odd="urn:somebody:else"
   xmp:Rating="3"   odd:word = 'a &gt; b > c'>
   <dc:subject>
    <rdf:Bag>
\t\t<rdf:li>Holiday</rdf:li>
     <rdf:li>Sea</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:AppliedToDimensions stDim:w="640" stDim:h="480" stDim:unit="pixel"/>
    <mwg-rs:RegionList>
     <rdf:Bag>
      <rdf:li>
       <rdf:Description
        mwg-rs:Name="Cleo"
        mwg-rs:Type="Face">
       <mwg-rs:Area stArea:x="0.7" stArea:y="0.35" stArea:w="0.2" stArea:h="0.3"
          stArea:unit="normalized"/>
       </rdf:Description>
      </rdf:li>
      <rdf:li rdf:parseType="Resource"><mwg-rs:Type>Face</mwg-rs:Type>
       <mwg-rs:Area stArea:x="0.2" stArea:y="0.35" stArea:w="0.2" stArea:h="0.3"/></rdf:li>
      <rdf:li rdf:parseType="Resource"><mwg-rs:Name>Rex</mwg-rs:Name><mwg-rs:Type>Pet</mwg-rs:Type>
       <mwg-rs:Area stArea:x="0.5" stArea:y="0.8" stArea:w="0.1" stArea:h="0.1"/></rdf:li>
     </rdf:Bag>
    </mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
                                                                        \n
<?xpacket end="w"?>""".encode()


def test_what_others_wrote_stays_byte_for_byte() -> None:
    other = (0.4, 0.0, 0.1, 0.15)
    new = written(DIGIKAM, ("Dora", other))
    assert kept(DIGIKAM, new)
    assert named(new) == {
        "Cleo": BEN, "Rex": (0.45, 0.75, 0.1, 0.1), "Dora": other,
    }  # fmt: skip
    assert read_packet(new).texts(DC, "subject") == ["Holiday", "Sea", "Dora"]
    assert merge(new, NOTHING, wish()).data == DIGIKAM
    assert written(new, ("Dora", other)) == new


def test_a_face_without_a_name_gets_ours_and_loses_it_again() -> None:
    new = written(DIGIKAM, ("Anna", ANNA))
    assert named(new)["Anna"] == ANNA and len(named(new)) == 3
    assert kept(DIGIKAM, new)
    assert merge(new, NOTHING, wish()).data == DIGIKAM


def test_another_name_at_the_same_face_is_a_conflict_and_stays() -> None:
    merged = merge(DIGIKAM, NOTHING, wish(("Ben", BEN)))
    (conflict,) = merged.conflicts
    assert (conflict.name, conflict.other) == ("Ben", "Cleo")
    assert merged.data is not None
    assert "Ben" not in named(merged.data) and named(merged.data)["Cleo"] == BEN


def test_another_name_gives_way_when_asked_and_comes_back_when_ours_goes() -> None:
    merged = merge(DIGIKAM, NOTHING, wish(("Ben", BEN), overwrite=True))
    assert merged.conflicts == () and merged.data is not None
    assert named(merged.data)["Ben"] == BEN and "Cleo" not in named(merged.data)
    assert merge(merged.data, NOTHING, wish(("Ben", BEN))).data == merged.data
    assert merge(merged.data, NOTHING, wish()).data == DIGIKAM


def test_the_same_name_written_otherwise_is_no_conflict() -> None:
    near = (BEN[0] - 0.03, BEN[1] - 0.04, BEN[2] + 0.06, BEN[3] + 0.08)
    merged = merge(DIGIKAM, NOTHING, wish((" CLEO", near)))
    assert merged.conflicts == () and merged.data is not None
    assert kept(DIGIKAM, merged.data) and len(named(merged.data)) == 2


def test_a_region_that_somebody_moved_or_renamed_is_theirs() -> None:
    once = written(None, ("Anna", ANNA))
    moved = once.replace(b'stArea:w="0.2"', b'stArea:w="0.21"')
    assert moved != once
    new = merge(moved, NOTHING, wish()).data
    assert new is not None and list(named(new)) == ["Anna"]
    renamed = once.replace(b'mwg-rs:Name="Anna"', b'mwg-rs:Name="Anne"')
    merged = merge(renamed, NOTHING, wish(("Anna", ANNA)))
    assert [(c.name, c.other) for c in merged.conflicts] == [("Anna", "Anne")]
    assert merged.data == renamed


def test_a_keyword_that_was_there_before_stays_when_the_name_goes() -> None:
    old = DIGIKAM.replace(b"Holiday", b"Anna")
    new = written(old, ("Anna", (0.4, 0.0, 0.1, 0.15)))
    assert read_packet(new).texts(DC, "subject") == ["Anna", "Sea"]
    assert merge(new, NOTHING, wish()).data == old


def test_only_the_names_wanted_go_out() -> None:
    faces = (KnownFace("Anna", ANNA), KnownFace("Ben", BEN, is_wanted=False))
    data = merge(None, NOTHING, Wish(faces, FRAME)).data
    assert data is not None and b"Ben" not in data
    both = written(None, ("Anna", ANNA), ("Ben", BEN))
    assert merge(both, NOTHING, Wish(faces, FRAME)).data == both


def test_in_a_video_there_are_keywords_alone() -> None:
    data = written(None, ("Anna", None))
    assert read_packet(data).get(MWG_RS, "Regions") is None
    assert keywords_in(read_packet(data)).people == ("Anna",)


def test_what_the_photo_itself_says_is_taken_along_where_a_sidecar_would_hide_it(
    tmp_path: Path,
) -> None:
    photo = made.photo(tmp_path / "a.jpg")
    info = made.region_info(640, 480, made.region("Rex", 0.5, 0.8, 0.1, 0.1, "Pet"))
    made.exiftool("-overwrite_original", "-XMP-dc:Subject=Sea", info, photo)
    data = merge(None, read_embedded(photo), wish(("Anna", ANNA))).data
    assert data is not None
    assert read_packet(data).texts(DC, "subject") == ["Sea", "Anna"]
    assert list(named(data)) == ["Rex", "Anna"]


def test_a_face_that_the_photo_itself_names_is_not_told_twice(tmp_path: Path) -> None:
    photo = made.photo(tmp_path / "a.jpg")
    info = made.region_info(640, 480, made.region("Anna", 0.2, 0.35, 0.2, 0.3))
    made.exiftool("-overwrite_original", info, photo)
    embedded = read_embedded(photo)
    data = merge(None, embedded, wish(("Anna", ANNA))).data
    assert data is not None and read_packet(data).get(MWG_RS, "Regions") is None
    assert [c.other for c in merge(None, embedded, wish(("Ben", ANNA))).conflicts] == ["Anna"]


def test_microsofts_names_are_conflicts_and_never_changed(tmp_path: Path) -> None:
    sidecar = tmp_path / "a.xmp"
    words = "-RegionInfoMP={Regions=[{PersonDisplayName=Cleo,Rectangle=0.1|, 0.2|, 0.2|, 0.3}]}"
    made.exiftool(words, "-o", sidecar)
    merged = merge(sidecar.read_bytes(), NOTHING, wish(("Anna", ANNA)))
    assert [(c.name, c.other) for c in merged.conflicts] == [("Anna", "Cleo")]
    assert merged.data is not None and list(named(merged.data)) == ["Cleo"]
    asked = merge(sidecar.read_bytes(), NOTHING, wish(("Anna", ANNA), overwrite=True)).data
    assert asked is not None and set(named(asked)) == {"Anna", "Cleo"}
    assert merge(asked, NOTHING, wish(("Anna", ANNA))).conflicts == ()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exiftool_reads_and_writes_the_same_for_every_orientation(
    tmp_path: Path, orientation: int
) -> None:
    frame = Frame(640, 480, orientation)
    data = merge(None, NOTHING, wish(("Anna", ANNA), ("Bön", BEN), frame=frame)).data
    assert data is not None
    sidecar = tmp_path / "a.xmp"
    sidecar.write_bytes(data)
    info = made.told(sidecar, "-RegionInfo")["XMP-mwg-rs:RegionInfo"]
    size = info["AppliedToDimensions"]
    assert (size["W"], size["H"]) == frame.stored
    for region, face in zip(info["RegionList"], (ANNA, BEN), strict=True):
        x, y, w, h = stored_area(face, orientation)
        area = [region["Area"][side] for side in "XYWH"]
        assert area == pytest.approx([x + w / 2, y + h / 2, w, h], abs=1e-6)
    assert named(data, frame) == {"Anna": ANNA, "Bön": BEN}
    # Another program writes it all anew, adds something, and nothing of ours is lost.
    made.exiftool("-overwrite_original", "-XMP-xmp:Rating=4", sidecar)
    theirs = sidecar.read_bytes()
    assert theirs != data and named(theirs, frame) == {"Anna": ANNA, "Bön": BEN}
    same = merge(theirs, NOTHING, wish(("Anna", ANNA), ("Bön", BEN), frame=frame))
    assert same.data == theirs
    less = merge(theirs, NOTHING, wish(frame=frame)).data
    assert less is not None
    sidecar.write_bytes(less)
    left = {k: v for k, v in made.told(sidecar, "-XMP:all").items() if "XMPToolkit" not in k}
    assert {key: value for key, value in left.items() if key != "SourceFile"} == {
        "XMP-xmp:Rating": 4
    }


@pytest.mark.parametrize(
    "compact", ["", "OneDesc", "Shorthand", "OneDesc,Shorthand,NoIndent", "NoNewline,NoPadding"]
)
def test_every_way_in_which_exiftool_writes_is_merged_with(tmp_path: Path, compact: str) -> None:
    sidecar = tmp_path / "a.xmp"
    cleo = made.region("Cleo", 0.7, 0.35, 0.2, 0.3)
    rex = made.region("Rex", 0.5, 0.8, 0.1, 0.1, "Pet")
    made.exiftool(
        *(["-api", f"Compact={compact}"] if compact else []), "-XMP-dc:Subject=Sea",
        "-XMP-digiKam:TagsList=Places/Sea", "-XMP-dc:Title-de=Meer", "-XMP-xmp:Rating=2",
        made.region_info(640, 480, cleo, rex), "-o", sidecar,
    )  # fmt: skip
    old = sidecar.read_bytes()
    new = written(old, ("Anna", ANNA), ("Cleo", BEN))
    assert kept(old, new) and list(named(new)) == ["Cleo", "Rex", "Anna"]
    assert read_packet(new).texts(DC, "subject") == ["Sea", "Anna", "Cleo"]
    assert merge(new, NOTHING, wish()).data == old
    asked = merge(old, NOTHING, wish(("Ben", BEN), overwrite=True)).data
    assert asked is not None and list(named(asked)) == ["Ben", "Rex"]
    assert merge(asked, NOTHING, wish()).data == old


def test_regions_for_another_shape_of_the_photo_are_left_alone() -> None:
    cropped = DIGIKAM.replace(b'stDim:w="640"', b'stDim:w="900"')
    with pytest.raises(XmpError, match="another shape"):
        merge(cropped, NOTHING, wish(("Anna", ANNA)))


def test_regions_for_the_upright_size_get_upright_company() -> None:
    frame = Frame(640, 480, 6)
    other = (0.4, 0.0, 0.1, 0.15)
    data = merge(DIGIKAM, NOTHING, wish(("Dora", other), frame=frame)).data
    assert data is not None
    assert named(data, frame)["Dora"] == other and named(data, frame)["Cleo"] == BEN


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_encoding_stays(encoding: str, newline: str) -> None:
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    text = DIGIKAM.decode().replace("\ufeff", mark).replace("\n", newline).replace("Sea", "Łódź")
    old = text.encode(encoding)
    new = written(old, ("Anna", ANNA), ("Dora", (0.4, 0.0, 0.1, 0.15)))
    assert new.decode(encoding)
    assert set(named(new)) == {"Anna", "Cleo", "Rex", "Dora"}
    assert merge(new, NOTHING, wish()).data == old


def test_what_declares_its_encoding_is_heeded() -> None:
    head = '<?xml version="1.0" encoding="{}"?>\n'
    text = DIGIKAM.decode().partition("?>\n")[2]
    old = (head.format("UTF-16") + text).encode("utf-16")
    assert merge(written(old, ("Anna", ANNA)), NOTHING, wish()).data == old
    with pytest.raises(XmpError, match="ISO-8859-1"):
        merge((head.format("ISO-8859-1") + text).encode(), NOTHING, wish(("Anna", ANNA)))


@pytest.mark.parametrize(
    "old",
    [
        b"", b"nothing", b"<a/>", DIGIKAM[:900], DIGIKAM.replace(b"Sea", b"S\xe9a"),
        b"<!DOCTYPE x [<!ENTITY e 'x'>]>" + DIGIKAM,
        DIGIKAM.replace(b"<dc:subject>", b"<!--").replace(b"</dc:subject>", b"--><dc:subject>x"
                                                          b"</dc:subject>"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_changed_is_refused(old: bytes) -> None:
    with pytest.raises(XmpError):
        merge(old, NOTHING, wish(("Anna", ANNA)))


_DC = f'xmlns:dc="{DC}"'
_NO_WORDS = "<dc:subject><rdf:Bag/></dc:subject>"
_SEA = "<dc:subject><rdf:Seq><rdf:li>Sea</rdf:li></rdf:Seq></dc:subject>"
_M = f'xmlns:m="{MWG_RS}"'
_NO_REGIONS = "<rdf:Description><m:RegionList><rdf:Bag></rdf:Bag></m:RegionList></rdf:Description>"


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<rdf:Description/>",
        f'<rdf:Description rdf:about="uuid:1" {_DC}>{_NO_WORDS}</rdf:Description>',
        f"<rdf:Description {_DC}>{_SEA}</rdf:Description>",
        f'<r:Description xmlns:r="{RDF}" xmlns:dc="urn:not:dublin" dc:subject="x"/>',
        f'<rdf:Description {_M}><m:Regions rdf:parseType="Resource"/></rdf:Description>',
        f"<rdf:Description {_M}><m:Regions>{_NO_REGIONS}</m:Regions></rdf:Description>",
    ],
)
@pytest.mark.parametrize("closed", [False, True])
def test_names_find_a_place_in_every_form(inside: str, closed: bool) -> None:
    rdf = 'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    old = f"<{rdf}/>" if closed and not inside else f"<{rdf}>{inside}</rdf:RDF>"
    new = written(old.encode(), ("Anna", ANNA))
    assert named(new) == {"Anna": ANNA}
    assert "Anna" in read_packet(new).texts(DC, "subject")
    assert written(new, ("Anna", ANNA)) == new
    about = {d.split('"')[1] for d in new.decode().split("rdf:about=")[1:]}
    assert len(about) <= 1


_NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12
).filter(lambda name: name.strip() == name and name != "")
_SIDES = st.floats(0.02, 0.3)
_FACES = st.lists(
    st.tuples(_NAMES, st.tuples(st.floats(0, 0.7), st.floats(0, 0.7), _SIDES, _SIDES)), max_size=5
)


_NEAR = [("0", (0.125, 0.5, 0.25, 0.25)), ("0", (0.0, 0.5, 0.25, 0.25))]
"""Two of one name, each of which could be framed by the other's region."""


@example(_NEAR, [], DIGIKAM, 3)
@example([], _NEAR, DIGIKAM, 3)
@given(_FACES, _FACES, st.sampled_from([None, DIGIKAM]), st.integers(1, 8))
def test_any_names_go_in_and_out_again(
    first: list[tuple[str, Sides]],
    second: list[tuple[str, Sides]],
    old: bytes | None,
    orientation: int,
) -> None:
    frame = Frame(*((640, 480) if orientation < 5 else (480, 640)), orientation)
    there = merge(old, NOTHING, wish(*first, frame=frame)).data
    again = merge(there, NOTHING, wish(*first, frame=frame)).data
    assert again == there
    other = merge(there, NOTHING, wish(*second, frame=frame)).data
    assert merge(other, NOTHING, wish(*second, frame=frame)).data == other
    if other is not None:
        names = keywords_in(read_packet(other)).people
        assert {name.casefold() for name in names} == {name.casefold() for name, _ in second}
    assert merge(other, NOTHING, wish(frame=frame)).data == old
