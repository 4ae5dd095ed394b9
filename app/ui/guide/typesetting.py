"""Typesetting: a page of the guide as a document in the colours and type of the window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from app.ui.guide.book import GuidePage
from app.ui.theme import Theme

_BODY = 15
"""Logical pixels, as all sizes here."""
_HEADINGS = {1: 28, 2: 19, 3: 16}
_LINE = 140
"""Per cent of the type's own height."""
_CODE = re.compile(r"`([^`\n]+)`")
_NARROW_SPACE = "\u00a0"
_CORNER = 8


def _code(found: re.Match[str]) -> str:
    """A key as the user's keyboard has it, Strg+Z; anything else as it stands, with room around."""
    told = found.group(1)
    key = QKeySequence(told)
    if key.toString(QKeySequence.SequenceFormat.PortableText) == told:
        told = key.toString(QKeySequence.SequenceFormat.NativeText)
    return f"`{_NARROW_SPACE}{told}{_NARROW_SPACE}`"


class _Piece(NamedTuple):
    place: int
    length: int
    form: QTextCharFormat


def typeset(document: QTextDocument, page: GuidePage, theme: Theme) -> None:
    """Fill a document with a page; its pictures come with `place_pictures`."""
    document.setDefaultFont(theme.font(_BODY))
    text = _CODE.sub(_code, page.text)
    features = QTextDocument.MarkdownFeature
    document.setMarkdown(text, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
    for block in _blocks(document):
        _set_block(block, theme)
        for piece in _pieces(block):
            _set_piece(document, piece, block.blockFormat().headingLevel(), theme)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame, theme)


def place_pictures(
    document: QTextDocument, page: GuidePage, theme: Theme, width: int, scale: float
) -> None:
    """Put the pictures of a page at their places, no wider than `width` logical pixels, drawn for
    a screen of this scale. Where it is dark, the dark one of two is taken."""
    for block in _blocks(document):
        for piece in _pieces(block):
            form = piece.form.toImageFormat()
            if not form.isValid():
                continue
            picture = _picture(page.path.parent / form.name(), theme)
            if picture.isNull():
                continue
            shown = min(width, picture.width())
            drawn = _framed(picture, shown, scale, theme)
            document.addResource(
                QTextDocument.ResourceType.ImageResource.value, QUrl(form.name()), drawn
            )
            form.setWidth(shown)
            form.setHeight(picture.height() * shown / picture.width())
            _cursor(document, piece).setCharFormat(form)


def _picture(path: Path, theme: Theme) -> QImage:
    dark = path.with_name(f"{path.stem}-dark{path.suffix}")
    return QImage(str(dark if theme.tokens.is_dark and dark.is_file() else path))


def _framed(picture: QImage, width: int, scale: float, theme: Theme) -> QImage:
    """The picture at its size, with round corners and a line around it."""
    side = round(width * scale)
    smooth = picture.scaledToWidth(side, Qt.TransformationMode.SmoothTransformation)
    made = QImage(smooth.size(), QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    half = scale / 2
    shape = QRectF(made.rect()).adjusted(half, half, -half, -half)
    outline.addRoundedRect(shape, _CORNER * scale, _CORNER * scale)
    painter.setClipPath(outline)
    painter.drawImage(0, 0, smooth)
    painter.setClipping(False)
    painter.setPen(QPen(theme.color("hairline"), scale))
    painter.drawPath(outline)
    painter.end()
    made.setDevicePixelRatio(scale)
    return made


def _set_block(block: QTextBlock, theme: Theme) -> None:
    form = QTextBlockFormat(block.blockFormat())
    level = form.headingLevel()
    form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level:
        form.setTopMargin(0 if level == 1 else 24)
        form.setBottomMargin(10 if level == 1 else 6)
        form.setLineHeight(112, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    elif block.textList() is not None:
        form.setTopMargin(2)
        form.setBottomMargin(4)
    elif form.property(QTextFormat.Property.BlockQuoteLevel):
        form.setBackground(theme.color("selection"))
        form.setLeftMargin(14)
        form.setTopMargin(8)
        form.setBottomMargin(12)
    elif QTextCursor(block).currentTable() is not None:
        form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        form.setTopMargin(1)
        form.setBottomMargin(1)
    else:
        form.setTopMargin(4)
        form.setBottomMargin(10)
    if any(piece.form.isImageFormat() for piece in _pieces(block)):
        # What is a part of the height of a line would be a part of that of the picture, too.
        form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        form.setBottomMargin(14)
    cursor = QTextCursor(block)
    cursor.setBlockFormat(form)


def _set_piece(document: QTextDocument, piece: _Piece, level: int, theme: Theme) -> None:
    """Keys look like keys, links like links, and headings (of a level but 0) like headings."""
    form, look = piece.form, QTextCharFormat()
    if level:
        whole = QTextCharFormat(form)
        whole.clearProperty(QTextFormat.Property.FontSizeAdjustment)  # it would win
        whole.setProperty(QTextFormat.Property.FontPixelSize, _HEADINGS.get(level, _BODY))
        whole.setFontWeight(QFont.Weight.Bold if level == 1 else QFont.Weight.DemiBold)
        _cursor(document, piece).setCharFormat(whole)
        return
    if form.fontFixedPitch():
        look.setFontFixedPitch(False)
        look.setFontFamilies(theme.font(_BODY).families())
        look.setProperty(QTextFormat.Property.FontPixelSize, _BODY - 2)
        look.setFontWeight(QFont.Weight.DemiBold)
        look.setBackground(theme.color("hover"))
        look.setForeground(theme.color("text"))
    elif form.isAnchor():
        look.setForeground(theme.color("accent"))
        look.setFontUnderline(True)
    elif form.fontWeight() > QFont.Weight.Medium:
        look.setFontWeight(QFont.Weight.DemiBold)
    else:
        return
    _cursor(document, piece).mergeCharFormat(look)


def _set_table(table: QTextTable, theme: Theme) -> None:
    form = table.format()
    form.setCellPadding(6)
    form.setCellSpacing(0)
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(theme.color("hairline"))
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setTopMargin(6)
    form.setBottomMargin(14)
    table.setFormat(form)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _pieces(block: QTextBlock) -> list[_Piece]:
    """The pieces of a block that look alike, noted before any is changed."""
    found, at = list[_Piece](), block.begin()
    while not at.atEnd():
        fragment = at.fragment()
        found.append(_Piece(fragment.position(), fragment.length(), fragment.charFormat()))
        at += 1
    return found


def _cursor(document: QTextDocument, piece: _Piece) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(piece.place)
    cursor.setPosition(piece.place + piece.length, QTextCursor.MoveMode.KeepAnchor)
    return cursor
