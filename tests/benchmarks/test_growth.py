"""The benchmark of growth runs, and says what it measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.clustering import index as index_module
from tests.benchmarks import growth
from tests.benchmarks.growth import Album, compete, grow, main
from tests.benchmarks.synthetic import synthesise


def test_an_album_grows_by_what_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "EXACT", 300)
    data = synthesise(500, half=True)
    album = Album(data)
    for count in (400, 1, 99):
        album.add(count)
    assert len(album) == len(album.labels()) == 500
    assert growth.bcubed(data.people, album.labels())[2] > 0.9


def test_one_size_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SINGLE", 3)
    found = grow(400)
    assert found.faces == 400 and found.bcubed_f1 > 0.9 and found.groups > 30
    assert 0 < found.one <= found.one_worst and found.hundred > 0
    assert found.cpu_seconds > 0 and found.peak_megabytes > 20


def test_the_rival_runs_beside_it() -> None:
    found = compete(500)
    assert min(found.kinfolk, found.dbscan) > 0
    assert min(found.kinfolk_f1, found.dbscan_f1) > 0.85
    assert "metric=" in found.setting


def test_the_command_prints_a_line_for_each_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "_alone", lambda work, faces: work(faces))
    monkeypatch.setattr(growth, "SINGLE", 2)
    file = tmp_path / "numbers.json"
    assert main(["--faces", "100", "200", "--rival", "150", "--json", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["100", "200"]
    document = json.loads(file.read_text())
    assert [row["faces"] for row in document["growth"]] == [100, 200]
    assert document["rivalry"]["faces"] == 150
