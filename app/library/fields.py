"""Fields: how paths, moments and arrays lie in the database."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee as pw

if TYPE_CHECKING:  # loaded with the first array: people are listed without
    from numpy.typing import NDArray


class PathField(pw.BlobField):
    """A path as the bytes the system knows it by: file names need not be text."""

    def db_value(self, value: Path | bytes | None) -> bytes | None:
        """Path to bytes."""
        return None if value is None else os.fsencode(value)

    def python_value(self, value: bytes | None) -> Path | None:
        """Bytes to Path."""
        return None if value is None else Path(os.fsdecode(value))


class MomentField(pw.FloatField):
    """A date and time without zone, as seconds since 1970 on that same clock."""

    def db_value(self, value: datetime | None) -> float | None:
        """Datetime to seconds."""
        return None if value is None else value.replace(tzinfo=UTC).timestamp()

    def python_value(self, value: float | None) -> datetime | None:
        """Seconds to datetime."""
        if value is None:
            return None
        return datetime.fromtimestamp(value, UTC).replace(tzinfo=None)


class ArrayField(pw.BlobField):
    """A flat array of one dtype; the reader knows its shape."""

    def __init__(self, dtype: str = "<f2", **options: Any) -> None:
        self.dtype = dtype
        super().__init__(**options)

    def db_value(self, value: NDArray[Any] | bytes | None) -> bytes | None:
        """Array to bytes."""
        if value is None or isinstance(value, bytes):
            return value
        import numpy as np

        return np.ascontiguousarray(value, dtype=self.dtype).tobytes()

    def python_value(self, value: bytes | None) -> NDArray[Any] | None:
        """Bytes to a read-only flat array."""
        if value is None:
            return None
        import numpy as np

        return np.frombuffer(value, dtype=self.dtype)


class JsonField(pw.TextField):
    """A JSON document."""

    def db_value(self, value: object) -> str:
        """Document to text."""
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def python_value(self, value: str | None) -> Any:
        """Text to document."""
        return None if value is None else json.loads(value)
