"""Book: the pages of the user guide, as they lie in docs/guide, in the user's language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ENGLISH = "en"
_AROUND = 48
"""Characters before what was found that are shown with it."""
_LENGTH = 130
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|^[#>|\-*0-9. ]+|[*`\[|]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: what to do for one task."""

    key: str
    """The name of its file without number and ending; links and Help buttons name it."""
    title: str
    text: str
    """Markdown."""
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """A page on which something was found, and what stands around it."""

    page: GuidePage
    excerpt: str


class Book:
    """All pages, in the order of the numbers before their names."""

    def __init__(self, pages: Sequence[GuidePage]) -> None:
        self.pages = tuple(pages)
        self._by_key = {page.key: page for page in self.pages}

    @classmethod
    def read(cls, folder: Path, languages: Sequence[str]) -> Book:
        """The guide below `folder` in the first of `languages` (such as "de", "zh_CN") that it has
        been translated to; a page that is not there in it is the English one."""
        pages = _pages(folder / ENGLISH)
        told = next((one for one in languages if (folder / one).is_dir()), ENGLISH)
        if told != ENGLISH:
            pages |= {key: page for key, page in _pages(folder / told).items() if key in pages}
        return cls(list(pages.values()))

    def page(self, key: str) -> GuidePage | None:
        """The page of this name; None where there is none."""
        return self._by_key.get(key)

    def page_at(self, link: str) -> GuidePage | None:
        """The page that a link within the guide leads to, such as 04-review.md#undo."""
        name = link.partition("#")[0].rpartition("/")[2]
        return self.page(key_of(name)) if name.endswith(".md") else None

    def find(self, text: str) -> list[Found]:
        """The pages that have every word of a text, those with one in their title first."""
        words = text.casefold().split()
        if not words:
            return []
        found = [
            Found(page, _excerpt(page, words))
            for page in self.pages
            if all(word in page.text.casefold() for word in words)
        ]
        return sorted(found, key=lambda one: not _is_about(one.page, words))


def key_of(name: str) -> str:
    """What a page is called in links: its file's name without number and ending."""
    return name.removesuffix(".md").partition("-")[2]


def _pages(folder: Path) -> dict[str, GuidePage]:
    pages = {}
    for path in sorted(folder.glob("[0-9][0-9]-*.md")):
        text = path.read_text(encoding="utf-8")
        title = text.partition("\n")[0].removeprefix("# ").strip()
        pages[key_of(path.name)] = GuidePage(key_of(path.name), title, text, path)
    return pages


def _is_about(page: GuidePage, words: Sequence[str]) -> bool:
    return any(word in page.title.casefold() for word in words)


def _excerpt(page: GuidePage, words: Sequence[str]) -> str:
    """What stands around the first of the words, without marks."""
    body = page.text.partition("\n")[2]
    plain = " ".join(_MARKS.sub("", body).split())
    places = [plain.casefold().find(word) for word in words]
    place = min((one for one in places if one >= 0), default=0)
    begin = max(0, place - _AROUND)
    begin = plain.find(" ", begin) + 1 if begin else 0
    cut = plain[begin : begin + _LENGTH]
    more = "…" if begin + _LENGTH < len(plain) else ""
    return f"{'… ' if begin else ''}{cut.rstrip()}{more}"
