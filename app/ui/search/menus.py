"""The menus of dates and of folders, as far as there are photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QMenu

from app.library.queries.search import Directory, Month, day_span
from app.ui import words
from app.ui.search.dates import Days, tr
from app.ui.widgets.menus import add_entry, menu_text

Choose = Callable[[Days], object]


def fill_dates(menu: QMenu, months: Sequence[Month], now: Days, choose: Choose) -> None:
    """Any date, a year, a month, and from and until when."""
    menu.clear()
    since, until = now
    anytime = add_entry(menu, tr("Any date"), partial(choose, (None, None)))
    anytime.setCheckable(True)
    anytime.setChecked(since is None and until is None)
    if not months:
        return
    menu.addSeparator()

    def first(days: Days) -> object:
        return choose((days[0], until))

    def last(days: Days) -> object:
        return choose((since, days[1]))

    _fill_years(menu.addMenu(tr("From")), months, (since, None), first)
    _fill_years(menu.addMenu(tr("Until")), months, (None, until), last)
    menu.addSeparator()
    _fill_years(menu, months, now, choose)


def fill_folders(
    menu: QMenu,
    directories: Sequence[Directory],
    now: Path | None,
    choose: Callable[[Path | None], object],
) -> None:
    """Any folder, and every directory that holds photos within the one that holds it."""
    menu.clear()
    anywhere = add_entry(menu, tr("Any folder"), partial(choose, None))
    anywhere.setCheckable(True)
    anywhere.setChecked(now is None)
    menu.addSeparator()
    by_path = {place.path: place for place in directories}
    inside: dict[Path | None, list[Directory]] = {}
    for place in directories:
        above = place.path.parent if place.path.parent in by_path else None
        inside.setdefault(None if above == place.path else above, []).append(place)
    _fill_directories(menu, None, inside, now, choose)


def _fill_years(menu: QMenu, months: Sequence[Month], now: Days, choose: Choose) -> None:
    for year, group in groupby(months, lambda month: month.year):
        of_year = list(group)
        submenu = menu.addMenu(f"{year:04}")
        total = sum(month.photo_count for month in of_year)
        whole = tr("The whole of {0}").format(f"{year:04}")
        _add_span(submenu, whole, total, f"{year:04}", now, choose)
        submenu.addSeparator()
        for month in reversed(of_year):
            name = QLocale().standaloneMonthName(month.month)
            span = f"{year:04}-{month.month}"
            _add_span(submenu, name, month.photo_count, span, now, choose)


def _add_span(menu: QMenu, text: str, count: int, iso: str, now: Days, choose: Choose) -> None:
    span = day_span(iso)
    if span is None:
        return
    action = add_entry(menu, f"{text}\t{words.number(count)}", partial(choose, span))
    since, until = now
    if since is not None or until is not None:
        action.setCheckable(True)
        action.setChecked((since or span[0], until or span[1]) == span)


def _fill_directories(
    menu: QMenu,
    above: Path | None,
    inside: dict[Path | None, list[Directory]],
    now: Path | None,
    choose: Callable[[Path | None], object],
) -> None:
    for place in inside.get(above, ()):
        name = menu_text(_shown(place.path.name or str(place.path)))
        count = words.number(place.photo_count)
        target, text = menu, name
        if place.path in inside:
            target, text = menu.addMenu(name), tr("All of {0}").format(name)
        action = add_entry(target, f"{text}\t{count}", partial(choose, place.path))
        action.setCheckable(True)
        action.setChecked(place.path == now)
        if target is not menu:
            target.addSeparator()
            _fill_directories(target, place.path, inside, now, choose)


def _shown(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
