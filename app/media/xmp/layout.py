"""Layout: where in a sidecar's bytes its elements lie, so that a part can be exchanged and all else
stays the bytes it was.

Expat tells the byte at which each tag begins; where a tag ends is read off the bytes themselves.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from app.errors import XmpError
from app.media.xmp.namespaces import RDF, clark

_TAG: Final = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE: Final = re.compile(rb"""([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_QNAME: Final = re.compile(rb"<([^\s/>]+)")
_SPACE: Final = b" \t\r\n"
_DEEPEST: Final = 200


@dataclass(slots=True, eq=False)
class Spot:
    """An element and where it lies; places are bytes from the beginning."""

    name: str
    """'{namespace}name'."""
    begin: int
    inner: int
    """Where its start tag ends."""
    prefixes: Mapping[str, str]
    """Prefix -> namespace, of those that hold within."""
    attributes: Mapping[str, tuple[int, int, str]]
    """'{namespace}name' -> where it begins, where it ends, and its value."""
    is_closed: bool = False
    """Whether its start tag is all of it."""
    inner_end: int = 0
    """Where its end tag begins."""
    end: int = 0
    text: str = ""
    """What stands in it outside of other elements."""
    children: list[Spot] = field(default_factory=list)

    def all(self, name: str) -> list[Spot]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]

    def first(self, *names: str) -> Spot | None:
        """The first child that has one of these names."""
        return next((child for child in self.children if child.name in names), None)


class Layout:
    """The elements of a packet written in UTF-8."""

    def __init__(self, data: bytes) -> None:
        """Raises XmpError when it is no XMP, or not well formed."""
        self.data = data
        self._start = data.find(b"<")
        self._open: list[Spot] = []
        self._declared: dict[str, str] = {}
        self._spots: list[Spot] = []
        self._read()
        rdf = next((spot for spot in self._spots if spot.name == clark(RDF, "RDF")), None)
        if rdf is None:
            raise XmpError("The file holds no XMP.")
        self.rdf: Spot = rdf

    @property
    def descriptions(self) -> list[Spot]:
        """The Descriptions of the photo."""
        return self.rdf.all(clark(RDF, "Description"))

    def find(self, name: str) -> Spot | None:
        """The element of a property; None where there is none, or it is an attribute."""
        found = (described.first(name) for described in self.descriptions)
        return next((spot for spot in found if spot is not None), None)

    def is_attribute(self, name: str) -> bool:
        """Whether a property is written as an attribute."""
        return any(name in described.attributes for described in self.descriptions)

    def space_before(self, place: int) -> int:
        """Where the white space before a place begins."""
        while place > 0 and self.data[place - 1] in _SPACE:
            place -= 1
        return place

    def indent(self, spot: Spot) -> bytes:
        """The white space before an element."""
        return self.data[self.space_before(spot.begin) : spot.begin]

    def qname(self, spot: Spot) -> bytes:
        """The name of an element as it is written."""
        found = _QNAME.match(self.data, spot.begin)
        assert found is not None
        return found.group(1)

    def _read(self) -> None:
        parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = False
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartElementHandler = lambda name, _: self._enter(name, parser.CurrentByteIndex)
        parser.EndElementHandler = lambda _: self._leave(parser.CurrentByteIndex)
        parser.CharacterDataHandler = self._note
        try:
            parser.Parse(self.data[max(self._start, 0) :].rstrip(b"\0"), True)
        except (expat.ExpatError, RecursionError) as error:
            raise XmpError("The sidecar is damaged: it is no well-formed XML.") from error

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        self._declared[prefix or ""] = namespace or ""

    def _enter(self, name: str, at: int) -> None:
        begin = at + self._start
        tag = _TAG.match(self.data, begin)
        if tag is None or len(self._open) > _DEEPEST:
            raise XmpError("The sidecar is nested too deep, or damaged.")
        outer = self._open[-1].prefixes if self._open else {}
        prefixes = {**outer, **self._declared} if self._declared else outer
        self._declared = {}
        is_closed = tag.group().endswith(b"/>")
        spot = Spot(
            _clark(name), begin, tag.end(), prefixes, self._attributes(begin, tag.end(), prefixes),
            is_closed, tag.end(), tag.end(),
        )  # fmt: skip
        if self._open:
            self._open[-1].children.append(spot)
        self._spots.append(spot)
        self._open.append(spot)

    def _leave(self, at: int) -> None:
        spot = self._open.pop()
        if not spot.is_closed:
            spot.inner_end = at + self._start
            spot.end = self.data.index(b">", spot.inner_end) + 1

    def _note(self, text: str) -> None:
        self._open[-1].text += text

    def _attributes(
        self, begin: int, end: int, prefixes: Mapping[str, str]
    ) -> dict[str, tuple[int, int, str]]:
        found = {}
        qname = _QNAME.match(self.data, begin)
        for match in _ATTRIBUTE.finditer(self.data, qname.end() if qname else begin, end):
            prefix, colon, local = match.group(1).decode().partition(":")
            if colon and prefix != "xmlns":
                name = clark(prefixes.get(prefix, ""), local)
                value = html.unescape(match.group(2)[1:-1].decode())
                found[name] = (match.start(), match.end(), value)
        return found


def _clark(name: str) -> str:
    namespace, found, local = name.rpartition("}")
    return clark(namespace, local) if found else name


def _refuse(*_: Any) -> None:
    raise XmpError("The XMP has a document type, which XMP must not have.")


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of the bytes to be exchanged."""

    begin: int
    end: int
    new: bytes


def spliced(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with all parts exchanged, which must not overlap."""
    out, done = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.begin, edit.end)):
        assert edit.begin >= done, "two edits overlap"
        out += [data[done : edit.begin], edit.new]
        done = edit.end
    return b"".join([*out, data[done:]])
