"""Try package: build what others get, install it in a clean place, and use it there.

    try_package.py            build, then try
    try_package.py --built    try what lies in dist

In a clean Debian of its own, without a network and without this machine's Python, the program of
the .deb has to find the people of the sample photos and show them in a window; then it is taken
away and has to leave nothing. The archive's installer has to do as well for one user. Pictures of
the window are kept: dist/window.png and dist/window-photo.png.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import packages
import samples
from PIL import Image, ImageChops
from place import Folder, System, clean_place

from app import __version__

_WINDOW_SECONDS = 90.0
_COLOURS = 5000
"""So many at least are in a window with faces; an empty one has some hundred."""
APPSTREAM = ("appstreamcli", "validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info")
"""Kinfolk has no domain whose name, turned about, could be its own."""
_TONES = 12
"""Of 256: so far a pixel may be from what it was and still look the same."""
LANGUAGES = ("en", "zh_CN", "es", "de", "fr")
ENGLISH = "en"
_OTHERS = ("connect(", "sendto(", "sendmsg(")


def main() -> int:
    """Build and try; tells what was tried on standard error, and ends with 1 at what is wrong."""
    parser = argparse.ArgumentParser(prog="make package-try", description=__doc__)
    parser.add_argument("--built", action="store_true", help="what lies in dist")
    said = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kinfolk-try-") as work, contextlib.ExitStack() as end:
        place = clean_place(Path(work) / "place")  # it is made while the package is built
        end.callback(place.close)
        if not said.built:
            subprocess.run([sys.executable, packages.__file__], check=True)
        (package,) = packages.DIST.glob(f"kinfolk_{__version__}_*.deb")
        (archive,) = packages.DIST.glob(f"kinfolk-{__version__}-*.tar.zst")
        Path(work).chmod(0o755)
        _try_package(place, package)
        _try_archive(archive, Path(work) / "user")
    print(f"The packages are well; {time.monotonic() - started:.0f} s.", file=sys.stderr)
    return 0


def _try_package(place: System | Folder, package: Path) -> None:
    place.install(package)
    _tell(f"{package.name} is installed: {type(place).__name__.lower()}")
    _check_papers(place.root / "usr" / "share")
    _check_words(place.root / "usr" / "lib" / "kinfolk")
    _expect(_answer(place, "kinfolk", "--version"), f"Kinfolk {__version__}\n", "the version")
    pictures = place.home / "Pictures"
    samples.write_samples(pictures)
    (place.home / "run").mkdir()
    place.give(place.home)
    _check_people(place, pictures)
    _check_home(place)
    _check_engines(place)
    _tell("the installed program finds the people, alone with itself")
    with _screen() as display:
        _check_window(place, display, pictures)
    _tell("its window shows them")
    left = place.remove()
    if left:
        raise SystemExit(f"The package left behind: {', '.join(left[:5])}")
    _tell("it goes without a trace")


def _check_papers(share: Path) -> None:
    """What desktops and readers are told is well-formed, by their own judges."""
    icons = sorted(path.parts[-3] for path in share.glob("icons/hicolor/*/apps/kinfolk.*"))
    if len(icons) < 10:
        raise SystemExit(f"There are only these icons: {icons}")
    for words in (
        ("desktop-file-validate", share / "applications" / "kinfolk.desktop"),
        (*APPSTREAM, share / "metainfo" / "kinfolk.metainfo.xml"),
        ("mandoc", "-T", "lint", "-W", "warning", share / "man" / "man1" / "kinfolk.1.gz"),
    ):
        told = subprocess.run(words, capture_output=True, text=True)
        if told.returncode:
            raise SystemExit(f"{words[0]}: {told.stdout}{told.stderr}")


def _check_words(program: Path) -> None:
    """Every language came along: of the window, of Qt's own words, and of the guide."""
    guide = next(program.rglob("resources/guide"), program)
    for language in LANGUAGES:
        for wanted in (
            *([] if language == ENGLISH else [f"resources/translations/kinfolk_{language}.qm"]),
            f"resources/guide/{language}/01-welcome.md",
        ):
            if not (guide.parents[1] / wanted).is_file():
                raise SystemExit(f"The package lacks {wanted}.")
        if language != ENGLISH and not list(program.rglob(f"qtbase_{language}.qm")):
            raise SystemExit(f"The package lacks Qt's own words in {language}.")


def _check_people(place: System | Folder, pictures: Path) -> None:
    """Index the samples, under the eyes of strace."""
    trace = place.root.with_name("trace")
    watch = ["strace", "--follow-forks", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg",
             "-o", str(trace)]  # fmt: skip
    words = place.command(["kinfolk", "index", "--json", place.inside(pictures)], {})
    told = subprocess.run(watch + words, stdout=subprocess.PIPE, text=True, timeout=300)
    if told.returncode:
        raise SystemExit(f"kinfolk index ended with {told.returncode}: {told.stdout}")
    indexed = json.loads(told.stdout)
    _expect(indexed["Skipped"], [], "what was skipped")
    _expect(indexed["Indexed"], samples.FILES, "the photos that were looked at")
    _expect(indexed["Faces"], samples.FACES, "the faces that were found")
    abroad = [
        line
        for line in trace.read_text(errors="replace").splitlines()
        if any(call in line for call in _OTHERS) and "AF_INET" in line
    ]
    _expect(abroad, [], "what was asked of a network")
    people = _json(place, "people")
    _expect(people["TotalCount"], samples.PEOPLE, "the people")
    _expect(len(_json(place, "photos")["Files"]), samples.FILES, "the photos of the album")


def _check_home(place: System | Folder) -> None:
    """Nothing lies at the user's but what is Kinfolk's: no other's note of who this is."""
    found = {
        path.relative_to(place.home).as_posix()
        for pattern in ("*", ".cache/*", ".config/*", ".local/share/*", ".local/state/*")
        for path in place.home.glob(pattern)
    }
    allowed = {
        "Pictures", "run", ".cache", ".config", ".local", ".cache/kinfolk", ".local/share/kinfolk",
        ".local/state/kinfolk",
    }  # fmt: skip
    _expect(sorted(found - allowed), [], "what else lies in the home of the user")


def _check_engines(place: System | Folder) -> None:
    """A pack of insightface's models gets as far as onnxruntime: all that opens one is there. None
    can be had here, so it is a broken one."""
    library = place.home / "broken"
    pack = library / "models" / "broken"
    pack.mkdir(parents=True)
    (pack / "detector.onnx").write_bytes(b"no model")
    place.give(library)
    words = ["kinfolk", "--library", place.inside(library)]
    _answer(place, *words, "settings", "pack", "broken")
    index = place.command([*words, "index", place.inside(place.home / "Pictures")], {})
    told = subprocess.run(index, capture_output=True, text=True, timeout=120)
    if "INVALID_PROTOBUF" not in told.stderr:
        raise SystemExit(f"insightface could not try a model: {told.stderr}")
    shutil.rmtree(library)


def _check_window(place: System | Folder, display: str, pictures: Path) -> None:
    """Open the window, see faces in it, hand it a photo by a second start, and end it."""
    environment = {"DISPLAY": display}
    window = subprocess.Popen(place.command(["kinfolk"], environment), stderr=subprocess.PIPE)
    try:
        shot = packages.DIST / "window.png"
        _photograph(window, display, shot, _shows_faces)
        again = place.command(["kinfolk", place.inside(pictures / "one.png")], environment)
        told = subprocess.run(again, timeout=60)
        _expect(told.returncode, 0, "how the second start ended")
        opened = packages.DIST / "window-photo.png"
        _photograph(window, display, opened, lambda image: _differs(image, shot))
    finally:
        window.send_signal(signal.SIGINT)
        try:
            _, said = window.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            window.kill()
            raise SystemExit("The window does not end.") from None
    _expect(window.returncode, 0, "how the window ended")
    _expect(said.decode(errors="replace"), "", "what the window complained of")


def _photograph(
    window: subprocess.Popen[bytes], display: str, shot: Path, is_it: Callable[[Image.Image], bool]
) -> None:
    """Take a picture of the screen once it shows what it should."""
    end = time.monotonic() + _WINDOW_SECONDS
    while True:
        if window.poll() is not None:
            told = window.stderr.read().decode(errors="replace") if window.stderr else ""
            raise SystemExit(f"The window ended with {window.returncode}: {told}")
        subprocess.run(["import", "-display", display, "-window", "root", shot], check=True)
        with Image.open(shot) as image:
            if is_it(image.convert("RGB")):
                return
        if time.monotonic() > end:
            raise SystemExit(f"The window does not show what it should; see {shot}")
        time.sleep(0.5)


def _shows_faces(image: Image.Image) -> bool:
    return len(image.getcolors(maxcolors=1 << 24) or []) > _COLOURS


def _differs(image: Image.Image, shot: Path) -> bool:
    """Whether more than a fifth of it is not what it was: a photo is in the viewer."""
    with Image.open(shot) as before:
        difference = ImageChops.difference(image, before.convert("RGB")).convert("L")
    changed = sum(difference.histogram()[_TONES + 1 :])
    return _shows_faces(image) and changed > image.width * image.height / 5


def _try_archive(archive: Path, home: Path) -> None:
    """Install the archive for one user, start the program, take it away again."""
    home.mkdir()
    names = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    subprocess.run(["tar", "--extract", "--file", archive, "--directory", home], check=True)
    (unpacked,) = home.iterdir()
    _run([unpacked / "install.sh"], names)
    shutil.rmtree(unpacked)
    told = _run([home / ".local" / "bin" / "kinfolk", "--version"], names)
    _expect(told, f"Kinfolk {__version__}\n", "the version out of the archive")
    entry = home / ".local" / "share" / "applications" / "kinfolk.desktop"
    _run(["desktop-file-validate", entry], names)
    if f'Exec="{home}/.local/lib/kinfolk/kinfolk" %F' not in entry.read_text(encoding="utf-8"):
        raise SystemExit("The entry of the menu does not start what was installed.")
    _run([home / ".local" / "lib" / "kinfolk" / "install.sh", "--uninstall"], names)
    names_left = (path.relative_to(home).as_posix() for path in home.rglob("*"))
    left = [name for name in names_left if "kinfolk" in name]
    _expect(left, [], "what the archive left behind")
    _tell(f"{archive.name} installs for one user, and goes again")


def _run(words: list[Any], names: Mapping[str, str]) -> str:
    told = subprocess.run(words, env=dict(names), capture_output=True, text=True, timeout=120)
    if told.returncode:
        raise SystemExit(f"{words[0]}: {told.stdout}{told.stderr}")
    return told.stdout


def _json(place: System | Folder, command: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(_answer(place, "kinfolk", command, "--json"))
    return answer


def _answer(place: System | Folder, *words: str) -> str:
    told = subprocess.run(place.command(words, {}), stdout=subprocess.PIPE, text=True, timeout=120)
    if told.returncode:
        raise SystemExit(f"`{' '.join(words)}` ended with {told.returncode}.")
    return told.stdout


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    """The display, such as ":5", of an X server of its own."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x840x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=(writing,), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], 30)
        number = os.read(reading, 16).decode().strip() if ready else ""
        if not number:
            raise SystemExit("Xvfb did not start.")
        yield f":{number}"
    finally:
        os.close(reading)
        server.terminate()
        server.wait()


def _expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise SystemExit(f"Wrong: {what}. There should be {wanted!r}, and there is {found!r}.")


def _tell(text: str) -> None:
    print(f"- {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
