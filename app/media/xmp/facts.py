"""When, where and with what a photo was taken, as the properties of XMP tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.media import exposure
from app.media.dates import Moment, here, read_moment
from app.media.exif import Written
from app.media.gps import fraction, xmp_place
from app.media.xmp.namespaces import EXIF, EXIF_AUX, EXIF_EX, PHOTOSHOP, TIFF, XMP
from app.media.xmp.packet import Packet
from app.media.xmp.sidecars import read_xmp

_DYNAMIC_MEDIA: Final = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"
_ORIGINAL: Final = (
    (EXIF, "DateTimeOriginal"), (PHOTOSHOP, "DateCreated"), (_DYNAMIC_MEDIA, "shotDate"),
)  # fmt: skip
_CREATED: Final = ((XMP, "CreateDate"), (EXIF, "DateTimeDigitized"))


def written_about(photo: Path) -> Written:
    """What the XMP in a file and in the sidecars beside it tells; nothing in them can raise."""
    return written_in(read_xmp(photo))


def written_in(packet: Packet) -> Written:
    """What one packet tells."""
    place = xmp_place(
        packet.text(EXIF, "GPSLatitude"),
        packet.text(EXIF, "GPSLongitude"),
        packet.text(EXIF, "GPSAltitude"),
        packet.text(EXIF, "GPSAltitudeRef"),
    )
    iso = fraction(
        packet.text(EXIF_EX, "PhotographicSensitivity") or packet.text(EXIF, "ISOSpeedRatings")
    )
    iso = exposure.within(iso, 1.0, 10_000_000.0)
    return Written(
        original=_moment(packet, _ORIGINAL), created=_moment(packet, _CREATED), place=place,
        camera=exposure.camera(packet.text(TIFF, "Make"), packet.text(TIFF, "Model")),
        lens=exposure.lens_name(
            packet.text(EXIF_EX, "LensMake"),
            packet.text(EXIF_EX, "LensModel") or packet.text(EXIF_AUX, "Lens"),
        ),
        exposure_time=exposure.within(fraction(packet.text(EXIF, "ExposureTime")), 1e-7, 86_400.0),
        f_number=exposure.within(fraction(packet.text(EXIF, "FNumber")), 0.3, 256.0),
        iso=None if iso is None else round(iso),
        focal_length=exposure.within(fraction(packet.text(EXIF, "FocalLength")), 0.1, 10_000.0),
    )  # fmt: skip


def _moment(packet: Packet, names: tuple[tuple[str, str], ...]) -> Moment | None:
    """The first of some properties that is a moment. One that ends in Z was brought to UTC by
    whoever wrote it: see [Note: Local time]."""
    for namespace, name in names:
        text = packet.text(namespace, name)
        moment = read_moment(text)
        if moment is not None:
            is_utc = text.upper().endswith("Z") and not moment.is_day
            return (here(moment.local) or moment) if is_utc else moment
    return None
