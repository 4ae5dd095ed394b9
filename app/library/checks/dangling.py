"""Dangling rows: those that point to a row that is not there, as the schema forbids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.library.anchors import read
from app.library.checks.check import Check
from app.library.models import MODELS, Decision, Face
from app.library.queries.shapes import chunks
from app.library.rows import Placed

_WORDS = {
    "collection": ("collection", "collections"),
    "folder": ("folder", "folders"),
    "photo": ("photo", "photos"),
    "person": ("person", "people"),
    "face": ("face", "faces"),
    "decision": ("word of the log", "words of the log"),
    "decisionface": ("face in a word of the log", "faces in words of the log"),
    "task": ("task", "tasks"),
    "taskskip": ("skipped file of a task", "skipped files of tasks"),
    "skippedquestion": ("skipped question", "skipped questions"),
    "alert": ("alert", "alerts"),
    "alertface": ("face of an alert", "faces of alerts"),
    "sighting": ("sighting", "sightings"),
    "expired": ("place of an erased face", "places of erased faces"),
    "visittotal": ("total of visits", "totals of visits"),
}


def dangling_checks() -> list[Check]:
    """A check for every way in which a row of one table points to one of another."""
    return [
        _check(model._meta.table_name, number, parent, column, on_delete)
        for model in MODELS
        for number, _, parent, column, _, _, on_delete, _ in read(
            f"PRAGMA foreign_key_list({model._meta.table_name})"
        )
        if (model, column) != (Decision, "target_id")  # the checks of the log know more of these
    ]


def _check(table: str, number: int, parent: str, column: str, on_delete: str) -> Check:
    def find() -> list[Any]:
        rows = read(f"PRAGMA foreign_key_check({table})")
        return [row[1] for row in rows if row[3] == number]

    one, many = _WORDS.get(table, (f"row of {table}", f"rows of {table}"))
    other = _WORDS.get(parent, (parent, parent))[0]

    def tell(count: int) -> str:
        return (
            f"1 {one} points to a {other} that is not there."
            if count == 1
            else f"{count} {many} point to a {other} that is not there."
        )

    return Check("database", find, tell, _mender(table, column, on_delete))


def _mender(table: str, column: str, on_delete: str) -> Callable[[list[Any]], None]:
    def each(statement: str, rows: list[Any]) -> None:
        for chunk in chunks(rows):
            read(statement.format(",".join("?" * len(chunk))), tuple(chunk))

    def remove(rows: list[Any]) -> None:
        if table == Decision._meta.table_name:
            each("UPDATE decision SET target_id = NULL WHERE target_id IN ({})", rows)
        each(f"DELETE FROM {table} WHERE rowid IN ({{}})", rows)

    def unset(rows: list[Any]) -> None:
        each(f"UPDATE {table} SET {column} = NULL WHERE rowid IN ({{}})", rows)

    if on_delete == "CASCADE":
        return remove
    return leave_nobody if table == Face._meta.table_name else unset


def leave_nobody(face_ids: list[int]) -> None:
    """Let these faces be with nobody, to be grouped anew."""
    for chunk in chunks(face_ids):
        Face.update(person=None, placed=Placed.MACHINE.value, confidence=None, grouped=False).where(
            Face.id.in_(chunk)
        ).execute()
