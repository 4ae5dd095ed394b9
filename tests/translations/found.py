"""Found: every text that the window can show, collected from the code.

Texts of the window are literals in calls of `Texts`. What the rooms below say (errors, reasons,
what the user has said) are sentences in English, some with pieces filled in; they are collected as
patterns, by which `app.ui.sayings` knows them again and translates them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAYINGS = "sayings"
"""The part that sayings belong to."""

_SPEAK = (
    "faces/packs", "indexing/blame.py", "indexing/camera/news.py", "indexing/chores.py",
    "indexing/export/copying.py", "indexing/export/exporter.py", "indexing/export/film.py",
    "indexing/export/folders.py", "indexing/export/placing.py", "indexing/export/plan.py",
    "indexing/export/sheet.py", "indexing/forgetting.py", "indexing/grouper.py", "indexing/jobs.py",
    "indexing/looker.py", "indexing/measuring.py", "indexing/notices.py",
    "indexing/notify_command.py", "indexing/pipeline.py", "indexing/providers.py",
    "indexing/scanner.py", "indexing/suggestions.py", "indexing/task_notices.py",
    "library/backups.py", "library/collecting.py", "library/commands", "library/decisions.py",
    "library/overrides.py",
    "library/shelf.py", "library/subjects.py", "library/taken_in.py", "library/verbs.py", "logs.py",
    "media/files.py", "media/formats.py", "media/shown.py", "media/xmp/replacing.py", "settings.py",
)  # fmt: skip
"""Below the window: where sentences are made that it shows, besides errors."""
_NO_SPEECH = re.compile(
    r"SELECT|INSERT|UPDATE |DELETE |CREATE |ALTER |PRAGMA|FROM |WHERE|LIKE|JOIN|%[srd(]|^\W*$"
    r"|has no attribute|[a-z]+\.[a-z]+ |\.ttf| = |typeof|^System Volume|^model name$|^After which"
)
_VAGUE = re.compile(r"\}\s*\{")
"""Two pieces with nothing between: put together from words, see `app.ui.sayings.ASSEMBLED`."""
_OF_COMMANDS = ("library/queries/query.py", "library/queries/ask.py", "library/queries/askable.py")
"""What only the command line can ask wrongly."""
_LOUD = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text for translators."""

    part: str
    text: str
    """In English; {0}, {1} and so on stand for what is filled in."""
    is_counted: bool
    """Whether it depends on the number that stands for {0}."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A text that nobody can translate."""

    place: str
    code: str


def window_texts() -> tuple[set[Text], list[Flaw]]:
    """The texts of the window, and calls that translate something that is no literal."""
    parts = {path: _part(path) for path in _modules("app/ui")}
    texts, flaws = set[Text](), list[Flaw]()
    for path in parts:
        for made in _calls(path, parts):
            (texts.add if isinstance(made, Text) else flaws.append)(made)
    return texts, flaws


def sayings() -> set[Text]:
    """What the rooms below say, as patterns."""
    found = set[str]()
    for path in _modules("app"):
        below = path.relative_to(ROOT / "app").as_posix()
        if below.startswith(("ui/", "cli/")):
            continue
        tree = ast.parse(path.read_text())
        if below not in _OF_COMMANDS:
            found |= set(_errors(tree))
        if below.startswith(_SPEAK):
            found |= set(_sentences(tree))
    from app.ui.sayings import ASSEMBLED

    return {Text(SAYINGS, text, False) for text in found | set(ASSEMBLED)}


def _modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _part(path: Path) -> str | None:
    """The part that the module's own `tr` is of."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "tr":
            assert isinstance(node.value, ast.Call), path
            return str(ast.literal_eval(node.value.args[0]))
    return None


def _calls(path: Path, parts: dict[Path, str | None]) -> Iterator[Text | Flaw]:
    tree = ast.parse(path.read_text())
    part = parts[path]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(one.name == "tr" for one in node.names):
            part = parts[ROOT / (str(node.module).replace(".", "/") + ".py")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "tr":
            # Qt's own, which knows the texts by the class of the object.
            yield Flaw(f"{path.relative_to(ROOT)}:{node.lineno}", ast.unparse(node))
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        is_other = called.endswith(".translate") and called != "painter.translate"
        if is_other and path.name != "texts.py":
            yield Flaw(f"{path.relative_to(ROOT)}:{node.lineno}", ast.unparse(node))
        if called not in ("tr", "tr.counted", "tr.mark"):
            continue
        wanted = node.args[:2] if called == "tr.counted" else node.args[:1]
        if part is None or not all(_is_literal(one) for one in wanted):
            yield Flaw(f"{path.relative_to(ROOT)}:{node.lineno}", ast.unparse(node))
        else:
            yield Text(part, ast.literal_eval(wanted[-1]), called == "tr.counted")


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _errors(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func).split(".")[-1]
        if name.endswith("Error") and name[:-5] not in ("Bug", "Type", "Value", "Key", "Attribute"):
            whole = _pattern(node.args[0])
            found = [whole] if whole else map(_pattern, ast.walk(node.args[0]))
            yield from (text.strip() for text in found if _is_speech(text))


def _sentences(tree: ast.Module) -> Iterator[str]:
    quiet = set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            quiet |= {id(one) for value in node.values for one in _inside(value)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in _LOUD:
            quiet |= {id(one) for argument in node.args for one in ast.walk(argument)}
    for node in ast.walk(tree):
        if id(node) not in quiet:
            text = _pattern(node)
            if _is_speech(text) and " " in text.strip():
                yield text.strip()


def _inside(value: ast.expr) -> Iterator[ast.AST]:
    """The text of an f-string, but not what is filled in: that may hold texts of its own."""
    if isinstance(value, ast.Constant):
        yield value
    elif isinstance(value, ast.FormattedValue) and value.format_spec is not None:
        yield from ast.walk(value.format_spec)


def _pattern(node: ast.AST) -> str:
    """The text of a literal, with {0}, {1} for what is filled in; empty if it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        count = iter(range(99))
        return re.sub(r"\{\}", lambda _: f"{{{next(count)}}}", node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    count = iter(range(99))
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{next(count)}}}"
        for part in node.values
    )


def _is_speech(text: str) -> bool:
    """Whether it is something said to a user: some words, and no other language than English."""
    bare = re.sub(r"\{\d\}", "", text)
    if _NO_SPEECH.search(text) or _VAGUE.search(text):
        return False
    return bool(re.search("[A-Za-z]{3}", bare)) and (" " in bare.strip() or bare[:1].isupper())
