"""Dated: of which photos it is known when they were taken.

The file's own time may be that of a copy or a download, and is no date of what is shown. A date in
the name of a file may be the day on which a messenger brought the picture: that is never earlier
than the truth, so it refutes nobody's birth by mistake.
"""

from __future__ import annotations

DATED = ("exif", "xmp", "video", "name")
"""The values of `taken_from` that tell when a photo was taken: by the camera, by programs that
wrote in the file or beside it, by the container of a video, by the name of the file."""

DATED_SQL = f"({', '.join(repr(source) for source in DATED)})"
"""The same, for statements: photo.taken_from IN {DATED_SQL}."""
