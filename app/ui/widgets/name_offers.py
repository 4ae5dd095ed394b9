"""NameOffers: the names that complete what is typed, each with its face and its photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.library.rows import PersonRow
from app.ui import words
from app.ui.scale import scaled
from app.ui.texts import Texts
from app.ui.widgets import paint
from app.ui.widgets.grid_model import AnyIndex
from app.ui.widgets.name_match import Fit, fit, plain

tr = Texts("widgets")

FACE_SIDE = 28
_ROW = 40
_PAD = 10
_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Offer:
    """One line: a name in use, or the typed one as a new name."""

    name: str
    place: int = -1
    """In the model of names; -1 for a new name."""
    best: Fit | None = None

    @property
    def is_new(self) -> bool:
        """Whether nobody has this name yet."""
        return self.place < 0


def offers_for(names: QAbstractItemModel, typed: str, own: str = "") -> list[Offer]:
    """The names that fit, best first and among those the one with most photos; at the end what was
    typed as a new name, unless it is one in use. `own` is nobody else's and not offered."""
    text = " ".join(typed.split())
    found: list[tuple[tuple[int, int, str], Offer]] = []
    for place in range(names.rowCount()):
        index = names.index(place, 0)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        how = fit(name, text) if text else Fit.INSIDE
        if how == Fit.INSIDE and len(text) == 1:
            how = None  # one letter is inside of nearly everybody
        if how is not None and name != own:
            person = index.data(Qt.ItemDataRole.UserRole)
            photos = person.photo_count if isinstance(person, PersonRow) else 0
            found.append(((how, -photos, name.casefold()), Offer(name, place, how)))
    offers = [offer for _, offer in sorted(found, key=lambda one: one[0])]
    if text and text != own and not (offers and offers[0].best == Fit.SAME):
        offers.append(Offer(text))
    return offers


def preferred(offers: Sequence[Offer], typed: str) -> int:
    """The line that Enter takes if the user moves nowhere; -1 for none: the first name that begins
    with what was typed, else what was typed itself if it may be a new name."""
    if not typed.strip() or not offers:
        return -1
    is_sure = offers[0].best in (Fit.SAME, Fit.BEGINS) or not offers[-1].is_new
    return 0 if is_sure else len(offers) - 1


class OfferModel(QAbstractListModel):
    """The lines over a model of names, whose user role gives people and decoration their faces."""

    def __init__(self, names: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(parent)
        self.names = names
        self.offers: Sequence[Offer] = ()
        self.typed = ""

    def show(self, offers: Sequence[Offer], typed: str) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.offers, self.typed = offers, typed
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if not offer.is_new:
                return offer.name
            return tr("New name “{0}”").format(offer.name)
        if offer.is_new:
            return None
        return self.names.data(self.names.index(offer.place, 0), role)


class NameOffers(QListView):
    """The list under a NameEdit. It never takes the keyboard: the editor moves through it."""

    picked = Signal(int)
    """A line was clicked."""

    def __init__(self, names: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Completions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Names in use"))
        self.takes_new = True
        """Whether a name that nobody has may be chosen, too."""
        self.left_out: frozenset[str] = frozenset()
        """Names that are not offered."""
        self.offers = OfferModel(names, self)
        self.setModel(self.offers)
        self.setItemDelegate(OfferDelegate(self))
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(self._pick)
        names.dataChanged.connect(self._repaint)

    def show_offers(self, typed: str, own: str = "") -> None:
        """Offer what completes this."""
        offers = [
            offer
            for offer in offers_for(self.offers.names, typed, own)
            if (self.takes_new or not offer.is_new) and offer.name not in self.left_out
        ]
        self.offers.show(offers, typed)
        # Who types the name that was there before means just that.
        place = -1 if typed.strip() == own else preferred(offers, typed)
        self.setCurrentIndex(self.offers.index(place, 0))
        self.scrollToTop()

    def step(self, lines: int) -> None:
        """Go some lines down or up; by one from the last line to the first and the other way."""
        count, here = len(self.offers.offers), self.currentIndex().row()
        if not count:
            return
        if abs(lines) == 1:
            there = (here + lines) % count if here >= 0 else (0 if lines > 0 else count - 1)
        else:
            there = min(max(0, here + lines), count - 1)
        self.setCurrentIndex(self.offers.index(there, 0))

    def current(self) -> Offer | None:
        """The line that Enter takes."""
        place = self.currentIndex().row()
        return self.offers.offers[place] if 0 <= place < len(self.offers.offers) else None

    def wanted_height(self, most: int = _SHOWN) -> int:
        """High enough for all lines, up to a number of them."""
        return min(most, len(self.offers.offers)) * scaled(_ROW) + 2 * self.frameWidth() + 2

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(index.row())

    def _repaint(self) -> None:
        self.viewport().update()


class OfferDelegate(QStyledItemDelegate):
    """Paints a line: a small face, the name with what was typed in bold, the number of photos."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        return QSize(200, scaled(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, OfferModel):
            return
        offer = model.offers[index.row()]
        palette: QPalette = option.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        line = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        circle = QRect(0, 0, FACE_SIDE, FACE_SIDE)
        circle.moveTopLeft(line.topLeft())
        circle.moveTop(line.center().y() - FACE_SIDE // 2 + 1)
        self._paint_face(painter, paint.turned(painter, line, circle), index, palette)
        words_at = line.adjusted(FACE_SIDE + 10, 0, 0, 0)
        person = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(person, PersonRow):
            font = QFont(option.font)
            font.setPixelSize(scaled(12))
            painter.setFont(font)
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            count = words.photos_and_videos(person.photo_count, person.video_count)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(paint.turned(painter, line, words_at), int(flags), count)
            words_at.adjust(0, 0, -QFontMetrics(font).horizontalAdvance(count) - 12, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        words_at = paint.turned(painter, line, words_at)
        self._paint_text(painter, words_at, option, text, "" if offer.is_new else model.typed)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        # The style knows the colours of a selected line; the pointer moves the selection itself.
        ground = QStyleOptionViewItem(option)
        ground.state &= ~QStyle.StateFlag.State_MouseOver
        element = QStyle.PrimitiveElement.PE_PanelItemViewItem
        option.widget.style().drawPrimitive(element, ground, painter, option.widget)

    def _paint_face(
        self, painter: QPainter, circle: QRect, index: AnyIndex, palette: QPalette
    ) -> None:
        face = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(face, QIcon):
            face = face.pixmap(circle.size(), painter.device().devicePixelRatioF())
        if isinstance(face, QPixmap) and not face.isNull():
            painter.drawPixmap(circle, face)
            return
        paint.rounded(painter, circle, FACE_SIDE / 2, palette.color(QPalette.ColorRole.Mid))
        if index.data(Qt.ItemDataRole.UserRole) is None:
            middle = circle.center()
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1.75))
            painter.drawLine(middle.x() - 5, middle.y() + 1, middle.x() + 6, middle.y() + 1)
            painter.drawLine(middle.x() + 1, middle.y() - 5, middle.x() + 1, middle.y() + 6)

    def _paint_text(
        self,
        painter: QPainter,
        rect: QRect,
        option: QStyleOptionViewItem,
        text: str,
        typed: str,
    ) -> None:
        font, bold = QFont(option.font), QFont(option.font)
        font.setPixelSize(scaled(14))
        bold.setPixelSize(scaled(14))
        bold.setWeight(QFont.Weight.Bold)
        text = QFontMetrics(bold).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        start, length = _part(text, typed)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        x = rect.x()
        for part, how in (
            (text[:start], font),
            (text[start : start + length], bold),
            (text[start + length :], font),
        ):
            painter.setFont(how)
            place = QRect(x, rect.y(), rect.right() - x + 1, rect.height())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(paint.turned(painter, rect, place), int(flags), part)
            x += QFontMetrics(how).horizontalAdvance(part)


def _part(text: str, typed: str) -> tuple[int, int]:
    """Where in a name the typed letters are: start and length."""
    wanted, here = plain(typed), plain(text)
    # Taking accents away may change lengths; then nothing is set off.
    if not wanted or len(here) != len(text):
        return 0, 0
    words_at = [place + 1 for place, c in enumerate(here) if not c.isalnum()]
    starts = [place for place in (0, *words_at) if here.startswith(wanted, place)]
    place = starts[0] if starts else here.find(wanted)
    return (place, len(wanted)) if place >= 0 else (0, 0)
