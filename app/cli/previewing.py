"""settings --preview: what a threshold would change, and nothing written."""

from __future__ import annotations

import argparse

from app.cli.output import Answer
from app.cli.shapes import Json
from app.errors import UsageError
from app.indexing.house import House
from app.indexing.preview_effect import (
    AlertsEffect,
    Effect,
    GroupsEffect,
    StrangersEffect,
    VisitsEffect,
)
from app.settings import option_named


def preview(house: House, arguments: argparse.Namespace) -> Answer:
    """Tell what a setting would change, of the library or of one collection."""
    if arguments.name is None or arguments.value is None:
        raise UsageError("Say which setting to preview, and what it would be.")
    option = option_named(arguments.name)
    of_one = house.collection.id if arguments.collection_name else None
    if of_one is not None and not option.of_collection:
        raise UsageError(f"The setting {option.name} is one of the library.")
    follows = of_one is not None and arguments.value == "library"
    value = None if follows else option.value_of(arguments.value)
    effect = house.previews.effect({option.name: value}, of_one)
    document: Json = {"Name": option.name, "Value": value, **_shape(effect)}
    return Answer({"Preview": document}, _lines(effect))


def _shape(effect: Effect) -> Json:
    shape: Json = {}
    if effect.groups is not None:
        shape |= _groups(effect.groups)
    if effect.alerts is not None:
        alerts = effect.alerts
        shape["Alerts"] = {
            "Days": alerts.days, "Files": alerts.photos, "Before": alerts.before,
            "After": alerts.after,
        }  # fmt: skip
    if effect.visits is not None:
        visits = effect.visits
        shape["Visits"] = {
            "Days": visits.days, "People": visits.people, "Before": visits.before,
            "After": visits.after,
        }  # fmt: skip
    if effect.strangers is not None:
        kept = effect.strangers
        shape["Strangers"] = {
            "Before": kept.before, "Faces": kept.faces, "FigureClusters": kept.people,
            "Files": kept.photos,
        }  # fmt: skip
    return shape | ({"Unused": True} if effect.unused else {})


def _groups(told: GroupsEffect) -> Json:
    return {
        "Faces": told.faces,
        "FacesJoined": told.joined,
        "FacesLeft": told.left,
        "FacesMoved": told.moved,
        "FigureClusters": {"Before": told.groups_before, "After": told.groups_after},
        "FigureClustersTouched": told.groups_touched,
        "NamedTouched": told.named_touched,
        "Cards": {
            "Before": told.people_before, "After": told.people_after, "Come": told.cards_come,
            "Go": told.cards_go,
        },
        "Examples": [
            {
                "FigureId": str(one.face_id), "Move": one.move.value, "Was": one.was,
                "Becomes": one.becomes,
            }
            for one in told.examples
        ],
    }  # fmt: skip


def _lines(effect: Effect) -> list[str]:
    lines = []
    if effect.groups is not None:
        lines += _groups_lines(effect.groups)
    for told, noun in ((effect.alerts, "alerts"), (effect.visits, "visits")):
        if told is not None:
            lines.append(_counts(told, noun))
    if effect.strangers is not None:
        lines.append(_strangers(effect.strangers))
    if effect.unused:
        lines.append("No collection makes use of this setting.")
    return [*lines, "Nothing was changed."]


def _groups_lines(told: GroupsEffect) -> list[str]:
    if told.is_none:
        return [f"None of {told.faces} faces and {told.groups_before} groups would change."]
    stay = "No face that was confirmed moves."
    elsewhere = (
        f"{told.joined} would join a group, {told.left} would be left alone and {told.moved} would "
        "go to another group."
    )
    come = f"{told.cards_come} come, {told.cards_go} go."
    return [
        f"People and groups: {told.groups_before} before, {told.groups_after} after.",
        f"Of {told.faces} faces {elsewhere}",
        f"Cards: {told.people_before} before, {told.people_after} after; {come}",
        f"{told.groups_touched} groups would change, {told.named_touched} with a name. {stay}",
    ]


def _counts(told: AlertsEffect | VisitsEffect, noun: str) -> str:
    return f"The last {told.days} days: {told.before} {noun} before, {told.after} after."


def _strangers(kept: StrangersEffect) -> str:
    return (
        f"At once {kept.faces} faces of strangers in {kept.photos} photos would be erased for good "
        f"({kept.before} with the setting as it is)."
    )
