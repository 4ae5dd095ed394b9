"""Photos that show the same come to stand together, and no others do."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from app.changes import Changes
from app.indexing.alike import BURST_BITS, SAME_BITS, Index, bits_apart
from app.indexing.house import House
from app.indexing.stacking import Stacker
from app.library.commands.folders import add_folder, ensure_collection
from app.library.commands.photos import ScanResult, SeenFile, record_scan, store_look
from app.library.commands.stacks import make_top, stack_photos, take_out
from app.library.database import Library
from app.library.models import Photo
from app.library.queries.folders import pending_photos
from app.library.queries.photos import timeline
from app.library.rows import Look, NewFace
from app.media.likeness import appearance_of
from app.media.thumbnails import ThumbnailCache, encode_thumbnail
from app.settings import Settings
from tests.indexing.conftest import eventually, finish

NOON = datetime(2021, 6, 5, 12, 0, 0)
Box = tuple[float, float, float, float]
MIDDLE: Box = (0.4, 0.3, 0.2, 0.3)


def a_scene(seed: int, moved: int = 0) -> Image.Image:
    """What a camera sees that was moved by so many of 512 pixels."""
    random = np.random.default_rng(seed)
    rough = Image.fromarray(random.integers(0, 255, (6, 8, 3), np.uint8))
    fine = Image.fromarray(random.integers(0, 255, (210, 280, 3), np.uint8))
    size = (560, 420)
    whole = Image.blend(rough.resize(size, Image.Resampling.BICUBIC), fine.resize(size), 0.25)
    return whole.crop((24 + moved, 18 + moved, 24 + moved + 512, 18 + moved + 384))


def face(who: int, box: Box = MIDDLE, **known: object) -> NewFace:
    """A clear face of somebody, looking here with open eyes."""
    vector = np.random.default_rng(who).normal(size=512).astype(np.float32)
    told = NewFace(
        *box, landmarks=np.zeros((5, 2), np.float32), score=0.9,
        embedding=vector / np.linalg.norm(vector), quality=0.9, sharpness=0.8, pixels=400.0,
        pack="compact", pack_version="1", yaw=0.0, eyes="open", eyes_confidence=0.95,
    )  # fmt: skip
    return replace(told, **known)  # type: ignore[arg-type]


@dataclass
class Album:
    """A library, its small pictures, and who stacks them."""

    library: Library
    thumbnails: ThumbnailCache
    folder: Path
    collection_id: int
    folder_id: int
    settings: Settings = field(default_factory=Settings)
    told: list[Changes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stacker = Stacker(
            self.library, self.thumbnails, lambda _: self.settings, self.told.append
        )

    def add(
        self,
        picture: Image.Image,
        *faces: NewFace,
        seconds: float | None = None,
        **known: object,
    ) -> int:
        """A photo of this, taken so long after noon, or without a date; not yet stacked."""
        number = Photo.select().count()
        seen = SeenFile(self.folder / f"{number}.jpg", 10, 10)
        record_scan(self.library, self.collection_id, self.folder_id, ScanResult(added=[seen]))
        ((photo_id, _),) = pending_photos(self.library, self.collection_id)
        small = picture.copy()
        small.thumbnail((512, 512))
        pixels = np.asarray(small.convert("RGB"))
        seen_as = appearance_of(pixels)
        taken = NOON if seconds is None else NOON + timedelta(seconds=seconds)
        look = Look(
            fingerprint=f"print{number}", width=8 * picture.width, height=8 * picture.height,
            orientation=1, content_type="image/jpeg", taken=taken,
            taken_from="file" if seconds is None else "exif", camera="Box", colour=0,
            pack="compact", pack_version="1", faces=faces, likeness=seen_as.likeness,
            sharpness=seen_as.sharpness,
        )  # fmt: skip
        store_look(self.library, photo_id, replace(look, **known))  # type: ignore[arg-type]
        self.thumbnails.put_photo(f"print{number}", encode_thumbnail(pixels, 512))
        return photo_id

    def run(self) -> None:
        assert self.stacker.run(self.collection_id)

    def stacks(self) -> dict[int, set[int]]:
        """What stands under each top, with it."""
        found: dict[int, set[int]] = {}
        for one, top in Photo.select(Photo.id, Photo.stack).tuples():
            if top is not None:
                found.setdefault(top, set()).add(one)
        return found

    def are_together(self, *photos: int) -> bool:
        return {*photos} in self.stacks().values()


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    library = Library.open(tmp_path / "library.db")
    collection = ensure_collection(library, "Photos")
    folder = tmp_path / "pictures"
    folder.mkdir()
    row = add_folder(library, collection.id, folder)
    cache = ThumbnailCache(tmp_path / "cache", 10**9)
    yield Album(library, cache, folder, collection.id, row.id)
    assert library.problems() == []
    library.close()


# -- who stands together -----------------------------------------------------------------------


def test_a_burst_stands_together_and_what_was_taken_beside_it_does_not(album: Album) -> None:
    burst = [album.add(a_scene(1, n * 4), seconds=n) for n in range(4)]
    album.add(a_scene(2), seconds=2)
    album.run()
    assert album.are_together(*burst) and len(album.stacks()) == 1
    assert frozenset(burst) <= frozenset().union(*(one.photos for one in album.told))


def test_moments_that_are_minutes_apart_are_two(album: Album) -> None:
    """The camera was moved, so it is no version of the same picture."""
    for n in range(3):
        album.add(a_scene(1, n * 12), seconds=300 * n)
    album.run()
    assert not album.stacks()


def test_two_cameras_make_no_burst(album: Album) -> None:
    album.add(a_scene(1, 0), seconds=0)
    album.add(a_scene(1, 12), seconds=1, camera="Other")
    album.run()
    assert not album.stacks()


def test_the_time_of_a_file_makes_no_burst(album: Album) -> None:
    album.add(a_scene(1, 0))
    album.add(a_scene(1, 12))
    album.run()
    assert not album.stacks()


def recompressed(image: Image.Image) -> Image.Image:
    out = io.BytesIO()
    image.resize((256, 192)).save(out, "JPEG", quality=45)
    return Image.open(out)


@pytest.mark.parametrize(
    "changed",
    [
        recompressed,
        lambda image: ImageEnhance.Brightness(image).enhance(1.2),
        lambda image: image.convert("L"),
    ],
)
def test_a_version_stands_under_its_original_whenever_it_was_made(
    album: Album, changed: Callable[[Image.Image], Image.Image]
) -> None:
    original = album.add(a_scene(1), face(1), seconds=0)
    copy = album.add(changed(a_scene(1)), face(1), width=1600, height=1200)
    other = album.add(a_scene(2), face(1), seconds=5000)
    album.run()
    assert album.stacks() == {original: {original, copy}}
    assert [row.id for row in timeline(
        album.library, album.collection_id, is_folded=True
    )] == [other, original]  # fmt: skip


def test_the_version_of_a_shot_stands_with_its_burst_and_what_the_camera_wrote_is_on_top(
    album: Album,
) -> None:
    """The version is like none of the others, and brighter than its own shot."""
    burst = [album.add(a_scene(1, n * 8), face(1), seconds=n) for n in range(3)]
    bright = ImageEnhance.Contrast(a_scene(1, 16)).enhance(1.3)
    version = album.add(bright, face(1, sharpness=0.9))
    album.run()
    ((top, together),) = album.stacks().items()
    assert together == {*burst, version} and top in burst


def test_one_scene_hours_apart_with_other_people_in_it_is_two_photos(album: Album) -> None:
    album.add(a_scene(1), face(1), seconds=0)
    album.add(a_scene(1), face(2), seconds=9000)
    album.run()
    assert not album.stacks()


def test_somebody_who_left_is_seen_after_hours_and_forgiven_within_a_burst(album: Album) -> None:
    album.add(a_scene(1), face(1), seconds=0)
    album.add(a_scene(1), seconds=9000)
    album.run()
    assert not album.stacks()
    album.add(a_scene(3), face(1), seconds=20_000)
    album.add(a_scene(3, 4), seconds=20_002)
    album.run()
    assert len(album.stacks()) == 1


def test_within_a_burst_somebody_else_is_another_photo(album: Album) -> None:
    album.add(a_scene(1), face(1), seconds=0)
    album.add(a_scene(1, 4), face(2), seconds=2)
    album.run()
    assert not album.stacks()


def test_a_face_too_poor_to_say_who_it_is_contradicts_nothing(album: Album) -> None:
    album.add(a_scene(1), face(1), seconds=0)
    album.add(a_scene(1, 4), face(2, quality=0.1), seconds=2)
    album.run()
    assert len(album.stacks()) == 1


def test_a_portrait_is_no_version_of_a_landscape(album: Album) -> None:
    album.add(a_scene(1), seconds=0)
    album.add(a_scene(1), seconds=1, width=3072, height=4096)
    album.run()
    assert not album.stacks()


def test_a_stack_does_not_drift(album: Album) -> None:
    """Each is like the one before, the last nothing like the first."""
    steps = 12
    first, last = a_scene(1), a_scene(2)
    for n in range(steps + 1):
        album.add(Image.blend(first, last, n / steps), seconds=n / 4)
    album.run()
    rows = {row.id: row.likeness for row in Photo.select()}
    for top, everyone in album.stacks().items():
        shots = [one for one in everyone if bits_apart(rows[top], rows[one]) <= BURST_BITS]
        for one in everyone:  # a version of a shot comes along, and nothing comes along with that
            assert any(bits_apart(rows[one], rows[shot]) <= SAME_BITS for shot in shots)
    assert len(album.stacks()) > 1


# -- who is on top -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "flaw",
    [
        {"eyes": "close"},
        {"yaw": 55.0},
        {"sharpness": 0.1},
        {"box": (0.4, 0.0, 0.2, 0.3)},
    ],
)
def test_the_photo_without_a_flaw_is_on_top(album: Album, flaw: dict[str, object]) -> None:
    scene = a_scene(1)
    poor = dict(flaw)
    box = poor.pop("box", MIDDLE)
    with_flaw = album.add(scene, face(1, box, **poor), seconds=0)  # type: ignore[arg-type]
    best = album.add(scene, face(1), seconds=1)
    third = album.add(scene, face(1, box, **poor), seconds=2)  # type: ignore[arg-type]
    album.run()
    assert album.stacks() == {best: {with_flaw, best, third}}


def test_everybody_counts_for_the_top(album: Album) -> None:
    left, right = (0.2, 0.3, 0.2, 0.3), (0.6, 0.3, 0.2, 0.3)
    one = album.add(a_scene(1), face(1, left), face(2, right, eyes="close"), seconds=0)
    both = album.add(a_scene(1, 2), face(1, left), face(2, right), seconds=1)
    lacking = album.add(a_scene(1, 4), face(1, left), seconds=2)
    album.run()
    assert album.stacks() == {both: {one, both, lacking}}


def test_where_there_is_nobody_the_sharpest_is_on_top(album: Album) -> None:
    blurred = album.add(a_scene(1).filter(ImageFilter.GaussianBlur(3)), seconds=0)
    sharp = album.add(a_scene(1), seconds=1)
    album.run()
    assert album.stacks() == {sharp: {blurred, sharp}}


# -- as photos come and go ---------------------------------------------------------------------


def test_a_new_photo_joins_a_stack_and_comes_on_top_if_it_is_better(album: Album) -> None:
    first = album.add(a_scene(1), face(1, eyes="close"), seconds=0)
    second = album.add(a_scene(1, 2), face(1, eyes="close", sharpness=0.2), seconds=1)
    album.run()
    assert album.stacks() == {first: {first, second}}
    album.told.clear()
    third = album.add(a_scene(1, 4), face(1), seconds=3)
    album.run()
    assert album.stacks() == {third: {first, second, third}}
    assert album.told[-1].photos == {first, second, third}
    album.told.clear()
    album.run()
    assert not album.told, "there was nothing to do"


def test_in_any_order_the_same_photos_stand_together(album: Album) -> None:
    order = np.random.default_rng(3).permutation(8).tolist()
    photos = {}
    for n in order:
        photos[n] = album.add(a_scene(10 + n // 2, 3 * (n % 2)), seconds=20 * (n // 2) + n % 2)
        album.run()
    assert len(album.stacks()) == 4
    for n in range(4):
        assert album.are_together(photos[2 * n], photos[2 * n + 1])


def test_what_was_looked_at_by_an_earlier_version_is_seen_in_its_small_picture(
    album: Album,
) -> None:
    photos = [album.add(a_scene(1, n * 3), seconds=n) for n in range(3)]
    lost = album.add(a_scene(1), seconds=2)
    album.thumbnails.forget_photo(f"print{lost - 1}")
    film = album.add(a_scene(1), seconds=1, duration=12.0)
    Photo.update(likeness=None, sharpness=None).execute()
    assert album.stacker.run(album.collection_id, is_whole=False)
    assert not album.stacks()
    assert not album.stacker.run(album.collection_id, go_on=lambda: False)
    album.run()
    assert album.are_together(*photos)
    rows = {row.id: row for row in Photo.select()}
    assert rows[photos[0]].likeness is not None and 0 < rows[photos[0]].sharpness <= 1
    assert rows[lost].likeness is None and rows[lost].compared and rows[film].compared


def test_the_users_words_stand_against_what_photos_look_like(album: Album) -> None:
    burst = [album.add(a_scene(1, n * 3), face(1), seconds=n) for n in range(4)]
    other = album.add(a_scene(2), seconds=5000)
    album.run()
    (top,) = album.stacks()
    under = next(one for one in burst if one != top)
    make_top(album.library, [under])
    out = next(one for one in burst if one not in (top, under))
    take_out(album.library, [out])
    stack_photos(album.library, [top, other])
    everyone = {*burst, other} - {out}
    Photo.update(compared=False).execute()
    album.run()
    ((now, together),) = album.stacks().items()
    assert together == everyone and now == under
    # One more of the burst comes in and is better: whom the user chose stays on top.
    late = album.add(a_scene(1, 1), face(1, sharpness=1.0, eyes_confidence=1.0), seconds=4)
    album.run()
    assert album.stacks() == {under: {*everyone, late}}


def test_switched_off_they_stand_alone_and_switched_on_again_together(album: Album) -> None:
    burst = [album.add(a_scene(1, n * 3), seconds=n) for n in range(3)]
    album.run()
    album.settings = album.settings.but(stacks="off")
    album.run()
    assert not album.stacks() and album.told[-1].photos == {*burst}
    album.settings = album.settings.but(stacks="on")
    album.run()
    assert album.are_together(*burst)


# -- among very many ---------------------------------------------------------------------------


def test_the_index_finds_every_pair_that_differs_in_few_bits() -> None:
    random = np.random.default_rng(0)
    bits = random.integers(0, 2**64, 3000, np.uint64, endpoint=False)
    for n in range(0, 600, 2):  # pairs that differ in 0 to 12 places
        flips = random.choice(64, n // 2 % 13, replace=False)
        bits[n + 1] = bits[n] ^ np.bitwise_or.reduce(
            np.uint64(1) << flips.astype(np.uint64), initial=np.uint64(0)
        )
    rows = np.arange(0, 3000, 3)
    apart = np.bitwise_count(bits[rows][:, None] ^ bits[None, :])
    wanted = {(int(rows[a]), int(b)) for a, b in np.argwhere(apart <= SAME_BITS)}
    wanted -= {(a, b) for a, b in wanted if a == b}
    assert wanted and set(Index(bits).near(rows)) == wanted


def test_really_indexed_photos_are_stacked_when_the_task_is_done(
    open_house: Callable[..., House], six_people: Path
) -> None:
    house = open_house()
    house.indexer.start(watch=False)
    source = sorted(six_people.iterdir())[0]
    with Image.open(source) as image:
        whole = image.convert("RGB")
    whole.resize((whole.width // 2, whole.height // 2)).save(six_people / "sent.jpg", quality=60)
    finish(house, house.indexer.index(house.collection.id, [six_people]))
    rows = {row.path.name: row for row in Photo.select()}
    assert rows["sent.jpg"].likeness is not None
    assert rows["sent.jpg"].stack_id == rows[source.name].id == rows[source.name].stack_id


def test_a_setting_is_followed_while_the_window_is_open(
    open_house: Callable[..., House], six_people: Path
) -> None:
    house = open_house()
    with Image.open(sorted(six_people.iterdir())[0]) as image:
        image.convert("RGB").save(six_people / "again.jpg", quality=50)
    house.indexer.start()
    finish(house, house.indexer.index(house.collection.id, [six_people]))
    stacked = Photo.select().where(Photo.stack.is_null(False))
    eventually(lambda: stacked.count() > 1)
    house.indexer.choices.change("stacks", "off")
    eventually(lambda: stacked.count() == 0)
    house.indexer.choices.change("stacks", "on")
    eventually(lambda: stacked.count() > 1)
