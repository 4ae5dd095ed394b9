"""The seam to onnxruntime: nothing is told to anybody, and one thread is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import ModelError
from app.faces.session import open_session
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
