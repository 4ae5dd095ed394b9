"""Which kinds of background work there are, and how a task can stand."""

from __future__ import annotations

from enum import StrEnum


class TaskType(StrEnum):
    """What a task does."""

    INDEX = "index"
    CLUSTER = "cluster"
    REBUILD = "rebuild"
    """Grouping everything afresh."""
    BACKUP = "backup"
    RESTORE = "restore"
    ERASE = "erase"
    """Somebody is forgotten, or all face data goes."""
    REPAIR = "repair"
    """What the doctor mends."""
    EXPORT = "export"
    """Photos are copied into a folder."""
    IMPORT = "import"
    """Names that other programs wrote come in."""
    WRITE = "write"
    """Names are written into sidecars."""
    DOWNLOAD = "download"
    """A model pack is fetched."""
    SWITCH = "switch"
    """Another model pack looks at every photo, and then takes the place of the one in use."""

    @property
    def is_indexing(self) -> bool:
        """Whether only the one process does it that indexes the library."""
        return self in (
            TaskType.INDEX,
            TaskType.CLUSTER,
            TaskType.REBUILD,
            TaskType.SWITCH,
        )

    @property
    def is_of_library(self) -> bool:
        """Whether it is about the whole library, not about one collection."""
        return self in (
            TaskType.BACKUP, TaskType.RESTORE, TaskType.REPAIR, TaskType.DOWNLOAD, TaskType.SWITCH,
        )  # fmt: skip

    @property
    def can_cancel(self) -> bool:
        """Whether it can be ended early; what erases or replaces must be done to its end."""
        return self.is_indexing or self in (
            TaskType.BACKUP,
            TaskType.EXPORT,
            TaskType.IMPORT,
            TaskType.WRITE,
            TaskType.DOWNLOAD,
        )


class TaskState(StrEnum):
    """How a task stands. Every running task ends in one of the last four."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    """The program ended in the middle; the work itself is taken up again by the next task."""
