"""A drawn family: photos for pictures of the window, which are free because nobody is on them.

Everybody is made of the same few shapes in other colours. The photos are drawn from a seed, so
that the same ones come out again.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QRadialGradient,
)

WIDTH, HEIGHT = 1600, 1200
Box = tuple[float, float, float, float]
"""Left, top, width and height, as shares of the photo."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """How one of the family looks."""

    name: str
    skin: str
    hair: str
    style: str
    """short, long, bun, curls, bob, bald or plaits."""
    clothes: str
    size: float = 1.0
    glasses: bool = False
    beard: bool = False


FAMILY = (
    Somebody("Anna", "#C98F6B", "#2E2622", "long", "#2F6FED"),
    Somebody("Ben", "#F2C9A8", "#8A5A33", "short", "#3F7D5C", beard=True),
    Somebody("Grandma Rose", "#F3CFB3", "#BDB8B0", "bun", "#A4607A", 0.94, glasses=True),
    Somebody("Charlotte", "#E3AE8A", "#B5652B", "plaits", "#E0A13A", 0.8),
    Somebody("Leo", "#DDA27C", "#3A2A22", "curls", "#C9543F", 0.76),
    Somebody("Grandpa Karl", "#EFC3A4", "#D9D5CE", "bald", "#5A6B8C", 0.98, glasses=True),
    Somebody("Maria", "#8D5B3E", "#1F1815", "curls", "#7A5BA6", 0.98),
    Somebody("Uncle Tom", "#F4D2B8", "#C79A4B", "short", "#2B8A9B", 1.02, glasses=True),
    Somebody("Emma", "#F2C6A6", "#E0B45C", "bob", "#D46A8C", 0.86),
    Somebody("Jonas", "#B97C57", "#241B18", "short", "#6C7A3E", 0.96),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One photo: where it is, who is on it and where their faces are."""

    path: Path
    taken: datetime
    faces: tuple[tuple[int, Box], ...]
    """Number in FAMILY, and the face from brow to chin."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What photos were taken of."""

    folder: str
    place: str
    began: datetime
    groups: Sequence[Sequence[int]]
    """Who is on each photo, from left to right."""


OCCASIONS = (
    Occasion("Summer by the sea", "beach", datetime(2019, 7, 14, 10, 20), (
        (0, 3), (1, 4), (0, 1, 3, 4), (3, 4), (0,), (3,), (4, 1, 3), (0, 1), (1,), (2, 3, 5),
    )),
    Occasion("Rose is seventy", "party", datetime(2021, 3, 6, 15, 5), (
        (2,), (2, 5), (0, 2, 3), (2, 4, 6), (6, 7), (2, 3, 4), (5, 7), (2, 1), (0, 6, 2), (8, 3),
    )),
    Occasion("Snow", "snow", datetime(2022, 1, 22, 11, 40), (
        (3, 4), (1, 3), (4,), (0, 4), (1, 7), (3,), (0, 1, 4), (8, 4), (9, 1),
    )),
    Occasion("Garden", "garden", datetime(2024, 5, 18, 16, 30), (
        (0, 1), (2, 5, 0), (3, 8), (6, 0), (9, 7), (5,), (2, 3), (4, 3, 8), (6,), (0, 3, 2), (7, 9),
        (1, 5),
    )),
)  # fmt: skip
BURST = 3
"""The first photo of the first occasions is taken so many times more, a moment later each."""


def draw_album(folder: Path, seed: int = 7) -> list[Drawn]:
    """Draw all photos into folders below this one."""
    dice, drawn = random.Random(seed), list[Drawn]()
    for occasion in OCCASIONS:
        (folder / occasion.folder).mkdir(parents=True)
        when = occasion.began
        for number, group in enumerate(occasion.groups):
            when += timedelta(minutes=dice.randint(6, 40))
            state = dice.getrandbits(32)
            again = BURST if not number and occasion.place != "party" else 0
            for shot in range(again + 1):
                path = folder / occasion.folder / f"IMG_{1000 + len(drawn)}.jpg"
                taken = when + timedelta(seconds=shot)
                faces = draw_photo(path, occasion.place, group, state, shot)
                _date(path, taken)
                drawn.append(Drawn(path, taken, faces))
    return drawn


def _date(path: Path, taken: datetime) -> None:
    """Say in the file when it was taken, and by which camera."""
    exif = Image.Exif()
    exif[0x0110] = "Pencil"
    exif[0x0132] = f"{taken:%Y:%m:%d %H:%M:%S}"
    with Image.open(path) as image:
        image.load()
        image.save(path, quality=90, exif=exif)


def draw_photo(
    path: Path, place: str, group: Sequence[int], state: int, shot: int = 0
) -> tuple[tuple[int, Box], ...]:
    """Draw one photo of a group; `state` says how they stand, and `shot` which of a burst it is.
    Gives who is where."""
    dice = random.Random(state)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _PLACES[place](painter, dice)
    faces, room = [], WIDTH / (len(group) + 0.25)
    head = min(330.0, room * 0.62)
    for place_of, who in enumerate(group):
        somebody = FAMILY[who]
        side = head * (0.75 + somebody.size * 0.25)
        x = room * (place_of + 0.625) + dice.uniform(-0.05, 0.05) * room
        low = HEIGHT * (0.47 if len(group) < 3 else 0.5) + dice.uniform(-40, 40)
        y = low + (1 - somebody.size) * 420 + shot * 3 * (-1) ** place_of
        tilt = dice.uniform(-7, 7) + shot
        dressed = replace(somebody, clothes=_clothes(somebody, place))
        box = _draw_somebody(painter, dressed, QPointF(x, y), side, tilt, dice)
        faces.append((who, box))
    painter.end()
    if not image.save(str(path), "JPEG", 90):
        raise OSError(f"{path} cannot be written")
    return tuple(faces)


def _clothes(one: Somebody, place: str) -> str:
    """Nobody wears the same thing for years."""
    turn = {"beach": 0, "party": 55, "snow": 310, "garden": 150}[place]
    colour = QColor(one.clothes)
    hue = (colour.hsvHue() + turn) % 360
    return QColor.fromHsv(hue, min(190, colour.hsvSaturation()), colour.value()).name()


_FALLING = ("long", "bob")
"""Hair that falls behind the shoulders."""


# -- people --------------------------------------------------------------------------------


def _draw_somebody(
    painter: QPainter, one: Somebody, middle: QPointF, side: float, tilt: float, dice: random.Random
) -> Box:
    """Draw somebody with the head around `middle`, `side` high; gives where the face is."""
    painter.save()
    painter.translate(middle)
    if one.style in _FALLING:
        painter.rotate(tilt)
        _hair_behind(painter, one, side)
        painter.rotate(-tilt)
    body = QPainterPath()
    body.moveTo(-side * 0.2, side * 0.42)
    body.cubicTo(-side * 0.95, side * 0.55, -side * 1.0, side * 1.2, -side * 1.02, HEIGHT)
    body.lineTo(side * 1.02, HEIGHT)
    body.cubicTo(side * 1.0, side * 1.2, side * 0.95, side * 0.55, side * 0.2, side * 0.42)
    shade = QLinearGradient(0, side * 0.4, 0, side * 2.6)
    shade.setColorAt(0, QColor(one.clothes))
    shade.setColorAt(1, QColor(one.clothes).darker(135))
    painter.fillPath(body, QBrush(shade))
    painter.rotate(tilt)
    if one.style not in _FALLING:
        _hair_behind(painter, one, side)
    skin = QColor(one.skin)
    neck = QPainterPath()
    neck.addRoundedRect(QRectF(-side * 0.15, side * 0.2, side * 0.3, side * 0.46), 30, 30)
    painter.fillPath(neck, skin.darker(112))
    for ear in (-1, 1):
        _blob(painter, QPointF(ear * side * 0.375, side * 0.03), side * 0.07, side * 0.11, skin)
    light = QRadialGradient(QPointF(-side * 0.1, -side * 0.1), side * 0.75)
    light.setColorAt(0, skin.lighter(106))
    light.setColorAt(1, skin.darker(108))
    oval = QPainterPath()
    oval.moveTo(0, side * 0.5)
    oval.cubicTo(-side * 0.3, side * 0.5, -side * 0.38, side * 0.12, -side * 0.37, -side * 0.12)
    oval.cubicTo(-side * 0.36, -side * 0.62, side * 0.36, -side * 0.62, side * 0.37, -side * 0.12)
    oval.cubicTo(side * 0.38, side * 0.12, side * 0.3, side * 0.5, 0, side * 0.5)
    painter.fillPath(oval, QBrush(light))
    _beard(painter, one, oval, side)
    _features(painter, one, side, dice)
    _hair_before(painter, one, side)
    if one.glasses:
        _glasses(painter, side)
    painter.restore()
    width, height = side * 0.66, side * 0.82
    left, top = middle.x() - width / 2, middle.y() - side * 0.32
    return left / WIDTH, top / HEIGHT, width / WIDTH, height / HEIGHT


def _features(painter: QPainter, one: Somebody, side: float, dice: random.Random) -> None:
    """Eyes, brows, nose, cheeks and a smile."""
    ink, skin = QColor("#33241E"), QColor(one.skin)
    look = dice.uniform(-0.012, 0.012) * side
    for eye in (-1, 1):
        at = QPointF(eye * side * 0.155, side * 0.0)
        _blob(painter, at, side * 0.066, side * 0.044, QColor("#FFFDF9"))
        _blob(painter, at + QPointF(look, 0), side * 0.036, side * 0.04, QColor("#4B3426"))
        _blob(painter, at + QPointF(look, 0), side * 0.018, side * 0.02, QColor("#17100C"))
        _blob(
            painter, at + QPointF(look - side * 0.01, -side * 0.014), side * 0.009, side * 0.009,
            QColor("#FFFFFF"),
        )  # fmt: skip
        painter.setPen(QPen(ink, side * 0.013, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        lid = QRectF(at.x() - side * 0.07, at.y() - side * 0.05, side * 0.14, side * 0.11)
        painter.drawArc(lid, 25 * 16, 130 * 16)
        brow = QColor(one.hair).darker(125)
        painter.setPen(QPen(brow, side * 0.024, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        over = QRectF(at.x() - side * 0.09, at.y() - side * 0.125, side * 0.18, side * 0.12)
        painter.drawArc(over, 40 * 16, 100 * 16)
        blush = QColor("#E8604C")
        blush.setAlpha(46)
        _blob(painter, QPointF(eye * side * 0.21, side * 0.16), side * 0.075, side * 0.05, blush)
    shadow = skin.darker(128)
    painter.setPen(QPen(shadow, side * 0.018, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(QRectF(-side * 0.05, side * 0.06, side * 0.1, side * 0.09), 200 * 16, 140 * 16)
    painter.drawLine(QPointF(-side * 0.02, side * 0.0), QPointF(-side * 0.035, side * 0.1))
    wide = side * dice.uniform(0.13, 0.17)
    mouth = QPainterPath()
    mouth.moveTo(-wide, side * 0.24)
    mouth.quadTo(0, side * 0.27, wide, side * 0.24)
    mouth.quadTo(0, side * dice.uniform(0.36, 0.44), -wide, side * 0.24)
    painter.fillPath(mouth, QColor("#A2403F"))
    painter.setClipPath(mouth)
    painter.fillRect(QRectF(-wide, side * 0.235, wide * 2, side * 0.045), QColor("#FFFDF9"))
    painter.setClipping(False)


def _beard(painter: QPainter, one: Somebody, oval: QPainterPath, side: float) -> None:
    if not one.beard:
        return
    below = QPainterPath()
    below.addRect(QRectF(-side, side * 0.14, side * 2, side))
    free = QPainterPath()
    free.addEllipse(QRectF(-side * 0.25, -side * 0.12, side * 0.5, side * 0.38))
    painter.fillPath(oval.intersected(below).subtracted(free), QColor(one.hair))


def _glasses(painter: QPainter, side: float) -> None:
    painter.setPen(QPen(QColor("#2B2B33"), side * 0.018))
    painter.setBrush(QColor(255, 255, 255, 40))
    for eye in (-1, 1):
        rim = QRectF(eye * side * 0.155 - side * 0.105, -side * 0.085, side * 0.21, side * 0.18)
        painter.drawRoundedRect(rim, side * 0.07, side * 0.07)
    painter.drawLine(QPointF(-side * 0.05, -side * 0.01), QPointF(side * 0.05, -side * 0.01))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _hair_behind(painter: QPainter, one: Somebody, side: float) -> None:
    hair = QColor(one.hair).darker(112)
    if one.style in _FALLING:
        down = side * (0.95 if one.style == "long" else 0.2)
        mane = QPainterPath()
        mane.addRoundedRect(
            QRectF(-side * 0.48, -side * 0.62, side * 0.96, side * 0.95 + down), side * 0.45,
            side * 0.42,
        )  # fmt: skip
        painter.fillPath(mane, hair)
    elif one.style == "bun":
        _blob(painter, QPointF(0, -side * 0.66), side * 0.2, side * 0.19, hair)
        _blob(painter, QPointF(0, -side * 0.2), side * 0.43, side * 0.42, hair)
    elif one.style == "curls":
        for turn in range(13):
            angle = math.pi * (0.95 + 1.1 * turn / 12)
            at = QPointF(math.cos(angle) * side * 0.4, math.sin(angle) * side * 0.42 - side * 0.08)
            _blob(painter, at, side * 0.16, side * 0.16, hair)
    elif one.style == "plaits":
        _blob(painter, QPointF(0, -side * 0.18), side * 0.43, side * 0.42, hair)
        for way in (-1, 1):
            for knot in range(4):
                at = QPointF(way * side * (0.44 + knot * 0.02), side * (0.1 + knot * 0.17))
                _blob(painter, at, side * 0.1, side * 0.11, hair.lighter(100 + knot % 2 * 12))


def _hair_before(painter: QPainter, one: Somebody, side: float) -> None:
    """What falls over the forehead."""
    hair = QColor(one.hair)
    crown = QPainterPath()
    crown.addEllipse(QRectF(-side * 0.41, -side * 0.62, side * 0.82, side * 0.86))
    forehead = QPainterPath()
    if one.style == "bald":
        sides = QPainterPath()
        for way in (-1, 1):
            left = way * side * 0.37 - side * 0.06
            sides.addEllipse(QRectF(left, -side * 0.22, side * 0.12, side * 0.28))
        painter.fillPath(sides, hair)
        return
    if one.style in ("short", "curls"):
        forehead.addEllipse(QRectF(-side * 0.36, -side * 0.3, side * 0.78, side * 0.9))
    elif one.style == "bob":
        forehead.addRect(QRectF(-side * 0.34, -side * 0.17, side * 0.68, side))
    else:
        for left in (-0.34, -0.08):
            parting = QPainterPath()
            parting.addEllipse(QRectF(side * left, -side * 0.36, side * 0.42, side * 0.9))
            forehead = forehead.united(parting)
    above = QPainterPath()
    above.addRect(QRectF(-side, -side, side * 2, side * 1.02))
    painter.fillPath(crown.subtracted(forehead).intersected(above), hair)


def _blob(painter: QPainter, at: QPointF, wide: float, high: float, colour: QColor) -> None:
    path = QPainterPath()
    path.addEllipse(at, wide, high)
    painter.fillPath(path, colour)


# -- places --------------------------------------------------------------------------------


def _sky(painter: QPainter, top: str, bottom: str, share: float = 1.0) -> None:
    sky = QLinearGradient(0, 0, 0, HEIGHT * share)
    sky.setColorAt(0, QColor(top))
    sky.setColorAt(1, QColor(bottom))
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT * share + 1), QBrush(sky))


def _beach(painter: QPainter, dice: random.Random) -> None:
    _sky(painter, "#8CC8EE", "#E4F3F6", 0.5)
    for _ in range(3):
        at = QPointF(dice.uniform(0, WIDTH), dice.uniform(60, 360))
        for puff in (-1, 0, 1):
            _blob(painter, at + QPointF(puff * 80, abs(puff) * 16), 90, 40, QColor("#FAFDFE"))
    painter.fillRect(QRectF(0, HEIGHT * 0.5, WIDTH, HEIGHT * 0.16), QColor("#3F93B8"))
    for row in range(4):
        painter.setPen(QPen(QColor(255, 255, 255, 90), 5))
        y = HEIGHT * (0.53 + row * 0.03)
        for x in range(0, WIDTH, 220):
            start = x + dice.uniform(-60, 60)
            painter.drawLine(QPointF(start, y), QPointF(start + 90, y))
    painter.fillRect(QRectF(0, HEIGHT * 0.66, WIDTH, HEIGHT * 0.4), QColor("#EED9A8"))


def _party(painter: QPainter, dice: random.Random) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor("#F3E3D0"))
    painter.fillRect(QRectF(0, HEIGHT * 0.72, WIDTH, HEIGHT), QColor("#B98B63"))
    tones = ("#E2725B", "#F2B84B", "#6FA8A0", "#7A8FC9", "#D68AA8")
    for string in range(2):
        for flag in range(14):
            x, y = flag * 124 - 40, 70 + string * 90 + 46 * math.sin(flag * 0.9 + string)
            path = QPainterPath(QPointF(x, y))
            path.lineTo(x + 84, y)
            path.lineTo(x + 42, y + 92)
            painter.fillPath(path, QColor(tones[(flag + string) % len(tones)]))
    for _ in range(6):
        at = QPointF(dice.uniform(40, WIDTH - 40), dice.uniform(240, 620))
        painter.setPen(QPen(QColor("#A08468"), 3))
        painter.drawLine(at, at + QPointF(dice.uniform(-20, 20), 300))
        _blob(painter, at, 62, 76, QColor(dice.choice(tones)))


def _snow(painter: QPainter, dice: random.Random) -> None:
    _sky(painter, "#A9C4DE", "#EDF3F8")
    for hill, tone in enumerate(("#C5D6E4", "#DCE7F0", "#F6F9FB")):
        path = QPainterPath(QPointF(0, HEIGHT))
        for x in range(0, WIDTH + 1, 200):
            y = HEIGHT * (0.42 + hill * 0.13) + 60 * math.sin(x / 260 + hill * 2 + dice.random())
            path.lineTo(x, y)
        path.lineTo(WIDTH, HEIGHT)
        painter.fillPath(path, QColor(tone))
        for _ in range(5 - hill):
            x, y = dice.uniform(0, WIDTH), HEIGHT * (0.45 + hill * 0.13)
            tree = QPainterPath(QPointF(x, y - 190))
            tree.lineTo(x + 70, y + 30)
            tree.lineTo(x - 70, y + 30)
            painter.fillPath(tree, QColor("#4F7A6B"))
    for _ in range(70):
        _blob(
            painter, QPointF(dice.uniform(0, WIDTH), dice.uniform(0, HEIGHT)), 6, 6,
            QColor(255, 255, 255, 210),
        )  # fmt: skip


def _garden(painter: QPainter, dice: random.Random) -> None:
    _sky(painter, "#A8D6EE", "#F1F6E4", 0.55)
    for _ in range(9):
        at = QPointF(dice.uniform(0, WIDTH), HEIGHT * 0.48 + dice.uniform(-70, 40))
        _blob(painter, at, 190, 170, QColor(dice.choice(("#6FA05A", "#5C8F4E", "#84B36B"))))
    painter.fillRect(QRectF(0, HEIGHT * 0.58, WIDTH, HEIGHT), QColor("#8DBB66"))
    for _ in range(46):
        at = QPointF(dice.uniform(0, WIDTH), dice.uniform(HEIGHT * 0.6, HEIGHT))
        tone = QColor(dice.choice(("#F6E27A", "#F4F1EA", "#E88FA6", "#C98BD6")))
        for petal in range(5):
            angle = petal * math.tau / 5
            _blob(painter, at + QPointF(math.cos(angle) * 12, math.sin(angle) * 12), 9, 9, tone)
        _blob(painter, at, 7, 7, QColor("#E0A13A"))


_PLACES: dict[str, Callable[[QPainter, random.Random], None]] = {
    "beach": _beach,
    "party": _party,
    "snow": _snow,
    "garden": _garden,
}
