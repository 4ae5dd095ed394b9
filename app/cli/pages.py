"""Pages of a long answer: a token names the last row shown, so pages stay right while the library
changes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from app.errors import UsageError

Row = TypeVar("Row")


def page(
    question: str,
    rows: Sequence[Row],
    place: Callable[[Row], list[Any]],
    limit: int | None,
    token: str | None,
) -> tuple[list[Row], str]:
    """At most `limit` of the sorted rows, after the one that `token` names, and the next token,
    empty on the last page. `place` gives what the rows are sorted by; `question` is a word for
    what was asked, so that a token of another question is told.

    Raises UsageError for a token that none of our answers gave, and for a limit below 1.
    """
    check_limit(limit)
    after = read_token(token, question) if token else None
    rest = [row for row in rows if after is None or place(row) > after]
    shown = rest[:limit]
    more = len(shown) < len(rest)
    return shown, write_token(question, place(shown[-1])) if more else ""


def check_limit(limit: int | None) -> None:
    """Raises UsageError for a limit below 1."""
    if limit is not None and limit < 1:
        raise UsageError("--max-results must be at least 1.")


def write_token(question: str, place: Sequence[object]) -> str:
    """A token that names where a page ended."""
    return base64.urlsafe_b64encode(json.dumps([question, *place]).encode()).decode()


def read_token(token: str, question: str) -> list[Any]:
    """Where the page of this question ended that the token was given with.

    Raises UsageError for a token that none of our answers gave, or one to another question.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(token.encode()))
        if not isinstance(values, list) or values[:1] != [question]:
            raise ValueError(token)
    except ValueError as error:
        raise UsageError(
            "That --next-token is not from an answer to this question; start again."
        ) from error
    return values[1:]
