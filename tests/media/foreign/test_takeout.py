"""What Google Photos hands out beside a photo."""

from __future__ import annotations

import json

import pytest

from app.media.foreign.found import Origin
from app.media.foreign.takeout import file_of, names_in

DOCUMENT = {
    "title": "IMG_1.jpg",
    "description": "",
    "photoTakenTime": {"timestamp": "1546300800", "formatted": "1 Jan 2019, 00:00:00 UTC"},
    "people": [{"name": "Anna"}, {"name": " Ben  M "}, {"name": "Anna"}, {"name": ""}, {}, "x"],
}
LONG = "a-very-long-name-of-a-photo-that-somebody-gave-it-in-2019.jpg"


def test_people_are_named_without_places() -> None:
    found = names_in(json.dumps(DOCUMENT).encode())
    assert [(one.name, one.origin, one.readings) for one in found] == [
        ("Anna", Origin.TAKEOUT, ()), ("Ben M", Origin.TAKEOUT, ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"nonsense", b'{"people": [{"name": "Anna"}]}', b'{"title": 1, "people": 3}',
        b'"people"', b"[" * 5000 + b'"people"', b'{"title": "x", "people": [{"name": 7}]}',
    ],
)  # fmt: skip
def test_what_is_none_of_googles_names_nobody(data: bytes) -> None:
    assert names_in(data) == []


@pytest.mark.parametrize(
    ("photo", "file"),
    [
        ("IMG_1.jpg", "IMG_1.jpg.json"),
        ("IMG_1.JPG", "IMG_1.jpg.supplemental-metadata.json"),
        ("IMG_1.jpg", "IMG_1.jpg.suppl.json"),
        ("IMG_1(2).jpg", "IMG_1.jpg(2).json"),
        ("IMG_1(2).jpg", "IMG_1.jpg.supplemental-metadata(2).json"),
        (LONG, f"{LONG[:46]}.json"),
    ],
)
def test_a_file_is_about_the_photo_whose_name_it_has(photo: str, file: str) -> None:
    others = ["IMG_10.jpg.json", "IMG_1.png.json", "metadata.json", "IMG_1.jpg(3).json", "x.json"]
    assert file_of(photo, [*others, file]) == file


def test_no_other_photos_file_is_taken() -> None:
    assert file_of("IMG_1(1).jpg", ["IMG_1.jpg.json"]) is None
    assert file_of("IMG_1.jpg", ["IMG_1.jpg(1).json", "IMG_1.json", "IMG.json", ".json"]) is None
    assert file_of("a.jpg", ["a.jpg.supplemental-metadata.json.json"]) is None
