"""Changes: what a write touched, so that each screen decides for itself whether to refresh."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The row ids that one command touched, by kind."""

    people: frozenset[int] = field(default_factory=frozenset)
    photos: frozenset[int] = field(default_factory=frozenset)
    faces: frozenset[int] = field(default_factory=frozenset)
    folders: frozenset[int] = field(default_factory=frozenset)
    tasks: frozenset[str] = field(default_factory=frozenset)
    collections: frozenset[int] = field(default_factory=frozenset)
    """Those that were renamed, deleted or brought back."""
    alerts: frozenset[int] = field(default_factory=frozenset)
    """Collections whose cameras saw somebody, or of which an alert was answered or read."""
    regrouped: bool = False
    """True when a grouping run may have touched any person of a collection."""
    said: str = ""
    """What was done, in a sentence for the user; empty when there is nothing to say."""

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            people=self.people | other.people,
            photos=self.photos | other.photos,
            faces=self.faces | other.faces,
            folders=self.folders | other.folders,
            tasks=self.tasks | other.tasks,
            collections=self.collections | other.collections,
            alerts=self.alerts | other.alerts,
            regrouped=self.regrouped or other.regrouped,
            said=other.said or self.said,
        )

    def __bool__(self) -> bool:
        return self.regrouped or bool(
            self.people
            or self.photos
            or self.faces
            or self.folders
            or self.tasks
            or self.collections
            or self.alerts
        )
