"""How packs are told of: what each is good for, how large and how fast, and what may be done."""

from __future__ import annotations

from datetime import UTC, datetime

from app.indexing.model_keeper import Fetching, Found
from app.indexing.model_packs import PackCard
from app.indexing.model_speed import PackSpeed
from app.ui import words
from app.ui.models.switching import SwitchState
from app.ui.sayings import translated
from app.ui.texts import Texts

tr = Texts("models")


def good_for(card: PackCard) -> str:
    """What a pack is good for, in a sentence."""
    told = {
        "compact": tr("Comes with Kinfolk: small and quick, and all of it is free to use."),
        "buffalo_l": tr(
            "Large, and the most accurate of its family: for faces that are hard to recognise."
        ),
        "buffalo_m": tr("Recognises people as buffalo_l does, and looks for faces more quickly."),
        "buffalo_s": tr("Quick, and less sure of people than buffalo_l; tells age and gender."),
        "buffalo_sc": tr("The smallest of its family: as buffalo_s, without age and gender."),
        "antelopev2": tr("The largest, and the slowest: trained on more people than the others."),
    }
    return told.get(card.choice, tr("Models of your own."))


def size(card: PackCard) -> str:
    """How much of the disk a pack takes, or how much would be fetched."""
    if not card.size:
        return ""
    if card.is_here:
        return words.size(card.size)
    return tr("{0} to download").format(words.size(card.size))


def licence(card: PackCard) -> str:
    """What a pack may be used for, in few words."""
    if card.allows_all_use:
        return tr("For every use")
    if card.offer is not None:
        return tr("Non-commercial research only")
    return tr("Its authors say what for")


def speed(found: PackSpeed | None) -> str:
    """How fast a pack is on this computer."""
    if found is None:
        return tr("Speed not measured yet")
    if found.per_second >= 1:
        count = round(found.per_second)
        return tr.counted("About 1 photo a second", "About {0} photos a second", count)
    return tr.counted(
        "About 1 photo a minute", "About {0} photos a minute", max(1, round(60 * found.per_second))
    )


def speed_details(found: PackSpeed) -> str:
    """Of what the speed is made."""
    return tr("{0} ms for a photo, and {1} ms for each face in it, one photo at a time.").format(
        words.number(round(found.photo_ms)), words.number(round(found.face_ms))
    )


def compared(found: PackSpeed | None, used: PackSpeed | None, name: str) -> str:
    """How fast a pack is beside the one in use, `name`; empty where that is not known."""
    if found is None or used is None or found is used:
        return ""
    times = found.usual_ms / max(used.usual_ms, 0.001)
    from PySide6.QtCore import QLocale

    if 0.9 <= times <= 1.1:
        return tr("as fast as {0}").format(name)
    if times > 1:
        return tr("takes {0} times as long as {1}").format(QLocale().toString(times, "f", 1), name)
    return tr("{0} times as fast as {1}").format(QLocale().toString(1 / times, "f", 1), name)


def come(done: int, total: int) -> str:
    """How far a download is."""
    if not total:
        return words.size(done)
    return tr("{0} of {1}").format(words.size(done), words.size(total))


def fetching(far: Fetching) -> str:
    """What a download does now."""
    if far.is_whole:
        return tr("Checking and unpacking…")
    told = come(far.done, far.total)
    if far.is_waiting:
        return tr("The connection was lost; trying again in a moment. {0} came.").format(told)
    return tr("Downloading: {0}").format(told)


def spoken(card: PackCard, state: str, fast: str) -> str:
    """All of a card, for those who hear it."""
    told = [good_for(card), size(card), licence(card), fast, translated(card.problem)]
    parts = [card.name, state, *told]
    return ". ".join(part.rstrip(".") for part in parts if part)


def unknown(found: Found) -> str:
    """What is asked before models are added that Kinfolk does not know."""
    models = ", ".join(found.contents.models)
    told = tr(
        "Kinfolk does not know these models. Whether they are good, and what their licence allows, "
        "is for you to know.\n\nModels: {0}"
    ).format(words.shown(models))
    if found.sum:
        told += "\n\n" + tr("SHA-256 of the archive, to be compared: {0}").format(found.sum)
    return told


def switching(state: SwitchState) -> str:
    """How far a switch is, in a sentence; empty where there is none."""
    if state.phase == "looking":
        return tr(
            "Switching to {0}: {1} of {2} photos looked at. Your album works with {3} until then."
        ).format(state.to, words.number(state.done), words.number(state.total), state.current)
    if state.phase == "none" and state.to:
        told = tr(
            "The switch to {0} was stopped: {1} of {2} photos looked at, and kept for a while."
        )
        return told.format(state.to, words.number(state.done), words.number(state.total))
    if state.phase == "ready":
        return tr("Switching to {0}: people are being put together.").format(state.to)
    if state.undo_to and state.undo_until is not None:
        until = state.undo_until
        until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
        day = words.day(until.astimezone().date(), datetime.now().astimezone().date())
        return tr("Your album works with {0}. Until {1} you can go back to {2} at once.").format(
            state.current, day, state.undo_to
        )
    if state.undo_to:
        return tr("Your album works with {0}. You can go back to {1} at once.").format(
            state.current, state.undo_to
        )
    return ""
