"""Every option, as it is written, read, refused and changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import KnownError, UsageError
from app.settings import OPTIONS, Settings, option_named


def test_every_option_says_what_it_is_and_may_be_its_default() -> None:
    assert {option.name for option in OPTIONS} == set(Settings.__slots__)
    for option in OPTIONS:
        assert option.sentence.endswith(".") and option.sentence[0].isupper(), option.name
        assert option.value_of(option.default) == option.default
        assert type(option.value_of(str(option.default))) is option.kind


def test_what_was_set_is_read_again_and_defaults_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings.change(path, "pace", "gentle")
    Settings.change(path, "workers", "3")
    changed = Settings.change(path, "hd_face_angle", 12)
    assert (changed.pace, changed.workers, changed.hd_face_angle) == ("gentle", 3, 12.0)
    assert Settings.load(path) == changed
    Settings.change(path, "workers", 0)
    assert json.loads(path.read_text()) == {"pace": "gentle", "hd_face_angle": 12.0}


def test_options_of_another_version_stay_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"colour_of_tomorrow": [1, 2]}')
    assert Settings.load(path) == Settings()
    Settings.change(path, "theme", "dark")
    assert json.loads(path.read_text()) == {"colour_of_tomorrow": [1, 2], "theme": "dark"}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("pace", "fast", "one of auto, full, gentle"),
        ("pace", 3, "one of auto, full, gentle"),
        ("provider", "AzureExecutionProvider", "one of auto, cpu, cuda, "),
        ("provider", "azure", "one of auto, cpu, cuda, "),
        ("workers", "two", "a whole number from 0 to 256"),
        ("workers", 2.5, "a whole number from 0 to 256"),
        ("workers", -1, "a whole number from 0 to 256"),
        ("workers", None, "a whole number from 0 to 256"),
        ("photo_seconds", "nan", "a whole number from 0 on"),
        ("photo_seconds", "inf", "a whole number from 0 on"),
        ("hd_face_quality", 1.1, "a number from 0 to 1"),
        ("pack", 7, "a text"),
    ],
)
def test_what_an_option_cannot_be_is_refused_in_one_line(
    name: str, value: object, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "settings.json"
    with pytest.raises(UsageError) as told:
        Settings.change(path, name, value)
    assert f"The setting {name} cannot be {value}: it is {reason}" in str(told.value)
    assert "\n" not in str(told.value) and not path.exists()
    path.write_text(json.dumps({name: value}))
    with pytest.raises(UsageError, match=r"settings\.json cannot be used .*mend or delete it"):
        Settings.load(path)
    assert Settings.change(path, name, option_named(name).default) == Settings(), "it is mended"


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for text in ("[]", "{", "3"):
        path.write_text(text)
        with pytest.raises(UsageError, match="mend or delete it"):
            Settings.load(path)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be written"):
        Settings.change(tmp_path / "nowhere" / "settings.json", "pace", "full")
