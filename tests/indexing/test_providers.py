"""What runs the models: tried in child processes, compared, chosen once, and left when it fails."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.errors import KnownError, ProviderError
from app.indexing import measuring, providers
from app.indexing.choices import Choices
from app.indexing.crew import DeadWorkerError
from app.indexing.events import Event, Troubled
from app.indexing.house import House
from app.indexing.measuring import PROCESSOR, Trial, is_alike, measure, providers_here
from app.indexing.providers import Measured, Providers, workers_on
from app.indexing.workers import WorkOrder
from app.library.queries.photos import counts
from app.library.rows import TaskState
from app.paths import Paths, resources
from app.progress import Cancelled
from app.settings import Settings
from tests.indexing import runtimes
from tests.indexing.conftest import finish

Open = Callable[..., House]
KEY = {"pack": "compact", "version": "1", "runtime": "onnxruntime 9", "device": "a computer"}


def nothing() -> None:
    """Nobody stops it."""


@pytest.fixture
def order(tmp_path: Path) -> WorkOrder:
    """What a worker has to know."""
    return WorkOrder(
        "compact", tmp_path / "models", resources(), tmp_path / "cache", 10**9, 400, 3000, 512, 440
    )


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets the child processes believe in graphics cards that behave so."""

    def believe(**behaviours: str) -> None:
        told = ",".join(f"{name}={how}" for name, how in behaviours.items())
        monkeypatch.setenv(runtimes.BEHAVIOURS, told)
        monkeypatch.setattr("app.indexing.workers._begin", runtimes.begin)
        monkeypatch.setattr(measuring, "present", runtimes.present)

    return believe


class Workbench:
    """A Providers whose measuring is a stand-in, with what was asked of it and told by it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.here = [PROCESSOR]
        self.speeds: dict[str, float | str] = {}
        self.asked: list[list[str]] = []
        self.looked = 0
        self.told: list[str] = []
        self.note = folder / "speed.json"
        monkeypatch.setattr(providers, "providers_here", self._look)
        monkeypatch.setattr(providers, "measure", self._measure)
        self.runtime, self.device = "onnxruntime 9", "a computer"
        monkeypatch.setattr(providers, "_runtime", lambda: self.runtime)
        monkeypatch.setattr(providers, "_device", lambda: self.device)

    def make(self, version: str = "1") -> Providers:
        """As at a start of the program."""
        order: Any = SimpleNamespace()
        return Providers(self.note, order, ("compact", version), self.told.append)

    def _look(self, _: object) -> list[str]:
        self.looked += 1
        return list(self.here)

    def _measure(
        self, _order: object, _count: int, names: list[str], _check: object
    ) -> list[Trial]:
        self.asked.append(list(names))
        found = []
        for name in [PROCESSOR, *names]:
            how = self.speeds[name]
            found.append(Trial(name, problem=how) if isinstance(how, str) else Trial(name, 2, how))
        return found


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    return Workbench(tmp_path, monkeypatch)


# -- choosing ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speeds", "best"),
    [
        ({}, "cpu"),
        ({"cuda": 13.1}, "cuda"),
        ({"cuda": 12.9}, "cpu"),
        ({"cuda": 40.0, "openvino": 41.0}, "openvino"),
        ({"cuda": 0.0, "coreml": 11.0}, "cpu"),
        ({"tensorrt": 100.0}, "cpu"),
        ({"tensorrt": 100.0, "directml": 20.0}, "directml"),
    ],
)
def test_the_fastest_wins_if_it_is_clearly_faster(speeds: dict[str, float], best: str) -> None:
    trials = [Trial("cpu", 4, 10.0)]
    trials += [
        Trial(name, 2, speed, "" if speed else "It crashes.") for name, speed in speeds.items()
    ]
    measured = Measured(KEY, tuple(one.provider for one in trials), tuple(trials))
    assert measured.best() == best
    assert measured.best(without=frozenset(speeds)) == "cpu"


def test_with_the_processor_alone_nothing_is_measured(bench: Workbench) -> None:
    assert bench.make().choose("auto", 2, nothing) == "cpu"
    assert bench.make().choose("auto", 2, nothing) == "cpu"
    assert (bench.looked, bench.asked) == (1, [])
    assert stat.S_IMODE(bench.note.stat().st_mode) == 0o600 or sys.platform == "win32"


def test_the_processor_is_chosen_without_a_look(bench: Workbench) -> None:
    assert bench.make().choose("cpu", 2, nothing) == "cpu"
    assert bench.looked == 0 and not bench.note.exists()


def test_it_is_measured_once_and_again_when_something_changes(bench: Workbench) -> None:
    bench.here = ["cuda", "directml", "cpu"]
    bench.speeds = {"cpu": 4.0, "cuda": 30.0, "directml": 12.0}
    for _ in range(2):
        chosen = bench.make()
        assert [chosen.choose("auto", 2, nothing) for _ in range(3)] == ["cuda"] * 3
    assert bench.asked == [["cuda", "directml"]]
    measured = bench.make().measured()
    assert measured is not None and measured.trial("cpu") == Trial("cpu", 2, 4.0)
    bench.speeds["cuda"] = 1.0
    assert bench.make(version="2").choose("auto", 2, nothing) == "directml"
    bench.runtime = "onnxruntime 10"
    assert bench.make(version="2").choose("auto", 2, nothing) == "directml"
    bench.device = "a computer with another card"
    assert bench.make(version="2").measured() is None
    assert bench.make(version="2").choose("auto", 2, nothing) == "directml"
    assert len(bench.asked) == 4


def test_the_user_has_it_measured_again(bench: Workbench) -> None:
    chosen = bench.make()
    assert chosen.choose("auto", 2, nothing) == "cpu"
    bench.here, bench.speeds = ["coreml", "cpu"], {"cpu": 5.0, "coreml": 9.0}
    measured = chosen.measure(2, nothing)
    assert measured.trial("coreml") == Trial("coreml", 2, 9.0) and measured.when
    assert chosen.choose("auto", 2, nothing) == bench.make().choose("auto", 2, nothing) == "coreml"


def test_a_note_that_nobody_understands_is_made_anew(bench: Workbench) -> None:
    for text in (
        "",
        "[]",
        '{"key": {}}',
        '{"key": {}, "here": [], "trials": [{"a": 1}], "when": ""}',
    ):
        bench.note.write_text(text)
        assert bench.make().choose("auto", 2, nothing) == "cpu"
        assert json.loads(bench.note.read_text())["here"] == ["cpu"]


def test_what_the_user_names_is_used_or_it_is_said_why_not(bench: Workbench) -> None:
    bench.here = ["cuda", "directml", "tensorrt", "cpu"]
    bench.speeds = {"cpu": 9.0, "cuda": 2.0, "directml": "It crashes.", "tensorrt": 80.0}
    chosen = bench.make()
    assert chosen.choose("cuda", 2, nothing) == "cuda", "slower, but the user wants it"
    assert chosen.choose("tensorrt", 2, nothing) == "tensorrt" and bench.told == []
    assert bench.asked == [["cuda", "directml"], ["cuda", "directml", "tensorrt"]]
    for _ in range(3):
        assert chosen.choose("directml", 2, nothing) == "cpu"
        assert chosen.choose("openvino", 2, nothing) == "cpu"
    assert bench.told == [
        "The models run on the processor, not on directml: It crashes.",
        "The models run on the processor, not on openvino: This onnxruntime does not come with it.",
    ]


def test_what_fails_later_is_left_and_told_once(bench: Workbench) -> None:
    bench.here, bench.speeds = ["cuda", "cpu"], {"cpu": 4.0, "cuda": 30.0}
    chosen = bench.make()
    assert chosen.choose("auto", 2, nothing) == "cuda"
    for _ in range(4):
        chosen.doubt("cuda", DeadWorkerError(-11))
    assert chosen.choose("auto", 2, nothing) == chosen.choose("cuda", 2, nothing) == "cpu"
    assert bench.told == ["Kinfolk goes on without cuda, which failed."]
    assert bench.make().choose("auto", 2, nothing) == "cuda", "it may have been the photo"
    again = bench.make()
    again.doubt("cuda", ProviderError("cuda failed: out of memory"))
    assert again.choose("auto", 2, nothing) == bench.make().choose("auto", 2, nothing) == "cpu"
    assert len(bench.asked) == 1
    again.measure(2, nothing)
    assert again.choose("auto", 2, nothing) == "cuda", "it is measured again, and works"


def test_where_nothing_can_be_measured_the_processor_works(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        bench.asked.append([])
        raise KnownError("There is no place for a photo to measure with: the disk is full.")

    monkeypatch.setattr(providers, "measure", refuse)
    bench.here = ["cuda", "cpu"]
    chosen = bench.make()
    assert [chosen.choose("auto", 2, nothing) for _ in range(3)] == ["cpu"] * 3
    assert len(bench.asked) == 1
    with pytest.raises(KnownError, match="disk is full"):
        chosen.measure(2, nothing)


def test_a_card_has_few_workers() -> None:
    assert [workers_on("cpu", count) for count in (1, 2, 16)] == [1, 2, 16]
    assert [workers_on("cuda", count) for count in (1, 2, 16)] == [1, 2, 2]


def test_the_computer_is_told_without_loading_an_engine() -> None:
    assert "onnxruntime" in providers._runtime() and "cores" in providers._device()


# -- comparing -----------------------------------------------------------------------------


def test_looks_are_alike_within_what_arithmetic_may_do() -> None:
    vector = np.zeros(512, np.float32)
    vector[0] = 1
    face = SimpleNamespace(x=0.2, y=0.2, w=0.1, h=0.2, score=0.8, embedding=vector)
    truth: Any = SimpleNamespace(faces=(face,))

    def seen(**changes: Any) -> Any:
        return SimpleNamespace(faces=(SimpleNamespace(**(vars(face) | changes)),))

    near, far, broken = vector.copy(), vector.copy(), np.full(512, np.nan, np.float32)
    near[1], far[1] = 0.02, 0.2
    near, far = near / np.linalg.norm(near), far / np.linalg.norm(far)
    assert is_alike(truth, seen()) and is_alike(truth, seen(embedding=near, x=0.2001, score=0.79))
    assert not is_alike(truth, seen(embedding=far))
    assert not is_alike(truth, seen(embedding=broken))
    assert not is_alike(truth, seen(x=0.22))
    assert not is_alike(truth, seen(score=0.7))
    assert not is_alike(truth, SimpleNamespace(faces=()))  # type: ignore[arg-type]


# -- measuring, with real models in real child processes -----------------------------------


def test_this_computer_is_measured(order: WorkOrder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "LOOKS_EACH", 2)
    assert PROCESSOR in providers_here(nothing)
    (trial,) = measure(order, 1, [], nothing)
    assert (trial.provider, trial.workers, trial.problem) == ("cpu", 1, "")
    assert trial.photos_per_second > 0
    assert not order.cache.exists(), "the library's own pictures are left alone"


PROGRAM = """
import sys
from pathlib import Path
from app.indexing import measuring
from app.indexing.providers import Providers
from app.indexing.workers import WorkOrder
from app.paths import resources

if __name__ == "__main__":
    measuring.LOOKS_EACH = 1
    place = Path(sys.argv[1])
    order = WorkOrder("compact", place, resources(), place, 10**9, 400, 3000, 512, 440)
    known = Providers(place / "speed.json", order, ("compact", "1"), print)
    assert known.choose("auto", 1, lambda: None) == "cpu"
    print(known.measure(1, lambda: None).trials[0].problem or "measured")
    print(sorted({"onnxruntime", "insightface", "cv2"} & set(sys.modules)))
"""


def test_the_process_that_has_it_measured_loads_no_engine(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, script, tmp_path],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == ["measured", "[]"], done.stderr


def test_every_kind_of_card_is_tried_and_none_does_harm(
    order: WorkOrder, cards: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "LOOKS_EACH", 1)
    monkeypatch.setattr(measuring, "limit_of", lambda name: 6.0 if name == "coreml" else 90.0)
    cards(
        cuda="well", directml="crashes", coreml="hangs", openvino="errs",
        migraphx="has-no-driver", qnn="refuses", webgpu="fails",
    )  # fmt: skip
    here = providers_here(nothing)
    assert here == ["cuda", "directml", "coreml", "openvino", "migraphx", "qnn", "webgpu", "cpu"]
    trials = {one.provider: one for one in measure(order, 1, here, nothing)}
    assert list(trials) == ["cpu", *here[:-1]]
    assert trials["cuda"].photos_per_second > 0 and trials["cpu"].photos_per_second > 0
    assert {name: one.problem for name, one in trials.items()} == {
        "cpu": "",
        "cuda": "",
        "directml": "It crashes.",
        "coreml": "It does not answer.",
        "openvino": "It sees something else than the processor.",
        "migraphx": "migraphx does not start: a driver or library of it is missing.",
        "qnn": "qnn cannot load the model detector.onnx: "
        "This model has an operator that it does not know.",
        "webgpu": "webgpu failed: CUDA failure 719: unspecified launch failure",
    }


def test_measuring_can_be_stopped(order: WorkOrder) -> None:
    asked: list[int] = []

    def stop() -> None:
        asked.append(1)
        if len(asked) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        measure(order, 1, [], stop)


# -- at work -------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["later-fails", "later-crashes", "later-hangs"])
def test_a_card_that_fails_at_work_costs_no_photo(
    how: str,
    open_house: Open,
    six_people: Path,
    cards: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Every look on the card fails once the work has begun; the processor does all of it."""
    cards(cuda=how)
    monkeypatch.setenv(runtimes.SIGN, str(tmp_path / "sign"))
    house = open_house(workers=2, photo_seconds=5 if how == "later-hangs" else 60)
    chosen = house.indexer.choices
    trials = (Trial("cpu", 2, 1.0), Trial("cuda", 2, 50.0))
    chosen.providers._keep(Measured(chosen.providers._key, ("cuda", "cpu"), trials))
    used: list[str] = []
    manner = chosen.manner

    def note(check: Callable[[], None]) -> tuple[WorkOrder, int]:
        found = manner(check)
        used.append(found[0].provider)
        return found

    monkeypatch.setattr(chosen, "manner", note)
    told: list[Event] = []
    house.indexer.subscribe(told.append)
    house.indexer.start(watch=False)
    (tmp_path / "sign").touch()
    row = finish(house, house.indexer.index(house.collection.id, [six_people]), 100)
    assert (row.state, row.result["Indexed"], row.result["Faces"]) == (TaskState.DONE, 4, 24)
    assert counts(house.library, house.collection.id).skipped == 0
    assert used[0] == "cuda" and used[-1] == "cpu"
    reasons = [event.reason for event in told if isinstance(event, Troubled)]
    assert len(reasons) == 1 and reasons[0].startswith("Kinfolk goes on without cuda, which failed")
    noted = json.loads(house.paths.speed.read_text())["trials"]
    problem = next(one["problem"] for one in noted if one["provider"] == "cuda")
    assert bool(problem) is (how == "later-fails"), "only what is sure is remembered"


def test_choices_tell_what_would_run_the_models(bench: Workbench, tmp_path: Path) -> None:
    paths = Paths.under(tmp_path)
    order = WorkOrder("compact", tmp_path, resources(), tmp_path / "c", 10**9, 400, 3000, 512, 440)
    Settings(workers=4).save(paths.settings)
    chosen = Choices(
        paths, Settings.load(paths.settings), order, ("compact", "1"), bench.told.append
    )
    assert (chosen.speed().provider, chosen.speed().measured) == ("", None)
    bench.here, bench.speeds = ["cuda", "cpu"], {"cpu": 4.0, "cuda": 30.0}
    speed = chosen.measure()
    assert (speed.provider, speed.workers, speed.is_gentle) == ("cuda", 2, False)
    heard: list[str] = []
    chosen.follow(lambda: heard.append(chosen.settings.provider))
    chosen.change("provider", "cpu")
    assert heard == ["cpu"] and Settings.load(paths.settings).provider == "cpu"
    assert (chosen.speed().provider, chosen.speed().workers) == ("cpu", 4)
    chosen.change("pace", "gentle")
    made, count = chosen.manner(nothing)
    assert made == replace(order, provider="cpu", is_gentle=True) and count == 1
    chosen.change("provider", "auto")
    chosen.change("pace", "full")
    made, count = chosen.manner(nothing)
    assert made == replace(order, provider="cuda") and count == 2
