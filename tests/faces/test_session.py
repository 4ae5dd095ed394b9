"""The seam to onnxruntime: nothing is told to anybody, and one thread is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.errors import ModelError, ProviderError
from app.faces import session
from app.faces.packs import open_pack
from app.faces.session import chain, failure, open_session, present, see_provider
from app.paths import resources

ROOT = Path(__file__).parents[2]
CODE = """
import os, socket, sys
del os.environ["ORT_DISABLE_TELEMETRY"]
asked = []
socket.getaddrinfo = lambda *names, **more: asked.append(names) or []
from pathlib import Path
from app.faces.session import open_session
import numpy as np
model = open_session(path := Path(sys.argv[1]), path.read_bytes())
model.run(np.zeros((1, 3, 64, 64), np.float32))
print(os.environ.get("ORT_DISABLE_TELEMETRY"), len(os.listdir("/proc/self/task")), asked)
"""


def test_the_runtime_writes_nothing_asks_nobody_and_takes_one_thread(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = os.environ | {"HOME": str(home), "OPENBLAS_NUM_THREADS": "1"}
    environment["ORT_DISABLE_TELEMETRY"] = "0"
    for name in [name for name in environment if name.startswith("XDG_")]:
        del environment[name]
    model = resources() / "models" / "compact" / "age.onnx"
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(model)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    flag, threads, asked = done.stdout.strip().split(maxsplit=2)
    assert (flag, asked) == ("1", "[]")
    if sys.platform == "linux":
        assert int(threads) <= 2
    assert list(home.rglob("*")) == []


def test_a_broken_model_says_which(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"broken\.onnx"):
        open_session(tmp_path / "broken.onnx", b"\x00")


OFFICIAL = [*session._NAMES.values(), "AzureExecutionProvider", "VitisAIExecutionProvider"]


def stand_in(monkeypatch: pytest.MonkeyPatch, *official: str) -> None:
    """A runtime with these providers."""
    runtime = SimpleNamespace(get_available_providers=lambda: list(official))
    monkeypatch.setattr(session, "_runtime", lambda: runtime)


def test_no_provider_is_used_that_sends_pictures_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "azure" not in present() and present()[-1] == "cpu"
    stand_in(monkeypatch, *reversed(OFFICIAL))
    assert present() == list(session._NAMES), "in our order, and only those we know"
    for name in present():
        told = [one if isinstance(one, str) else one[0] for one in chain(name)]
        assert told[0] == session._NAMES[name] and told[-1] == "CPUExecutionProvider"
        assert "AzureExecutionProvider" not in told


def test_a_provider_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    model = resources() / "models" / "compact" / "age.onnx"
    stand_in(monkeypatch, "AzureExecutionProvider", "CPUExecutionProvider")
    for name in ("cuda", "azure", "AzureExecutionProvider"):
        with pytest.raises(ProviderError, match="does not come with"):
            chain(name)
    monkeypatch.undo()
    with pytest.raises(ProviderError, match="does not come with coreml"):
        open_session(model, model.read_bytes(), "coreml")
    with pytest.raises(ProviderError, match="does not come with coreml"):
        open_pack("compact", Path("/nowhere"), resources(), "coreml")


def test_a_session_that_fell_back_silently_is_refused() -> None:
    asked: list[str] = []
    there = SimpleNamespace(
        get_providers=lambda: ["CPUExecutionProvider"],
        disable_fallback=lambda: asked.append("no fallback"),
    )
    see_provider(there, "cpu")
    with pytest.raises(ProviderError, match="a driver or library of it is missing"):
        see_provider(there, "cuda")
    assert asked == []
    there.get_providers = lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    see_provider(there, "cuda")
    assert asked == ["no fallback"]


def test_whose_failure_it_was() -> None:
    kind = type("Fail", (Exception,), {"__module__": "onnxruntime.capi.state"})
    error = ValueError("outer")
    error.__cause__ = kind("CUDA failure 2: out of memory ; more\nand a trace")
    told = failure(error, "cuda")
    assert str(told) == "cuda failed: CUDA failure 2: out of memory ; more"
    assert failure(error, "cpu") is None and failure(ValueError("a bug"), "cuda") is None
    known = ProviderError("It is gone.")
    assert failure(known, "cuda") is known
