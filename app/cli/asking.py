"""suggestions, answer, why: what the machine would like to know, and why it thinks so."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli import shapes
from app.cli.output import Answer, table
from app.indexing.house import House
from app.indexing.suggestions import Reasons, Reply, Suggestion
from app.library.rows import PersonRow

Json = dict[str, Any]
SHOWN = 3
"""Faces named in a line of text; --json names all."""


def suggestions(house: House, arguments: argparse.Namespace) -> Answer:
    """List the questions worth answering, first those that settle most faces."""
    found = house.suggestions.ask(house.collection.id)
    shown = found[: arguments.max_results]
    faces = sum(asked.settles for asked in found)
    document = {
        "Suggestions": [_suggestion(asked) for asked in shown],
        "TotalCount": len(found),
        "FaceCount": faces,
    }
    rows = [
        (s.id, f"{s.reasons.probability:.0%}", s.sentence, f"{_some(s)} / {s.other.key}")
        for s in shown
    ]
    if not rows:
        return Answer(document, ["Nothing to ask."])
    left = f"{len(found)} questions, they settle {faces} faces. `kinfolk answer ID yes` or `no`."
    return Answer(document, [*table(rows), left])


def answer(house: House, arguments: argparse.Namespace) -> Answer:
    """Answer a question of `suggestions`; `undo` takes it back."""
    reply = Reply(arguments.reply)
    changes = house.suggestions.answer(house.collection.id, arguments.suggestion, reply)
    return Answer({"Done": changes.said}, [changes.said])


def why(house: House, arguments: argparse.Namespace) -> Answer:
    """Tell why a face is with its person, or whose it could be."""
    number = shapes.face_of(arguments.figure)
    told = house.suggestions.explain(house.collection.id, number)
    document = shapes.known({
        "FigureId": f"face-{told.face_id}",
        "PlacedBy": "user" if told.by_user else "machine",
        **_person("FigureCluster", told.person),
        **({} if told.reasons is None else _reasons(told.reasons)),
    })  # fmt: skip
    whose = "nobody yet" if told.person is None else _called(told.person)
    lines = [f"face-{told.face_id} is with {whose}" + (", as you said." if told.by_user else ".")]
    if told.reasons is not None:
        lines += _lines(told.reasons)
    return Answer(document, lines)


def _some(asked: Suggestion) -> str:
    """The faces meant, as far as they fit into a line."""
    more = " ..." if asked.settles > SHOWN else ""
    return " ".join(f"face-{face}" for face in asked.face_ids[:SHOWN]) + more


def _lines(reasons: Reasons) -> list[str]:
    near = ", ".join(f"face-{face} ({alike:.2f})" for face, alike in reasons.witnesses)
    lines = [f"It is this person with a probability of {reasons.probability:.0%}."]
    if near:
        lines.append(f"Most alike there: {near}.")
    if reasons.runner_up is not None:
        lines.append(
            f"Else it could be {_called(reasons.runner_up)}: "
            f"{reasons.runner_up_likeness:.2f} alike against {reasons.likeness:.2f}."
        )
    return lines


def _suggestion(asked: Suggestion) -> Json:
    return shapes.known({
        "SuggestionId": asked.id,
        "Kind": asked.asked.value,
        "Question": asked.sentence,
        "FigureIds": [f"face-{face}" for face in asked.face_ids],
        "Settles": asked.settles,
        **_person("FigureCluster", asked.person),
        **_person("OtherFigureCluster", asked.other),
        **_reasons(asked.reasons),
    })  # fmt: skip


def _reasons(reasons: Reasons) -> Json:
    return shapes.known({
        "Probability": round(reasons.probability, 4),
        "Likeness": round(reasons.likeness, 4),
        "Witnesses": [
            {"FigureId": f"face-{face}", "Similarity": round(alike, 4)}
            for face, alike in reasons.witnesses
        ],
        **_person("RunnerUp", reasons.runner_up),
        "RunnerUpLikeness": (
            None if reasons.runner_up is None else round(reasons.runner_up_likeness, 4)
        ),
    })  # fmt: skip


def _person(word: str, row: PersonRow | None) -> Json:
    return {} if row is None else {f"{word}Id": row.key, f"{word}Name": row.name}


def _called(row: PersonRow) -> str:
    return row.name or f"{row.key} ({row.photo_count} photos)"
