"""Shapes: rows as the cloud service's JSON, so that a client of it finds its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.errors import UsageError
from app.indexing.documents import Json as Json
from app.indexing.documents import known as known
from app.indexing.documents import moment as moment
from app.indexing.documents import task as task
from app.library.rows import (
    CollectionNumbers,
    CollectionRow,
    DecisionRow,
    FaceRow,
    FolderRow,
    PersonRow,
    PhotoRow,
    Shot,
)

_FIGURE = "face-"


def local(value: datetime | None) -> str | None:
    """A moment on the clock of the camera or of this computer, in ISO 8601 without zone."""
    return None if value is None else value.isoformat(timespec="seconds")


def taken(photo: PhotoRow) -> str | None:
    """When a photo was taken, on the camera's clock, with its zone where that is known."""
    when = local(photo.taken)
    return None if when is None else when + (zone(photo.shot.taken_offset) or "")


def zone(offset: int | None) -> str | None:
    """Minutes ahead of UTC, as ISO 8601 has it: +02:00."""
    if offset is None:
        return None
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def lat_long(shot: Shot) -> str | None:
    """A place as the service writes it."""
    if shot.latitude is None or shot.longitude is None:
        return None
    return f"{shot.latitude:.6f},{shot.longitude:.6f}"


def _shot(shot: Shot) -> Json:
    """What the camera told beside the time."""
    return {
        "Lens": shot.lens or None,
        "ExposureTime": _round(shot.exposure_time, 6),
        "FNumber": _round(shot.f_number),
        "ISOSpeed": shot.iso,
        "FocalLength": _round(shot.focal_length),
        "LatLong": lat_long(shot),
        "Latitude": _round(shot.latitude, 6),
        "Longitude": _round(shot.longitude, 6),
        "Altitude": _round(shot.altitude, 1),
    }


def boundary(face: FaceRow, width: int, height: int) -> Json:
    """A face's box in whole pixels of the upright image, or of the frame of a video."""
    return {
        "Left": round(face.x * width),
        "Top": round(face.frame_y * height),
        "Width": round(face.w * width),
        "Height": round(face.h * height),
    }


def figure_id(face_id: int) -> str:
    """A face's name on the command line."""
    return f"{_FIGURE}{face_id}"


def face_of(figure: str) -> int:
    """The row id that a face's name stands for.

    Raises UsageError when it is none.
    """
    number = figure.removeprefix(_FIGURE)
    if number == figure or not (number.isascii() and number.isdigit()):
        raise UsageError(f"“{figure}” is no face; `kinfolk meta PHOTO` names them, like face-12.")
    return min(int(number), 2**62)


def figure(face: FaceRow, photo: PhotoRow) -> Json:
    """A face."""
    return known({
        "FigureId": figure_id(face.id),
        "FigureType": "face",
        "Drawn": True if face.drawn else None,
        "FigureClusterId": face.person_key,
        "FigureClusterName": face.person_name or None,
        "FigureClusterConfidence": _round(face.confidence),
        "FigureConfidence": _round(face.score),
        "Boundary": boundary(face, photo.width, photo.height),
        "Moment": round(face.moment, 3) if photo.is_video else None,
        "Seen": _seen(face) if photo.is_video else None,
        **attributes(face),
    })  # fmt: skip


def _seen(face: FaceRow) -> list[Json] | None:
    """From when until when in a video, s."""
    return [{"StartTime": begin, "EndTime": end} for begin, end in face.seen] or None


def attributes(face: FaceRow) -> Json:
    """What the pack told of a face."""
    pose = {"Pitch": face.pitch, "Roll": face.roll, "Yaw": face.yaw}
    return known({
        "FaceQuality": _round(face.quality),
        "Sharpness": _round(face.sharpness),
        "HeadPose": None if None in pose.values() else {k: _round(v) for k, v in pose.items()},
        "Age": None if face.age is None else round(face.age),
        "Gender": face.gender,
        "GenderConfidence": _round(face.gender_confidence),
        "Mouth": face.mouth,
        "MouthConfidence": _round(face.mouth_confidence),
        "Eyes": face.eyes,
        "EyesConfidence": _round(face.eyes_confidence),
    })  # fmt: skip


def file(photo: PhotoRow, faces: Sequence[FaceRow]) -> Json:
    """A photo with its faces."""
    return known({
        "URI": photo.path.as_uri(),
        "ObjectType": "file",
        "Filename": photo.name,
        "Size": photo.size,
        "ImageWidth": photo.width or None,
        "ImageHeight": photo.height or None,
        "Orientation": photo.orientation,
        "ProduceTime": taken(photo),
        "ProduceTimeFrom": photo.taken_from or None,
        "Timezone": zone(photo.shot.taken_offset),
        "FileModifiedTime": local(photo.modified),
        "ContentType": photo.content_type or None,
        "MediaType": "video" if photo.is_video else "image",
        "Duration": _round(photo.duration, 3),
        "MotionPhoto": motion_photo(photo),
        "FileHash": photo.fingerprint or None,
        "Camera": photo.camera or None,
        **_shot(photo.shot),
        "State": photo.state.value,
        "Offline": True if photo.is_offline else None,
        "Duplicates": [path.as_uri() for path in photo.copies] or None,
        "Stack": photo.stack_id,
        "Error": photo.error or None,
        "Note": photo.note or None,
        "FigureCount": len(faces),
        "Figures": [figure(face, photo) for face in faces],
    })  # fmt: skip


def motion_photo(photo: PhotoRow) -> Json | None:
    """Where the moving part of a photo is: its file, and where in that it begins."""
    if photo.motion is None:
        return None
    offset = photo.motion_at if photo.motion == photo.path else None
    return known({"URI": photo.motion.as_uri(), "Offset": offset})


def cluster(person: PersonRow, collection: str, cover: PhotoRow | None) -> Json:
    """A person."""
    face = person.cover
    shown: Json | None = None
    if face is not None and cover is not None:
        shown = {"URI": cover.path.as_uri(), "Figures": [figure(face, cover)]}
    return known({
        "ObjectId": person.key,
        "ObjectType": "figure-cluster",
        "Name": person.name,
        "Kind": person.kind.value,
        "FaceCount": person.face_count,
        "ImageCount": person.photo_count - person.video_count,
        "VideoCount": person.video_count,
        "Gender": person.gender,
        "AverageAge": _round(person.average_age, 1),
        "MinAge": _round(person.min_age, 1),
        "MaxAge": _round(person.max_age, 1),
        "BirthYear": person.birth_year,
        "Staff": person.staff or None,
        "Cover": shown,
        "CreateTime": moment(person.created),
        "UpdateTime": moment(person.updated),
        "DatasetName": collection,
    })  # fmt: skip


def decision(row: DecisionRow) -> Json:
    """One thing the user said."""
    return {
        "DecisionId": row.id,
        "Time": moment(row.at),
        "Kind": row.kind,
        "Said": row.said,
        "Undone": row.undone,
    }


def collection(row: CollectionRow, known: CollectionNumbers) -> Json:
    """A collection."""
    return {
        "DatasetName": row.name,
        "Kind": row.kind,
        "CreateTime": moment(row.created),
        "BindCount": known.folders,
        "FileCount": known.photos,
        "TotalFileSize": known.bytes,
        "FigureClusterCount": known.people,
    }


def folder(row: FolderRow) -> Json:
    """A folder."""
    return {"URI": row.path.as_uri(), "State": row.state.value, "ImageCount": row.photo_count}


def _round(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(float(value), digits)
