"""Exporter: carries an order out, from the plan to the last file; or only weighs it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import PhotoError, UsageError
from app.indexing.export.folders import Folders
from app.indexing.export.gathering import Gathered, gather
from app.indexing.export.order import Exported, Order, Way, Web
from app.indexing.export.pictures import Darkroom
from app.indexing.export.placing import Placer
from app.indexing.export.plan import Item, Plan, make_plan
from app.indexing.export.record import Record
from app.indexing.export.room import (
    demand_folder,
    demand_links,
    demand_room,
    demand_unwatched,
    free_bytes,
    lacking,
)
from app.library.database import Library

PAGE_BYTES = 600_000
"""About what a page of a contact sheet takes."""
SCALED_BYTES = 700_000
"""About what a photo of a web album takes, with its small picture."""
_NOTHING_TO_DO = "Nothing is to be exported: no files, no contact sheet and no web album."


@dataclass(frozen=True, slots=True)
class Weight:
    """What an export will take."""

    photos: int
    """That can be exported."""
    files: int
    size: int
    """Bytes that are to be written."""
    there: int
    """Files that are there already."""
    skipped: tuple[tuple[Path, str], ...]
    free: int | None
    """Bytes that are left where it goes to; None where nobody knows."""
    items: tuple[Item, ...]

    @property
    def fits(self) -> bool:
        """Whether there is room."""
        return self.free is None or self.size <= self.free


def weigh(library: Library, order: Order, check: Callable[[], None] = lambda: None) -> Weight:
    """What would be exported, without writing anything.

    Raises UsageError when the order cannot be carried out.
    """
    _demand_sense(order)
    demand_unwatched(library, order)
    gathered = gather(library, order)
    check()
    record = Record(order.into)
    plan = _plan(order, gathered, record, check)
    left = lacking(plan.items, record, order.way)
    return Weight(
        plan.photos, len(plan.items), _bytes(order, gathered, left), len(plan.items) - len(left),
        tuple(plan.skipped), free_bytes(order.into), tuple(plan.items),
    )  # fmt: skip


class Exporter:
    """Carries out one order. `tell` hears how far it is, in files and pictures of how many;
    `check` may raise to end it, and `skip` hears of each file that could not be exported."""

    def __init__(
        self,
        library: Library,
        darkroom: Darkroom,
        order: Order,
        tell: Callable[[int, int], None] = lambda _, __: None,
        check: Callable[[], None] = lambda: None,
        skip: Callable[[Path, str], None] = lambda _, __: None,
    ) -> None:
        self._library = library
        self._darkroom = darkroom
        self._order = order
        self._tell = tell
        self._check = check
        self._skip = skip
        self._skipped: list[tuple[Path, str]] = []
        self._done = self._total = 0

    def run(self) -> Exported:
        """Do it. What an earlier export left is gone on with.

        Raises UsageError when it cannot be done as asked for, KnownError when the disk refuses or
        is full, and what `check` raises.
        """
        _demand_sense(self._order)
        demand_unwatched(self._library, self._order)  # before a folder is made there
        gathered = gather(self._library, self._order)
        demand_folder(self._order.into)
        with Record(self._order.into) as record:
            plan = _plan(self._order, gathered, record, self._check)
            places = {item.path.rpartition("/")[0] for item in plan.items}
            demand_unwatched(self._library, self._order, sorted(places))
            left = lacking(plan.items, record, self._order.way)
            demand_links(self._order, left)
            demand_room(self._order.into, _bytes(self._order, gathered, left))
            for path, reason in plan.skipped:
                self._pass_over(path, reason)
            placer = Placer(self._order, record, self._check)
            made = _makers(self._order, self._darkroom, placer, gathered, self._step)
            self._total = len(plan.items) + sum(steps for steps, _ in made)
            self._place(placer, plan.items)
            for _, make in made:
                for path, reason in make():
                    self._pass_over(path, reason)
            return self._told(placer, plan)

    def _place(self, placer: Placer, items: Sequence[Item]) -> None:
        for item in items:
            self._check()
            try:
                placer.place(item)
            except PhotoError as error:
                self._pass_over(item.sources[0], str(error))
            self._step()

    def _step(self) -> None:
        self._check()
        self._done += 1
        self._tell(self._done, self._total)

    def _pass_over(self, path: Path, reason: str) -> None:
        self._skipped.append((path, reason))
        self._skip(path, reason)

    def _told(self, placer: Placer, plan: Plan) -> Exported:
        tally = placer.tally
        files = plan.photos if self._order.way is Way.NONE else len(tally.photos)
        return Exported(
            files, tally.copied, tally.linked, tally.there, tally.size, tuple(self._skipped),
            tuple(tally.made), tuple(sorted(tally.notes)),
        )  # fmt: skip


Maker = tuple[int, Callable[[], Sequence[tuple[Path, str]]]]
"""How many steps it takes, and what does it and gives what was passed over."""


def _makers(
    order: Order, darkroom: Darkroom, placer: Placer, gathered: Gathered, step: Callable[[], None]
) -> list[Maker]:
    """What is made besides: each is loaded only when it is asked for."""
    made: list[Maker] = []
    if order.sheet is not None:
        from app.indexing.export.sheet import make_sheet

        made.append(make_sheet(order.sheet, gathered, darkroom, placer, step))
    if order.web is not None:
        from app.indexing.export.web import make_album

        made.append(make_album(order.web, gathered, darkroom, placer, step))
    return made


def _plan(order: Order, gathered: Gathered, record: Record, check: Callable[[], None]) -> Plan:
    known = {one.id: one for people in gathered.people.values() for one in people}
    folders = Folders(order.by, order.people, list(known.values()))
    return make_plan(order, gathered.photos, gathered.people, folders, record, check)


def _bytes(order: Order, gathered: Gathered, left: Sequence[Item]) -> int:
    """About how much is to be written."""
    size = 0 if order.way.is_link else sum(item.size for item in left)
    if order.sheet is not None:
        size += PAGE_BYTES * (1 + len(gathered.photos) // 30)
    if order.web is not None:
        is_whole = order.web is Web.ORIGINALS
        size += sum(
            photo.size if is_whole or photo.is_video else SCALED_BYTES for photo in gathered.photos
        )
    return size


def _demand_sense(order: Order) -> None:
    if order.way is Way.NONE and order.sheet is None and order.web is None:
        raise UsageError(_NOTHING_TO_DO)
    if not os.path.isabs(order.into):  # noqa: PTH117 - links stay as they are
        raise UsageError("The folder to export into needs its whole path.")
