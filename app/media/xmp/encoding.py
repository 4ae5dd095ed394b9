"""In which encoding a sidecar is written, so that it can be changed and stay in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app.errors import XmpError

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BARE: Final = ((b"<\0\0\0", "utf-32-le"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED: Final = re.compile(r"""<\?xml[^>]*?\bencoding\s*=\s*["']([^"']+)["']""")
_KNOWN: Final = ("utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "utf-32")


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a sidecar in UTF-8, and how it is written in the file."""

    body: bytes
    """UTF-8, without a mark."""
    encoding: str
    mark: bytes
    """The byte order mark it begins with."""

    @classmethod
    def read(cls, data: bytes) -> Written:
        """Raises XmpError when the encoding cannot be kept."""
        found = next(((m, e) for m, e in _MARKS if data.startswith(m)), None)
        mark, encoding = found or (b"", next((e for s, e in _BARE if data.startswith(s)), "utf-8"))
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeError as error:
            raise XmpError("The sidecar is damaged: it is not written in UTF-8.") from error
        declared = _DECLARED.match(text)
        if declared and declared.group(1).lower() not in _KNOWN:
            raise XmpError(
                f"The sidecar is written in {declared.group(1)}, which Kinfolk does not change."
            )
        written = cls(text.encode("utf-8"), encoding, mark)
        if written.encode(written.body) != data:
            raise XmpError("The sidecar is written in a way that Kinfolk cannot keep.")
        return written

    def encode(self, body: bytes) -> bytes:
        """A changed text as the file is to hold it."""
        if self.encoding == "utf-8":
            return self.mark + body
        return self.mark + body.decode("utf-8").encode(self.encoding)
