"""The namespaces of XMP that Kinfolk knows, and the names of properties in Clark's notation."""

from __future__ import annotations

from typing import Final

X: Final = "adobe:ns:meta/"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML: Final = "http://www.w3.org/XML/1998/namespace"
DC: Final = "http://purl.org/dc/elements/1.1/"
XMP: Final = "http://ns.adobe.com/xap/1.0/"
XMP_NOTE: Final = "http://ns.adobe.com/xmp/note/"
EXIF: Final = "http://ns.adobe.com/exif/1.0/"
EXIF_EX: Final = "http://cipa.jp/exif/1.0/"
EXIF_AUX: Final = "http://ns.adobe.com/exif/1.0/aux/"
TIFF: Final = "http://ns.adobe.com/tiff/1.0/"
PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/"
LIGHTROOM: Final = "http://ns.adobe.com/lightroom/1.0/"
DIGIKAM: Final = "http://www.digikam.org/ns/1.0/"
MICROSOFT_PHOTO: Final = "http://ns.microsoft.com/photo/1.0/"
MICROSOFT_PHOTO_BARE: Final = "http://ns.microsoft.com/photo/1.0"
"""As exiftool writes it."""
IPTC_EXT: Final = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
MWG_RS: Final = "http://www.metadataworkinggroup.com/schemas/regions/"
ST_DIM: Final = "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
ST_AREA: Final = "http://ns.adobe.com/xmp/sType/Area#"
MP: Final = "http://ns.microsoft.com/photo/1.2/"
MP_RI: Final = "http://ns.microsoft.com/photo/1.2/t/RegionInfo#"
MP_REG: Final = "http://ns.microsoft.com/photo/1.2/t/Region#"
KINFOLK: Final = "urn:kinfolk:names:1.0#"
"""Our own: what of a sidecar Kinfolk wrote."""

PREFIXES: Final = {
    "x": X, "rdf": RDF, "dc": DC, "xmp": XMP, "photoshop": PHOTOSHOP, "lr": LIGHTROOM,
    "digiKam": DIGIKAM, "Iptc4xmpExt": IPTC_EXT, "mwg-rs": MWG_RS, "stDim": ST_DIM,
    "stArea": ST_AREA, "kinfolk": KINFOLK,
}  # fmt: skip
"""As other programs write them, for what is written anew."""


def clark(namespace: str, name: str) -> str:
    """'{namespace}name', which is how lxml and the keys of structures name things."""
    return f"{{{namespace}}}{name}"
