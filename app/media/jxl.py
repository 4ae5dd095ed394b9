"""JPEG XL as a Pillow image, decoded by libjxl where its package is there."""

from __future__ import annotations

from typing import Any

from PIL import Image, ImageFile

from app.errors import PhotoError
from app.media.formats import sniff


def told_size(data: bytes) -> tuple[int, int]:
    """Width and height of the upright picture, from its header alone."""
    told = _library().probe(data)
    return int(told["width"]), int(told["height"])


class JxlImage(ImageFile.ImageFile):
    """A JPEG XL file, decoded when it is opened: only with its pixels libjxl tells of EXIF and the
    colour profile. libjxl turns it upright by its own header, which counts more than EXIF.

    pylibjxl's own plugin for Pillow tells of neither before the pixels are asked for.
    """

    format = "JXL"
    format_description = "JPEG XL"

    def _open(self) -> None:
        if self.fp is None:
            raise SyntaxError("nothing to read")
        data = self.fp.read()
        library = _library()
        self.is_animated = bool(library.probe(data)["have_animation"])
        pixels, told = library.decode(data, metadata=True)
        image = Image.fromarray(pixels)
        self._size, self._mode, self.im = image.size, image.mode, image.im
        self.info.update(told)
        self.tile = []

    def load(self) -> Any:
        """There is nothing left to do."""
        return Image.Image.load(self)


def _library() -> Any:
    """pylibjxl, which is not built for every computer that Kinfolk runs on."""
    try:
        import pylibjxl
    except ImportError as error:
        raise PhotoError(
            "This is a JPEG XL picture; the package pylibjxl that opens those is not installed."
        ) from error
    return pylibjxl


def register() -> None:
    """Let Pillow open JPEG XL when it is asked to."""
    Image.register_open(JxlImage.format, JxlImage, lambda head: sniff(head) == "JXL")
