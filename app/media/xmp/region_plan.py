"""Which regions a sidecar gets, which get another name, and which it loses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.errors import XmpError
from app.media.orientation import Area, stored_area
from app.media.xmp.namespaces import MWG_RS, ST_AREA, ST_DIM, clark
from app.media.xmp.packet import Packet, Value, items_of, text_of
from app.media.xmp.record import NAMED, REGION, WAS, Entry
from app.media.xmp.regions import (
    FACE,
    MICROSOFT,
    Placement,
    frames_same,
    overlap,
    placement_in,
    regions_in,
)
from app.media.xmp.wish import Conflict, KnownFace, Wish, same_name

REGIONS: Final = clark(MWG_RS, "Regions")
REGION_LIST: Final = clark(MWG_RS, "RegionList")
NAME: Final = clark(MWG_RS, "Name")
_TYPE: Final = clark(MWG_RS, "Type")
_AREA: Final = clark(MWG_RS, "Area")
_SIZE: Final = clark(MWG_RS, "AppliedToDimensions")
_DIGITS: Final = 6


@dataclass(slots=True)
class _Region:
    """A region that is there."""

    place: int
    name: str
    key: str
    area: Area | None
    """In the upright image; None for what cannot be a face."""


@dataclass(slots=True)
class RegionChange:
    """What happens to the regions."""

    fields: dict[str, Value] | None
    """The structure in the sidecar; None where it has none."""
    base: list[Value]
    """The regions to go on from: the sidecar's, else those in the photo's own file."""
    renamed: dict[int, str] = field(default_factory=dict)
    """Place in `base` -> name; '' takes the name away."""
    removed: set[int] = field(default_factory=set)
    added: list[Value] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    """What is ours afterwards."""
    conflicts: list[Conflict] = field(default_factory=list)
    whole: dict[str, Value] = field(default_factory=dict)
    """What is written where the sidecar has no regions, without the list."""

    @property
    def is_any(self) -> bool:
        """Whether anything happens."""
        return bool(self.renamed or self.removed or self.added)

    @property
    def after(self) -> list[Value]:
        """The regions afterwards."""
        kept = [
            _with_name(item, self.renamed[place]) if place in self.renamed else item
            for place, item in enumerate(self.base)
            if place not in self.removed
        ]
        return [*kept, *self.added]


def plan_regions(
    packet: Packet, embedded: Packet, wish: Wish, ours: dict[Entry, None]
) -> RegionChange:
    """What happens to the regions.

    Raises XmpError when they are written in a way that is not to be touched, or for an image of
    another shape.
    """
    own = _structure(packet.get(MWG_RS, "Regions"))
    inherited = _structure(embedded.get(MWG_RS, "Regions")) if own is None else None
    fields = own if own is not None else inherited
    base = items_of((fields or {}).get(REGION_LIST))
    placement = placement_in((fields or {}).get(_SIZE), wish.frame)
    if not placement.fits:
        raise XmpError("The regions there are for an image of another shape than the photo has.")
    change = RegionChange(own, list(base))
    rest = {name: value for name, value in (inherited or {}).items() if name != REGION_LIST}
    change.whole = {_SIZE: _size(wish), **rest}
    planner = _Planner(change, wish, ours, placement)
    planner.match()
    planner.drop_the_rest()
    planner.add(_microsofts(packet, embedded, wish))
    return change


class _Planner:
    """Goes through the faces and the regions that are there."""

    def __init__(
        self, change: RegionChange, wish: Wish, ours: dict[Entry, None], placement: Placement
    ) -> None:
        self._change = change
        self._wish = wish
        self._ours = ours
        self._placement = placement
        self._there = [_region(p, item, placement) for p, item in enumerate(change.base)]
        self._unmatched: list[KnownFace] = []
        self._matched: set[int] = set()

    def match(self) -> None:
        """Give the regions that frame known faces their names."""
        regions = self._regions_of_faces()
        for number, face in enumerate(self._wish.faces):
            region = regions.get(number)
            if region is None:
                self._unmatched.append(face)
            else:
                self._matched.add(region.place)
                self._settle(face, region)

    def drop_the_rest(self) -> None:
        """Take back what is ours at faces that are known no more, or by another name."""
        for region in self._there:
            if region.place not in self._matched:
                self._take_back(region)

    def add(self, others: list[tuple[str, Area]]) -> None:
        """Add regions for the faces that have none; `others` are names written otherwise."""
        for face in self._unmatched:
            if face.area is None or not face.is_wanted:
                continue
            against = [
                name
                for name, area in others
                if frames_same(face.area, area) and not same_name(name, face.name)
            ]
            if against and not self._wish.overwrite:
                self._change.conflicts.append(Conflict(face.name, against[0], face.area))
                continue
            written = _written_area(stored_area(face.area, self._placement.turn))
            self._change.added.append({NAME: face.name, _TYPE: FACE, _AREA: written})
            self._change.entries.append(Entry(REGION, face.name, _key(written)))

    def _regions_of_faces(self) -> dict[int, _Region]:
        """Which region frames which face: pairs of one name first, then those that are nearest, so
        that of two faces of one name each finds its own again."""
        pairs = [
            (same_name(region.name, face.name), overlap(region.area, face.area), -number, -place)
            for number, face in enumerate(self._wish.faces)
            for place, region in enumerate(self._there)
            if face.area is not None
            and region.area is not None
            and frames_same(region.area, face.area)
        ]
        found: dict[int, _Region] = {}
        taken: set[int] = set()
        for *_, number, place in sorted(pairs, reverse=True):
            if -number not in found and -place not in taken:
                found[-number] = self._there[-place]
                taken.add(-place)
        return found

    def _settle(self, face: KnownFace, region: _Region) -> None:
        mine = self._entry(region)
        if same_name(region.name, face.name):
            self._keep(mine, region)
        elif not face.is_wanted:
            self._take_back(region)
        elif mine is not None:
            self._rename(face, region, mine.kind)
        elif not region.name:
            self._rename(face, region, NAMED)
        elif self._wish.overwrite:
            self._rename(face, region, NAMED)
            self._change.entries.append(Entry(WAS, region.name, region.key))
        else:
            assert region.area is not None
            self._change.conflicts.append(Conflict(face.name, region.name, region.area))

    def _entry(self, region: _Region) -> Entry | None:
        """What tells that this region, or its name, is ours."""
        for kind in (REGION, NAMED):
            entry = Entry(kind, region.name, region.key)
            if entry in self._ours:
                return entry
        return None

    def _was(self, region: _Region) -> Entry | None:
        """What it was called before, if that is known."""
        for entry in self._ours:
            if entry.kind == WAS and entry.place == region.key:
                return entry
        return None

    def _keep(self, mine: Entry | None, region: _Region) -> None:
        if mine is not None:
            was = self._was(region)
            self._change.entries += [mine, was] if was else [mine]

    def _rename(self, face: KnownFace, region: _Region, kind: str) -> None:
        self._change.renamed[region.place] = face.name
        self._change.entries.append(Entry(kind, face.name, region.key))
        was = self._was(region)
        if was is not None:
            self._change.entries.append(was)

    def _take_back(self, region: _Region) -> None:
        mine = self._entry(region)
        if mine is None:
            return
        if mine.kind == REGION:
            self._change.removed.add(region.place)
        else:
            was = self._was(region)
            self._change.renamed[region.place] = was.text if was else ""


def _structure(value: Value | None) -> dict[str, Value] | None:
    if value is None or isinstance(value, dict):
        return value
    raise XmpError("The regions there are written in a way Kinfolk does not change.")


def _region(place: int, item: Value, placement: Placement) -> _Region:
    if not isinstance(item, dict):
        return _Region(place, "", "", None)
    area = item.get(_AREA)
    is_face = text_of(item.get(_TYPE)).casefold() in ("", FACE.casefold())
    return _Region(
        place, text_of(item.get(NAME)), _key(area), placement.upright(area) if is_face else None
    )


def _key(area: Value | None) -> str:
    """An area as it is written, without spaces."""
    if not isinstance(area, dict):
        return ""
    sides = [text_of(area.get(clark(ST_AREA, side))).replace(" ", "") for side in "xywh"]
    return ",".join(sides) if all(sides) else ""


def _with_name(item: Value, name: str) -> Value:
    if not isinstance(item, dict):
        return item
    fields = {key: value for key, value in item.items() if key != NAME}
    return {NAME: name, **fields} if name else fields


def _written_area(area: Area) -> dict[str, Value]:
    """An area of the stored image as MWG writes it: its centre, and its sides, cut to the image."""
    left, top = max(area[0], 0.0), max(area[1], 0.0)
    w, h = min(area[0] + area[2], 1.0) - left, min(area[1] + area[3], 1.0) - top
    numbers = (left + w / 2, top + h / 2, w, h)
    named = zip("xywh", numbers, strict=True)
    written: dict[str, Value] = {clark(ST_AREA, side): _short(number) for side, number in named}
    written[clark(ST_AREA, "unit")] = "normalized"
    return written


def _short(number: float) -> str:
    text = f"{number:.{_DIGITS}f}"
    return text.rstrip("0").rstrip(".")


def _size(wish: Wish) -> dict[str, Value]:
    width, height = wish.frame.stored
    return {
        clark(ST_DIM, "w"): str(width),
        clark(ST_DIM, "h"): str(height),
        clark(ST_DIM, "unit"): "pixel",
    }


def _microsofts(packet: Packet, embedded: Packet, wish: Wish) -> list[tuple[str, Area]]:
    """What Microsoft's regions say, which are never changed."""
    found = regions_in(packet.beside(embedded), wish.frame)
    return [(region.name, region.area) for region in found if region.source == MICROSOFT]
