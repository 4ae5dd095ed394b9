"""The page of a web album: valid HTML that shows something without scripts, to those who see it and
those who hear it, and that never asks another computer for anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from app.indexing.export import telling
from app.indexing.export.gathering import Gathered
from app.library.queries.exports import PhotoFiles

_POLICY = (
    "default-src 'none'; img-src 'self' file:; media-src 'self' file:; "
    "style-src 'self' file:; script-src 'self' file:"
)
"""Nothing but what lies beside the page, also if a name should ever try to be more than a name."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo of the album, and its files by their paths from the page."""

    photo: PhotoFiles
    large: str
    small: str
    size: tuple[int, int]
    """Of the small picture: width and height in pixels."""


def write_page(
    gathered: Gathered, shots: Sequence[Shot], cover: str, notes: Sequence[str]
) -> bytes:
    """The page; `cover` is the path of the round picture, empty where there is none."""
    title = _text(gathered.title)
    years = [(year, list(of)) for year, of in groupby(shots, key=lambda one: _year(one))]
    head = _tag(
        "head", {},
        _tag("meta", {"charset": "utf-8"}),
        _tag("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        _tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        _tag("meta", {"name": "robots", "content": "noindex, nofollow"}),
        _tag("meta", {"name": "referrer", "content": "no-referrer"}),
        _tag("title", {}, title),
        _tag("link", {"rel": "stylesheet", "href": "album.css"}),
        _tag("script", {"src": "album.js", "defer": "defer"}),
    )  # fmt: skip
    body = _tag(
        "body", {},
        _tag("a", {"class": "skip", "href": "#photos"}, "Skip to the photos"),
        _header(title, [one.photo for one in shots], cover),
        _years([year for year, _ in years]),
        _tag("main", {"id": "photos"}, *(_of_year(gathered, year, of) for year, of in years)),
        _tag("footer", {}, *(_tag("p", {}, note) for note in notes)),
        _lightbox(),
    )  # fmt: skip
    page = _tag("html", {"lang": "en"}, head, body)
    text = etree.tostring(page, method="html", doctype="<!DOCTYPE html>", encoding="utf-8")
    return bytes(text) + b"\n"


def _tag(name: str, told: Mapping[str, str], *within: etree._Element | str) -> etree._Element:
    """An element with its attributes and with what is in it: texts are escaped, never markup."""
    made = etree.Element(name, dict(told))
    for one in within:
        if not isinstance(one, str):
            made.append(one)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + one
        else:
            made.text = (made.text or "") + one
    return made


def _header(title: str, photos: Sequence[PhotoFiles], cover: str) -> etree._Element:
    about = _tag("p", {}, telling.summary(photos))
    words = _tag("div", {}, _tag("h1", {}, title), about)
    if not cover:
        return _tag("header", {}, words)
    told = {"class": "cover", "src": cover, "alt": "", "width": "320", "height": "320"}
    return _tag("header", {}, _tag("img", told), words)


def _years(years: Sequence[str]) -> etree._Element:
    entries = [_tag("li", {}, _tag("a", {"href": f"#{_anchor(year)}"}, year)) for year in years]
    return _tag("nav", {"aria-label": "Years"}, _tag("ul", {}, *entries))


def _of_year(gathered: Gathered, year: str, shots: Sequence[Shot]) -> etree._Element:
    before, entries = "", []
    for shot in shots:
        month = telling.month(shot.photo)
        entries.append(_entry(gathered, shot, "" if month == before else month))
        before = month
    heading = _tag("h2", {"id": _anchor(year)}, year)
    photos = _tag("ul", {"class": "photos"}, *entries)
    return _tag("section", {"aria-labelledby": _anchor(year)}, heading, photos)


def _entry(gathered: Gathered, shot: Shot, month: str) -> etree._Element:
    photo = shot.photo
    when = f"{telling.day(photo)} {telling.year(photo)}" if photo.taken else ""
    told = (when, telling.company(gathered, photo))
    caption = telling.SEPARATOR.join(part for part in told if part)
    picture = _tag("img", {
        "src": shot.small, "alt": _text(telling.description(gathered, photo)),
        "width": str(shot.size[0]), "height": str(shot.size[1]), "loading": "lazy",
        "decoding": "async",
    })  # fmt: skip
    link = {"href": shot.large, "data-caption": _text(caption)}
    if photo.is_video:
        link |= {"class": "film", "data-film": "yes"}
    parts = [_tag("h3", {}, month)] if month else []
    return _tag("li", {}, *parts, _tag("a", link, picture))


def _lightbox() -> etree._Element:
    line = _tag(
        "div", {"class": "line"},
        _button("before", "Photo before", "‹"),
        _button("after", "Next photo", "›"),
        _tag("p", {"class": "caption", "aria-live": "polite"}),
        _tag("span", {"class": "count"}),
        _button("close", "Close", "×"),
    )  # fmt: skip
    stage = _tag("div", {"class": "stage"})
    return _tag("dialog", {"id": "lightbox", "aria-label": "Photo"}, stage, line)


def _button(name: str, label: str, sign: str) -> etree._Element:
    return _tag("button", {"type": "button", "class": name, "aria-label": label}, sign)


def _year(shot: Shot) -> str:
    return telling.year(shot.photo)


def _anchor(year: str) -> str:
    return f"year-{year}".lower().replace(" ", "-")


def _text(text: str) -> str:
    """Without what no document may hold; the rest is escaped where it is written."""
    plain = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in plain)
