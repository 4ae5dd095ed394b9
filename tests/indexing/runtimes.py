"""A runtime that says it has graphics cards, put in the one place where onnxruntime is asked.

In a module of its own, for child processes import it. What runs the models in truth is the
processor; what each card does instead is said in the environment, as `name=behaviour,...`.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from app.faces import session
from app.indexing import workers

BEHAVIOURS = "KINFOLK_TEST_CARDS"
SIGN = "KINFOLK_TEST_SIGN"
"""A file; once it is there, what "later" says happens, at the next look."""


class Card:
    """A session of onnxruntime on a card that behaves in its own way."""

    def __init__(self, real: Any, official: str, behaviour: str) -> None:
        self._real = real
        self._official = official
        self._behaviour = behaviour
        self.may_fall_back = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def get_providers(self) -> list[str]:
        """Where it runs; one whose driver is missing fell back without a word."""
        is_there = self._behaviour != "has-no-driver"
        return [self._official, "CPUExecutionProvider"] if is_there else ["CPUExecutionProvider"]

    def disable_fallback(self) -> None:
        """Raise errors."""
        self.may_fall_back = False

    def run(self, names: Any, feed: Any) -> Any:
        """As the processor, or as the card behaves."""
        sign = os.environ.get(SIGN)
        is_later = _has_begun and sign is not None and Path(sign).exists()
        behaviour = self._behaviour
        if behaviour.startswith("later-"):
            behaviour = behaviour.removeprefix("later-") if is_later else "well"
        if behaviour == "crashes":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif behaviour == "hangs":
            time.sleep(600)
        elif behaviour == "fails" and not self.may_fall_back:
            raise _fail("CUDA failure 719: unspecified launch failure")
        values = self._real.run(names, feed)
        if behaviour == "errs":
            values = [value[..., ::-1].copy() for value in values]
        return values


class Runtime:
    """onnxruntime with cards."""

    def __init__(self, behaviours: dict[str, str]) -> None:
        import onnxruntime

        self._real = onnxruntime
        self._cards = {session._NAMES[name]: how for name, how in behaviours.items()}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def get_available_providers(self) -> list[str]:
        """What the real one has, and the cards."""
        return [*self._cards, "AzureExecutionProvider", "CPUExecutionProvider"]

    def InferenceSession(  # noqa: N802
        self, content: bytes, options: Any, providers: list[Any], enable_fallback: int
    ) -> Any:
        """A model on the processor or a card."""
        assert enable_fallback == 0
        names = [one if isinstance(one, str) else one[0] for one in providers]
        assert "AzureExecutionProvider" not in names
        real = self._real.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        if names == ["CPUExecutionProvider"]:
            return real
        if self._cards[names[0]] == "refuses":
            raise _fail("This model has an operator that it does not know.\nAnd more lines.")
        return Card(real, names[0], self._cards[names[0]])


def _fail(reason: str) -> Exception:
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    error: Exception = state.Fail(reason)
    return error


def install() -> None:
    """Let this process believe in the cards that the environment speaks of."""
    told = os.environ.get(BEHAVIOURS, "")
    made = Runtime(dict(one.split("=") for one in told.split(",") if one))
    session._runtime = lambda: made


def present() -> list[str]:
    """What could run the models on such a computer."""
    install()
    return session.present()


_begin = workers._begin
_has_begun = False


def begin(order: workers.WorkOrder) -> None:
    """A worker on such a computer."""
    global _has_begun
    install()
    _begin(order)
    _has_begun = True
