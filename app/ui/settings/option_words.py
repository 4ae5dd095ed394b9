"""What every option is called and about, in the user's language and in English."""

from __future__ import annotations

from app.settings import Option
from app.ui.sayings import translated
from app.ui.texts import Texts

tr = Texts("settings")

_TITLES = {
    "language": tr.mark("Language"),
    "theme": tr.mark("Colours"),
    "pace": tr.mark("How hard Kinfolk works"),
    "provider": tr.mark("What looks for faces"),
    "workers": tr.mark("Photos at a time, at full speed"),
    "videos": tr.mark("Faces in videos"),
    "video_frames": tr.mark("Frames of a video"),
    "video_seconds": tr.mark("Time for a video"),
    "photo_seconds": tr.mark("Time for a photo"),
    "photo_megabytes": tr.mark("Memory for a photo"),
    "photo_megapixels": tr.mark("Size of a picture"),
    "cloud_files": tr.mark("Photos in the cloud"),
    "cluster_delay_seconds": tr.mark("Wait after the last photo"),
    "group_when": tr.mark("When new faces are put together"),
    "group_minutes": tr.mark("From one time to the next"),
    "strictness": tr.mark("How alike faces must be"),
    "min_photos": tr.mark("Photos that make a person"),
    "hd_face_pixels": tr.mark("Size of a clear face"),
    "hd_face_angle": tr.mark("How far a clear face may be turned"),
    "hd_face_quality": tr.mark("Quality of a clear face"),
    "stacks": tr.mark("Stack alike photos"),
    "alerts": tr.mark("Alerts for strangers"),
    "recognises": tr.mark("Whose people are known"),
    "stranger_photos": tr.mark("Photos of a stranger"),
    "stranger_seconds": tr.mark("Within this time"),
    "stranger_quality": tr.mark("Quality of a stranger’s face"),
    "excellent_quality": tr.mark("Quality at which one photo is enough"),
    "alert_minutes": tr.mark("Time until the same stranger alerts again"),
    "visitors": tr.mark("Count different people"),
    "visit_minutes": tr.mark("Length of a visit"),
    "notifications": tr.mark("On the desktop"),
    "keep_watching": tr.mark("When the window is closed"),
    "notify_command": tr.mark("Run a command"),
    "notify_seconds": tr.mark("Time for the command"),
    "stranger_days": tr.mark("Erase those without a name after"),
    "thumbnail_pixels": tr.mark("Small pictures of photos"),
    "crop_pixels": tr.mark("Small pictures of faces"),
    "cache_megabytes": tr.mark("Room for small pictures"),
    "export_folder": tr.mark("Where photos were exported last"),
    "pack": tr.mark("Models that look at photos"),
    "proxy": tr.mark("Proxy for downloads"),
}

_SENTENCES = {
    "language": tr.mark("Of the window; the command line speaks English."),
    "keep_watching": tr.mark("While a collection has alerts on, and the desktop has a tray."),
    "proxy": tr.mark("Only downloads of models that you ask for use a network."),
    "theme": tr.mark("Light or dark, or as the rest of the desktop."),
    "pace": tr.mark(
        "Looking at photos takes a while, and the computer is needed for other things."
    ),
    "provider": tr.mark("The models that find faces run on the processor or a graphics card."),
    "workers": tr.mark(
        "More need more memory, and are quicker only where there are as many cores."
    ),
    "videos": tr.mark("Kinfolk looks at a few frames of each."),
    "video_frames": tr.mark(
        "At most so many of one video are looked at, spread over its length: fewer are quicker, "
        "more find those who are seen only for a moment."
    ),
    "video_seconds": tr.mark("A video that takes longer to look at is skipped."),
    "photo_seconds": tr.mark("A photo that takes longer to look at is skipped."),
    "photo_megabytes": tr.mark("A photo that needs more memory than this to look at is skipped."),
    "photo_megapixels": tr.mark("A larger picture is skipped."),
    "cloud_files": tr.mark("A cloud drive lists files that are not on this disk."),
    "cluster_delay_seconds": tr.mark(
        "New faces are put together this long after the last photo at the latest."
    ),
    "group_when": tr.mark("Putting faces together makes people of them."),
    "group_minutes": tr.mark("Where faces are put together at fixed times."),
    "strictness": tr.mark(
        "Stricter keeps people apart who look alike, and leaves more faces alone. Looser puts more "
        "faces together, and now and then two people."
    ),
    "min_photos": tr.mark(
        "Somebody without a name gets a card among the people once so many photos show a clear "
        "face of them."
    ),
    "hd_face_pixels": tr.mark("Only clear faces make a person: larger than this…"),
    "hd_face_angle": tr.mark("…turned less than this in every direction…"),
    "hd_face_quality": tr.mark("…and of a quality above this, from 0 to 1."),
    "stacks": tr.mark("Bursts and versions of a picture are shown as one, the best on top."),
    "alerts": tr.mark("Somebody unknown before the camera is told of at once."),
    "recognises": tr.mark(
        "Those who have a name in these collections, and in its own. “all” means every album, "
        "“none” only its own."
    ),
    "stranger_photos": tr.mark("A stranger raises an alert once seen in so many photos, together."),
    "stranger_seconds": tr.mark("Photos of a stranger count together within so long."),
    "stranger_quality": tr.mark(
        "A face of less quality is no stranger: it cannot be told who it is. From 0 to 1."
    ),
    "excellent_quality": tr.mark(
        "Of a stranger’s face of at least this quality one photo is enough. From 0 to 1."
    ),
    "alert_minutes": tr.mark("One stranger raises no second alert sooner than this."),
    "visitors": tr.mark("The page Visitors shows how many came, by hour and by day."),
    "visit_minutes": tr.mark("Who is not seen for longer than this comes again, as another visit."),
    "notifications": tr.mark("What Kinfolk says while its window is not in front."),
    "notify_command": tr.mark("A program of your own can be told of everything, too."),
    "notify_seconds": tr.mark("It is ended when it takes longer."),
    "stranger_days": tr.mark(
        "Whoever nobody has named so many days after the photo was found is erased for good, with "
        "face and embedding; 0 keeps everybody."
    ),
    "thumbnail_pixels": tr.mark("Their long side. Larger ones are sharper, and take more room."),
    "crop_pixels": tr.mark("Their side. Larger ones are sharper, and take more room."),
    "cache_megabytes": tr.mark("When there are more, the oldest go, and are made again if needed."),
    "export_folder": tr.mark("The folder that is offered when photos are exported."),
    "pack": tr.mark("The name of a model pack, or the folder in which it lies."),
}

_EFFECTS = {
    "video_frames": tr.mark("Holds for videos that are looked at from now on."),
    "photo_megabytes": tr.mark("Holds from the next start of Kinfolk on."),
    "photo_megapixels": tr.mark("Holds from the next start of Kinfolk on."),
    "thumbnail_pixels": tr.mark(
        "Holds from the next start of Kinfolk on, for pictures that are made then."
    ),
    "crop_pixels": tr.mark(
        "Holds from the next start of Kinfolk on, for pictures that are made then."
    ),
    "cache_megabytes": tr.mark("Holds from the next start of Kinfolk on."),
    "strictness": tr.mark(
        "All groups are made anew. Names and everything else that you said stay as they are."
    ),
    "stacks": tr.mark("Where this is switched on, photos are compared with one another first."),
    "pack": tr.mark(
        "Holds from the next start of Kinfolk on: then every photo is looked at again. What you "
        "said stays."
    ),
}
"""What comes of a change beside the change itself."""


def title(option: Option) -> str:
    """What an option is called; by its name if nobody gave it another."""
    told = _TITLES.get(option.name)
    return option.name.replace("_", " ").capitalize() if told is None else tr.of(told)


def sentence(option: Option) -> str:
    """What an option is about; those that go with another in one sentence of their own."""
    told = _SENTENCES.get(option.name)
    return translated(option.sentence) if told is None else tr.of(told)


def effect(option: Option) -> str:
    """What comes of changing it, where that is not at once or not all; else empty."""
    told = _EFFECTS.get(option.name)
    return "" if told is None else tr.of(told)


def english(option: Option) -> tuple[str, ...]:
    """The title and the sentences as they stand here, whatever language is spoken: those who know
    Kinfolk from a guide in English find what they read of."""
    told = (_TITLES.get(option.name, ""), _SENTENCES.get(option.name, ""))
    return (*told, option.sentence, option.name, option.name.replace("_", " "))
