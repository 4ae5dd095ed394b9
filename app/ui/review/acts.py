"""What can be done about a question, each as an act of the Review page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.indexing.suggestions import Suggestion
from app.library.rows import PersonRow
from app.ui import words
from app.ui.icons import Icons
from app.ui.review.answers import Answer
from app.ui.review.wording import can_be_named, short, tr
from app.ui.widgets.act import add_act, add_gap
from app.ui.widgets.menus import menu_text

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Works:
    """What each act does."""

    yes: Work
    no: Work
    skip: Work
    not_a_face: Work
    runner_up: Work
    someone_else: Work
    take_back: Work
    look: Work
    show_photo: Work
    show_all: Work
    why: Work
    ask_skipped: Work


class Acts:
    """The acts in the order of the menu."""

    def __init__(self, owner: QWidget, works: Works, icons: Icons) -> None:
        def act(text: str, work: Work, icon: str, *keys: str) -> QAction:
            made = add_act(owner, text, work, *keys)
            icons.put_on(made, icon)
            return made

        self.yes = act(tr("Yes"), works.yes, "check", "Y")
        self.no = act(tr("No"), works.no, "x", "N")
        self.skip = act(tr("Skip"), works.skip, "skip-forward", "S")
        self.not_a_face = act(tr("Not a face"), works.not_a_face, "ban", "X")
        self.runner_up = act(tr("The next likely person"), works.runner_up, "user-round-check", "O")
        self.someone_else = act(tr("Someone else…"), works.someone_else, "user-round-pen", "T")
        self.take_back = act(tr("Take back"), works.take_back, "undo-2", "Backspace")
        add_gap(owner)
        self.look = act(tr("Look at the whole photo"), works.look, "zoom-in", "C")
        self.show_photo = act(tr("Show photo"), works.show_photo, "images", "V")
        self.show_all = act(tr("Show all photos"), works.show_all, "users-round", "A")
        self.why = act(tr("Why?"), works.why, "circle-help", "W")
        add_gap(owner)
        self.ask_skipped = act(tr("Ask skipped ones again"), works.ask_skipped, "refresh-cw")

    def follow(
        self,
        asked: Suggestion | None,
        runner_up: PersonRow | None,
        answer: Answer | None,
        skipped: int,
    ) -> None:
        """Be as the question in sight allows."""
        is_asked = asked is not None
        for act in (self.yes, self.no, self.skip, self.not_a_face, self.look, self.show_photo):
            act.setEnabled(is_asked)
        for act in (self.show_all, self.why):
            act.setEnabled(is_asked)
        named = asked is not None and can_be_named(asked)
        self.someone_else.setEnabled(named)
        self.runner_up.setEnabled(named and runner_up is not None)
        text = tr("The next likely person")
        if runner_up is not None:
            who = short(runner_up.name)
            text = tr("Or {0}?").format(who) if who else tr("Or an unnamed person?")
        self.runner_up.setText(menu_text(text))
        other = "" if asked is None else short(asked.other.name)
        all_of = tr("Show all photos of {0}").format(other) if other else tr("Show all photos")
        self.show_all.setText(menu_text(all_of))
        self.take_back.setEnabled(answer is not None)
        self.ask_skipped.setEnabled(skipped > 0)
        again = tr("Ask skipped ones again")
        self.ask_skipped.setText(f"{again} ({words.number(skipped)})" if skipped else again)
