"""The words in which a question, its answers and its reasons are put."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QLocale

from app.indexing.suggestions import Reply, Suggestion
from app.library.rows import PersonRow, PhotoRow, Placed
from app.ui import words
from app.ui.review.answers import Answer
from app.ui.review.sheet import Sheet
from app.ui.texts import Texts

tr = Texts("review")


def short(name: str) -> str:
    """A name cut so that it fits into a sentence or a button."""
    return name if len(name) <= 32 else f"{name[:30]}…"


def question(asked: Suggestion, person: PersonRow | None, other: PersonRow) -> str:
    """What is asked, in one short sentence."""
    name, is_one = short(other.name), asked.settles == 1
    if asked.doubts:
        if name and is_one:
            return tr("Does this face belong with {0}?").format(name)
        if name:
            return tr("Do these belong with {0}?").format(name)
        return tr("Are all of these the same person?")
    if person is not None and person.name and name:
        return tr("Are {0} and {1} the same person?").format(short(person.name), name)
    if name:
        return tr("Is this {0}?").format(name)
    return tr("Are these the same person?")


def can_be_named(asked: Suggestion) -> bool:
    """Whether it may be somebody else: two named people are who they are."""
    return asked.doubts or asked.person is None or not asked.person.name


def sure(asked: Suggestion) -> str:
    """How sure Kinfolk is, in words and a number."""
    p = asked.reasons.probability
    percent = min(99, max(1, round(100 * p)))
    if asked.doubts:
        text = tr("They look like someone else") if asked.settles > 1 else ""
        text = text or tr("It looks like someone else")
        return tr("{0} ({1} % sure)").format(text, words.number(100 - percent))
    return tr("{0} ({1} %)").format(_likely(p), words.number(percent))


def _likely(probability: float) -> str:
    if probability >= 0.97:
        return tr("Almost certainly")
    if probability >= 0.85:
        return tr("Very likely")
    if probability >= 0.6:
        return tr("Quite likely")
    return tr("Perhaps") if probability >= 0.35 else tr("Not likely, but worth a look")


def day(photo: PhotoRow | None) -> str:
    """The day a photo was taken, without the day of the week; the date of a file is not that."""
    if photo is None or photo.taken is None or not photo.is_dated:
        return tr("No date")
    taken = QDate(photo.taken.year, photo.taken.month, photo.taken.day)
    usual = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    return QLocale().toString(taken, re.sub(r"[\s,]*dddd[\s,]*", "", usual))


def span(photos: list[PhotoRow]) -> str:
    """The years in which some photos were taken."""
    years = sorted(
        photo.taken.year for photo in photos if photo.taken is not None and photo.is_dated
    )
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]} – {years[-1]}"


def left(count: int, faces: int) -> str:
    """How much is left to do."""
    many = tr.counted("1 question left", "{0} questions left", count)
    if faces == 1:
        return tr("{0}, it settles 1 face").format(many)
    if count == 1:
        return tr("{0}, it settles {1}").format(many, words.faces(faces))
    return tr("{0}, they settle {1}").format(many, _about(faces))


def _about(faces: int) -> str:
    if faces < 100:
        return words.faces(faces)
    step = 10 if faces < 1000 else 100
    return tr.counted("about 1 face", "about {0} faces", round(faces / step) * step)


def done(answer: Answer) -> str:
    """What was said last, in two or three words."""
    name = short(answer.asked.other.name)
    if answer.reply is None:
        return tr("Skipped")
    if answer.reply is Reply.NOT_A_FACE:
        return tr("Not a face") if answer.asked.settles == 1 else tr("Not faces")
    if answer.reply is Reply.YES:
        return f"✓ {name}" if name else tr("✓ The same person")
    if answer.reply is Reply.NO:
        return tr("Not {0}").format(name) if name else tr("Different people")
    if isinstance(answer.reply, str):
        return f"✓ {short(answer.reply)}"
    runner_up = answer.asked.reasons.runner_up
    return f"✓ {short(words.called(runner_up))}" if runner_up is not None else tr("Someone else")


def reasons(sheet: Sheet) -> str:
    """Why Kinfolk thinks so, in some sentences."""
    asked, found = sheet.asked, sheet.asked.reasons
    name = short(sheet.other.name) or tr("this person")
    percent = words.number(min(99, max(1, round(100 * found.probability))))
    said = [tr("Of 100 questions like this one, about {0} are answered with yes.").format(percent)]
    if asked.doubts:
        said = [tr("Only about {0} in 100 faces like these belong where they are.").format(percent)]
    if found.witnesses:
        best = max(alike for _, alike in found.witnesses)
        said.append(_resemblance(best).format(name))
    near = sheet.theirs[: len(found.witnesses)]
    confirmed = sum(1 for face in near if face.placed is Placed.USER)
    if confirmed:
        said.append(
            tr("{0} of the nearest {1} you placed yourself.").format(
                words.number(confirmed), words.faces(len(found.witnesses))
            )
        )
    if sheet.runner_up is not None:
        lead = found.likeness - found.runner_up_likeness
        who = short(sheet.runner_up.name) or tr("an unnamed person")
        if lead > 0.1:
            said.append(tr("{0} is next, but clearly less alike.").format(who))
        elif lead > 0:
            said.append(tr("{0} is nearly as alike.").format(who))
        else:
            said.append(tr("{0} is more alike still.").format(who))
    return " ".join(said)


def _resemblance(cosine: float) -> str:
    if cosine > 0.6:
        return tr("The nearest face of {0} is very much alike.")
    if cosine > 0.4:
        return tr("The nearest face of {0} is quite alike.")
    return tr("Even the nearest face of {0} is not very much alike.")
