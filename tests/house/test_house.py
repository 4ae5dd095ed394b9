"""The house keeps its own rules: who imports whom, how large, how named, how explained."""

from __future__ import annotations

import ast
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "app").rglob("*.py"))
GROUND_FLOOR = ("errors", "changes", "progress", "paths", "settings", "logs")
MOST_LINES = 400
EMPTY_WORDS = {
    "utils",
    "util",
    "common",
    "core",
    "helpers",
    "helper",
    "managers",
    "manager",
    "misc",
}


def relative(path: Path) -> str:
    """A module's name as a test's name."""
    return path.relative_to(ROOT).as_posix()


def run_python(*words: str) -> subprocess.CompletedProcess[str]:
    """Another Python process in the checkout, its output kept."""
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=100
    )


def test_who_may_import_whom(tmp_path: Path) -> None:
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    told = run_python("-c", script, "--no-logo", "--cache-dir", str(tmp_path))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 broken" in told.stdout


def test_the_main_process_never_loads_an_engine() -> None:
    script = (
        "import sys, app.__main__, app.bootstrap, app.cli.main, app.ui.application;"
        "print(sorted({'onnxruntime', 'insightface', 'cv2'} & set(sys.modules)))"
    )
    told = run_python("-W", "error", "-c", script)
    assert told.returncode == 0, told.stderr
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("name", GROUND_FLOOR)
def test_the_ground_floor_stands_on_the_standard_library(name: str) -> None:
    allowed = {*sys.stdlib_module_names, "platformdirs", "app"}
    tree = ast.parse((ROOT / "app" / f"{name}.py").read_text(encoding="utf-8"))
    assert {module.split(".")[0] for module in _imports(tree)} <= allowed


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_is_small_and_explained(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    assert not EMPTY_WORDS & {path.stem, path.parent.name}
    tree = ast.parse(source)
    silent = [name for name, node in _public(tree) if not ast.get_docstring(node)]
    assert ast.get_docstring(tree), "the module does not say what it promises"
    assert not silent, f"without a docstring: {silent}"


def test_no_file_names_the_machine_it_was_written_on() -> None:
    own = {str(ROOT), pwd.getpwuid(os.getuid()).pw_dir}
    places = [place + "/" for place in own if place.count("/") > 1 or place == "/root"]
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = [
        name
        for name in listed.stdout.split("\0")
        if name and name != relative(Path(__file__)) and (ROOT / name).is_file()
        for text in [(ROOT / name).read_text(encoding="utf-8", errors="ignore")]
        if any(place in text for place in places)
    ]
    assert not found


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "app"


def _public(
    tree: ast.Module,
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    """The functions and classes that other modules see."""
    for node in tree.body:
        if isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not node.name.startswith("_"):
            yield node.name, node
