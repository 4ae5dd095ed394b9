"""What a preview says: figures before and after, and what becomes of faces."""

from __future__ import annotations

from app.indexing.preview_effect import Effect, Example, GroupsEffect, Move
from app.ui.settings.wording import tr
from app.ui.texts import number


def figures(effect: Effect) -> list[tuple[str, str]]:
    """What is counted, and how much there is of it now and then."""
    found = []
    if effect.groups is not None and not effect.groups.is_none:
        told = effect.groups
        found += [
            (tr("People with a card"), _change(told.people_before, told.people_after)),
            (tr("Groups in all"), _change(told.groups_before, told.groups_after)),
        ]
        if told.faces_changed:
            found.append((tr("Faces that move"), number(told.faces_changed)))
    if effect.alerts is not None:
        days = effect.alerts.days
        title = tr.counted("Alerts in 1 day", "Alerts in {0} days", days)
        found.append((title, _change(effect.alerts.before, effect.alerts.after)))
    if effect.visits is not None:
        days = effect.visits.days
        title = tr.counted("Visits in 1 day", "Visits in {0} days", days)
        found.append((title, _change(effect.visits.before, effect.visits.after)))
    if effect.strangers is not None:
        found.append((tr("Faces erased for good"), number(effect.strangers.faces)))
    return found


def sentences(effect: Effect) -> list[str]:
    """What there is to say of it besides."""
    said = []
    if effect.groups is not None:
        said += _of_groups(effect.groups)
    if effect.alerts is not None:
        said.append(
            tr.counted(
                "The photo of that time is judged again, with whom the camera knows today.",
                "The {0} photos of that time are judged again, with whom the cameras know today.",
                effect.alerts.photos,
            )
        )
    if effect.visits is not None:
        said.append(
            tr.counted("1 person came in that time.", "{0} people came in that time.",
                       effect.visits.people)
        )  # fmt: skip
    if effect.strangers is not None:
        said.append(_of_strangers(effect.strangers.faces, effect.strangers.photos))
    if effect.unused:
        said.append(tr("No collection makes use of this now, so nothing would change."))
    return said


def caption(move: Move) -> str:
    """What would become of some faces that are shown."""
    return {
        Move.JOINS: tr("Come to a group"),
        Move.LEAVES: tr("Are left with nobody"),
        Move.MOVES: tr("Go to another group"),
        Move.CARD_COMES: tr("Get a card"),
        Move.CARD_GOES: tr("Lose their card"),
    }[move]


def told_of(example: Example) -> str:
    """One face that is shown, for those who hear the window or point at it."""
    nobody = tr("a group without a name")
    was, becomes = example.was or nobody, example.becomes or nobody
    if example.move is Move.JOINS:
        return tr("A face that would come to {0}").format(becomes)
    if example.move is Move.LEAVES:
        return tr("A face of {0} that would be with nobody").format(was)
    if example.move is Move.MOVES:
        return tr("A face that would go from {0} to {1}").format(was, becomes)
    if example.move is Move.CARD_COMES:
        return tr("Somebody who would get a card")
    return tr("Somebody who would be among those seen only a few times")


def _of_groups(told: GroupsEffect) -> list[str]:
    if told.is_none:
        return [
            tr.counted(
                "Nothing would change: the one face stays where it is.",
                "Nothing would change: all {0} faces stay where they are.",
                told.faces,
            )
        ]
    said = []
    if told.faces_changed:
        said.append(
            tr("{0} come to a group, {1} are left with nobody, {2} go to another group.").format(
                number(told.joined), number(told.left), number(told.moved)
            )
        )
        said.append(_of_named(told.named_touched))
    if told.cards_come or told.cards_go:
        said.append(
            tr("Cards that come: {0}. Cards that go: {1}; these stay among those seen only a few "
               "times.").format(number(told.cards_come), number(told.cards_go))
        )  # fmt: skip
    return said


def _of_named(count: int) -> str:
    if not count:
        return tr("Nobody with a name gains or loses a face.")
    return tr.counted(
        "1 person with a name gains or loses faces; those that you confirmed stay.",
        "{0} people with a name gain or lose faces; those that you confirmed stay.",
        count,
    )


def _of_strangers(faces: int, photos: int) -> str:
    if not faces:
        return tr("Nobody would be erased at once.")
    return tr.counted(
        "They are in 1 photo, which stays. This cannot be undone.",
        "They are in {0} photos, which stay. This cannot be undone.",
        photos,
    )


def _change(before: int, after: int) -> str:
    if before == after:
        return number(after)
    return tr("{0} → {1}").format(number(before), number(after))
