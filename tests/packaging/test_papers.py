"""What desktops are told of Kinfolk: well-formed, complete, and of the version that it has."""

from __future__ import annotations

import configparser
import plistlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from PySide6.QtCore import QMimeDatabase

from app import __version__
from app.cli.parser import command_names
from app.media import formats
from tests.packaging.conftest import PACKAGING, ROOT

if TYPE_CHECKING:
    from tests.packaging.conftest import Scripts

LINUX = PACKAGING / "linux"
ALL = formats.EXTENSIONS | formats.RAW_EXTENSIONS | formats.VIDEO_EXTENSIONS
FOREIGN = {"audio/x-mod"}
"""What other files are that are named like some camera's videos."""
BY_CONTENT = {".apng", ".heics", ".heifs", ".jfif", ".m2v", ".mpo", ".tod"}
"""Names that tell desktops nothing; they look at how such a file begins."""


def judge(program: str, *words: str | Path) -> None:
    """Have a program judge a file, where it is installed."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    told = subprocess.run([program, *words], capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stdout + told.stderr


def entry() -> configparser.SectionProxy:
    """The entry of the menu."""
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / "kinfolk.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def own_names() -> set[str]:
    """The endings that Kinfolk tells desktops the kind of."""
    tree = etree.parse(LINUX / "kinfolk-mime.xml")
    return {str(glob.get("pattern"))[1:] for glob in tree.getroot().iter("{*}glob")}


def test_every_file_that_kinfolk_opens_can_be_opened_with_it() -> None:
    offered = set(entry()["MimeType"].split(";"))
    assert "inode/directory" in offered
    database = QMimeDatabase()
    nameless = set()
    for ending in ALL:
        kinds = {kind.name() for kind in database.mimeTypesForFileName("photo" + ending)}
        assert kinds - FOREIGN <= offered, f"{ending} is {kinds}"
        if not kinds:
            nameless.add(ending)
    assert nameless - own_names() <= BY_CONTENT
    assert own_names() <= formats.RAW_EXTENSIONS
    assert {formats.content_type(kind) for kind in ("JPEG", "HEIF", "JXL", "RAW")} <= offered
    assert {formats.video_type(kind) for kind in ("MP4", "MTS", "OGV")} <= offered


def test_the_entry_of_the_menu_takes_files_and_belongs_to_the_window() -> None:
    told = entry()
    assert (told["Exec"], told["Icon"]) == ("kinfolk %F", "kinfolk")
    assert told["StartupWMClass"] == "kinfolk", "as application.py names it"
    judge("desktop-file-validate", LINUX / "kinfolk.desktop")


@pytest.mark.parametrize("site", ["", "https://photos.example.org/kinfolk/"])
def test_software_centres_understand_the_metainfo(
    scripts: Scripts, tmp_path: Path, site: str
) -> None:
    text = scripts["metainfo"].metainfo("2026-11-30", site)
    tree = etree.fromstring(text.encode())
    assert tree.xpath("string(releases/release/@version)") == __version__
    shots = [str(image) for image in tree.xpath("screenshots/screenshot/image/text()")]
    assert len(shots) == (2 if site else 0)
    for shot in shots:
        assert (ROOT / "docs" / "pictures" / shot.removeprefix(site)).is_file()
    place = tmp_path / "kinfolk.metainfo.xml"
    place.write_text(text, encoding="utf-8")
    override = "--override=cid-desktopapp-is-not-rdns=info"
    judge("appstreamcli", "validate", "--no-net", override, place)


def test_the_manual_tells_of_every_command_and_option(
    scripts: Scripts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    page = scripts["manual"].manual()
    assert re.search(rf"^\.TH KINFOLK 1 2023-11-14 .Kinfolk {re.escape(__version__)}.", page)
    told = page.replace("\\", "")
    headings = {line.split()[1] for line in told.splitlines() if line.startswith(".SS ")}
    assert headings == command_names()
    for option in ("--library", "--json", "--rebuild", "--max-results", "--older-than"):
        assert f"fB{option}fR" in told
    place = tmp_path / "kinfolk.1"
    place.write_text(page, encoding="utf-8")
    judge("mandoc", "-T", "lint", "-W", "warning", place)


@pytest.mark.usefixtures("qapp")
def test_icons_have_their_sizes_and_hold_the_picture(scripts: Scripts, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    icons = scripts["icons"]
    icons.write_all(tmp_path)
    for size in icons.SIZES:
        image = QImage(str(tmp_path / "hicolor" / f"{size}x{size}" / "apps" / "kinfolk.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() < 255, "the corners are round"
        assert image.pixelColor(size // 2, round(size * 0.12)).name() == "#2f6fed"
    assert (tmp_path / "hicolor" / "scalable" / "apps" / "kinfolk.svg").is_file()
    whole = QImage(str(tmp_path / "kinfolk.ico"))
    assert not whole.isNull() and whole.width() in icons.SIZES
    mac = (tmp_path / "kinfolk.icns").read_bytes()
    assert mac[:4] == b"icns" and int.from_bytes(mac[4:8], "big") == len(mac)


def test_macos_is_told_what_kinfolk_opens() -> None:
    told = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    kinds = [kind for one in told["CFBundleDocumentTypes"] for kind in one["LSItemContentTypes"]]
    assert {"public.folder", "public.image", "public.movie"} <= set(kinds)
    assert {one["LSHandlerRank"] for one in told["CFBundleDocumentTypes"]} == {"Alternate"}
    assert "CFBundleShortVersionString" not in told, "kinfolk.spec adds it"
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert all(name.startswith("com.apple.security.cs.") for name in rights)


@pytest.mark.parametrize("name", ["macos/sign.sh", "linux/install.sh"])
def test_a_shell_understands_the_scripts(name: str) -> None:
    judge("sh", "-n", PACKAGING / name)


def test_windows_is_told_what_kinfolk_opens_for_one_user(scripts: Scripts) -> None:
    papers = scripts["windows_papers"]
    sections = _sections((PACKAGING / "windows" / "kinfolk.iss").read_text(encoding="utf-8"))
    setup = dict(line.split("=", 1) for line in sections["Setup"] if "=" in line)
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["DefaultDirName"].startswith("{localappdata}")
    assert setup["AppVersion"] == "{#Version}"
    assert papers.version_iss() == f'#define Version "{__version__}"\n'
    assert {"Files", "Icons", "Registry", "Run", "Tasks", "Languages"} <= sections.keys()
    entries = papers.associations_iss().replace("\\\n ", "").splitlines()
    entries = [line for line in entries if line] + sections["Registry"]
    endings = set()
    for line in entries:
        if line.startswith("#include"):
            continue
        told = dict(re.findall(r'(\w+): ((?:"(?:[^"]|"")*")|[^;"]+?)(?:; |$)', line))
        assert told["Root"] == "HKCU", line
        assert told["Subkey"].startswith('"Software\\')
        assert told["Tasks"] == "openwith"
        if "OpenWithProgids" in told["Subkey"]:
            endings.add(told["Subkey"].split("\\")[2])
            assert told["Flags"] == "uninsdeletevalue", "it takes nothing of others with it"
    assert endings == ALL
    assert f'"ProductVersion", "{__version__}"' in papers.version_resource()


def _sections(text: str) -> dict[str, list[str]]:
    """The lines of an Inno Setup script, by section."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            lines = found.setdefault(match[1], [])
        elif line and not line.startswith(";"):
            lines.append(line)
    return found


def test_the_version_stands_in_one_place() -> None:
    told = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert not re.search(r"^version\s*=", told, re.M)
    assert 'path = "app/__init__.py"' in told
    for place in (*PACKAGING.rglob("*"), ROOT / "Makefile"):
        if place.suffix in {".py", ".in", ".iss", ".plist", ".sh", ".spec"}:
            assert f'"{__version__}"' not in place.read_text(encoding="utf-8"), place
