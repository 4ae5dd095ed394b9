"""Film: looking at a video in a worker: few frames, and of everybody in them a few good faces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.faces.tracks import Limits, Seen, Sighting, best_faces, follow, spans, worth_keeping
from app.faces.types import Box as FaceBox
from app.library.anchors import best_match
from app.library.film import film_moment, film_y, in_frame
from app.library.rows import Look, NewFace
from app.media.frame import Frame
from app.media.sampling import samples
from app.media.thumbnails import (
    ThumbnailCache,
    dominant_colour,
    encode_thumbnail,
    face_crop,
    small_pixels,
)
from app.media.video import Video
from app.media.video_date import video_exif

if TYPE_CHECKING:
    from app.faces.analyser import FaceAnalyser
    from app.faces.types import Face
    from app.indexing.workers import WorkOrder
    from app.library.queries.decisions import FilmPlaces
    from app.media.thumbnails import Scaling

Box = tuple[float, float, float, float]
"""x, y, width and height; of a video, y tells the moment, too: see library/film.py."""

_SAME_MOMENT = 0.0011
"""Seconds: moments are kept in thousandths."""
_LOOKS = 0.02
"""Of a poster: what a frame is worth for being rich in contrast, beside the faces in it."""


@dataclass(frozen=True, slots=True)
class KeptFace:
    """A face of a video that stays, with its crop, a JPEG."""

    face: Face
    box: Box
    seen: tuple[tuple[float, float], ...]
    crop: bytes


@dataclass(slots=True)
class Watched:
    """What a video showed."""

    faces: list[KeptFace] = field(default_factory=list)
    poster: Frame | None = None
    """The frame that shows best what it is about."""
    poster_worth: float = -1.0


class Screening:
    """Looks at one video."""

    def __init__(
        self,
        analyser: FaceAnalyser,
        limits: Limits,
        crop_pixels: int,
        scale: Scaling,
    ) -> None:
        self._analyser = analyser
        self._limits = limits
        self._crop_pixels = crop_pixels
        self._scale = scale

    def watch(
        self,
        video: Video,
        most: int,
        drawn: Sequence[Box] = (),
        spoken: Sequence[Box] = (),
        banned: Sequence[Box] = (),
    ) -> Watched:
        """Look at `most` frames at most, and at those in which the user drew a face or spoke of
        one: these faces stay. Whoever is at a place that is `banned` is left out wholly.

        Raises PhotoError when the video is damaged.
        """
        watched = Watched()
        self._crops: list[bytes] = []
        self._places: list[Box] = []
        self._spoken = [*spoken, *drawn]
        self._banned = banned
        by_moment: defaultdict[float, list[Box]] = defaultdict(list)
        for box in drawn:
            by_moment[film_moment(box[1])].append(box)
        wanted = {film_moment(box[1]) for box in (*drawn, *spoken, *banned)}
        frames: list[Seen] = []
        for sample in samples(video, most):
            here = next((one for one in wanted if abs(one - sample.moment) < _SAME_MOMENT), None)
            if here is None and sample.is_still and frames:
                frames.append(Seen(sample.moment, (), is_still=True))
                continue
            wanted -= {here}
            boxes = () if here is None else by_moment[here]
            frame = video.picture(sample.frame)
            frames.append(self._look(frame, boxes, watched, sample.is_cut))
        for moment in sorted(wanted):
            frames.append(self._look(video.frame(moment), by_moment[moment], watched))
        frames.sort(key=lambda one: one.moment)
        self._sum_up(frames, video.duration, watched)
        return watched

    def _look(
        self, frame: Frame, drawn: Sequence[Box], watched: Watched, is_cut: bool = False
    ) -> Seen:
        framed = [FaceBox(x, in_frame(y), w, h) for x, y, w, h in drawn]
        faces = self._analyser.analyse(frame, framed)
        places = [_place(face, frame.moment) for face in faces]
        places[len(faces) - len(drawn) :] = drawn  # which come last, just as they were drawn
        found = []
        for face, place in zip(faces, places, strict=True):
            is_kept = face.drawn or best_match(place, self._spoken) is not None
            found.append(Sighting(frame.moment, face, len(self._crops), is_kept))
            inner = (place[0], in_frame(place[1]), place[2], place[3])
            self._crops.append(face_crop(frame, inner, self._crop_pixels, self._scale))
        self._places += places
        worth = sum(sorted((face.quality for face in faces), reverse=True)[:6])
        worth += _LOOKS * min(1.0, float(frame.at(64).std()) / 64)
        if worth > watched.poster_worth:
            watched.poster, watched.poster_worth = frame, worth
        return Seen(frame.moment, found, is_cut)

    def _sum_up(self, frames: list[Seen], duration: float, watched: Watched) -> None:
        for track in worth_keeping(follow(frames, self._limits)):
            places = {one.key: self._places[one.key] for one in track.sightings}
            if any(best_match(place, self._banned) is not None for place in places.values()):
                continue
            seen = spans(track, frames, duration)
            watched.faces += [
                KeptFace(one.face, places[one.key], seen, self._crops[one.key])
                for one in best_faces(track)
            ]
        watched.faces.sort(key=lambda kept: kept.box[1])


def _place(face: Face, moment: float) -> Box:
    """Where a face of a frame is in the video."""
    box = face.box
    above = min(0.0, box.y)  # the part that would lie in another frame is cut off
    return (box.x, film_y(box.y, moment), box.w, box.h + above)


def look_at_video(
    path: Path,
    drawn: Sequence[Box],
    places: FilmPlaces,
    order: WorkOrder,
    analyser: FaceAnalyser,
    new_face: Callable[[Face], NewFace],
) -> Look:
    """A video's facts and its faces; its small pictures go to the cache.

    Raises PhotoError with the reason when it is no usable video.
    """
    from app.faces.raster import interpolate

    with Video(path, order.max_megapixels) as video:
        fingerprint = video.fingerprint
        limits = Limits.of(analyser.pack.thresholds)
        screening = Screening(analyser, limits, order.crop_pixels, interpolate)
        try:
            watched = screening.watch(
                video, order.video_frames, drawn, places.spoken, places.banned
            )
            poster = watched.poster or video.frame(0.0)
        finally:
            video.demand_unchanged()  # which is a better reason than damage
        told = video_exif(video.metadata, path.name, video.modified)
    small = small_pixels(poster, order.thumbnail_pixels, interpolate)
    cache = ThumbnailCache(order.cache, order.cache_bytes)
    cache.put_photo(fingerprint, encode_thumbnail(small, order.thumbnail_pixels))
    for kept in watched.faces:
        cache.put_face(fingerprint, kept.box, kept.crop)
    return Look(
        fingerprint=fingerprint, width=video.width, height=video.height,
        orientation=video.orientation, content_type=video.content_type,
        taken=told.taken, taken_from=told.taken_from, camera=told.camera,
        colour=dominant_colour(small), pack=analyser.pack.name,
        pack_version=analyser.pack.version, duration=video.duration,
        faces=tuple(_new_face(kept, new_face) for kept in watched.faces),
    )  # fmt: skip


def _new_face(kept: KeptFace, new_face: Callable[[Face], NewFace]) -> NewFace:
    x, y, w, h = kept.box
    return replace(new_face(kept.face), x=x, y=y, w=w, h=h, seen=kept.seen)
