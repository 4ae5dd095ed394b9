"""How options are told of in the window: their titles, their choices, what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale

from app.indexing.choices import Speed
from app.indexing.measuring import PROCESSOR, Trial
from app.settings import Option, Value, option_named
from app.ui import words
from app.ui.texts import Texts

tr = Texts("settings")


def title(option: Option) -> str:
    """What an option is called; by its name if nobody gave it another."""
    titles = {
        "pace": tr("How hard Kinfolk works"),
        "provider": tr("What looks for faces"),
        "workers": tr("Photos at a time, at full speed"),
        "videos": tr("Faces in videos"),
        "cluster_delay_seconds": tr("Wait after the last photo"),
        "group_when": tr("When new faces are put together"),
        "group_minutes": tr("From one time to the next"),
        "min_photos": tr("Photos that make a person"),
        "hd_face_pixels": tr("Size of a clear face"),
        "hd_face_angle": tr("How far a clear face may be turned"),
        "hd_face_quality": tr("Quality of a clear face"),
        "alerts": tr("Alerts for strangers"),
        "cloud_files": tr("Photos in the cloud"),
        "recognises": tr("Whose people are known"),
        "stranger_photos": tr("Photos of a stranger"),
        "stranger_seconds": tr("Within this time"),
        "stranger_quality": tr("Quality of a stranger’s face"),
        "excellent_quality": tr("Quality at which one photo is enough"),
        "alert_minutes": tr("Time until the same stranger alerts again"),
        "visitors": tr("Count different people"),
        "visit_minutes": tr("Length of a visit"),
        "stacks": tr("Stack alike photos"),
        "stranger_days": tr("Erase those without a name after"),
        "notifications": tr("On the desktop"),
        "keep_watching": tr("When the window is closed"),
        "notify_command": tr("Run a command"),
        "notify_seconds": tr("Time for the command"),
        "export_folder": tr("Where photos were exported last"),
        "proxy": tr("Proxy for downloads"),
    }
    return titles.get(option.name, option.name.replace("_", " ").capitalize())


def sentence(option: Option) -> str:
    """What an option is about; those that go with another in one sentence of their own."""
    told = {
        "cloud_files": tr("A cloud drive lists files that are not on this disk."),
        "alerts": tr("Somebody unknown before the camera is told of at once."),
        "stacks": tr("Bursts and versions of a picture are shown as one, the best on top."),
        "visitors": tr("The page Visitors shows how many came, by hour and by day."),
        "hd_face_pixels": tr("Only clear faces make a person: larger than this…"),
        "hd_face_angle": tr("…turned less than this in every direction…"),
        "hd_face_quality": tr("…and of a quality above this, from 0 to 1."),
        "videos": tr("Kinfolk looks at a few frames of each."),
        "group_when": tr("Putting faces together makes people of them."),
        "group_minutes": tr("Where faces are put together at fixed times."),
        "notifications": tr("What Kinfolk says while its window is not in front."),
        "proxy": tr("Only downloads of models that you ask for use a network."),
        "keep_watching": tr("While a collection has alerts on, and the desktop has a tray."),
    }
    return told.get(option.name, option.sentence)


OWN_GROUPS = (
    ("LOOKING AT PHOTOS", ("cloud_files",)),
    ("PUTTING FACES TOGETHER", ("group_when", "cluster_delay_seconds", "group_minutes")),
    ("WHO IS A PERSON", ("min_photos", "hd_face_pixels", "hd_face_angle", "hd_face_quality")),
    (
        "STRANGERS",
        (
            "alerts", "recognises", "stranger_photos", "stranger_seconds", "stranger_quality",
            "excellent_quality", "alert_minutes",
        ),
    ),
    ("VISITORS", ("visitors", "visit_minutes")),
    ("PHOTOS", ("stacks",)),
    ("KEEPING", ("stranger_days",)),
    ("NOTICES", ("notifications", "notify_command", "notify_seconds")),
)  # fmt: skip
"""The options that a collection may have of its own, by name; there need not be all of them."""


def own_groups(options: Sequence[Option]) -> list[tuple[str, list[Option]]]:
    """These options under the titles of their groups; under the last, those that have none."""
    known = {option.name: option for option in options}
    found = [
        (tr(title), [known.pop(name) for name in names if name in known])
        for title, names in OWN_GROUPS
    ]
    return [group for group in [*found, (tr("MORE"), list(known.values()))] if group[1]]


def unit(option: Option, value: float) -> str:
    """What stands behind a number, with its space."""
    signs = {"degrees": "°", "0..1": "", "": ""}
    is_one = value == 1 and len(option.unit) > 2
    name = option.unit.removesuffix("s") if is_one else option.unit
    return signs.get(option.unit, f" {tr(name)}")


def amount(option: Option, value: Value) -> str:
    """A value as it is read: 10 s, 50°, Off."""
    if option.choices:
        return choice(option, str(value))[0]
    if isinstance(value, str):
        return value or tr("none")
    return f"{value:g}{unit(option, value)}"


def choice(option: Option, value: str) -> tuple[str, str]:
    """What one choice of an option is called, and a sentence about it, if there is one."""
    told = {
        ("pace", "auto"): (
            tr("Automatic"),
            tr("At full speed, and gently while the computer runs on its battery."),
        ),
        ("pace", "full"): (
            tr("Full speed"),
            tr("A photo on every core. What you do on the computer still goes first."),
        ),
        ("pace", "gentle"): (
            tr("Gentle"),
            tr("One photo at a time on one core, after everything else on the computer."),
        ),
        ("cloud_files", "skip"): (
            tr("Leave them there"),
            tr("They come into the album once they are on this disk."),
        ),
        ("cloud_files", "download"): (
            tr("Download them"),
            tr("Looking at them fetches them, over whatever connection there is."),
        ),
        ("videos", "on"): (tr("Look for them"), ""),
        ("videos", "off"): (
            tr("Leave videos alone"),
            tr("New ones stay outside the album; those that are in it stay there."),
        ),
        ("group_when", "settled"): (
            tr("As photos come in"),
            tr("Now and then while there are many, and shortly after the last one."),
        ),
        ("group_when", "interval"): (
            tr("At intervals"),
            tr("Every so many minutes, and not in between."),
        ),
        ("group_when", "asked"): (
            tr("When I ask for it"),
            tr("The People page says how many faces wait, and has a button."),
        ),
        ("notifications", "long"): (
            tr("What matters"),
            tr("Alerts, and work of over a minute that ends while you look elsewhere."),
        ),
        ("notifications", "all"): (
            tr("Everything"),
            tr("Alerts, and all work that ends while you look elsewhere."),
        ),
        ("notifications", "off"): (tr("Nothing"), ""),
        ("keep_watching", "on"): (
            tr("Keep watching"),
            tr("Kinfolk stays in the tray, and tells of strangers."),
        ),
        ("keep_watching", "off"): (tr("End Kinfolk"), tr("Nobody is told of until it is open.")),
    }
    if option.name == "provider":
        return provider(value), ""
    plain = {"on": tr("On"), "off": tr("Off")}.get(value, value.capitalize())
    return told.get((option.name, value), (plain, ""))


def placeholder(option: Option) -> str:
    """What stands in an empty field."""
    if option.name == "proxy":
        return tr("As the system says")
    return tr("None") if option.name == "notify_command" else ""


def note(option: Option) -> str:
    """What there is to know of an option that is a text."""
    if option.name == "notify_command":
        return tr(
            "It is run when work ends and for every alert, with a JSON document on its standard "
            "input. It has {0} seconds."
        ).format(option_named("notify_seconds").default)
    return ""


def provider(name: str) -> str:
    """What runs the models, as it is called in a list."""
    told = {
        "auto": tr("Automatic"),
        PROCESSOR: tr("The processor"),
        "cuda": tr("NVIDIA graphics card (CUDA)"),
        "tensorrt": tr("NVIDIA graphics card (TensorRT)"),
        "directml": tr("Graphics card (DirectML)"),
        "webgpu": tr("Graphics card (WebGPU)"),
        "coreml": tr("Apple’s graphics and neural engine (Core ML)"),
        "openvino": tr("Intel’s graphics and processors (OpenVINO)"),
        "migraphx": tr("AMD graphics card (MIGraphX)"),
        "rocm": tr("AMD graphics card (ROCm)"),
        "qnn": tr("Qualcomm’s neural processor (QNN)"),
    }
    return told.get(name, name)


def _within(name: str) -> str:
    """As `provider`, in the middle of a sentence."""
    return tr("the processor") if name == PROCESSOR else provider(name)


def figure(trial: Trial | None) -> str:
    """12.3 photos/s; or why not."""
    if trial is None:
        return tr("Not measured yet.")
    if trial.problem:
        return trial.problem
    speed = QLocale().toString(trial.photos_per_second, "f", 1)
    return tr("{0} photos/s").format(speed)


def chosen(speed: Speed) -> str:
    """What Automatic means on this computer now."""
    if not speed.provider:
        return tr("The fastest. It is found out before the next photo is looked at.")
    trial = speed.measured.trial(speed.provider) if speed.measured else None
    found = tr("The fastest: {0}.").format(_within(speed.provider))
    if trial is None or trial.problem:
        return found
    return tr("The fastest: {0} on {1}.").format(figure(trial), _within(speed.provider))


def now(speed: Speed) -> str:
    """How hard Kinfolk would work at this moment."""
    if speed.is_gentle:
        return tr("Now: gently, one photo at a time.")
    if speed.workers == 1:
        return tr("Now: at full speed, one photo at a time.")
    return tr("Now: at full speed, {0} photos at a time.").format(words.number(speed.workers))


def measured(speed: Speed) -> str:
    """When it was measured, or what measuring means."""
    if speed.measured is None or not speed.measured.when:
        return tr("Measuring takes about a minute, in which Kinfolk looks at no photos.")
    moment = datetime.fromisoformat(speed.measured.when).astimezone()
    day = words.day(moment.date(), datetime.now().astimezone().date())
    return tr("Measured on this computer: {0}.").format(f"{day}, {words.time_of_day(moment)}")


def number(option: Option, value: float) -> str:
    """What a number is called that stands for something else; empty for all others."""
    if (option.name, value) == ("workers", 0):
        return tr("One on every core")
    return ""
