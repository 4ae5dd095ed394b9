"""Documents: tasks as the cloud service's JSON, for the command line and for notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.library.rows import TaskRow

Json = dict[str, Any]


def known(values: Json) -> Json:
    """Without what is not known: an attribute that cannot be told is absent, never invented."""
    return {name: value for name, value in values.items() if value is not None}


def moment(value: datetime | None) -> str | None:
    """A UTC moment of the library, in ISO 8601."""
    return None if value is None else value.isoformat(timespec="milliseconds") + "Z"


def task(row: TaskRow) -> Json:
    """A task."""
    return known({
        "TaskId": row.id,
        "TaskType": row.type.value,
        "Status": row.state.value,
        "Progress": row.percent,
        "Done": row.done,
        "Total": row.total,
        "CreateTime": moment(row.created),
        "StartTime": moment(row.started),
        "EndTime": moment(row.finished),
        "Message": row.error,
        "Error": row.error or None,
        "Result": row.result,
        "Skipped": [
            {"URI": skipped.path.as_uri(), "Error": skipped.error} for skipped in row.skipped
        ],
    })  # fmt: skip
