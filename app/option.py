"""Option: what there is to know of one thing that can be set, and what it may be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from app.errors import UsageError

Value = str | int | float

FOLDER = "folder"
"""The form of a text that names a folder, or none."""
SCALE = "scale"
"""The form of a whole number that is a step on a short scale, such as looser to stricter."""


def declared(
    default: Value,
    unit: str,
    sentence: str,
    choices: tuple[str, ...] = (),
    least: float = 0,
    most: float = math.inf,
    of_collection: bool = False,
    form: str = "",
    of_pack: bool = False,
) -> Any:
    """A field of a frozen record that is an option; see `Option`."""
    told = {
        "unit": unit, "sentence": sentence, "choices": choices, "least": least, "most": most,
        "of_collection": of_collection, "form": form, "of_pack": of_pack,
    }  # fmt: skip
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True)
class Option:
    """What there is to know of one option."""

    name: str
    kind: type[str] | type[int] | type[float]
    default: Value
    unit: str
    sentence: str
    choices: tuple[str, ...]
    """All that it may be; empty where that is not a matter of a list."""
    least: float
    """Of a number."""
    most: float
    of_collection: bool
    """Whether a collection may have a value of its own."""
    form: str = ""
    """Of a text: FOLDER; of a number: SCALE; empty for a plain one."""
    of_pack: bool = False
    """Whether every model pack has a value of its own: what was set for one says nothing of
    another, whose faces are alike in another way."""

    def value_of(self, written: object) -> Value:
        """The value that was written, in a file or by a user.

        Raises UsageError, in one line, when the option cannot be that.
        """
        if isinstance(written, str) and self.kind is str:
            if not self.choices or written in self.choices:
                return written
        elif isinstance(written, str | int | float) and self.kind is not str:
            number = _number(written)
            if number is not None and self.least <= number <= self.most:
                if self.kind is float:
                    return number
                if number == int(number):
                    return int(number)
        raise UsageError(f"The setting {self.name} cannot be {written}: it is {self.domain}.")

    @property
    def domain(self) -> str:
        """What it may be, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        if self.kind is str:
            return "a text"
        kind = "a whole number" if self.kind is int else "a number"
        if self.most != math.inf:
            return f"{kind} from {self.least:g} to {self.most:g}"
        return f"{kind} from {self.least:g} on"


def _number(written: str | int | float) -> float | None:
    try:
        number = float(written)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
