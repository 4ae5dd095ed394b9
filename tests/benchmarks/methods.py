"""Methods: every way to group by name, with the grid in which its best setting is looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks import kinfolk, rivals
from tests.benchmarks.dataset import Dataset, some_people
from tests.benchmarks.measures import score

Setting = dict[str, Any]

KINFOLK = "kinfolk"
MATRIX_FACES = 20_000
"""More than so many and a full matrix of 8-byte numbers does not fit: 3.2 GB, held twice."""
GRID_FACES = 5_000
"""The grid is gone through on at most so many; from its best it goes on by steps on all."""


@dataclass(frozen=True, slots=True)
class Method:
    """One way to group faces."""

    name: str
    run: Callable[..., NDArray[np.int64]]
    """Takes the data and a setting by keyword; gives (n,) labels, -1 for left alone."""
    grid: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Values of each parameter, in order; empty for a method that brings its own."""
    most_faces: int | None = None
    """It is left out for more than this."""

    def settings(self) -> Iterator[Setting]:
        """Every setting of the grid."""
        for values in product(*self.grid.values()):
            yield dict(zip(self.grid, values, strict=True))


def _cosines(least: float, most: float, step: float = 0.02) -> tuple[float, ...]:
    return tuple(np.round(np.arange(least, most + step / 2, step), 3).tolist())


METHODS = (
    Method(KINFOLK, kinfolk.group),
    Method("average-link", rivals.average_link, {"cosine": _cosines(0.2, 0.6, 0.01)}, MATRIX_FACES),
    Method(
        "dbscan", rivals.dbscan,
        {"cosine": _cosines(0.3, 0.76), "min_samples": (1, 2, 3, 4, 5)},
    ),
    Method(
        "hdbscan", rivals.hdbscan,
        {
            "min_cluster_size": (2, 3, 4, 5), "min_samples": (1, 2, 3, 4),
            "method": ("eom", "leaf"), "metric": ("euclidean", "cosine"),
        },
        MATRIX_FACES,
    ),
    Method("chinese-whispers", rivals.chinese_whispers, {"cosine": _cosines(0.3, 0.76, 0.01)}),
    Method(
        "arriving", rivals.arriving,
        {"cosine": _cosines(0.3, 0.76), "min_faces": (1, 2, 3), "sees": ("come", "all")},
    ),
)  # fmt: skip


def methods(names: list[str] | None = None) -> list[Method]:
    """Those named, or all, in the order of the table."""
    return [method for method in METHODS if not names or method.name in names]


def best_setting(method: Method, data: Dataset) -> Setting:
    """The setting with the best BCubed F1 on the data; of equals the first of the grid."""
    if not method.grid:
        return {}
    small = some_people(data, GRID_FACES, seed=0)
    best = max(method.settings(), key=lambda setting: _worth(method, small, setting))
    return best if small is data else _climb(method, data, best)


def _climb(method: Method, data: Dataset, setting: Setting) -> Setting:
    """Go to the best neighbour in the grid until none is better."""
    known = {_key(setting): _worth(method, data, setting)}
    while True:
        for near in _steps(method, setting):
            if _key(near) not in known:
                known[_key(near)] = _worth(method, data, near)
        best = max(known, key=lambda key: known[key])
        if known[best] <= known[_key(setting)]:
            return setting
        setting = dict(best)


def _steps(method: Method, setting: Setting) -> Iterator[Setting]:
    for name, values in method.grid.items():
        at = values.index(setting[name])
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(values):
                yield setting | {name: values[beside]}


def _key(setting: Setting) -> tuple[tuple[str, Any], ...]:
    return tuple(setting.items())


def _worth(method: Method, data: Dataset, setting: Setting) -> float:
    return score(data, method.run(data, **setting)).bcubed_f1
