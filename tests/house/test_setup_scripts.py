"""The setup installs what is missing where it may, and says exactly what to do where not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[2] / "packaging" / "setup"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="for Debian and its kin")


class Machine:
    """A pretended machine: its own ldconfig, apt-get, id and sudo come first in PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "calls"
        self.calls.write_text("")
        (folder / "bin").mkdir()

    def has(self, name: str, script: str) -> None:
        """Give it a program."""
        program = self.folder / "bin" / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def run(self, script: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a setup script on it."""
        return subprocess.run(
            ["sh", str(SETUP / script), *words],
            cwd=self.folder,
            env={"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin", "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            timeout=60,
        )


@pytest.fixture
def bare(tmp_path: Path) -> Machine:
    """A machine without a single library, where apt-get works for root."""
    machine = Machine(tmp_path)
    machine.has("ldconfig", "echo 'libc.so.6 (libc6,x86-64) => /lib/libc.so.6'")
    machine.has("apt-get", f'echo "$@" >> {machine.calls}')
    machine.has("id", "echo 0")
    machine.has("sudo", "exit 1")
    machine.has("Xvfb", "exit 0")
    machine.has("xdotool", "exit 0")
    machine.has("import", "exit 0")
    return machine


def test_root_gets_what_is_missing_once_each(bare: Machine) -> None:
    told = bare.run("system_libraries.sh", "dev")
    assert told.returncode == 0
    assert told.stdout == ""
    (call,) = bare.calls.read_text().splitlines()
    packages = call.split("--no-install-recommends ")[1].split()
    assert {"libgl1", "libegl1", "libglib2.0-0", "libxcb-cursor0"} <= set(packages)
    assert len(packages) == len(set(packages))
    assert "xvfb" not in packages


def test_who_packs_gets_what_the_package_asks_for_gently(bare: Machine) -> None:
    assert bare.run("system_libraries.sh", "package").returncode == 0
    (call,) = bare.calls.read_text().splitlines()
    packages = call.split("--no-install-recommends ")[1].split()
    assert {"libgl1", "libgtk-3-0", "libwayland-client0"} <= set(packages)
    assert len(packages) == len(set(packages))
    bare.has("id", "echo 1000")
    assert bare.run("system_libraries.sh", "package").returncode != 0


def test_whoever_may_not_install_is_told_the_command(bare: Machine) -> None:
    bare.has("id", "echo 1000")
    told = bare.run("system_libraries.sh")
    assert told.returncode == 0, "the command line works without a window's libraries"
    assert "    sudo apt-get install libgl1 libegl1 " in told.stderr
    assert told.stdout == ""
    assert bare.calls.read_text() == ""
    assert bare.run("system_libraries.sh", "dev").returncode != 0


def test_old_package_lists_are_renewed(bare: Machine) -> None:
    bare.has(
        "apt-get",
        f'echo "$1" >> {bare.calls}; [ "$1" = update ] && touch renewed; [ -e renewed ]',
    )
    assert bare.run("apt_install.sh", "libgl1").returncode == 0
    assert bare.calls.read_text().split() == ["install", "update", "install"]


def test_a_complete_machine_is_left_alone(bare: Machine) -> None:
    needed = (SETUP / "system_libraries.sh").read_text()
    lines = [line.split(":")[0] for line in needed.splitlines() if line.startswith("lib")]
    assert len(lines) > 20
    listing = "\n".join(f"\t{name} (libc6,x86-64) => /lib/{name}" for name in lines)
    bare.has("ldconfig", f"cat <<'END'\n{listing}\nEND")
    told = bare.run("system_libraries.sh", "dev")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert bare.calls.read_text() == ""


def test_without_a_python_that_is_new_enough_it_says_so(bare: Machine) -> None:
    told = subprocess.run(
        ["sh", str(SETUP / "environment.sh")],
        cwd=bare.folder,
        env={"PATH": os.environ["PATH"], "PYTHON": "false"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode != 0
    assert "needs Python 3.11 or newer" in told.stderr


def test_a_python_that_cannot_make_environments_names_its_package(bare: Machine) -> None:
    bare.has("id", "echo 1000")
    # Debian's: all of Python but ensurepip.
    bare.has(
        "python3.11",
        f'case "$2" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"',
    )
    told = subprocess.run(
        ["sh", str(SETUP / "environment.sh")],
        cwd=bare.folder,
        env={"PATH": f"{bare.folder / 'bin'}:/usr/bin:/bin", "PYTHON": "python3.11"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode != 0
    version = "{}.{}".format(*sys.version_info)
    assert f"sudo apt-get install python{version}-venv" in told.stderr
