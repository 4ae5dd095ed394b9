"""The pipeline: what a worker has seen is stored, also when the user ends the work just then."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.changes import Changes
from app.indexing import pipeline
from app.indexing.events import Announcer
from app.indexing.pipeline import Pipeline
from app.library.rows import Look
from app.progress import Cancelled


def test_a_look_that_ends_as_the_work_is_cancelled_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be looked at once more at the next start."""
    stored: list[int] = []
    looks: list[Future[Look]] = []
    look_at_nothing = SimpleNamespace(fingerprint="", faces=(), content_type="image/jpeg")

    def store(_library: object, photo_id: int, _look: Look) -> Changes:
        stored.append(photo_id)
        return Changes()

    def look(*_: object) -> Future[Look]:
        looks.append(Future())
        looks[-1].set_running_or_notify_cancel()
        return looks[-1]

    def cancel_once_they_are_under_way() -> None:
        if looks:
            for future in looks:
                future.set_result(look_at_nothing)  # type: ignore[arg-type]
            raise Cancelled

    monkeypatch.setattr(pipeline, "store_look", store)
    monkeypatch.setattr(pipeline, "drawn_boxes", lambda *_: [])
    monkeypatch.setattr(pipeline, "keep_forgotten", lambda *_: None)
    token = SimpleNamespace(is_paused=False, check_cancelled=cancel_once_they_are_under_way)
    report: Any = SimpleNamespace(token=token, tell=lambda: None, looked=lambda _: None)
    nothing: Any = None
    work = Pipeline(
        nothing,
        Announcer(),
        lambda: SimpleNamespace(look=look),
        2,
        lambda _: None,
        nothing,  # type: ignore[arg-type, return-value]
    )
    with pytest.raises(Cancelled):
        work.run([(1, Path("a")), (2, Path("b"))], report)
    assert sorted(stored) == [1, 2]
