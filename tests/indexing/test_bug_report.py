"""A bug report says what is wrong with Kinfolk, and nothing of whose photos these are."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app import __version__
from app.bootstrap import open_house
from app.indexing.bug_report import bug_report, log_lines
from app.indexing.house import House
from app.library.commands.collections import set_own
from app.library.commands.faces import draw_face
from app.library.commands.folders import add_folder, create_collection
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.queries.folders import pending_photos
from app.library.queries.photos import photos_by_id
from app.library.rows import Look
from app.logs import write_logs
from app.media.read import open_photo

FOLDERS = ("Zwiebelfisch & Söhne", "2019 – Ärzteball", "naïve ; rm -rf", "平遥古城", 'o\'Hara "x"')
NAMES = ("Quirinalda Öztürk", "宋慧茹", "Jean-Luc d'Arc", "INFO Piotr", "Zyx")
COMMAND = "curl --data @- zwiebelhost.invalid/anna"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An album in strange folders, of people with names of all kinds."""
    library = tmp_path / "Bibliothek der Quallenfreunde"
    library.mkdir()
    said = {
        "notify_command": COMMAND,
        "export_folder": str(tmp_path / "Schnurzpiepe"),
        "workers": 3,
    }
    (library / "settings.json").write_text(json.dumps(said))
    opened = open_house(str(library), "")
    try:
        fill(opened, tmp_path)
        yield opened
    finally:
        opened.close()


def fill(house: House, place: Path) -> None:
    library, number = house.library, house.collection.id
    for count, name in enumerate(FOLDERS):
        folder = place / name
        folder.mkdir()
        file = folder / f"Geheimnis {count} von {name[:3]}.jpg"
        Image.new("RGB", (160, 120), (40 * count, 90, 90)).save(file)
        row = add_folder(library, number, folder)
        seen = SeenFile(file, file.stat().st_size, file.stat().st_mtime_ns)
        record_scan(library, number, row.id, ScanResult(added=[seen]))
    for (photo_id, path), name in zip(list(pending_photos(library, number)), NAMES, strict=True):
        with open_photo(path, 10) as photo:
            mark = photo.fingerprint
        look = Look(
            fingerprint=mark, width=160, height=120, orientation=1, content_type="image/jpeg",
            taken=None, taken_from="", camera="Schnuckelkamera", colour=0, pack="test",
            pack_version="1", faces=(),
        )  # fmt: skip
        store_look(library, photo_id, look)
        draw_face(library, photo_id, (0.2, 0.2, 0.4, 0.5), name)
    create_collection(library, "Familie Kwiatkowska")
    shop = create_collection(library, "Bäckerei Knusperzahn", "counter")
    set_own(library, shop.id, "notify_command", COMMAND)


def secrets(house: House) -> set[str]:
    """Whatever must not be told: names, words of them, folders and files, whole and in part."""
    rows = house.library.sql("SELECT id FROM photo")
    paths = [row.path for row in photos_by_id(house.library, [number for (number,) in rows])]
    assert len(paths) == len(FOLDERS)
    told = {*FOLDERS, *NAMES, COMMAND, "Knusperzahn", "Kwiatkowska", "Quallenfreunde", "Schnurz"}
    told |= {"Öztürk", "Quirinalda", "Zwiebelfisch", "Ärzteball", "Geheimnis", "zwiebelhost"}
    told |= {str(path) for path in paths} | {path.stem for path in paths}
    return told | {str(house.paths.data), str(house.paths.data.parent), "Schnuckelkamera"}


def test_a_report_has_versions_and_numbers_and_no_name_and_no_path(house: House) -> None:
    report = bug_report(house, ["Qt 6"])
    assert f"Kinfolk {__version__}" in report and "Python 3" in report and "Qt 6" in report
    assert "Models: compact" in report and "onnxruntime" in report and "SQLite" in report
    assert re.search(r"Collection 1 \(album\): 5 photos, 5 people, 5 named", report)
    assert "5 folders (5 " in report and "Collection 3 (counter): 0 photos" in report
    assert "workers=3" in report and "notify_command=(set)" in report
    assert "Settings of collection 3:" in report
    for secret in secrets(house):
        assert secret not in report


@pytest.mark.logs_trouble
def test_nor_does_its_log(house: House) -> None:
    write_logs(house.paths.logs)
    logger = logging.getLogger("app.strange")
    handlers = list(logging.getLogger().handlers)
    try:
        for path, name in zip(FOLDERS, NAMES, strict=True):
            logger.warning("somebody is in %s", path)
            try:
                raise ValueError(f"{house.paths.data}/{path}: {name}")
            except ValueError:
                logger.exception("7 photos failed")
        file = house.paths.logs / "kinfolk.log"
        with file.open("a", encoding="utf-8") as stream:  # by whomever
            for path, name in zip(FOLDERS, NAMES, strict=True):
                stream.write(f"1 2 INFO app: {name} is in {house.paths.data.parent / path}\n")
                stream.write(f"1 2 DEBUG app: Geheimnis of {name}\n")
                stream.write(f"1 2 INFO app: {name.upper()} went to {path}\n")
        report = bug_report(house)
    finally:
        for handler in logging.getLogger().handlers[:]:
            if handler not in handlers or type(handler).__name__ == "PrivateHandler":
                logging.getLogger().removeHandler(handler)
                handler.close()
    log = report.partition("\nLog\n")[2]
    assert "7 photos failed" in log and "ValueError" in log and "test_bug_report.py:" in log
    for secret in secrets(house):
        assert secret not in report and secret.upper() not in log


words = st.text(st.characters(categories=("L", "N")), min_size=2, max_size=12)
parts = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="/\\\n\r\x85\u2028\u2029"),
    min_size=3, max_size=20,
).filter(lambda text: text.strip(". ") == text)  # fmt: skip


@given(
    names=st.lists(words, min_size=1, max_size=3), folders=st.lists(parts, min_size=1, max_size=4),
    is_windows=st.booleans(),
)  # fmt: skip
def test_nothing_is_left_of_any_name_and_path(
    names: list[str], folders: list[str], is_windows: bool
) -> None:
    path = "C:\\" + "\\".join(folders) if is_windows else "/" + "/".join(folders)
    beginning = "2026-11-30 13:50:33,993 ERROR app.indexing.looker: 3"
    line = f"{beginning} {' and '.join(names)} {path}"
    (told,) = sift(line, names)
    rest = told.removeprefix("2026-11-30 13:50:33,993 ERROR app.indexing.looker: 3")
    for secret in (*names, path, *folders):
        assert secret.casefold() not in rest.casefold().replace(" and ", " ")


def sift(line: str, names: list[str]) -> list[str]:
    """As if a log had just this line."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as place:
        file = Path(place) / "kinfolk.log"
        file.write_text(line + "\n", encoding="utf-8")
        return log_lines(file, names)


def test_places_in_the_code_stay_and_only_the_end_of_a_long_log_is_told(tmp_path: Path) -> None:
    file = tmp_path / "kinfolk.log"
    assert log_lines(file) == ["(none)"]
    lines = [f"2026-11-30 13:50:33,993 INFO app.x: {n} were looked at" for n in range(5000)]
    place = "  app/ui/guide/reader.py:91 in _typeset"
    file.write_text("\n".join([*lines, place, "builtins.RuntimeError"]) + "\n")
    told = log_lines(file, ["Anna", "Ben"])
    assert told[-2:] == [place, "builtins.RuntimeError"]
    assert len(told) < 100 and told[0].endswith("were looked at") and "4999" in told[-3]
