"""The settings of one collection: what of the library's it has otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.indexing.thresholds import PREVIEWED
from app.settings import OF_COLLECTION, OPTIONS, Option, Settings, Value
from app.ui.desk import Desk
from app.ui.settings.base_dialog import BaseDialog
from app.ui.settings.categories import by_category
from app.ui.settings.frame import Frame
from app.ui.settings.own_fields import OwnField, make_own_field
from app.ui.settings.presets import Presets
from app.ui.settings.wording import tr


class OwnSettingsDialog(BaseDialog):
    """Shows every option that a collection may have of its own."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        here = desk.collections.row(desk.album.collection_id)
        title = tr("Settings of “{0}”").format("" if here is None else here.name)
        self._known: tuple[Settings, Mapping[str, Any]] | None = None
        number = desk.album.collection_id
        super().__init__(desk, title, by_category(OF_COLLECTION), number, parent)
        self._read()

    def make(self, option: Option) -> Frame:
        """The field of an option."""
        return make_own_field(option)

    def presets(self) -> QWidget:
        """Values of thresholds that go together."""
        can = {option.name for option in OF_COLLECTION}
        made = Presets(tuple(one.name for one in OPTIONS if one.name not in can))
        made.chosen.connect(self._choose_preset)
        return made

    def fill(self, name: str) -> None:
        """A field was made: show what is."""
        field = self.fields[name]
        assert isinstance(field, OwnField)
        field.setEnabled(self._known is not None)
        self._fill(field)

    def show_all(self) -> None:
        """Show what is, and what is tried out."""
        for field in list(self.fields.values()):
            assert isinstance(field, OwnField)
            field.setEnabled(self._known is not None)
            self._fill(field)
        own = self.values_now().values()
        self.reset_all.setEnabled(any(value is not None for value in own))

    def values_now(self) -> Mapping[str, Value | None]:
        """What the collection has of its own; None for the others."""
        if self._known is None:
            return {}
        own = self._known[1]
        return {one.name: own.get(one.name) for one in OF_COLLECTION}

    def change(self, values: Mapping[str, Value | None]) -> None:
        """Set these at once."""
        names = list(values)

        def refuse(reason: str) -> None:
            self.refuse(reason)
            if len(names) == 1:
                self.fields[names[0]].complain(reason)

        self.desk.collections.set_all_own(self.desk, values, self._follow, refuse)

    def set_option(self, name: str, value: Value | None) -> None:
        """A value of its own that is the library's changes nothing, and needs no preview."""
        if self._known is not None and name in PREVIEWED:
            settings, own = self._known
            usual = getattr(settings, name)
            now, then = own.get(name), value
            if (usual if now is None else now) == (usual if then is None else then):
                self.say("")
                if name in self.trial.values:
                    self.trial.try_out({name: now}, self.values_now())
                if now != then:
                    self.change({name: then})
                return
        super().set_option(name, value)

    def reset_one(self, name: str) -> None:
        """Let an option be as the library has it."""
        self.set_option(name, None)

    def reset_everything(self) -> None:
        """Let all be as the library has it."""
        before = {name: own for name, own in self.values_now().items() if own is not None}
        self.trial.drop()
        self.offer_undo(tr("Everything is as the library has it."), before)
        self.change(dict.fromkeys(before))

    def _choose_preset(self, values: Mapping[str, Value]) -> None:
        self.trial.try_out(values, self.values_now())

    def _fill(self, field: OwnField) -> None:
        if self._known is None:
            return
        settings, own = self._known
        name = field.option.name
        shown = self.trial.values.get(name, own.get(name))
        field.show_value(getattr(settings, name), shown)
        told = tr("Its own") if shown is not None else ""
        if name in self.trial.values:
            told = tr("Not applied yet")
        field.show_state(told, shown is not None)

    def _read(self, then: Callable[[], None] = lambda: None) -> None:
        desk = self.desk
        number = desk.album.collection_id

        def work() -> tuple[Settings, Mapping[str, Any]]:
            return desk.choices().settings, desk.collections.own_of(number)

        def show(known: tuple[Settings, Mapping[str, Any]]) -> None:
            self._show(known)
            then()

        desk.background.read(self, work, show, self.refuse)

    def _show(self, known: tuple[Settings, Mapping[str, Any]]) -> None:
        is_first, self._known = self._known is None, known
        self.show_all()
        if is_first:
            self.begin()

    def _follow(self, _: Changes) -> None:
        self._read(self.say_saved)
