"""Decode a video: single frames, upright, RGB, and no more of it than is asked for.

[Note: No way out] FFmpeg can follow what a file tells it to other files and to the network. It is
handed an opened file and the name of its format, which `formats.sniff_video` saw, so that it never
opens anything by itself; playlists and scripts are no format of ours.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

import av
import numpy as np
from av.error import FFmpegError
from av.sidedata.sidedata import SideData
from av.sidedata.sidedata import Type as SideDataType
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image

from app.errors import BugError, PhotoError
from app.media import formats, orientation
from app.media.files import opened_file
from app.media.fingerprint import video_fingerprint
from app.media.frame import Frame, uncombed
from app.media.part import Part
from app.media.read import Pixels
from app.media.tone import Tone
from app.media.video_source import VideoSource

_FORMATS = {
    "MP4": "mov", "MOV": "mov", "3GP": "mov", "MKV": "matroska", "WEBM": "matroska", "AVI": "avi",
    "MTS": "mpegts", "MPG": "mpeg", "WMV": "asf", "FLV": "flv", "OGV": "ogg",
}  # fmt: skip
_NO_INDEX = ("MTS", "MPG")
"""Kinds whose tables, made while reading, do not tell key frames from others."""
_ROUNDING = 0.0006
"""Seconds: moments are kept in thousandths, and a frame may begin a little after its own."""
_LONGEST = 48 * 3600.0
"""Seconds: what tells of more is damaged."""
_SHORTEST = 0.04
"""Seconds: a single frame is shown for some time, whatever is told."""
_BACK = (0.0, 1.0, 10.0, _LONGEST)
"""Seconds further back to begin, where a seek ended behind the moment."""
_HD = 720
"""Lines from which on a video that says nothing is in the colours of HD television."""
SIGNATURE = (64, 36)
"""Width and height of the small grey picture by which frames are compared."""


class Video:
    """One video: its facts at once, frames when they are asked for.

    Use it as a context manager, in one thread. Everything that decodes raises PhotoError when the
    video is damaged. Moments are seconds from its first frame on; sound is never decoded.
    """

    def __init__(
        self, path: Path, max_megapixels: int, begin: int = 0, from_cloud: bool = False
    ) -> None:
        """The video may lie within a file, from byte `begin` on. With `from_cloud`, one that is not
        on this disk may be downloaded.

        Raises PhotoError, its message the reason in a plain sentence.
        """
        self._most = max_megapixels * 1_000_000
        self._stack = ExitStack()
        self._fingerprint = ""
        try:
            self._file = self._stack.enter_context(opened_file(path, from_cloud))
            self._status = os.fstat(self._file.fileno())
            if begin:
                self._file = cast(BinaryIO, Part(self._file, begin))
            kind = _kind(self._file.read(formats.VIDEO_HEAD_BYTES))
            self.content_type = formats.video_type(kind)
            self._file.seek(0)
            self._has_index = kind not in _NO_INDEX
            with plain_reasons():
                self._source = VideoSource(self._file)
                self._container = self._stack.enter_context(
                    av.open(self._source, "r", format=_FORMATS[kind], metadata_errors="replace")
                )
                self._stream = self._prepare()
                self._read_facts()
        except BaseException:
            self._stack.close()
            raise

    def _prepare(self) -> VideoStream:
        films = [
            stream
            for stream in self._container.streams.video
            if not stream.disposition & stream.disposition.attached_pic
        ]
        if not self._container.streams:
            raise PhotoError("The video is damaged: there is nothing to be seen in it.")
        if not films:
            raise PhotoError("There is no picture in this video, only sound.")
        stream = max(films, key=lambda one: (one.codec_context.width or 0, -one.index))
        codec = stream.codec_context
        codec.thread_count = 1
        self._demand_size(codec.width, codec.height)
        codec.options = {"max_pixels": str(self._most)}
        return stream

    def _read_facts(self) -> None:
        """What the tables and the first frame tell."""
        stream = self._stream
        self._base = cast(Fraction, stream.time_base)
        self.metadata: dict[str, str] = {**stream.metadata, **self._container.metadata}
        """What is written of the whole, and of the stream of pictures, by FFmpeg's names."""
        first = next(self._decode(), None)
        if first is None:
            raise PhotoError("The video is damaged: no picture of it can be decoded.")
        self._origin = float((first.pts or 0) * self._base)
        self._aspect = _sane_aspect(stream.sample_aspect_ratio)
        self.orientation = _orientation(first)
        """As EXIF would say it, 1..8."""
        wide, high = self._stored_size(first)
        lies_down = orientation.lies_down(self.orientation)
        self.width, self.height = (high, wide) if lies_down else (wide, high)
        self.duration = max(self._told_duration(), _SHORTEST)
        """Seconds."""
        self.rate = float(stream.average_rate or stream.guessed_rate or 25)
        """Frames a second, about."""

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._status.st_size

    @property
    def modified(self) -> float:
        """When the file was last written, s since 1970."""
        return self._status.st_mtime

    @property
    def fingerprint(self) -> str:
        """What tells its content from others: see fingerprint.py."""
        if not self._fingerprint:
            place = self._file.tell()
            try:
                self._fingerprint = video_fingerprint(self._file, self.size)
            except OSError as error:
                raise PhotoError(f"The file cannot be read: {error.strerror or error}.") from error
            self._file.seek(place)
        return self._fingerprint

    def demand_unchanged(self) -> None:
        """Raises PhotoError when somebody wrote the file since it was opened, or a part of it could
        not be read."""
        if self._source.error:
            raise PhotoError(f"The file cannot be read: {self._source.error}.")
        now = os.fstat(self._file.fileno())
        if (now.st_size, now.st_mtime_ns) != (self._status.st_size, self._status.st_mtime_ns):
            raise PhotoError("The file was being changed while it was read.")

    def frame(self, seconds: float) -> Frame:
        """The frame that is shown at this moment; the last one after the end."""
        with plain_reasons():
            for back in _BACK:
                self._seek(seconds - back)
                if (found := self._last_until(seconds)) is not None:
                    return self.picture(found)
        raise PhotoError("The video is damaged: this moment of it cannot be decoded.")

    def _last_until(self, seconds: float) -> VideoFrame | None:
        last = None
        for frame in self._decode():
            if self.moment(frame) > seconds + _ROUNDING:
                break
            last = frame
        return last

    def every(self, begin: float = 0.0) -> Iterator[VideoFrame]:
        """All frames from the first on, or from a key frame at or before `begin`, s, as they are
        decoded; `picture` makes one to be seen."""
        with plain_reasons():
            self._seek(begin)
            yield from self._decode()

    def key(self, seconds: float, after: float) -> VideoFrame | None:
        """The key frame at or before a moment, which costs no other frame; None where it is
        damaged, or not later than `after`."""
        codec = self._stream.codec_context
        with suppress(FFmpegError, EOFError):
            self._seek(seconds)
            for packet in self._container.demux(self._stream):
                stamp = packet.pts if packet.pts is not None else packet.dts
                if stamp is None:  # the end
                    return None
                if not packet.is_keyframe:
                    continue
                if self._since(stamp) <= after:
                    return None
                found = codec.decode(packet) or codec.decode(None)
                codec.flush_buffers()
                return found[0] if found else None
        return None

    def key_gap(self) -> float:
        """Seconds between two key frames, about; infinity where there is but one."""
        times = [
            float(entry.timestamp * self._base)
            for entry in self._stream.index_entries
            if entry.is_keyframe and self._has_index
        ]
        if len(times) < 2:
            times = self._first_keys()
        gaps = np.diff(times)
        return float(np.median(gaps)) if gaps.size else float("inf")

    def _first_keys(self, seconds: float = 30.0) -> list[float]:
        """When the key frames of the beginning are shown, by the packets alone."""
        times: list[float] = []
        with suppress(FFmpegError, EOFError):
            self._seek(0.0)
            for packet in self._container.demux(self._stream):
                if packet.pts is None:
                    continue
                now = self._since(packet.pts)
                if packet.is_keyframe:
                    times.append(now)
                if now > seconds:
                    break
        return times

    def moment(self, frame: VideoFrame) -> float:
        """When a frame is shown, s from the first one on."""
        return max(0.0, self._since(frame.pts or 0))

    def signature(self, frame: VideoFrame) -> NDArray[np.int16]:
        """(36, 64): how bright the parts of a frame are, 0..255, to compare it with others."""
        with plain_reasons():
            self._demand_size(frame.width, frame.height)
            small = frame.reformat(*SIGNATURE, "gray8", interpolation=Interpolation.AREA)
            return small.to_ndarray().astype(np.int16)

    def picture(
        self, frame: VideoFrame, is_cut: bool = False, long_side: int | None = None
    ) -> Frame:
        """A decoded frame, upright and in RGB; made smaller at once, and faster, where no more
        than `long_side` pixels are wanted."""
        with plain_reasons():
            self._demand_size(frame.width, frame.height)
            colours: Colorspace | int = frame.colorspace
            if colours == 2:  # nothing is said
                colours = Colorspace.ITU709 if frame.height >= _HD else Colorspace.ITU601
            wide, high = self._stored_size(frame)
            if long_side is not None and max(wide, high) > long_side and not frame.interlaced_frame:
                scale = long_side / max(wide, high)
                wide, high = max(1, round(wide * scale)), max(1, round(high * scale))
            pixels = frame.reformat(wide, high, "rgb24", src_colorspace=colours).to_ndarray()
            if frame.interlaced_frame:
                pixels = uncombed(cast(Pixels, pixels))
            image = Image.fromarray(pixels)
            image = orientation.turn(image, self.orientation)
        return Frame(image, self.moment(frame), Tone.of(int(frame.color_trc)), is_cut)

    def close(self) -> None:
        """Let go of the file."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _decode(self) -> Iterator[VideoFrame]:
        """Frames from where it stands; what is damaged in between is left out."""
        codec = self._stream.codec_context
        for packet in self._container.demux(self._stream):
            with suppress(FFmpegError):
                for frame in codec.decode(packet):
                    if frame.pts is not None:
                        yield frame

    def _seek(self, seconds: float) -> None:
        """Stand before the key frame at or before a moment; some formats end a little behind."""
        if seconds > 0:
            place = round((seconds + self._origin + _ROUNDING) / self._base)
            with suppress(FFmpegError):  # some can only begin anew
                self._container.seek(place, stream=self._stream, backward=True)
                return
        self._container.seek(0, any_frame=True)

    def _since(self, stamp: int) -> float:
        return float(stamp * self._base) - self._origin

    def _told_duration(self) -> float:
        stream, container = self._stream, self._container
        told = 0.0
        if stream.duration:
            told = float(stream.duration * self._base)
        elif container.duration:
            told = container.duration / av.time_base
        if 0 < told < _LONGEST:
            return told
        return self._counted_duration()

    def _counted_duration(self) -> float:
        """By all packets, where the tables tell nothing, as in what browsers record."""
        end = 0.0
        self._seek(0.0)
        with suppress(FFmpegError):
            for packet in self._container.demux(self._stream):
                if packet.pts is not None:
                    end = max(end, self._since(packet.pts + (packet.duration or 0)))
        return min(end, _LONGEST)

    def _stored_size(self, frame: VideoFrame) -> tuple[int, int]:
        """Width and height with square pixels, before it is turned."""
        wide, high = max(1, round(frame.width * self._aspect)), frame.height
        self._demand_size(wide, high)
        return wide, high

    def _demand_size(self, wide: int, high: int) -> None:
        if wide * high > self._most:
            raise PhotoError(
                f"The video is too large: {wide} x {high} pixels, and the limit is "
                f"{self._most // 1_000_000} megapixels; the setting photo_megapixels can allow "
                "more."
            )


def frame_at(path: Path, seconds: float, long_side: int, max_megapixels: int = 1000) -> Pixels:
    """The frame (H, W, 3) uint8 RGB that is shown at a moment of a video, upright, its long side
    at most `long_side`, never enlarged. Raises PhotoError with the reason."""
    with Video(path, max_megapixels) as video:
        return video.frame(seconds).at(long_side)


@contextmanager
def plain_reasons() -> Iterator[None]:
    """Turn whatever a decoder raises on foreign bytes into a PhotoError."""
    try:
        yield
    except (PhotoError, BugError, GeneratorExit):
        raise
    except MemoryError as error:
        raise PhotoError("There is not enough memory to open this video.") from error
    except Exception as error:  # a foreign decoder on foreign bytes: anything can come
        raise PhotoError("The video is damaged and cannot be decoded.") from error


def _kind(head: bytes) -> str:
    if not head:
        raise PhotoError("The file is empty.")
    kind = formats.sniff_video(head)
    if kind is None:
        if not head.strip(b"\0"):
            raise PhotoError("The video is damaged: there is nothing at its start but zeros.")
        raise PhotoError("This is not a kind of video that Kinfolk can open.")
    return kind


def _sane_aspect(told: Fraction | None) -> float:
    """How much wider than high a pixel is; 1 where that is nonsense."""
    aspect = float(told or 1)
    return aspect if 0.25 < aspect < 4 else 1.0


def _orientation(frame: VideoFrame) -> int:
    """As EXIF would say it, by the matrix that a video is displayed with; of odd angles the nearest
    right one."""
    for data in cast(Iterable[SideData], frame.side_data):
        if data.type is SideDataType.DISPLAYMATRIX:
            a, b, _, c, d = np.frombuffer(bytes(data)[:20], "=i4").astype(float)
            if abs(a) + abs(d) >= abs(b) + abs(c):
                return {(1, 1): 1, (-1, 1): 2, (-1, -1): 3, (1, -1): 4}[(_sign(a), _sign(d))]
            return {(1, 1): 5, (1, -1): 6, (-1, -1): 7, (-1, 1): 8}[(_sign(b), _sign(c))]
    return orientation.UPRIGHT


def _sign(value: float) -> int:
    return -1 if value < 0 else 1
