"""suggestions, answer, why: what the machine would like to know, and why it thinks so."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli import shapes
from app.cli.output import Answer, plain, table
from app.indexing.house import House
from app.indexing.suggestions import Explanation, Reasons, Reply, Suggestion
from app.library.queries.faces import photos_of_faces
from app.library.rows import PersonRow

Json = dict[str, Any]
SHOWN = 3
"""Faces named in a line of text; --json names all."""


def suggestions(house: House, arguments: argparse.Namespace) -> Answer:
    """List the questions worth answering, first those that settle most faces."""
    found = house.suggestions.ask(house.collection.id)
    shown = found[: arguments.max_results]
    faces = sum(asked.settles for asked in found)
    meant = [face for asked in shown for face in asked.face_ids]
    where = photos_of_faces(house.library, house.collection.id, meant)
    document = {
        "Suggestions": [_suggestion(asked, where) for asked in shown],
        "TotalCount": len(found),
        "FaceCount": faces,
    }
    rows = [
        (
            s.id,
            f"{s.reasons.probability:.0%}",
            s.sentence,
            f"{_some(s, where)} / {_called(s.other)}",
        )
        for s in shown
    ]
    if not rows:
        return Answer(document, ["Nothing to ask."])
    how = "`kinfolk answer ID yes`, `no` or `notface` answers one."
    return Answer(document, [*table(rows), f"{len(found)} questions about {faces} faces. {how}"])


def answer(house: House, arguments: argparse.Namespace) -> Answer:
    """Answer a question of `suggestions`; `undo` takes it back."""
    reply = Reply(arguments.reply)
    changes = house.suggestions.answer(house.collection.id, arguments.suggestion, reply)
    return Answer({"Done": changes.said}, [changes.said])


def why(house: House, arguments: argparse.Namespace) -> Answer:
    """Tell why a face is with its person, or whose it could be."""
    number = shapes.face_of(arguments.figure)
    told = house.suggestions.explain(house.collection.id, number)
    where = photos_of_faces(house.library, house.collection.id, [number])
    document = shapes.known({
        "FigureId": f"face-{told.face_id}",
        "URI": where[number].as_uri(),
        "PlacedBy": "user" if told.by_user else "machine",
        **_person("FigureCluster", told.person),
        **(_person("LikeliestFigureCluster", told.about) if told.person is None else {}),
        **({} if told.reasons is None else _reasons(told.reasons)),
    })  # fmt: skip
    whose = "nobody yet" if told.person is None else _called(told.person)
    by_user = ", as you said." if told.by_user else "."
    first = f"face-{told.face_id} in {plain(where[number])} is with {whose}{by_user}"
    return Answer(document, [first, *_lines(told)])


def _lines(told: Explanation) -> list[str]:
    reasons, about = told.reasons, told.about
    if reasons is None or about is None:
        return ["There is nobody to compare it with."]
    sure = f"{reasons.probability:.0%}"
    if told.person is None:
        lines = [f"Most likely it is {_called(about)}, with a probability of {sure}."]
    elif told.by_user:
        lines = [f"By its looks alone, the probability would be {sure}."]
    else:
        lines = [f"By its looks it belongs there with a probability of {sure}."]
    near = ", ".join(f"face-{face} ({alike:.2f})" for face, alike in reasons.witnesses)
    lines.append(f"Most alike there: {near}.")
    if reasons.runner_up is not None:
        lines.append(
            f"Else it could be {_called(reasons.runner_up)}: "
            f"{reasons.runner_up_likeness:.2f} alike against {reasons.likeness:.2f}."
        )
    return lines


def _row(asked: Suggestion, where: Mapping[int, Path]) -> tuple[str, ...]:
    sure = f"{asked.reasons.probability:.0%}"
    return asked.id, sure, asked.sentence, f"{_some(asked, where)} / {_called(asked.other)}"


def _some(asked: Suggestion, where: Mapping[int, Path]) -> str:
    """The faces meant, as far as they fit into a line, and the photo of the first."""
    more = " ..." if asked.settles > SHOWN else ""
    names = " ".join(f"face-{face}" for face in asked.face_ids[:SHOWN])
    return f"{names}{more} in {plain(where[asked.face_ids[0]])}"


def _suggestion(asked: Suggestion, where: Mapping[int, Path]) -> Json:
    return shapes.known({
        "SuggestionId": asked.id,
        "Kind": asked.asked.value,
        "Question": asked.sentence,
        "FigureIds": [f"face-{face}" for face in asked.face_ids],
        "URIs": [where[face].as_uri() for face in asked.face_ids],
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
