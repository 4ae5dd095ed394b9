"""The tables, as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime

import peewee as pw

from app.library.fields import ArrayField, JsonField, MomentField, PathField


def now() -> datetime:
    """This moment, UTC, without zone."""
    return datetime.now(UTC).replace(tzinfo=None)


class Collection(pw.Model):
    """A separate set of photos with its own people."""

    name = pw.TextField(unique=True)
    created = MomentField(default=now)
    kind = pw.TextField(default="album")
    settings = JsonField(default=dict)
    deleted = MomentField(null=True)


class Folder(pw.Model):
    """A directory that a collection watches. When it was last read, its volume was mounted at
    `mount`, and `is_mount` tells whether that is the directory itself."""

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE", backref="folders")
    path = PathField()
    state = pw.TextField(default="watching")
    is_mount = pw.BooleanField(default=False)
    mount = PathField(null=True)

    class Meta:
        indexes = ((("collection", "path"), True),)


class InnerMount(pw.Model):
    """A place within a folder where another volume is mounted, or linked to: at `mount`."""

    folder = pw.ForeignKeyField(Folder, on_delete="CASCADE", backref="inner")
    path = PathField()
    mount = PathField()
    is_away = pw.BooleanField(default=False)

    class Meta:
        indexes = ((("folder", "path"), True),)


class Photo(pw.Model):
    """One image or video file: what the disk says of it and what looking at it told.

    A stale photo is shown as it was until it has been looked at again. A copy, which has the same
    content as another photo, has no faces of its own. `found` is when this content was first looked
    at, or the user wanted it looked at again. Of a video the look tells the `duration`, s. The
    moving part of a photo is a file of its own, in state `motion`, whose `still` is the photo, or
    begins within the photo's file at byte `motion_at`. `stack` is the photo on top of those that
    it stands with; that one has itself there; `stack_word` is what the user said of that, see
    stack_words.py. Once `compared`, a photo was held against all others for it. What the camera
    told is in rare_rows.Shot; `facts` is how much of that was asked for: see look_rows.FACTS.
    """

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    folder = pw.ForeignKeyField(Folder, null=True, on_delete="SET NULL")
    path = PathField()
    state = pw.TextField(default="pending")
    is_stale = pw.BooleanField(default=False)
    error = pw.TextField(default="")
    size = pw.BigIntegerField()
    mtime_ns = pw.BigIntegerField()
    fingerprint = pw.TextField(default="", index=True)
    width = pw.IntegerField(default=0)
    height = pw.IntegerField(default=0)
    orientation = pw.IntegerField(default=1)
    content_type = pw.TextField(default="")
    taken = MomentField(null=True)
    taken_from = pw.TextField(default="")
    camera = pw.TextField(default="")
    colour = pw.IntegerField(default=0x808080)
    pack = pw.TextField(default="")
    pack_version = pw.TextField(default="")
    added = MomentField(default=now)
    found = MomentField(null=True)
    gone = MomentField(null=True)
    copy_of = pw.ForeignKeyField("self", null=True, on_delete="SET NULL", backref="copies")
    note = pw.TextField(default="")
    duration = pw.FloatField(null=True)
    still = pw.ForeignKeyField("self", null=True, on_delete="SET NULL", backref="motions")
    motion_at = pw.BigIntegerField(null=True)
    taken_offset = pw.IntegerField(null=True)
    latitude = pw.FloatField(null=True)
    longitude = pw.FloatField(null=True)
    altitude = pw.FloatField(null=True)
    lens = pw.TextField(default="")
    exposure_time = pw.FloatField(null=True)
    f_number = pw.FloatField(null=True)
    iso = pw.IntegerField(null=True)
    focal_length = pw.FloatField(null=True)
    likeness = pw.BigIntegerField(null=True)
    sharpness = pw.FloatField(null=True)
    stack = pw.ForeignKeyField("self", null=True, on_delete="SET NULL", backref="stacked")
    stack_word = pw.TextField(default="")
    facts = pw.IntegerField(default=0, index=True)
    compared = pw.BooleanField(default=False)

    class Meta:
        indexes = (
            (("collection", "path"), True),
            (("collection", "state", "taken", "id", "stack"), False),
            (("collection", "size"), False),
        )


class Person(pw.Model):
    """The faces believed to be one human. Counts and cover follow from the faces."""

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    key = pw.TextField(unique=True)
    name = pw.TextField(default="", collation="NOCASE")
    kind = pw.TextField(default="small")
    hidden = pw.BooleanField(default=False)
    merged_into = pw.ForeignKeyField("self", null=True, on_delete="SET NULL")
    face_count = pw.IntegerField(default=0)
    photo_count = pw.IntegerField(default=0)
    cover_id = pw.IntegerField(null=True)
    cover_chosen = pw.BooleanField(default=False)
    gender = pw.TextField(null=True)
    average_age = pw.FloatField(null=True)
    min_age = pw.FloatField(null=True)
    max_age = pw.FloatField(null=True)
    birth_year = pw.IntegerField(null=True)
    last_seen = MomentField(null=True)
    staff = pw.BooleanField(default=False)
    video_count = pw.IntegerField(default=0)
    created = MomentField(default=now)
    updated = MomentField(default=now)

    class Meta:
        indexes = ((("collection", "name"), False),)


class Face(pw.Model):
    """One face in a photo, signed by its maker. Boxes and landmarks are normalised 0..1 to the
    upright image; `placed` tells the user's word from the machine's guess. In a video, whole
    numbers of y tell the moment: see film.py. `seen`, a document,
    are the times in which the face is there."""

    photo = pw.ForeignKeyField(Photo, on_delete="CASCADE", backref="faces")
    x = pw.FloatField()
    y = pw.FloatField()
    w = pw.FloatField()
    h = pw.FloatField()
    landmarks = ArrayField("<f4")
    score = pw.FloatField()
    quality = pw.FloatField()
    sharpness = pw.FloatField()
    pixels = pw.FloatField()
    pitch = pw.FloatField(null=True)
    yaw = pw.FloatField(null=True)
    roll = pw.FloatField(null=True)
    age = pw.FloatField(null=True)
    gender = pw.TextField(null=True)
    gender_confidence = pw.FloatField(null=True)
    embedding = ArrayField("<f2")
    pack = pw.TextField()
    pack_version = pw.TextField()
    person = pw.ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="faces")
    confidence = pw.FloatField(null=True)
    placed = pw.TextField(default="machine")
    is_face = pw.BooleanField(default=True)
    grouped = pw.BooleanField(default=False)
    drawn = pw.BooleanField(default=False)
    mouth = pw.TextField(null=True)
    mouth_confidence = pw.FloatField(null=True)
    eyes = pw.TextField(null=True)
    eyes_confidence = pw.FloatField(null=True)
    seen = pw.TextField(null=True)


class Decision(pw.Model):
    """What the user said. Rows are only ever added; `undone` follows from later undo rows."""

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    at = MomentField(default=now)
    kind = pw.TextField()
    data = JsonField()
    said = pw.TextField(default="")
    target = pw.ForeignKeyField("self", null=True)
    undone = pw.BooleanField(default=False)


class DecisionFace(pw.Model):
    """A face that a decision is about, named by content: photo fingerprint and box."""

    decision = pw.ForeignKeyField(Decision, on_delete="CASCADE", backref="faces")
    fingerprint = pw.TextField(index=True)
    x = pw.FloatField()
    y = pw.FloatField()
    w = pw.FloatField()
    h = pw.FloatField()
    before = JsonField()


class Task(pw.Model):
    """One piece of background work."""

    id = pw.TextField(primary_key=True)
    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    type = pw.TextField()
    state = pw.TextField()
    done = pw.IntegerField(default=0)
    total = pw.IntegerField(default=0)
    created = MomentField(default=now)
    started = MomentField(null=True)
    finished = MomentField(null=True)
    is_asked = pw.BooleanField(default=False)
    is_cancel_wanted = pw.BooleanField(default=False)
    error = pw.TextField(default="")
    result = JsonField(default=dict)


class TaskSkip(pw.Model):
    """A file that a task passed over, and why."""

    task = pw.ForeignKeyField(Task, on_delete="CASCADE", backref="skips")
    path = PathField()
    error = pw.TextField()


class SkippedQuestion(pw.Model):
    """A question that the user passed over, by the id of its suggestion."""

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    key = pw.TextField()
    at = MomentField(default=now)

    class Meta:
        indexes = ((("collection", "key"), True),)


class Alert(pw.Model):
    """Somebody unknown whom a camera saw, from `began` to `ended` (UTC), in `times` photos."""

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    began = MomentField()
    ended = MomentField()
    raised = MomentField(default=now)
    times = pw.IntegerField()
    is_seen = pw.BooleanField(default=False)
    like = pw.ForeignKeyField(Person, null=True, on_delete="SET NULL")
    likeness = pw.FloatField(null=True)


class AlertFace(pw.Model):
    """A face of somebody unknown, named by content: photo fingerprint and box."""

    alert = pw.ForeignKeyField(Alert, on_delete="CASCADE", backref="faces")
    at = MomentField()
    quality = pw.FloatField()
    fingerprint = pw.TextField(index=True)
    x = pw.FloatField()
    y = pw.FloatField()
    w = pw.FloatField()
    h = pw.FloatField()


class Sighting(pw.Model):
    """Somebody known whom a camera saw, from `began` to `ended` (UTC), in `times` photos; the
    person may be of another collection. The face, named by content, is the clearest of them."""

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    person = pw.ForeignKeyField(Person, on_delete="CASCADE")
    began = MomentField()
    ended = MomentField()
    times = pw.IntegerField()
    probability = pw.FloatField()
    quality = pw.FloatField()
    fingerprint = pw.TextField(index=True)
    x = pw.FloatField()
    y = pw.FloatField()
    w = pw.FloatField()
    h = pw.FloatField()


class Expired(pw.Model):
    """Where the face of a stranger was whom nobody named in time: it is not found there again."""

    photo = pw.ForeignKeyField(Photo, on_delete="CASCADE")
    fingerprint = pw.TextField()
    x = pw.FloatField()
    y = pw.FloatField()
    w = pw.FloatField()
    h = pw.FloatField()
    at = MomentField(default=now, index=True)
    has_crop = pw.BooleanField(default=True)


class VisitTotal(pw.Model):
    """By how much the faces that are left tell of fewer visits within an hour or a day than there
    were before those of strangers were erased."""

    collection = pw.ForeignKeyField(Collection, on_delete="CASCADE")
    span = pw.TextField()
    begin = MomentField()
    people = pw.IntegerField()
    new = pw.IntegerField()
    visits = pw.IntegerField()

    class Meta:
        indexes = ((("collection", "span", "begin"), True),)


class Spare(pw.Model):
    """What a pack that is not in use saw of a photo of this content; with an error, why it could
    not be looked at."""

    photo = pw.ForeignKeyField(Photo, on_delete="CASCADE")
    fingerprint = pw.TextField()
    pack = pw.TextField()
    pack_version = pw.TextField()
    error = pw.TextField(default="")

    class Meta:
        indexes = ((("photo", "pack", "pack_version"), True),)


class SpareFace(pw.Model):
    """A face of a spare look, as `Face` is one of a photo; once it was shown, `grouped`, and with
    whom it was then."""

    spare = pw.ForeignKeyField(Spare, on_delete="CASCADE", backref="faces")
    x = pw.FloatField()
    y = pw.FloatField()
    w = pw.FloatField()
    h = pw.FloatField()
    landmarks = ArrayField("<f4")
    score = pw.FloatField()
    quality = pw.FloatField()
    sharpness = pw.FloatField()
    pixels = pw.FloatField()
    pitch = pw.FloatField(null=True)
    yaw = pw.FloatField(null=True)
    roll = pw.FloatField(null=True)
    age = pw.FloatField(null=True)
    gender = pw.TextField(null=True)
    gender_confidence = pw.FloatField(null=True)
    embedding = ArrayField("<f2")
    pack = pw.TextField()
    pack_version = pw.TextField()
    drawn = pw.BooleanField(default=False)
    mouth = pw.TextField(null=True)
    mouth_confidence = pw.FloatField(null=True)
    eyes = pw.TextField(null=True)
    eyes_confidence = pw.FloatField(null=True)
    seen = pw.TextField(null=True)
    person = pw.ForeignKeyField(Person, null=True, on_delete="SET NULL")
    placed = pw.TextField(default="machine")
    is_face = pw.BooleanField(default=True)
    grouped = pw.BooleanField(default=False)


class Switch(pw.Model):
    """The one switch from one pack to another that there is, see switches.py; `choice` is what a
    pack is called in the settings. `owed` is what the setting `pack` has to become still, and
    `ungrouped` are the collections that were not grouped anew yet. Until `until` (UTC) what is
    spare is kept."""

    phase = pw.TextField()
    choice = pw.TextField()
    pack = pw.TextField()
    pack_version = pw.TextField()
    choice_before = pw.TextField()
    pack_before = pw.TextField()
    version_before = pw.TextField()
    owed = pw.TextField(default="")
    ungrouped = JsonField(default=list)
    begun = MomentField(default=now)
    until = MomentField(null=True)


MODELS = (
    Collection, Folder, InnerMount, Photo, Person, Face, Decision, DecisionFace, Task, TaskSkip,
    SkippedQuestion, Alert, AlertFace, Sighting, Expired, VisitTotal, Spare, SpareFace,
    Switch,
)  # fmt: skip
