"""Query: the conditions of the cloud service's queries, read from JSON and made a condition of SQL.

What is asked becomes a tree of known fields, known operations and values; nothing of its text ever
becomes a part of a statement. A condition that a photo tells nothing about does not hold, so `not`
of it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import peewee as pw

from app.errors import UsageError
from app.library.fields import MomentField
from app.library.models import Face, Person, Photo
from app.library.queries.askable import FIGURES, Field, Kind, field
from app.library.queries.search import day_span

_MOST_CONDITIONS = 500
_DEEPEST = 12
"""SQLite's parser keeps at most a hundred open; a query by hand has three or four."""
_KEYS = {"Field", "Operation", "Value", "SubQueries"}
_COMPARISONS = {"eq": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_TEXTUAL = ("eq", "match", "prefix", "exist")
_ORDERED = (*_COMPARISONS, "exist")
_JOINTS = ("and", "or", "not", "nested")
"""Those of SubQueries; `nested` is about one face in which all of them meet."""
_NUMBER = re.compile(r"[+-]?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?", re.ASCII)
_TIME = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Condition:
    """One field held against a value."""

    field: Field
    operation: str
    value: Any
    """A text, a number, or for moments the first moment and the one after the last."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Conditions that are joined: and, or, not, nested."""

    operation: str
    parts: tuple[Query, ...]


Query = Condition | Joint


def read_query(document: object) -> Query:
    """The query that a JSON document describes.

    Raises UsageError, in one line, for what is none.
    """
    left = iter(range(_MOST_CONDITIONS))
    return _read(document, 0, left)


def holding(query: Query) -> Any:
    """The condition that a photo meets the query, for a statement about photos; the functions of
    `askable.teach` must be known."""
    if isinstance(query, Condition):
        return _in_a_face(_of(query)) if query.field.is_of_face else _of(query)
    if query.operation == "nested":
        return _in_a_face(_joined("and", [_within_a_face(part) for part in query.parts]))
    return _joined(query.operation, [holding(part) for part in query.parts])


def _within_a_face(query: Query) -> Any:
    if isinstance(query, Condition):
        return _of(query)
    return _joined(query.operation, [_within_a_face(part) for part in query.parts])


def _joined(operation: str, parts: list[Any]) -> Any:
    if operation == "not":
        return pw.NodeList((pw.SQL("NOT"), pw.EnclosedNodeList(parts)))
    # Side by side: pairs within pairs are too deep for SQLite.
    return pw.NodeList(parts, glue=f" {operation.upper()} ", parens=True)


def _in_a_face(condition: Any) -> Any:
    """The photo shows a face of which this holds."""
    there = Face.select(Face.photo).join(Person, pw.JOIN.LEFT_OUTER, on=(Face.person == Person.id))
    return Photo.id.in_(there.where(Face.is_face, condition))


def _of(condition: Condition) -> Any:
    """True or false, never NULL: `not` would make NULL of it again."""
    column, value = condition.field.column, condition.value
    match condition.operation:
        case "exist":
            return pw.Expression(column, "IS NOT", None)
        case "match":
            held = pw.fn.kinfolk_holds(column, _plainly(value))
        case "prefix":
            held = pw.fn.SUBSTR(column, 1, len(value)) == _plainly(value)
        case word if condition.field.kind in (Kind.MOMENT, Kind.INSTANT):
            held = _in_time(column, word, *value)
        case word:
            held = pw.Expression(column, _COMPARISONS[word], _plainly(value))
    return pw.fn.IFNULL(held, 0)


def _in_time(column: Any, word: str, first: Any, after: Any) -> Any:
    """A day, a minute, a second are as long as they are: `gt` is after all of it."""
    sign, edge = {"lt": ("<", first), "lte": ("<", after), "gt": (">=", after)}.get(
        word, (">=", first)
    )
    held = pw.Expression(column, sign, _plainly(edge))
    return held & pw.Expression(column, "<", _plainly(after)) if word == "eq" else held


def _plainly(value: Any) -> pw.Value:
    """Bound as it is, whatever the column beside it holds."""
    return pw.Value(value, converter=False, unpack=False)


def _read(document: object, depth: int, left: Iterator[int], of_face: bool = False) -> Query:
    if depth > _DEEPEST or next(left, None) is None:
        raise UsageError(
            f"The query is too long: it may have {_MOST_CONDITIONS} conditions, {_DEEPEST} deep."
        )
    if not isinstance(document, dict):
        raise UsageError('A query is an object such as {"Field":…,"Operation":…,"Value":…}.')
    unknown = sorted(document.keys() - _KEYS)
    if unknown:
        raise UsageError(f"A query has no “{unknown[0]}”; it has {', '.join(sorted(_KEYS))}.")
    operation = document.get("Operation")
    if not isinstance(operation, str) or operation not in (*_COMPARISONS, *_TEXTUAL, *_JOINTS):
        known = ", ".join((*_COMPARISONS, "match", "prefix", "exist", *_JOINTS))
        raise UsageError(f"There is no Operation “{operation}”; there are {known}.")
    if operation in _JOINTS:
        return _read_joint(document, operation, depth, left, of_face)
    return _read_condition(document, operation, of_face)


def _read_joint(
    document: dict[str, Any], operation: str, depth: int, left: Iterator[int], of_face: bool
) -> Joint:
    parts = document.get("SubQueries")
    is_nested = operation == "nested"
    if "Value" in document or document.get("Field", FIGURES) != FIGURES or (
        "Field" in document and not is_nested
    ):  # fmt: skip
        raise UsageError(f"“{operation}” takes SubQueries alone, no Field and no Value.")
    if not isinstance(parts, list) or not parts:
        raise UsageError(f"“{operation}” takes SubQueries: a list of one query or more.")
    if operation == "not" and len(parts) != 1:
        raise UsageError("“not” takes one query in its SubQueries; join several by and, or.")
    if is_nested and of_face:
        raise UsageError("“nested” is about one face already; it cannot be nested again.")
    within = of_face or is_nested
    return Joint(operation, tuple(_read(part, depth + 1, left, within) for part in parts))


def _read_condition(document: dict[str, Any], operation: str, of_face: bool) -> Condition:
    if "SubQueries" in document:
        raise UsageError(f"“{operation}” takes a Field and a Value, no SubQueries.")
    asked = field(document.get("Field"))
    if of_face and not asked.is_of_face:
        raise UsageError(f"“nested” is about a face: {asked.name} is not among its fields.")
    fitting = _TEXTUAL if asked.kind is Kind.TEXT else _ORDERED
    if operation not in fitting:
        raise UsageError(
            f"{asked.name} is {asked.kind.value}: it takes {', '.join(fitting)}, not {operation}."
        )
    if operation == "exist":
        if document.get("Value", True) not in (True, "true", ""):
            raise UsageError("“exist” takes no Value; what must not exist is put into “not”.")
        return Condition(asked, operation, None)
    if "Value" not in document:
        raise UsageError(f"The condition on {asked.name} has no Value.")
    return Condition(asked, operation, _VALUES[asked.kind](asked, document["Value"]))


def _text(asked: Field, value: object) -> str:
    if not isinstance(value, str):
        raise _wrong(asked, value)
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half of a pair of surrogates
        raise _wrong(asked, value.encode(errors="replace").decode()) from error
    return value


def _number(asked: Field, value: object) -> int | float:
    """The service writes its numbers as texts."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value) if re.search("[.eE]", value) else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise _wrong(asked, value)
    if isinstance(value, int) and abs(value) > _LARGEST:
        return _LARGEST if value > 0 else -_LARGEST
    return value


def _moment(asked: Field, value: object) -> tuple[float, float]:
    """In seconds, on the clock of the camera; a zone says nothing about that."""
    first, after = _span(asked, value)
    convert = MomentField().db_value
    seconds = (convert(first.replace(tzinfo=None)), convert(after.replace(tzinfo=None)))
    assert seconds[0] is not None and seconds[1] is not None
    return seconds[0], seconds[1]


def _instant(asked: Field, value: object) -> tuple[int, int]:
    """In nanoseconds since 1970; without a zone it is this computer's time."""
    try:
        first, after = (round(one.timestamp() * 1e6) * 1000 for one in _span(asked, value))
    except (OverflowError, ValueError, OSError) as error:  # year 1, where the zone goes below
        raise _wrong(asked, value) from error
    return max(first, -_LARGEST), min(after, _LARGEST)


def _span(asked: Field, value: object) -> tuple[datetime, datetime]:
    """The first moment of a year, month, day, minute or second, and the first after it."""
    if not isinstance(value, str):
        raise _wrong(asked, value)
    days = day_span(value)
    try:
        if days is not None:
            first = datetime(days[0].year, days[0].month, days[0].day)
            last, length = datetime(days[1].year, days[1].month, days[1].day), timedelta(1)
        else:
            time = _TIME.search(value)
            if time is None:
                raise _wrong(asked, value)
            first = last = datetime.fromisoformat(value.strip())
            length = _length(time)
    except ValueError as error:
        raise _wrong(asked, value) from error
    try:
        return first, last + length
    except OverflowError:  # the last day of the year 9999
        return first, datetime.max.replace(tzinfo=last.tzinfo)


def _length(time: re.Match[str]) -> timedelta:
    if time[2] is not None:
        return timedelta(milliseconds=1)
    return timedelta(minutes=1) if time[1] is None else timedelta(seconds=1)


_VALUES: dict[Kind, Callable[[Field, object], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MOMENT: _moment,
    Kind.INSTANT: _instant,
}
_EXAMPLES = {
    Kind.TEXT: "“…”",
    Kind.NUMBER: "12 or 0.5",
    Kind.MOMENT: "2019, 2019-06-14 or 2019-06-14T12:30:00",
    Kind.INSTANT: "2019, 2019-06-14 or 2019-06-14T12:30:00",
}


def _wrong(asked: Field, value: object) -> UsageError:
    what = f"{asked.name} is {asked.kind.value}, such as {_EXAMPLES[asked.kind]}"
    return UsageError(f"{what}; “{_short(value)}” is none.")


def _short(value: object) -> str:
    told = " ".join(str(value).split())
    return told if len(told) <= 40 else told[:39] + "…"
