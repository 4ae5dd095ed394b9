"""The dialog of settings: every option of the declared list. What is changed holds at once, but for
thresholds, of which it is told first what they would change."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from app.indexing.choices import Speed
from app.progress import Cancelled
from app.settings import OPTIONS, Option, Settings, Value
from app.ui.desk import Desk
from app.ui.settings import wording
from app.ui.settings.base_dialog import BaseDialog
from app.ui.settings.categories import by_category
from app.ui.settings.fields import Field, make_field
from app.ui.settings.frame import Frame, label
from app.ui.settings.presets import Presets
from app.ui.settings.provider_field import ProviderField
from app.ui.settings.scale_field import ScaleField
from app.ui.settings.wording import tr

_AGAIN = 5000
"""Milliseconds after which it is looked again how hard Kinfolk works: the mains may be back."""
LEFT_ALONE = ("pack", "export_folder")
"""What *Reset all* leaves: other models are another album to look through, and where photos were
exported last is no wish."""


class SettingsDialog(BaseDialog):
    """Shows the options and changes them; reading, writing and measuring run in the background."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._settings: Settings | None = None
        self._is_leaving = threading.Event()
        self.now = label("", "Secondary")
        super().__init__(desk, tr("Settings"), by_category(OPTIONS), None, parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_AGAIN)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self.finished.connect(self._leave)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._leave)
        desk.background.read(self, lambda: desk.choices().settings, self._show, self.refuse)

    @property
    def provider(self) -> ProviderField:
        """What looks for faces."""
        found = self.fields["provider"]
        assert isinstance(found, ProviderField)
        return found

    # -- putting together ------------------------------------------------------------------

    def make(self, option: Option) -> Frame:
        """The field of an option."""
        field = ProviderField(option) if option.name == "provider" else make_field(option)
        if isinstance(field, ProviderField):
            field.measure.clicked.connect(self._measure)
        if option.name == "pace":
            field.column.addSpacing(4)
            field.column.addWidget(self.now)
        return field

    def presets(self) -> QWidget:
        """Values of thresholds that go together."""
        made = Presets()
        made.chosen.connect(lambda values: self.trial.try_out(values, self.values_now()))
        return made

    def fill(self, name: str) -> None:
        """A field was made: show what is."""
        field = self.fields[name]
        assert isinstance(field, Field)
        field.setEnabled(False)  # until it is known what it is
        self._fill(field)
        if name in ("pace", "provider"):
            self._look()

    # -- showing ---------------------------------------------------------------------------

    def values_now(self) -> Mapping[str, Value | None]:
        """Every option as it is."""
        settings = self._settings
        return {} if settings is None else {one.name: value_of(settings, one) for one in OPTIONS}

    def show_all(self) -> None:
        """Show what is, and what is tried out."""
        for field in list(self.fields.values()):
            assert isinstance(field, Field)
            self._fill(field)
        self.reset_all.setEnabled(bool(self._changed()))

    def _fill(self, field: Field) -> None:
        if (settings := self._settings) is None:
            return
        option = field.option
        field.show_value(self._wanted(option))
        is_of_use = option.name != "group_minutes" or settings.group_when == "interval"
        field.setEnabled(is_of_use)
        is_changed = self._wanted(option) != option.default
        told = tr("Changed") if is_changed else ""
        if option.name in self.trial.values:
            told = tr("Not applied yet")
        field.show_state(told, is_changed)
        if isinstance(field, ScaleField):
            self._explain(field)

    def _show(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if before is not None and before.theme != settings.theme:
            self.desk.theme.choose(settings.theme)
        if before is not None and before.language != settings.language:
            self.desk.language.choose(settings.language)
        self.show_all()
        if before is None:
            self.begin()

    def _wanted(self, option: Option) -> Value:
        """What is shown: what is tried out, or else what is."""
        tried = self.trial.values.get(option.name)
        assert self._settings is not None
        return value_of(self._settings, option) if tried is None else tried

    def _explain(self, field: ScaleField) -> None:
        """How alike faces must be, in the numbers of the pack."""
        desk, steps = self.desk, field.slider.value()

        def tell(found: tuple[float, float]) -> None:
            if field.slider.value() == steps:
                field.explain(wording.alike(*found))

        desk.background.read(field, lambda: desk.previews().alike(steps), tell, field.explain)

    def _look(self) -> None:
        """See again how hard Kinfolk works, and what was measured."""
        if {"pace", "provider"} & self.fields.keys():
            desk = self.desk
            desk.background.read(
                self, lambda: desk.choices().speed(), self._show_speed, self.refuse
            )

    def _show_speed(self, speed: Speed) -> None:
        self.now.setText(wording.now(speed))
        self.provider.show_speed(speed)

    # -- changing --------------------------------------------------------------------------

    def change(self, values: Mapping[str, Value | None]) -> None:
        """Set these at once."""
        desk, known = self.desk, {n: v for n, v in values.items() if v is not None}
        names = list(known)

        def refuse(reason: str) -> None:
            self.refuse(reason)
            if len(names) == 1:
                self.fields[names[0]].complain(reason)

        desk.background.command(
            self, lambda: desk.choices().change_all(known), self._follow, refuse
        )

    def reset_one(self, name: str) -> None:
        """Let an option be as by default."""
        self.set_option(name, self.fields[name].option.default)

    def _changed(self) -> dict[str, Value | None]:
        """The options that are otherwise than by default, as they are."""
        now = self.values_now()
        return {
            one.name: now[one.name]
            for one in OPTIONS
            if one.name in now and now[one.name] != one.default and one.name not in LEFT_ALONE
        }

    def reset_everything(self) -> None:
        """Let all options be as by default; it can be taken back."""
        before = self._changed()
        defaults = {one.name: one.default for one in OPTIONS if one.name in before}
        self.trial.drop()
        self.change(defaults)
        self.offer_undo(tr("All settings are as by default."), before)

    def _follow(self, settings: Settings) -> None:
        self.say_saved()
        self._show(settings)
        self._look()

    def _measure(self) -> None:
        self.say("")
        self._timer.stop()
        self.provider.set_busy(True)
        desk, check = self.desk, self._check
        desk.background.read(
            self, lambda: desk.choices().measure(check), self._end_measuring, self._give_up
        )

    def _check(self) -> None:
        if self._is_leaving.is_set():
            raise Cancelled

    def _end_measuring(self, speed: Speed) -> None:
        self.provider.set_busy(False)
        self._timer.start()
        self._show_speed(speed)

    def _give_up(self, reason: str) -> None:
        self.provider.set_busy(False)
        self._timer.start()
        self.refuse(reason)
        self._look()

    def _leave(self) -> None:
        """Whatever is being measured is of no use any more."""
        self._is_leaving.set()


def value_of(settings: Settings, option: Option) -> Value:
    """What an option is."""
    found: Value = getattr(settings, option.name, option.default)
    return found
