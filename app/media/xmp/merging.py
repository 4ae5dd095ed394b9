"""Merging: the names of people into a sidecar, all else in it staying the bytes it was.

What happens is planned on values (`keyword_plan`, `region_plan`), carried out on bytes, and then
read again: unless the sidecar says exactly what was planned, nothing of it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from app.errors import XmpError
from app.media.xmp.elements import description, escaped, item_element, property_element, written
from app.media.xmp.encoding import Written
from app.media.xmp.keyword_plan import ListChange, plan_keywords
from app.media.xmp.layout import Edit, Layout, Spot, spliced
from app.media.xmp.namespaces import MWG_RS, RDF, clark
from app.media.xmp.packet import Packet, Value, read_packet
from app.media.xmp.record import WRITTEN, entries_in, texts
from app.media.xmp.region_plan import NAME, REGION_LIST, REGIONS, RegionChange, plan_regions
from app.media.xmp.wish import Conflict, Wish

EMPTY: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Kinfolk">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 </rdf:RDF>
</x:xmpmeta>
"""
"""A sidecar that says nothing."""

_BAGS: Final = tuple(clark(RDF, name) for name in ("Bag", "Seq", "Alt"))
_LI: Final = clark(RDF, "li")
_DESCRIPTION: Final = clark(RDF, "Description")
_ABOUT: Final = clark(RDF, "about")
_NEW_LINE: Final = b"\n  "


@dataclass(frozen=True, slots=True)
class Merged:
    """What a sidecar is to be."""

    data: bytes | None
    """None: there is nothing to say, so that there need be none."""
    conflicts: tuple[Conflict, ...] = ()


def merge(old: bytes | None, embedded: Packet, wish: Wish) -> Merged:
    """The sidecar `old` (None: there is none) with the names wished for, the very same bytes where
    it has them already; `embedded` is what the photo's own file says.

    What Kinfolk wrote before and is true no more is taken back. Raises XmpError when the sidecar
    cannot be read, or is written in a way that is not to be changed.
    """
    file = Written.read(EMPTY if old is None else old)
    before = Packet() if old is None else read_packet(file.body)
    ours = entries_in(before)
    lists, entries = plan_keywords(before, embedded, wish, ours)
    regions = plan_regions(before, embedded, wish, ours)
    entries = list(dict.fromkeys([*entries, *regions.entries]))
    conflicts = tuple(regions.conflicts)
    is_any = regions.is_any or any(change.is_any for change in lists)
    if not is_any and set(entries) <= set(ours):  # what was ours and is others' now does no harm
        return Merged(old, conflicts)
    made = _Surgeon(file.body).operate(lists, regions, texts(entries))
    if made == EMPTY:
        return Merged(None, conflicts)
    _check(before, read_packet(made), lists, regions, texts(entries))
    return Merged(file.encode(made), conflicts)


def _check(
    before: Packet,
    after: Packet,
    lists: Sequence[ListChange],
    regions: RegionChange,
    record: list[str],
) -> None:
    """Raises XmpError unless what was made says what was planned, and all else as before."""
    wanted: dict[str, Value] = dict(before.properties)
    for change in lists:
        if change.is_any:
            _put(wanted, change.name, change.after)
    if regions.is_any:
        rest = regions.whole if regions.fields is None else regions.fields
        if regions.after or _goes_on(regions):
            wanted[REGIONS] = {**rest, REGION_LIST: regions.after}
        else:
            wanted.pop(REGIONS, None)
    _put(wanted, WRITTEN, list(record))
    if wanted != after.properties:
        raise XmpError("The sidecar could not be changed without harm; it stays as it is.")


def _put(wanted: dict[str, Value], name: str, value: list[Value] | list[str]) -> None:
    if value:
        wanted[name] = [*value]
    else:
        wanted.pop(name, None)


def _goes_on(regions: RegionChange) -> bool:
    """Whether the structure stays without a region, since it says more than a size."""
    names = set(regions.fields or ()) - {REGION_LIST, clark(MWG_RS, "AppliedToDimensions")}
    return bool(names)


@dataclass(slots=True)
class _Surgeon:
    """Carries a plan out on the bytes of a packet."""

    body: bytes
    layout: Layout = field(init=False)
    edits: list[Edit] = field(default_factory=list)
    fresh: list[tuple[str, Value]] = field(default_factory=list)
    """Properties that the sidecar has not had."""
    gone: list[Spot] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.layout = Layout(self.body)

    def operate(
        self, lists: Sequence[ListChange], regions: RegionChange, record: list[str]
    ) -> bytes:
        """The changed packet."""
        if regions.is_any:
            self._change_regions(regions)
        for change in lists:
            if change.is_any:
                self._change_list(change)
        home = self._change_record(record)
        self._change_home(home)
        return spliced(self.body, self.edits)

    def _change_list(self, change: ListChange) -> None:
        if change.before is None:
            self.fresh.append((change.name, list(change.added)))
        elif not change.after:
            self._remove(self._property(change.name))
        else:
            self._change_items(self._property(change.name), change.removed, change.added)

    def _property(self, name: str) -> Spot:
        spot = self.layout.find(name)
        if spot is None or self.layout.is_attribute(name):
            raise XmpError("The sidecar is written in a way that Kinfolk does not change.")
        return spot

    def _change_items(self, listed: Spot, removed: set[int], added: Sequence[Value]) -> None:
        """Take items out of the list in an element, and put others at its end."""
        bag, items = _items(listed)
        for place in removed:
            self._remove(items[place])
        if not added:
            return
        if items:
            at, indent = items[-1].end, self.layout.indent(items[-1])
        else:
            at, indent = bag.inner, b""
        new = b"".join(indent + written(item_element(i), bag.prefixes, indent) for i in added)
        self._insert(bag, at, new)

    def _insert(self, into: Spot, at: int, new: bytes) -> None:
        """Put something into an element, also into one that is closed at once."""
        if into.is_closed:
            name = self.layout.qname(into)
            self.edits.append(Edit(into.inner - 2, into.inner, b">" + new + b"</" + name + b">"))
        else:
            self.edits.append(Edit(at, at, new))

    def _remove(self, spot: Spot) -> None:
        """Take an element out, with the white space before it."""
        self.gone.append(spot)
        self.edits.append(Edit(self.layout.space_before(spot.begin), spot.end, b""))

    def _change_regions(self, regions: RegionChange) -> None:
        if regions.fields is None:
            self.fresh.append((REGIONS, {**regions.whole, REGION_LIST: regions.after}))
            return
        spot = self._property(REGIONS)
        holder = spot.first(_DESCRIPTION) or spot
        listed = holder.first(REGION_LIST)
        if not regions.after and not _goes_on(regions):
            self._remove(spot)
        elif listed is None:
            element = property_element(REGION_LIST, regions.after)
            at = holder.children[-1].end if holder.children else holder.inner
            indent = self.layout.indent(holder.children[-1]) if holder.children else b""
            self._insert(holder, at, indent + written(element, holder.prefixes, indent))
        else:
            _, items = _items(listed)
            if len(items) != len(regions.base):
                raise XmpError("The regions there are written in a way Kinfolk does not change.")
            for place, name in regions.renamed.items():
                self._rename(items[place], name)
            self._change_items(listed, regions.removed, regions.added)

    def _rename(self, item: Spot, name: str) -> None:
        """Give a region another name, or none."""
        holder = item.first(_DESCRIPTION) or item
        for spot in (holder, item):
            if NAME in spot.attributes:
                begin, end, _ = spot.attributes[NAME]
                self._rename_attribute(begin, end, name)
                return
        element = holder.first(NAME)
        if element is None:
            made = written(property_element(NAME, name), holder.prefixes, b"")
            indent = self.layout.indent(holder.children[0]) if holder.children else b""
            if holder.is_closed:
                raise XmpError("The regions there are written in a way Kinfolk does not change.")
            self.edits.append(Edit(holder.inner, holder.inner, indent + made))
        elif element.children:
            raise XmpError("The regions there are written in a way Kinfolk does not change.")
        elif not name:
            self._remove(element)
        elif element.is_closed:
            self._insert(element, element.inner, escaped(name))
        else:
            self.edits.append(Edit(element.inner, element.inner_end, escaped(name)))

    def _rename_attribute(self, begin: int, end: int, name: str) -> None:
        if name:
            quote = self.body[end - 1 : end]
            start = self.body.index(quote, begin) + 1
            self.edits.append(Edit(start, end - 1, escaped(name)))
        else:
            self.edits.append(Edit(self.layout.space_before(begin), end, b""))

    def _change_record(self, record: list[str]) -> Spot | None:
        """Note what is ours; gives the Description in which that stands already."""
        spot = self.layout.find(WRITTEN)
        home = next((d for d in self.layout.descriptions if spot in d.children), None)
        if spot is None or home is None:
            if record:
                self.fresh.append((WRITTEN, list(record)))
            return None
        if record:
            element = property_element(WRITTEN, list(record))
            new = written(element, home.prefixes, self.layout.indent(spot))
            if new != self.body[spot.begin : spot.end]:
                self.edits.append(Edit(spot.begin, spot.end, new))
        else:
            self._remove(spot)
        return home

    def _change_home(self, home: Spot | None) -> None:
        """Put new properties where ours are, or into a Description of their own; one that has
        nothing left goes."""
        made = [property_element(name, value) for name, value in self.fresh]
        if home is None:
            if made:
                self._add_description(description(self._about(), made))
            return
        if made:
            last = home.children[-1]
            indent = self.layout.indent(last)
            new = b"".join(indent + written(one, home.prefixes, indent) for one in made)
            self.edits.append(Edit(last.end, last.end, new))
        elif all(child in self.gone for child in home.children) and not self._says_more(home):
            self.edits = [e for e in self.edits if not home.begin < e.begin < home.end]
            self._remove(home)

    def _says_more(self, described: Spot) -> bool:
        return any(name != _ABOUT for name in described.attributes)

    def _about(self) -> str:
        """About what the Descriptions are: all of one packet must be about the same."""
        abouts = [
            d.attributes[_ABOUT][2] for d in self.layout.descriptions if _ABOUT in d.attributes
        ]
        return abouts[0] if abouts else ""

    def _add_description(self, element: object) -> None:
        rdf = self.layout.rdf
        at = rdf.children[-1].end if rdf.children else rdf.inner
        indent = self.layout.indent(rdf.children[-1]) if rdf.children else _NEW_LINE
        new = written(element, rdf.prefixes, indent)  # type: ignore[arg-type]
        self._insert(rdf, at, indent + new)


def _items(listed: Spot) -> tuple[Spot, list[Spot]]:
    """The container in the element of a property, and its items."""
    bag = listed.first(*_BAGS)
    if bag is None:
        raise XmpError("The sidecar is written in a way that Kinfolk does not change.")
    return bag, bag.all(_LI)
