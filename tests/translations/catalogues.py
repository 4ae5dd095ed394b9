"""Catalogues: the translations of one language each, in the files of Qt Linguist.

Qt's own lupdate keeps them up to date with what was found in the code, and lrelease makes of them
what the program loads.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.translations.found import ROOT, Text

LANGUAGES = ("de", "es", "fr", "zh_CN")
SOURCES = ROOT / "packaging" / "translations"
COMPILED = ROOT / "resources" / "translations"
SAYINGS = COMPILED / "sayings.txt"
FORMS = {"de": 2, "es": 2, "fr": 2, "zh_CN": 1}
"""How many forms a language has for numbers of things, as Qt counts them (for Spanish and French it
knows two, although millions have a third)."""
_BETWEEN_FORMS = " ¦ "


@dataclass(frozen=True, slots=True)
class Message:
    """A text and its translation, one for each form of the language if it is counted."""

    text: Text
    forms: tuple[str, ...]
    is_finished: bool

    @property
    def key(self) -> str:
        """A few characters by which it is told from all others."""
        told = json.dumps([self.text.part, self.text.text, self.text.is_counted])
        return hashlib.sha256(told.encode()).hexdigest()[:8]


def file_of(language: str) -> Path:
    """Where the translations of a language are."""
    return SOURCES / f"kinfolk_{language}.ts"


def compiled(language: str) -> Path:
    """What the program loads of them."""
    return COMPILED / f"kinfolk_{language}.qm"


def update(texts: set[Text], folder: Path, languages: tuple[str, ...] = LANGUAGES) -> None:
    """Add what is new to the catalogues and drop what is gone; `folder` is for files between."""
    listed = folder / "texts.py"
    listed.write_text("".join(_call(text) for text in sorted(texts)), encoding="utf-8")
    SOURCES.mkdir(exist_ok=True)
    for language in languages:
        _run(
            "lupdate", str(listed), "-no-obsolete", "-locations", "none", "-source-language", "en",
            "-target-language", language, "-silent", "-ts", str(file_of(language)),
        )  # fmt: skip


def release(language: str, target: Path | None = None) -> Path:
    """Compile the catalogue of a language."""
    made = target or compiled(language)
    made.parent.mkdir(exist_ok=True)
    new = made.with_suffix(".new")
    _run("lrelease", "-silent", "-nounfinished", str(file_of(language)), "-qm", str(new))
    new.replace(made)  # a program that runs has the old one in its memory
    return made


def messages(language: str) -> list[Message]:
    """All that is in a catalogue."""
    return [message for message, _ in _read(etree.parse(file_of(language)))]


def fill(language: str, filled: Mapping[str, str]) -> int:
    """Put translations in, by the keys of their messages; how many there were."""
    tree = etree.parse(file_of(language))
    count = 0
    for message, node in _read(tree):
        if message.key not in filled:
            continue
        forms = filled[message.key].split(_BETWEEN_FORMS.strip())
        told = node.find("translation")
        told.attrib.pop("type", None)
        if message.text.is_counted:
            for one in list(told):
                told.remove(one)
            told.text = None
            for form in forms:
                etree.SubElement(told, "numerusform").text = form.strip(" ")
        else:
            told.text = filled[message.key]
        count += 1
    etree.indent(tree, "    ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    body = etree.tostring(tree.getroot(), encoding="unicode")
    file_of(language).write_text(f"{head}{body}\n", encoding="utf-8")
    return count


def as_line(message: Message) -> str:
    """For a file that is translated line by line: key, part, text."""
    sign = " (counted)" if message.text.is_counted else ""
    return f"{message.key}\t{message.text.part}{sign}\t{escaped(message.text.text)}"


def escaped(text: str) -> str:
    """A text on one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def unescaped(line: str) -> str:
    """The text of such a line."""
    return line.replace("\\n", "\n").replace("\\\\", "\\")


def _read(tree: etree._ElementTree) -> Iterator[tuple[Message, etree._Element]]:
    for context in tree.getroot().iter("context"):
        part = context.findtext("name") or ""
        for node in context.iter("message"):
            told = node.find("translation")
            is_counted = node.get("numerus") == "yes"
            forms = tuple(one.text or "" for one in told) if is_counted else (told.text or "",)
            text = Text(part, node.findtext("source") or "", is_counted)
            yield Message(text, forms, told.get("type") is None), node


def _call(text: Text) -> str:
    counted = ', "", 1' if text.is_counted else ""
    part, said = (json.dumps(one, ensure_ascii=False) for one in (text.part, text.text))
    return f"QCoreApplication.translate({part}, {said}{counted})\n"


def _run(tool: str, *arguments: str) -> None:
    program = Path(sysconfig.get_path("purelib")) / "PySide6" / tool
    if sys.platform == "win32":
        program = program.with_suffix(".exe")
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{tool}: {done.stdout}{done.stderr}")
