"""Every small picture is looked at: what is damaged, or of nobody, goes; the forgotten first."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from app.indexing.picture_doctor import PictureDoctor, PictureHealth
from app.library.commands.folders import add_folder, create_collection, ensure_collection
from app.library.commands.forgetting import forget_person
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.database import Library
from app.library.queries.faces import faces_in_photo
from app.library.queries.folders import pending_photos
from app.library.queries.people import list_people
from app.media.thumbnails import ThumbnailCache
from tests.library.conftest import LEFT, RIGHT, a_face, a_look
from tests.library.placing import Placement, store_groups

HOUR = 3600


def picture() -> bytes:
    """A JPEG."""
    out = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((200, 150)).save(out, "JPEG")
    return out.getvalue()


class Cupboard:
    """Two photos of two people each, with all their pictures."""

    def __init__(self, folder: Path) -> None:
        self.library = Library.open(folder / "library.db")
        self.number = ensure_collection(self.library, "Photos").id
        (folder / "pictures").mkdir()
        self.folder = add_folder(self.library, self.number, folder / "pictures")
        self.cache = ThumbnailCache(folder / "cache", 10**9)
        self.prints = ("aa11", "bb22")
        self.ids = self.fill(self.number, self.folder.id, self.folder.path)

    def fill(self, number: int, folder_id: int, path: Path) -> list[int]:
        """Find and look at the photos."""
        seen = [SeenFile(path / f"{name}.jpg", 10, 10) for name in self.prints]
        record_scan(self.library, number, folder_id, ScanResult(added=seen))
        ids = [photo for photo, _ in pending_photos(self.library, number)]
        for photo, fingerprint in zip(ids, self.prints, strict=True):
            look = a_look(fingerprint, a_face(LEFT, photo), a_face(RIGHT, photo + 50))
            store_look(self.library, photo, look)
            self.cache.put_photo(fingerprint, picture())
            for box in (LEFT, RIGHT):
                self.cache.put_face(fingerprint, box, picture())
        return ids

    def look(self, *, repair: bool = False, is_alone: bool = True) -> PictureHealth:
        """Have the pictures looked at."""
        doctor = PictureDoctor(self.library, self.cache, repair=repair, is_alone=is_alone)
        return doctor.look(lambda *_: None)

    def files(self) -> dict[Path, tuple[bytes, int, int]]:
        """All that lies in the cache."""
        return {
            path: (path.read_bytes() if path.is_file() else b"", s.st_mode, s.st_mtime_ns)
            for path in self.cache.folder.rglob("*")
            if (s := path.lstat())
        }


@pytest.fixture
def cupboard(tmp_path: Path) -> Iterator[Cupboard]:
    """Tidy."""
    made = Cupboard(tmp_path)
    yield made
    made.library.close()


def _truncate(cupboard: Cupboard) -> None:
    path = cupboard.cache.photo_path("aa11")
    path.write_bytes(path.read_bytes()[:-40])


def _scramble(cupboard: Cupboard) -> None:
    path = cupboard.cache.face_path("aa11", LEFT)
    content = path.read_bytes()
    path.write_bytes(content[:200] + content[-2:])


def _empty(cupboard: Cupboard) -> None:
    cupboard.cache.face_path("bb22", LEFT).write_bytes(b"")


def _wrong_name(cupboard: Cupboard) -> None:
    path = cupboard.cache.face_path("bb22", LEFT)
    (path.parent / "somebody.txt").write_text("?")


def _wrong_shard(cupboard: Cupboard) -> None:
    path = cupboard.cache.photo_path("aa11")
    path.rename(cupboard.cache.photo_path("bb22").parent / path.name)


def _wrong_depth(cupboard: Cupboard) -> None:
    (cupboard.cache.folder / "faces" / "aa11.jpg").write_bytes(picture())


def _link(cupboard: Cupboard) -> None:
    target = cupboard.cache.folder.parent / "elsewhere"
    target.mkdir()
    (target / "family.jpg").write_bytes(picture())
    (cupboard.cache.folder / "photos" / "cc").symlink_to(target)


def _left_over(cupboard: Cupboard) -> None:
    path = cupboard.cache.photo_path("aa11").parent / "tmp123.new"
    path.write_bytes(b"half")
    path.chmod(0o600)


def _unknown_photo(cupboard: Cupboard) -> None:
    cupboard.cache.put_photo("cc33", picture())


def _unknown_face(cupboard: Cupboard) -> None:
    cupboard.cache.put_face("aa11", (0.4, 0.7, 0.1, 0.1), picture())


def _open(cupboard: Cupboard) -> None:
    cupboard.cache.photo_path("aa11").chmod(0o644)


def _open_folder(cupboard: Cupboard) -> None:
    cupboard.cache.photo_path("aa11").parent.chmod(0o755)


ILLS: dict[Callable[[Cupboard], None], str] = {
    _truncate: "1 small picture is damaged.",
    _scramble: "1 small picture is damaged.",
    _empty: "1 small picture is damaged.",
    _wrong_name: "1 file in the cache is no small picture that is ever looked for.",
    _wrong_shard: "1 file in the cache is no small picture that is ever looked for.",
    _wrong_depth: "1 file in the cache is no small picture that is ever looked for.",
    _link: "1 file in the cache is no small picture that is ever looked for.",
    _left_over: "1 small picture was never written to its end.",
    _unknown_photo: "1 small picture is of no photo or face that the library knows.",
    _unknown_face: "1 small picture is of no photo or face that the library knows.",
    _open: "1 small picture or its folder can be read by others.",
    _open_folder: "1 small picture or its folder can be read by others.",
}


@pytest.mark.parametrize("hurt", ILLS, ids=lambda hurt: hurt.__name__.strip("_"))
def test_what_is_wrong_is_told_and_set_right(
    cupboard: Cupboard, hurt: Callable[[Cupboard], None]
) -> None:
    assert cupboard.look() == PictureHealth([], 0)
    hurt(cupboard)
    before = cupboard.files()
    assert [one.problem for one in cupboard.look().findings] == [ILLS[hurt]]
    assert cupboard.files() == before, "to look changes nothing"
    (mended,) = cupboard.look(repair=True).findings
    assert mended.mended
    assert cupboard.look().findings == []
    assert cupboard.look().missing == 6 - len(
        [path for path in cupboard.files() if path.suffix == ".jpg"]
    )
    elsewhere = cupboard.cache.folder.parent / "elsewhere" / "family.jpg"
    assert hurt is not _link or elsewhere.exists(), "a link is not followed"


def test_other_makers_frame_the_same_face(cupboard: Cupboard) -> None:
    cupboard.cache.put_face("aa11", (0.12, 0.12, 0.2, 0.28), picture())
    assert cupboard.look().findings == []


def test_somebody_forgotten_must_not_be_there(cupboard: Cupboard) -> None:
    face = next(f for f in faces_in_photo(cupboard.library, cupboard.ids[0]) if f.box == LEFT)
    store_groups(cupboard.library, cupboard.number, [Placement(face.id, None, -1, 0.7)], 1)
    (person,) = list_people(cupboard.library, cupboard.number, include_hidden=True)
    forget_person(cupboard.library, person.id)
    cupboard.cache.put_face("aa11", (0.11, 0.1, 0.2, 0.3), picture())
    (found,) = cupboard.look().findings
    assert found.problem == "2 small pictures of people who were to be forgotten are still there."
    assert cupboard.look(repair=True).findings[0].mended
    assert cupboard.look() == PictureHealth([], 0)
    assert cupboard.cache.has_face("aa11", RIGHT)


def test_a_face_forgotten_here_and_known_in_another_collection_stays(cupboard: Cupboard) -> None:
    other = create_collection(cupboard.library, "Other")
    folder = add_folder(cupboard.library, other.id, cupboard.folder.path)
    cupboard.fill(other.id, folder.id, folder.path)
    face = next(f for f in faces_in_photo(cupboard.library, cupboard.ids[0]) if f.box == LEFT)
    store_groups(cupboard.library, cupboard.number, [Placement(face.id, None, -1, 0.7)], 1)
    (person,) = list_people(cupboard.library, cupboard.number, include_hidden=True)
    forget_person(cupboard.library, person.id)
    assert cupboard.look() == PictureHealth([], 0)


def test_what_is_being_made_is_left_alone(cupboard: Cupboard) -> None:
    _unknown_photo(cupboard)
    _left_over(cupboard)
    assert cupboard.look(is_alone=False).findings == []
    for path in cupboard.files():
        if path.is_file():
            os.utime(path, (1, path.stat().st_mtime - 2 * HOUR))
    assert len(cupboard.look(is_alone=False).findings) == 2


def test_missing_pictures_are_counted_and_no_damage(cupboard: Cupboard) -> None:
    cupboard.cache.forget_photo("aa11")
    assert cupboard.look() == PictureHealth([], 3)


def test_the_wish_to_stop_is_heard(cupboard: Cupboard) -> None:
    def stop(done: int, total: int) -> None:
        assert total == 6
        if done:
            raise KeyboardInterrupt

    doctor = PictureDoctor(cupboard.library, cupboard.cache, repair=True, is_alone=True)
    with pytest.raises(KeyboardInterrupt):
        doctor.look(stop)
