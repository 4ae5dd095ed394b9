"""RDF in all the ways in which the same thing is written."""

from __future__ import annotations

import pytest

from app.errors import XmpError
from app.media.xmp.namespaces import DC, MWG_RS, PHOTOSHOP, ST_AREA, XMP, clark
from app.media.xmp.packet import MAX_BYTES, Packet, read_packet

_HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"><rdf:RDF>'
)
_FOOT = "</rdf:RDF></x:xmpmeta>"


def read(inside: str) -> Packet:
    return read_packet(f"{_HEAD}{inside}{_FOOT}".encode())


def _element(inside: str, more: str = "") -> str:
    return f"<rdf:Description><photoshop:City{more}>{inside}</photoshop:City></rdf:Description>"


@pytest.mark.parametrize(
    "inside",
    [
        '<rdf:Description rdf:about="" photoshop:City="Ulm"/>',
        _element("Ulm"),
        '<rdf:Description/><rdf:Description photoshop:City="Ulm"/>',
        _element("<rdf:value>Ulm</rdf:value><xmp:Note>q</xmp:Note>", " rdf:parseType='Resource'"),
        _element(
            "<rdf:Description><rdf:value>Ulm</rdf:value><xmp:Note>q</xmp:Note></rdf:Description>"
        ),
        '<rdf:Description><photoshop:City rdf:value="Ulm" xmp:Note="q"/></rdf:Description>',
        _element("U<!-- said --><?so?>lm"),
        '<rdf:Description photoshop:City="Ulm"/><rdf:Description photoshop:City="Aalen"/>',
    ],
)
def test_a_simple_property_is_read_in_every_form(inside: str) -> None:
    packet = read(inside)
    assert packet.get(PHOTOSHOP, "City") == "Ulm"
    assert packet.text(PHOTOSHOP, "City") == "Ulm"


_X, _UNIT = "<stArea:x>0.5</stArea:x>", "<stArea:unit>normalized</stArea:unit>"


@pytest.mark.parametrize(
    "inside",
    [
        f">{_X}{_UNIT}",
        f' rdf:parseType="Resource">{_X}{_UNIT}',
        '><rdf:Description stArea:x="0.5" stArea:unit="normalized"/>',
        f"><rdf:Description>{_X}{_UNIT}</rdf:Description>",
        f'><rdf:Description stArea:x="0.5">{_UNIT}</rdf:Description>',
    ],
)
def test_a_structure_is_read_in_every_form(inside: str) -> None:
    packet = read(f"<rdf:Description><mwg-rs:Area{inside}</mwg-rs:Area></rdf:Description>")
    wanted = {clark(ST_AREA, "x"): "0.5", clark(ST_AREA, "unit"): "normalized"}
    assert packet.get(MWG_RS, "Area") == wanted


def test_a_structure_may_be_attributes_alone() -> None:
    packet = read('<rdf:Description><mwg-rs:Area stArea:x="1" stArea:y="2"/></rdf:Description>')
    assert packet.get(MWG_RS, "Area") == {clark(ST_AREA, "x"): "1", clark(ST_AREA, "y"): "2"}


def test_lists_keep_their_order_and_alternatives_begin_with_the_default() -> None:
    packet = read(
        "<rdf:Description><dc:subject><rdf:Bag><rdf:li>b</rdf:li><rdf:li>a</rdf:li></rdf:Bag>"
        "</dc:subject><dc:title><rdf:Alt><rdf:li xml:lang='de'>Turm</rdf:li>"
        "<rdf:li xml:lang='x-default'>Tower</rdf:li></rdf:Alt></dc:title></rdf:Description>"
    )
    assert packet.get(DC, "subject") == ["b", "a"]
    assert packet.get(DC, "title") == ["Tower", "Turm"]
    assert packet.text(DC, "title") == "Tower"
    assert packet.get(XMP, "Label") is None and packet.text(XMP, "Label") == ""


def test_structures_in_lists_hold_lists() -> None:
    packet = read(
        "<rdf:Description><mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList><rdf:Seq>"
        "<rdf:li rdf:parseType='Resource'><dc:subject><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag>"
        "</dc:subject></rdf:li><rdf:li><rdf:Description mwg-rs:Name='Anna'/></rdf:li>"
        "<rdf:li mwg-rs:Name='Ben'/></rdf:Seq></mwg-rs:RegionList></mwg-rs:Regions>"
        "</rdf:Description>"
    )
    name = clark(MWG_RS, "Name")
    assert packet.get(MWG_RS, "Regions") == {
        clark(MWG_RS, "RegionList"): [{clark(DC, "subject"): ["x"]}, {name: "Anna"}, {name: "Ben"}]
    }


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_every_encoding_of_xmp_is_read(encoding: str, wrapped: bool) -> None:
    text = f'{_HEAD}<rdf:Description photoshop:City="Łódź 😀"/>{_FOOT}'
    if wrapped:
        mark = "" if encoding == "utf-16-le" else "\ufeff"
        text = (
            f'<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{text}\n{" " * 99}\n'
            '<?xpacket end="w"?>'
        )
    assert read_packet(text.encode(encoding)).text(PHOTOSHOP, "City") == "Łódź 😀"


def test_zeros_after_the_packet_and_bytes_that_are_no_text_are_put_up_with() -> None:
    text = f'{_HEAD}<rdf:Description photoshop:City="D?sseldorf" xmp:Label="x"/>{_FOOT}'
    data = text.encode().replace(b"?", b"\xfc") + b"\0\0"
    assert read_packet(data).text(XMP, "Label") == "x"


_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_a_document_type_is_refused(encoding: str) -> None:
    text = f"{_BOMB}{_HEAD}<rdf:Description photoshop:City='&b;&c;'/>{_FOOT}"
    with pytest.raises(XmpError, match="document type"):
        read_packet(text.encode(encoding))


def test_an_encoding_that_hides_a_document_type_is_not_followed() -> None:
    hidden = _BOMB.split("?>")[1].encode("utf-7") + f"{_HEAD}{_FOOT}".encode()
    with pytest.raises(XmpError):
        read_packet(b'<?xml version="1.0" encoding="utf-7"?>' + hidden)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no xml", b"<a/>", b"<a>", _HEAD.encode(), b"\0" * 50, b"\xff\xfe",
        (_HEAD + "<rdf:Description xmp:Label='&nothing;'/>" + _FOOT).encode(),
    ],
)  # fmt: skip
def test_what_is_no_xmp_is_told(data: bytes) -> None:
    with pytest.raises(XmpError):
        read_packet(data)


def test_depth_and_size_have_their_limits() -> None:
    deep = "<mwg-rs:Area>" * 60 + "</mwg-rs:Area>" * 60
    with pytest.raises(XmpError):
        read(f"<rdf:Description>{deep}</rdf:Description>")
    with pytest.raises(XmpError, match="too large"):
        read_packet(b" " * (MAX_BYTES + 1))
