"""Regrouping: what the settings say of who is a person holds for the groups there are, too.

[Note: Grouped with] With what the groups were made stands in a file beside the library, for each
model pack and collection. So a setting that was changed while no Kinfolk was running is followed at
the next start, and one that was tried out and taken back leads to no work.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.changes import Changes
from app.library.commands.founding import found_by
from app.library.database import FoundingRule, Library
from app.library.founding import rule_of
from app.library.queries.collections import collections
from app.paths import GROUPED
from app.private import write_private
from app.settings import Settings

logger = logging.getLogger(__name__)

_RULE = "founding"
_STRICTNESS = "strictness"


class Regrouping:
    """Knows with what settings the groups of a library were made; for any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.path.parent / GROUPED
        self._one_at_a_time = threading.Lock()

    def found(self, settings: Settings, counts: bool) -> Changes:
        """Let people be founded as the settings say from now on; with `counts` those who were
        counted by another rule are counted anew."""
        rule = rule_of(settings)
        self._library.founding = rule
        with self._one_at_a_time:
            note = self._read()
            if not counts or note.get(_RULE, asdict(FoundingRule())) == asdict(rule):
                return Changes()
            changes = found_by(self._library, rule)
            self._write({**note, _RULE: asdict(rule)})
            return changes

    def due(self, settings: Settings) -> list[int]:
        """The collections whose groups were made with another strictness."""
        known = self._read().get(_STRICTNESS, {}).get(settings.pack, {})
        return [
            row.id
            for row in collections(self._library)
            if known.get(str(row.id), 0) != settings.strictness
        ]

    def done(self, collection_id: int, settings: Settings) -> None:
        """All groups of a collection were made with these settings."""
        with self._one_at_a_time:
            note = self._read()
            packs = dict(note.get(_STRICTNESS, {}))
            known = {**packs.get(settings.pack, {}), str(collection_id): settings.strictness}
            packs[settings.pack] = {who: steps for who, steps in known.items() if steps}
            self._write({**note, _STRICTNESS: {pack: own for pack, own in packs.items() if own}})

    def _read(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            is_known = isinstance(found, dict) and all(
                isinstance(found.get(part, {}), dict) for part in (_RULE, _STRICTNESS)
            )
            return found if is_known else {}
        except (OSError, ValueError):
            return {}

    def _write(self, note: Mapping[str, Any]) -> None:
        wanted = {part: told for part, told in note.items() if told}
        if wanted == self._read():
            return
        try:
            write_private(self._file, json.dumps(wanted, indent=2))
        except OSError as error:  # it is followed once more at the next start
            logger.info("What the groups were made with was not noted: %s", error.strerror)
