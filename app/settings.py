"""Every option once: its type, default, unit, what it may be, and one sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.errors import KnownError, UsageError
from app.option import FOLDER as FOLDER
from app.option import SCALE as SCALE
from app.option import Option as Option
from app.option import Value as Value
from app.option import declared as _option
from app.private import write_private

PACES = ("auto", "full", "gentle")
"""How hard the computer works; auto is gentle while it runs on its battery."""
PROVIDERS = (
    "auto", "cpu", "cuda", "directml", "coreml", "openvino", "migraphx", "rocm", "qnn", "webgpu",
    "tensorrt",
)  # fmt: skip
"""What may run the models; auto is what was measured to be the fastest. All of them run here:
onnxruntime also knows some that send pictures to somebody else's computer."""
THEMES = ("system", "light", "dark")
SYSTEM = "system"
"""As the desktop has it."""
LANGUAGES = (SYSTEM, "en", "zh_CN", "es", "de", "fr")
"""What the window can speak."""
NOTIFICATIONS = ("long", "all", "off")
"""Which ends of tasks show on the desktop; long is those that took over a minute. Alerts do in
both."""
GROUP_WHEN = ("settled", "interval", "asked")
"""When new faces are grouped: after the last photo, every so many minutes, or when asked."""
CLOUD_FILES = ("skip", "download")
"""What is done with files of a cloud drive that are not on this disk."""
SWITCH = ("off", "on")
ALBUM = "album"
"""The kind of a collection that nothing is preset for."""
EVERY_ALBUM, NO_ALBUM = "all", "none"
"""What `recognises` may be besides collections."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a library; a frozen record, changed by making another."""

    pack: str = _option("compact", "", "The model pack that looks at photos: compact, or a folder.")
    pace: str = _option(
        "auto", "",
        "How hard Kinfolk works: full; gentle, one photo at a time and behind everything else; "
        "or auto, which is gentle on battery.",
        PACES,
    )  # fmt: skip
    provider: str = _option(
        "auto", "",
        "What runs the models: cpu is the processor, auto is what was measured to be the fastest.",
        PROVIDERS,
    )  # fmt: skip
    workers: int = _option(
        0, "processes", "How many photos to look at at once; 0 is one a core.", most=256
    )
    videos: str = _option(
        "on", "",
        "Whether faces are looked for in videos, too; off leaves new ones alone, and those that "
        "are in the album stay.",
        SWITCH,
    )  # fmt: skip
    video_frames: int = _option(
        300, "frames",
        "Of one video at most so many frames are looked at, spread over its length: fewer are "
        "quicker, more find those who are seen only for a moment.",
        least=1, most=100_000,
    )  # fmt: skip
    video_seconds: int = _option(900, "s", "A video that takes longer to look at is skipped.")
    cloud_files: str = _option(
        "skip", "",
        "Photos of a cloud drive that are not on this disk: skip waits until they are; download "
        "lets looking at them download them.",
        CLOUD_FILES, of_collection=True,
    )  # fmt: skip
    photo_seconds: int = _option(60, "s", "A photo that takes longer to look at is skipped.")
    photo_megabytes: int = _option(
        3000, "MB", "A photo that needs more memory than this to look at is skipped."
    )
    photo_megapixels: int = _option(400, "megapixels", "A larger picture is skipped.")
    cluster_delay_seconds: int = _option(
        10, "s", "New faces are grouped this long after the last photo at the latest.",
        of_collection=True,
    )  # fmt: skip
    group_when: str = _option(
        "settled", "",
        "When new faces are grouped: settled is after the last photo, interval is every "
        "group_minutes, asked is only when the user says so.",
        GROUP_WHEN, of_collection=True,
    )  # fmt: skip
    group_minutes: int = _option(
        # Tasks are kept for a week, and tell when the last grouping was.
        60, "min", "Of group_when interval: from one grouping to the next.", least=1,
        most=10_080, of_collection=True,
    )  # fmt: skip
    strictness: int = _option(
        0, "steps",
        "How alike faces must be to be put together, from looser (-5) to stricter (5); 0 is what "
        "was measured for the model pack in use. Each pack has its own.",
        least=-5, most=5, form=SCALE, of_pack=True,
    )  # fmt: skip
    min_photos: int = _option(
        3, "photos", "A person is founded by at least this many photos.", of_collection=True
    )
    # The service's own rule is 75 px, 30 degrees, 0.8. An album is kinder: somebody in three
    # family photos deserves a card even if two of them are taken from the side.
    hd_face_pixels: int = _option(
        40, "px", "A high-definition face is larger than this.", of_collection=True
    )
    hd_face_angle: float = _option(
        50.0, "degrees", "And turned less than this in every direction.", most=180,
        of_collection=True,
    )  # fmt: skip
    hd_face_quality: float = _option(
        0.2, "0..1", "And of a quality above this.", most=1, of_collection=True
    )
    alerts: str = _option(
        "off", "", "Whether a stranger before a camera raises an alert.", SWITCH, of_collection=True
    )
    recognises: str = _option(
        EVERY_ALBUM, "",
        "Whom a camera knows: those who have a name in these collections, and in its own; all is "
        "every album, none is only its own.",
        of_collection=True,
    )  # fmt: skip
    stranger_photos: int = _option(
        2, "photos", "A stranger raises an alert once seen in so many photos, together.",
        least=1, of_collection=True,
    )  # fmt: skip
    stranger_seconds: int = _option(
        60, "s", "Photos of a stranger count together within so long.", least=1, of_collection=True
    )
    stranger_quality: float = _option(
        0.35, "0..1", "A face of less quality is no stranger: it cannot be told who it is.",
        most=1, of_collection=True,
    )  # fmt: skip
    excellent_quality: float = _option(
        0.75, "0..1", "Of a stranger's face of at least this quality one photo is enough.",
        most=1, of_collection=True,
    )  # fmt: skip
    alert_minutes: int = _option(
        10, "minutes", "One stranger raises no second alert sooner than this.",
        of_collection=True,
    )  # fmt: skip
    visitors: str = _option(
        "off", "", "Whether different people are counted.", SWITCH, of_collection=True
    )
    notifications: str = _option(
        "long", "",
        "What shows on the desktop: off is nothing, long is alerts and work of over a minute, all "
        "is alerts and every end of a task.",
        NOTIFICATIONS, of_collection=True,
    )  # fmt: skip
    keep_watching: str = _option(
        "on", "",
        "Whether Kinfolk stays in the tray when its window is closed while a collection has "
        "alerts on.",
        SWITCH,
    )  # fmt: skip
    notify_command: str = _option(
        "", "",
        "A command that is run when a task ends and for every alert, with a JSON document on its "
        "standard input.",
        of_collection=True,
    )  # fmt: skip
    notify_seconds: int = _option(
        10, "s", "The notify command is ended when it takes longer.", least=1, most=3600,
        of_collection=True,
    )  # fmt: skip
    visit_minutes: int = _option(
        30, "min", "Who is not seen for longer than this comes again, as another visit.",
        least=1, most=1_000_000, of_collection=True,
    )  # fmt: skip
    stacks: str = _option(
        "on", "",
        "Whether photos that show the same are shown as one, with the best on top.",
        SWITCH, of_collection=True,
    )  # fmt: skip
    stranger_days: int = _option(
        0, "days",
        "Whoever nobody has named so many days after the photo was found is erased for good, with "
        "face and embedding; 0 keeps everybody.",
        most=36_500, of_collection=True,
    )  # fmt: skip
    thumbnail_pixels: int = _option(
        512, "px", "Long side of the small picture kept of a photo.", least=1
    )
    crop_pixels: int = _option(440, "px", "Side of the small picture kept of a face.", least=1)
    cache_megabytes: int = _option(8000, "MB", "Small pictures kept; the oldest go first.")
    export_folder: str = _option(
        "", "", "Where the window has exported photos to last.", form=FOLDER
    )
    proxy: str = _option(
        "", "",
        "What downloads of models go through: an address such as http://proxy.home:3128, none, or "
        "nothing for what the system says.",
    )  # fmt: skip
    theme: str = _option("system", "", "Colours of the window: system, light or dark.", THEMES)
    language: str = _option(
        SYSTEM, "", "The language of the window; system is that of the desktop.", LANGUAGES
    )

    @classmethod
    def load(cls, path: Path) -> Settings:
        """The options written at `path`, defaults for the rest; unknown ones are ignored.

        Raises UsageError when the file cannot be understood, or says what cannot be.
        """
        try:
            return _understood(_written(path))
        except UsageError as error:
            raise UsageError(
                f"The settings in {path} cannot be used ({str(error).rstrip('.')}); mend or "
                "delete it."
            ) from error

    @classmethod
    def change(cls, path: Path, name: str, value: object) -> Settings:
        """Set one option in the file at `path` and give them all. What the file says besides
        stays, also options of another version.

        Raises UsageError for an option that there is not, and for a value that it cannot have.
        """
        return cls.change_all(path, {name: value})

    @classmethod
    def change_all(cls, path: Path, values: Mapping[str, object]) -> Settings:
        """As `change`, for several options at a time: all or none of them."""
        known = {name: option_named(name).value_of(value) for name, value in values.items()}
        table = {**_written(path), **known}
        _lay_apart(table, known)
        settings = _understood(table)
        _write(path, table)
        return settings

    def save(self, path: Path) -> None:
        """Write the options that differ from their defaults, all or nothing."""
        table = asdict(self)
        _lay_apart(table, table.copy())
        _write(path, table)

    def but(self, **changes: Any) -> Settings:
        """A copy with some options changed."""
        return replace(self, **changes)

    def for_collection(self, own: Mapping[str, object]) -> Settings:
        """These, but for what a collection has of its own; what it cannot have is ignored."""
        return _understood(
            {**asdict(self)} | {one.name: own[one.name] for one in OF_COLLECTION if one.name in own}
        )

    @property
    def worker_count(self) -> int:
        """How many child processes look at photos at full speed."""
        return self.workers or max(1, os.cpu_count() or 1)


def _described(name: str, default: Any, told: Mapping[str, Any]) -> Option:
    return Option(name, type(default), default, **told)


OPTIONS = tuple(_described(one.name, one.default, one.metadata) for one in fields(Settings))
"""All of them, in the order in which they are shown."""


OF_COLLECTION = tuple(option for option in OPTIONS if option.of_collection)
"""Those of which a collection may have a value of its own."""
_PACKS = "packs"
"""In the file: what was set for each model pack."""
KINDS: Mapping[str, Mapping[str, Value]] = {
    ALBUM: {},
    "camera": {
        "cluster_delay_seconds": 1,
        "min_photos": 2,
        "alerts": "on",
        "stranger_days": 30,
        "stacks": "off",
    },
    "counter": {
        "cluster_delay_seconds": 5,
        "min_photos": 1,
        "visitors": "on",
        "stranger_days": 30,
        "stacks": "off",
    },
}
"""What a new collection of each kind has of its own: a camera's people are wanted soon, at a
counter whoever was seen once counts, and neither keeps strangers; each photo of theirs counts."""


def option_named(name: str) -> Option:
    """One option. Raises UsageError when there is none of that name."""
    for option in OPTIONS:
        if option.name == name:
            return option
    raise UsageError(f"There is no setting {name}; `kinfolk settings` lists them.")


def _written(path: Path) -> dict[str, Any]:
    """What a file says, whatever it is; nothing if there is none."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(str(error)) from error
    if not isinstance(table, Mapping):
        raise UsageError("it is not a table of options")
    return dict(table)


def _lay_apart(table: dict[str, Any], changed: Mapping[str, Value]) -> None:
    """Of what was changed in a table, take out what is as by default, and put what belongs to a
    model pack under the name of the one in use."""
    pack = str(table.get("pack", Settings().pack))
    packs = dict(_of_packs(table))
    own = dict(packs.pop(pack, {}))
    for name, value in changed.items():
        option = option_named(name)
        place = own if option.of_pack else table
        if option.of_pack:
            del table[name]
            own[name] = value
        if value == option.default:
            del place[name]
    table.pop(_PACKS, None)
    if packs | ({pack: own} if own else {}):
        table[_PACKS] = packs | ({pack: own} if own else {})


def _of_packs(table: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Pack -> what was set for it; nothing where that cannot be understood."""
    packs = table.get(_PACKS)
    if not isinstance(packs, Mapping):
        return {}
    return {name: own for name, own in packs.items() if isinstance(own, Mapping)}


def _understood(table: Mapping[str, object]) -> Settings:
    known = {option.name: option for option in OPTIONS}
    own = _of_packs(table).get(str(table.get("pack", Settings().pack)), {})
    said = {name: value for name, value in table.items() if name in known}
    said |= {name: value for name, value in own.items() if name in known and known[name].of_pack}
    return Settings().but(**{name: known[name].value_of(value) for name, value in said.items()})


def _write(path: Path, table: Mapping[str, object]) -> None:
    try:
        write_private(path, json.dumps(table, indent=2))
    except OSError as error:
        raise KnownError(
            f"The settings in {path} cannot be written: {error.strerror or error}."
        ) from error
