"""Questions: what Kinfolk would like to know, as the whole window sees it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.changes import Changes
from app.ui.album import Album
from app.ui.background import Background, Job
from app.ui.deeds import Deeds
from app.ui.review.answers import NO_WORD, PENDING, Answer, arranged, restored
from app.ui.review.asking import Asking

if TYPE_CHECKING:
    from app.indexing.suggestions import Reply, Suggestion

REMEMBERED = 200
"""Answers that can be taken back."""
_FEW = 3
"""Questions left: time to ask whether there are more."""
_MANY = 8
"""Answers since it was asked last: what was asked then is old."""

_NEVER = 1 << 62
"""No word has this number yet."""

Known = tuple[frozenset[str], list[int]]
"""Ids of moot questions, and the words that stand."""


class Questions(QObject):
    """The open questions, first what settles most; asked again when the grouping has changed."""

    changed = Signal()
    """The questions, how many there are, or what can be taken back."""

    def __init__(self, album: Album, deeds: Deeds, background: Background) -> None:
        super().__init__()
        self._album = album
        self._deeds = deeds
        self._background = background
        self._open: list[Suggestion] = []
        self._passed: list[Suggestion] = []
        self._unskipped: set[str] = set()
        """The ids of those that are wanted again; who asks just now may not have heard of it."""
        self._answers: list[Answer] = []
        self._taken: list[Answer] = []
        """Taken back: a redo says them again."""
        self._since: list[Answer] = []
        """Given since it was asked last: the questions that come home know nothing of them."""
        self._returning: set[str] = set()
        """Ids of questions whose answers are being taken back."""
        self._last = NO_WORD
        """The newest word that stands, as far as it matters here."""
        self._check: Job | None = None
        self._is_watched = False
        self.is_known = False
        """Whether it was asked to the end before."""
        self._asking = Asking(album, background)
        self._asking.setParent(self)
        self._asking.began.connect(self._begin)
        self._asking.found.connect(self._show)

    # -- what there is ---------------------------------------------------------------------

    @property
    def open(self) -> Sequence[Suggestion]:
        """The questions nobody has answered or skipped, in the order they are asked."""
        return self._open

    @property
    def skipped(self) -> Sequence[Suggestion]:
        """The questions that would be asked, had the user not passed over them."""
        return self._passed

    @property
    def settles(self) -> int:
        """How many faces the answers to all of them settle."""
        return len({face for asked in self._open for face in asked.face_ids})

    @property
    def settled(self) -> int:
        """How many faces were settled in this sitting."""
        said = (answer for answer in self._answers if not answer.is_skip)
        return len({face for answer in said for face in answer.asked.face_ids})

    @property
    def answered(self) -> int:
        """How many questions were answered or skipped in this sitting."""
        return len(self._answers)

    @property
    def is_asking(self) -> bool:
        """Whether it is being asked now."""
        return self._asking.is_under_way

    @property
    def last_answer(self) -> Answer | None:
        """What `take_back` would take back; None where something else was said since."""
        if not self._answers:
            return None
        last = self._answers[-1]
        return last if last.word <= 0 or last.word >= self._last else None

    def is_returning(self, asked: Suggestion) -> bool:
        """Whether its answer is just being taken back."""
        return asked.id in self._returning

    def about(self, person_id: int) -> list[Suggestion]:
        """The questions whether something is this person, first what settles most."""
        return [asked for asked in self._open if asked.other.id == person_id]

    # -- asking ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask anew."""
        self._asking.want()

    def watch(self, is_watched: bool) -> None:
        """Somebody looks at the first question, or does not any more."""
        self._is_watched = is_watched
        self._asking.watch(is_watched)

    def take_note(self, changes: Changes) -> None:
        """Something changed: close what became moot, and ask anew when the grouping is new."""
        if changes.people or changes.faces or changes.regrouped:
            self._look_again()
        if changes.regrouped:
            self._asking.want()
        elif changes and (len(self._open) <= _FEW or len(self._since) >= _MANY):
            self._asking.grow_old()

    def close(self) -> None:
        """Stop asking: the window closes."""
        self._asking.close()

    def _begin(self) -> None:
        self._since = [answer for answer in self._answers if answer.word == PENDING]
        self.changed.emit()

    def _show(self, fresh: list[Suggestion], passed: list[Suggestion]) -> None:
        self.is_known = True
        late = [one for one in passed if one.id in self._unskipped]
        self._unskipped = {one.id for one in late}
        fresh = [*fresh, *late]
        passed = [one for one in passed if one.id not in self._unskipped]
        skips = [answer.asked for answer in self._since if answer.is_skip]
        self._passed = list({one.id: one for one in (*passed, *skips)}.values())
        still = [one for one in fresh if not any(a.settles(one) for a in self._since)]
        self._open = arranged(self._open, still, self._is_watched)
        self.changed.emit()

    # -- answering -------------------------------------------------------------------------

    def answer(self, asked: Suggestion, reply: Reply, quiet: bool = False) -> None:
        """Say yes, no, or that it is no face; `quiet` where the page itself shows it."""
        self._say(asked, reply, quiet)

    def name(self, asked: Suggestion, who: int | str, quiet: bool = False) -> None:
        """Say who it is instead, by id or by name."""
        self._say(asked, who, quiet)

    def skip(self, asked: Suggestion) -> None:
        """Pass over it, until it is asked for again."""
        self._close(asked, None).word = NO_WORD
        self._passed.append(asked)
        self._unskipped.discard(asked.id)
        self._deeds.skip_question(asked.id)
        self.changed.emit()

    def ask_skipped(self) -> None:
        """Ask again what was passed over."""
        self._deeds.unskip_question()
        here = {one.id for one in self._open}
        self._open += [one for one in self._passed if one.id not in here]
        self._unskipped |= {one.id for one in self._passed}
        self._passed = []
        self._answers = [answer for answer in self._answers if not answer.is_skip]
        self._since = [answer for answer in self._since if not answer.is_skip]
        self._asking.restart()
        self.changed.emit()

    def take_back(self) -> None:
        """Take the last answer or skip back: its question is the first again."""
        answer = self.last_answer
        if answer is None:
            return
        self._reopen(answer)
        if answer.is_skip:
            self._passed = [one for one in self._passed if one.id != answer.asked.id]
            self._unskipped.add(answer.asked.id)
            self._deeds.unskip_question(answer.asked.id)
        else:
            self._returning.add(answer.asked.id)
            self._last = next((a.word for a in reversed(self._answers) if a.word > 0), NO_WORD)
            stay, heard = partial(self._stay, answer), partial(self._take, answer)
            self._deeds.take_back(lambda: answer.word, heard, stay)
        self.changed.emit()

    def _say(self, asked: Suggestion, reply: Reply | int | str, quiet: bool) -> None:
        answer = self._close(asked, reply)
        self._taken.clear()

        def note(word: int) -> None:
            answer.word = word

        refused = partial(self._refuse, answer)
        self._deeds.answer(asked, reply, note, refused, quiet)
        self.changed.emit()

    def _close(self, asked: Suggestion, reply: Reply | int | str | None) -> Answer:
        answer = Answer(asked, reply, tuple(self._open))
        answer.closed = frozenset(one.id for one in self._open if answer.settles(one))
        self._open = [one for one in self._open if one.id not in answer.closed]
        self._answers = [*self._answers, answer][-REMEMBERED:]
        self._since.append(answer)
        return answer

    def _reopen(self, answer: Answer) -> None:
        self._answers.remove(answer)
        self._since = [one for one in self._since if one is not answer]
        self._open = restored(self._open, answer)
        self._asking.restart()  # it would know nothing of what comes back

    def _take(self, answer: Answer) -> None:
        self._returning.discard(answer.asked.id)
        if answer.word > 0:
            self._taken.append(answer)

    def _stay(self, answer: Answer) -> None:
        self._returning.discard(answer.asked.id)
        self._open = [one for one in self._open if one.id not in answer.closed]
        self._answers.append(answer)
        self._look_again()
        self.changed.emit()

    def _refuse(self, answer: Answer) -> None:
        """The question comes back: as the next one, and not under the user's fingers."""
        if answer in self._answers:
            in_sight = self._open[:1]
            self._reopen(answer)
            self._open = [*in_sight, *(one for one in self._open if one not in in_sight)]
            self._look_again()
            self.changed.emit()

    # -- what was said elsewhere -----------------------------------------------------------

    def _look_again(self) -> None:
        if self._check is not None:
            self._check.drop()
        said = [answer for answer in (*self._answers, *self._taken) if answer.word > 0]
        since = min((answer.word for answer in said), default=_NEVER)
        read = partial(self._look, tuple(self._open), since)
        self._check = self._background.read(self, read, partial(self._learn, said))

    def _look(self, asked: Sequence[Suggestion], since: int) -> Known:
        return self._album.moot(asked), self._album.standing_words(since)

    def _learn(self, said: Sequence[Answer], known: Known) -> None:
        """`said` are the answers that were in the log when it was read."""
        moot, standing = known
        self._last = standing[-1] if standing else NO_WORD
        for answer in said:
            if answer in self._answers and answer.word not in standing:
                self._reopen(answer)
                self._taken.append(answer)
            elif answer in self._taken and answer.word in standing:
                self._taken.remove(answer)
                self._answers.append(answer)
                self._open = [one for one in self._open if one.id not in answer.closed]
        gone = moot - self._returning
        self._open = [one for one in self._open if one.id not in gone]
        self.changed.emit()
