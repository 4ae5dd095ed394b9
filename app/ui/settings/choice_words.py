"""What the choices of options are called and mean, in the user's language and in English."""

from __future__ import annotations

from app.indexing.measuring import PROCESSOR
from app.settings import Option
from app.ui.language import NAMES
from app.ui.texts import Texts

tr = Texts("settings")

_CHOICES = {
    ("theme", "system"): (tr.mark("As the desktop"), ""),
    ("theme", "light"): (tr.mark("Light"), ""),
    ("theme", "dark"): (tr.mark("Dark"), ""),
    ("language", "system"): (tr.mark("As the desktop"), ""),
    **{("language", name): (called, "") for name, called in NAMES.items()},
    ("keep_watching", "on"): (
        tr.mark("Keep watching"),
        tr.mark("Kinfolk stays in the tray, and tells of strangers."),
    ),
    ("keep_watching", "off"): (
        tr.mark("End Kinfolk"),
        tr.mark("Nobody is told of until it is open."),
    ),
    ("pace", "auto"): (
        tr.mark("Automatic"),
        tr.mark("At full speed, and gently while the computer runs on its battery."),
    ),
    ("pace", "full"): (
        tr.mark("Full speed"),
        tr.mark("A photo on every core. What you do on the computer still goes first."),
    ),
    ("pace", "gentle"): (
        tr.mark("Gentle"),
        tr.mark("One photo at a time on one core, after everything else on the computer."),
    ),
    ("cloud_files", "skip"): (
        tr.mark("Leave them there"),
        tr.mark("They come into the album once they are on this disk."),
    ),
    ("cloud_files", "download"): (
        tr.mark("Download them"),
        tr.mark("Looking at them fetches them, over whatever connection there is."),
    ),
    ("videos", "on"): (tr.mark("Look for them"), ""),
    ("videos", "off"): (
        tr.mark("Leave videos alone"),
        tr.mark("New ones stay outside the album; those that are in it stay there."),
    ),
    ("group_when", "settled"): (
        tr.mark("As photos come in"),
        tr.mark("Now and then while there are many, and shortly after the last one."),
    ),
    ("group_when", "interval"): (
        tr.mark("At intervals"),
        tr.mark("Every so many minutes, and not in between."),
    ),
    ("group_when", "asked"): (
        tr.mark("When I ask for it"),
        tr.mark("The People page says how many faces wait, and has a button."),
    ),
    ("notifications", "long"): (
        tr.mark("What matters"),
        tr.mark("Alerts, and work of over a minute that ends while you look elsewhere."),
    ),
    ("notifications", "all"): (
        tr.mark("Everything"),
        tr.mark("Alerts, and all work that ends while you look elsewhere."),
    ),
    ("notifications", "off"): (tr.mark("Nothing"), ""),
    ("alerts", "on"): (tr.mark("On"), ""),
    ("alerts", "off"): (tr.mark("Off"), ""),
    ("visitors", "on"): (tr.mark("On"), ""),
    ("visitors", "off"): (tr.mark("Off"), ""),
    ("stacks", "on"): (tr.mark("On"), ""),
    ("stacks", "off"): (tr.mark("Off"), ""),
}

_PLAIN = {"on": tr.mark("On"), "off": tr.mark("Off")}
"""Of options that have no words of their own."""

_PROVIDERS = {
    "auto": tr.mark("Automatic"),
    PROCESSOR: tr.mark("The processor"),
    "cuda": tr.mark("NVIDIA graphics card (CUDA)"),
    "tensorrt": tr.mark("NVIDIA graphics card (TensorRT)"),
    "directml": tr.mark("Graphics card (DirectML)"),
    "webgpu": tr.mark("Graphics card (WebGPU)"),
    "coreml": tr.mark("Apple’s graphics and neural engine (Core ML)"),
    "openvino": tr.mark("Intel’s graphics and processors (OpenVINO)"),
    "migraphx": tr.mark("AMD graphics card (MIGraphX)"),
    "rocm": tr.mark("AMD graphics card (ROCm)"),
    "qnn": tr.mark("Qualcomm’s neural processor (QNN)"),
}


def choice(option: Option, value: str) -> tuple[str, str]:
    """What one choice of an option is called, and a sentence about it, if there is one."""
    if option.name == "provider":
        return provider(value), ""
    name, sentence = _CHOICES.get((option.name, value), (_PLAIN.get(value, ""), ""))
    known = bool(name)
    return (tr.of(name) if known else value.capitalize()), tr.of(sentence) if sentence else ""


def provider(name: str) -> str:
    """What runs the models, as it is called in a list."""
    told = _PROVIDERS.get(name)
    return name if told is None else tr.of(told)


def english_choices(option: Option) -> list[str]:
    """The choices as they are written and as they are called here, whatever language is spoken."""
    found = list(option.choices)
    for value in option.choices:
        if option.name == "provider":
            found.append(_PROVIDERS.get(value, ""))
        else:
            found += _CHOICES.get((option.name, value), ())
    return found
