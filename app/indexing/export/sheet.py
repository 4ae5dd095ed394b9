"""Contact sheet: pages to print, with small pictures by year and month, and who it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from app.errors import KnownError
from app.indexing.export import telling
from app.indexing.export.gathering import Gathered
from app.indexing.export.ink import Ink
from app.indexing.export.names import file_name
from app.indexing.export.order import Sheet
from app.indexing.export.pictures import Darkroom
from app.indexing.export.placing import Placer
from app.indexing.export.sheet_layout import (
    FOOT,
    HEAD,
    HEIGHT,
    MARGIN,
    WIDTH,
    Heading,
    SheetPage,
    Tile,
    lay_out,
    shape,
)
from app.library.queries.exports import PhotoFiles

DOTS = 200
"""An inch: small pictures are sharp in print, and a page takes half a megabyte."""
_QUALITY = 90
_PAPER, _TEXT, _SECONDARY, _HAIRLINE, _ACCENT = (
    "#ffffff", "#1f1d1a", "#6f6a62", "#e0dcd5", "#2f6fed",
)  # fmt: skip
_COVER = 44.0
NO_PICTURE = "There is no picture of it at hand."


class ContactSheet:
    """The pages of one sheet."""

    def __init__(self, gathered: Gathered, darkroom: Darkroom) -> None:
        self._gathered = gathered
        self._darkroom = darkroom
        self._photos = gathered.oldest_first()
        self._pages = lay_out(self._photos, self._caption)
        self.missing: list[PhotoFiles] = []
        """Those that could not be shown."""

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def pages(self) -> Iterator[Image.Image]:
        """The pages, one after the other: RGB."""
        for number, page in enumerate(self._pages, 1):
            yield self._paint(page, number)

    def _caption(self, photo: PhotoFiles) -> str:
        """14 June · with Ben."""
        parts = (telling.day(photo), telling.company(self._gathered, photo))
        return telling.SEPARATOR.join(part for part in parts if part)

    def _paint(self, page: SheetPage, number: int) -> Image.Image:
        paper = Image.new("RGB", (round(WIDTH * DOTS / 25.4), round(HEIGHT * DOTS / 25.4)), _PAPER)
        ink = Ink(paper, DOTS)
        if number == 1:
            self._paint_head(paper, ink)
        for heading in page.headings:
            _paint_heading(ink, heading)
        for tile in page.tiles:
            self._paint_tile(paper, ink, tile)
        foot = HEIGHT - FOOT / 2
        ink.text(MARGIN, foot, self._gathered.title, 7.5, _SECONDARY, room=120)
        told = f"{number} of {self.page_count}"
        ink.text(WIDTH - MARGIN, foot, told, 7.5, _SECONDARY, anchor="rs")
        return paper

    def _paint_head(self, paper: Image.Image, ink: Ink) -> None:
        x = MARGIN
        cover = self._cover(ink.px(_COVER))
        if cover is not None:
            paper.paste(cover, (ink.px(x), ink.px(MARGIN)), cover)
            x += _COVER + 9
        room = WIDTH - MARGIN - x
        size = ink.fitting(self._gathered.title, 38, 20, room, "Bold")
        middle = MARGIN + _COVER / 2
        ink.text(x, middle + 1, self._gathered.title, size, _TEXT, "Bold", room)
        ink.text(x, middle + 10, telling.summary(self._photos), 12, _SECONDARY, room=room)
        ink.line(MARGIN, MARGIN + HEAD - 8, WIDTH - 2 * MARGIN, _HAIRLINE)

    def _cover(self, side: int) -> Image.Image | None:
        """The face of the one it is about, round; None where it is about several, or nobody."""
        subjects = self._gathered.subjects
        if len(subjects) != 1 or subjects[0].cover is None:
            return None
        face = subjects[0].cover
        photo = next((one for one in self._photos if one.id == face.photo_id), None)
        picture = self._darkroom.face(photo, face, 2 * side)
        return None if picture is None else _round(picture, side)

    def _paint_tile(self, paper: Image.Image, ink: Ink, tile: Tile) -> None:
        size = (ink.px(tile.w), ink.px(tile.h))
        place = (ink.px(tile.x), ink.px(tile.y))
        # What is cut at the ends of very long photos has to be there to be cut.
        whole = max(size) * max(1.0, _cut_by(tile.photo))
        picture = self._darkroom.picture(tile.photo, round(whole))
        if picture is None:
            self.missing.append(tile.photo)
            picture = Image.new("RGB", size, _HAIRLINE)
        paper.paste(_filling(picture, size), place, _rounded(size, ink.px(0.9)))
        if tile.photo.is_video:
            _mark_video(paper, place, size)
        if tile.label:
            ink.text(tile.x, tile.y - 1.7, tile.label, 8.5, _ACCENT, "SemiBold", tile.w)
        ink.text(tile.x, tile.y + tile.h + 3.6, tile.caption, 6.5, _SECONDARY, room=tile.w)


def make_sheet(
    kind: Sheet, gathered: Gathered, darkroom: Darkroom, placer: Placer, step: Callable[[], None]
) -> tuple[int, Callable[[], Sequence[tuple[Path, str]]]]:
    """How many pages there are, and what makes them and gives the photos that it lacks."""
    sheet = ContactSheet(gathered, darkroom)
    name = f"Contact sheet of {gathered.title}"

    def make() -> Sequence[tuple[Path, str]]:
        if kind is Sheet.PDF:
            _write_pdf(sheet, placer, file_name(f"{name}.pdf"), gathered.title, step)
        else:
            _write_pages(sheet, placer, name, step)
        return [(photo.path, NO_PICTURE) for photo in sheet.missing]

    return sheet.page_count, make


def _write_pdf(
    sheet: ContactSheet, placer: Placer, name: str, title: str, step: Callable[[], None]
) -> None:
    part = placer.part("sheet.pdf")
    try:
        for number, page in enumerate(sheet.pages()):
            # One page after the other: hundreds of them would not fit into memory.
            more = {"append": True} if number else {"title": f"Contact sheet of {title}"}
            page.save(part, "PDF", resolution=DOTS, quality=_QUALITY, **more)
            step()
    except OSError as error:
        raise KnownError(f"The contact sheet cannot be written: {error.strerror}.") from error
    placer.keep(part, name, "sheet")


def _write_pages(sheet: ContactSheet, placer: Placer, name: str, step: Callable[[], None]) -> None:
    digits, kept = len(str(sheet.page_count)), set[str]()
    for number, page in enumerate(sheet.pages(), 1):
        part = placer.part("sheet.jpg")
        try:
            page.save(part, "JPEG", dpi=(DOTS, DOTS), quality=_QUALITY)
        except OSError as error:
            raise KnownError(f"The contact sheet cannot be written: {error.strerror}.") from error
        page_name = file_name(f"{name} {number:0{digits}}.jpg")
        placer.keep(part, page_name, f"page of {name} {number}")
        kept.add(placer.tally.made[-1].name)
        step()
    placer.sweep("", kept, f"page of {name} ")


def _paint_heading(ink: Ink, heading: Heading) -> None:
    width = ink.text(MARGIN, heading.y + 8, heading.text, 19, _TEXT, "Bold")
    if heading.goes_on:
        ink.text(MARGIN + width + 2.5, heading.y + 8, "continued", 8.5, _SECONDARY)


def _cut_by(photo: PhotoFiles) -> float:
    """How many times longer a photo is than what is shown of it."""
    if not (photo.width > 0 and photo.height > 0):
        return 1.0
    whole = photo.width / photo.height
    return max(whole / shape(photo), shape(photo) / whole)


def _filling(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of a picture at exactly this size."""
    scale = max(size[0] / picture.width, size[1] / picture.height)
    w, h = size[0] / scale, size[1] / scale
    left, top = (picture.width - w) / 2, (picture.height - h) / 2
    box = (
        max(0.0, left),
        max(0.0, top),
        min(picture.width, left + w),
        min(picture.height, top + h),
    )
    return picture.resize(size, Image.Resampling.LANCZOS, box)


def _rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """A mask with soft corners."""
    times = 4
    mask = Image.new("L", (size[0] * times, size[1] * times), 0)
    area = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(area, radius * times, fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def _round(picture: Image.Image, side: int) -> Image.Image:
    square = _filling(picture, (side, side)).convert("RGBA")
    mask = _rounded((side, side), side // 2)
    square.putalpha(mask)
    return square


def _mark_video(paper: Image.Image, place: tuple[int, int], size: tuple[int, int]) -> None:
    """A triangle in a circle, as players have it."""
    side = max(8, min(size) // 4)
    times = 4
    mark = Image.new("RGBA", (side * times, side * times))
    pen = ImageDraw.Draw(mark)
    pen.ellipse((0, 0, side * times - 1, side * times - 1), fill=(0, 0, 0, 150))
    a, b = side * times * 0.38, side * times * 0.72
    pen.polygon([(a, side * times * 0.28), (a, b), (b, side * times * 0.5)], fill=(255, 255, 255))
    small = mark.resize((side, side), Image.Resampling.BOX)
    at = (place[0] + (size[0] - side) // 2, place[1] + (size[1] - side) // 2)
    paper.paste(small, at, small)
