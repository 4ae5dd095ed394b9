"""New elements for a sidecar: lxml makes them, to be put among what is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from lxml import etree

from app.errors import XmpError
from app.media.xmp.namespaces import DIGIKAM, PREFIXES, RDF, clark
from app.media.xmp.packet import Value

_ORDERED: Final = frozenset({clark(DIGIKAM, "TagsList")})
"""What must be a sequence: digiKam does not read its list as a bag."""
_START: Final = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")


def property_element(name: str, value: Value) -> etree._Element:
    """A property '{namespace}name' with its value: lists become bags, structures resources."""
    element = etree.Element(name, nsmap=PREFIXES)
    _fill(element, value)
    return element


def item_element(value: Value) -> etree._Element:
    """An item of a list; the texts of a structure become attributes of a Description, as digiKam
    and Lightroom write regions."""
    item = etree.Element(clark(RDF, "li"), nsmap=PREFIXES)
    if isinstance(value, dict):
        described = etree.SubElement(item, clark(RDF, "Description"))
        texts = {name: text for name, text in value.items() if isinstance(text, str)}
        _set_all(described, texts)
        _add_all(described, {name: one for name, one in value.items() if name not in texts})
    else:
        _fill(item, value)
    return item


def description(about: str, properties: Sequence[etree._Element]) -> etree._Element:
    """A Description of its own for new properties."""
    made = etree.Element(clark(RDF, "Description"), nsmap=PREFIXES)
    _set_all(made, {clark(RDF, "about"): about})
    for one in properties:
        made.append(one)
    return made


def written(element: etree._Element, prefixes: Mapping[str, str], indent: bytes) -> bytes:
    """An element as text in UTF-8 that can stand where `prefixes` hold, on lines of its own if
    `indent`, the white space before it, has one. What is declared there is not declared again."""
    if b"\n" in indent:
        etree.indent(element, space=" ", level=len(indent.rpartition(b"\n")[2]))
    outer = {prefix: uri for prefix, uri in prefixes.items() if prefix not in ("", "xml")}
    holder = etree.Element("holder", nsmap=outer)
    holder.append(element)
    etree.cleanup_namespaces(holder, keep_ns_prefixes=list(outer))
    element.tail = None
    text = etree.tostring(holder, encoding="utf-8")
    start = _START.match(text)
    assert start is not None
    return text[start.end() : text.rindex(b"</")]


def escaped(text: str) -> bytes:
    """A text as it stands between tags or between quotes. Raises XmpError when XML has no way to
    write it."""
    _check(text)
    return escape(text, {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;"}).encode()


def _fill(element: etree._Element, value: Value) -> None:
    if isinstance(value, str):
        _check(value)
        element.text = value
    elif isinstance(value, list):
        kind = "Seq" if element.tag in _ORDERED else "Bag"
        container = etree.SubElement(element, clark(RDF, kind))
        for item in value:
            container.append(item_element(item))
    else:
        element.set(clark(RDF, "parseType"), "Resource")
        _add_all(element, value)


def _add_all(element: etree._Element, fields: Mapping[str, Value]) -> None:
    """Fields of a structure as elements; those that are structures of texts in attributes alone."""
    for name, value in fields.items():
        part = etree.SubElement(element, name)
        texts = _texts(value)
        if texts:
            _set_all(part, texts)
        else:
            _fill(part, value)


def _texts(value: Value) -> dict[str, str]:
    """The fields of a structure that has nothing but texts; else {}."""
    if not isinstance(value, dict):
        return {}
    texts = {name: text for name, text in value.items() if isinstance(text, str)}
    return texts if len(texts) == len(value) else {}


def _set_all(element: etree._Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        _check(text)
        element.set(name, text)


def _check(text: str) -> None:
    try:
        etree.Element("any").text = text
    except ValueError as error:
        raise XmpError("There are characters in it that XML cannot hold.") from error
