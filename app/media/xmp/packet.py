"""Packet: the properties that an XMP packet tells of, whichever way it writes them down.

XMP is a part of RDF/XML, in which one thing may be said in many ways: a simple property as an
attribute or an element, a structure as a nested Description, with parseType="Resource" or with
attributes alone, all spread over several Descriptions (XMP Specification Part 1, Adobe 2012 =
ISO 16684-1, section 7). lxml reads the XML; here RDF becomes plain values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from app.errors import XmpError
from app.media.xmp.namespaces import RDF, XML, clark

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A text; the items of a bag, a sequence or alternatives; or the fields of a structure, whose keys
are '{namespace}name'. Qualifiers are left out; of alternatives the default one stands first."""

MAX_BYTES: Final = 16 << 20
"""A larger packet is no description of a photo, and is not read."""

_CONTAINERS: Final = frozenset(clark(RDF, name) for name in ("Bag", "Seq", "Alt"))
_DESCRIPTION: Final = clark(RDF, "Description")
_LANG: Final = clark(XML, "lang")
_DEEPEST: Final = 40
_TEXT_STARTS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Packet:
    """What one packet says."""

    properties: Mapping[str, Value] = field(default_factory=dict)
    """By '{namespace}name'."""

    def get(self, namespace: str, name: str) -> Value | None:
        """A property, or None where there is none."""
        return self.properties.get(clark(namespace, name))

    def text(self, namespace: str, name: str) -> str:
        """A property as one text: of several the first; '' where there is none."""
        return text_of(self.get(namespace, name))

    def texts(self, namespace: str, name: str) -> list[str]:
        """A property as texts, in order; those that are empty are left out."""
        return texts_of(self.get(namespace, name))

    def beside(self, other: Packet) -> Packet:
        """Both packets as one; where both know a property it is this one's."""
        return Packet({**other.properties, **self.properties})


def text_of(value: Value | None) -> str:
    """A value as one text: of several the first; '' for a structure."""
    return next(iter(texts_of(value)), "")


def texts_of(value: Value | None) -> list[str]:
    """A value as texts, without space around; those that are empty are left out."""
    if isinstance(value, str):
        return [text] if (text := value.strip()) else []
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    return []


def items_of(value: Value | None) -> list[Value]:
    """A value as the items of a list, also where a careless program wrote just one."""
    if isinstance(value, list):
        return value
    return [] if value is None or value == "" else [value]


def read_packet(data: bytes) -> Packet:
    """What a packet says: `data` is a packet or a whole sidecar.

    Nothing outside of it is asked for, and no entity is expanded. Raises XmpError when it is no
    XMP, or not to be trusted.
    """
    root = parse(decode(data, "replace"))
    properties: dict[str, Value] = {}
    for rdf in _rdf_roots(root):
        for described in rdf.iterchildren(_DESCRIPTION):
            for key, value in _fields(described, 0).items():
                properties.setdefault(key, value)
    return Packet(properties)


def decode(data: bytes, errors: str = "strict") -> str:
    """The text of a packet, by its own marks in UTF-8, UTF-16 or UTF-32, as XMP allows.

    Raises XmpError when it is too large, or (with `errors` strict) not text.
    """
    if len(data) > MAX_BYTES:
        raise XmpError("The XMP is too large.")
    data = data.rstrip(b"\0") if not _is_wide(data) else data
    encoding = next((known for start, known in _TEXT_STARTS if data.startswith(start)), "utf-8")
    try:
        return data.decode(encoding, errors)
    except UnicodeError as error:
        raise XmpError("The XMP is not written in UTF-8 or UTF-16.") from error


def _is_wide(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0\xfe\xff"))


def parse(text: str) -> etree._Element:
    """The XML of a packet.

    A document type is refused whatever it holds: XMP has none, and all attacks by entities begin
    with one. Raises XmpError.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise XmpError("The XMP has a document type, which XMP must not have.")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(text.strip("\0 \t\r\n\ufeff").encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmpError("The XMP is damaged: it is no well-formed XML.") from error


def _rdf_roots(root: etree._Element) -> list[etree._Element]:
    """The rdf:RDF elements; as a rule one, in x:xmpmeta, x:xapmeta, or by itself."""
    found = list(root.iter(clark(RDF, "RDF")))
    if not found:
        raise XmpError("The file holds no XMP.")
    return found


def _fields(described: etree._Element, depth: int) -> dict[str, Value]:
    """What attributes and elements of a Description, or of a structure, say."""
    fields: dict[str, Value] = {}
    for key, text in described.attrib.items():
        name = str(key)
        if _is_property(name):
            fields.setdefault(name, str(text))
    for child in described.iterchildren(etree.Element):
        name = str(child.tag)
        if _is_property(name):
            fields.setdefault(name, _value(child, depth + 1))
    return fields


def _is_property(name: str) -> bool:
    return name.startswith("{") and not name.startswith((f"{{{RDF}}}", f"{{{XML}}}"))


def _value(element: etree._Element, depth: int) -> Value:
    """What the element of a property, or of an item, says."""
    if depth > _DEEPEST:
        raise XmpError("The XMP is nested too deep.")
    resource = element.get(clark(RDF, "resource"))
    if resource is not None:
        return resource
    parts = list(element.iterchildren(etree.Element))
    if element.get(clark(RDF, "parseType")) == "Resource":
        return _structure(element, depth)
    if not parts:
        fields = _fields(element, depth)
        if fields:  # a structure in attributes alone
            return _unqualified(element, fields)
        return element.get(clark(RDF, "value"), element.text or "")
    inner = parts[0]
    if inner.tag in _CONTAINERS:
        return _items(inner, depth + 1)
    if inner.tag == _DESCRIPTION:
        return _structure(inner, depth + 1)
    return _structure(element, depth)  # parseType="Resource" was forgotten


def _structure(element: etree._Element, depth: int) -> Value:
    return _unqualified(element, _fields(element, depth), depth)


def _unqualified(element: etree._Element, fields: dict[str, Value], depth: int = 0) -> Value:
    """A value that has qualifiers is written as a structure whose rdf:value it is."""
    inner = element.find(clark(RDF, "value"))
    if inner is not None:
        return _value(inner, depth + 1)
    plain = element.get(clark(RDF, "value"))
    return fields if plain is None else plain


def _items(container: etree._Element, depth: int) -> list[Value]:
    items = [
        (item.get(_LANG) == "x-default", _value(item, depth))
        for item in container.iterchildren(etree.Element)
        if item.tag == clark(RDF, "li")
    ]
    if container.tag == clark(RDF, "Alt"):
        items.sort(key=lambda item: not item[0])
    return [value for _, value in items]
