"""Wiring: what each action of the window does, and who hears the news."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.ui.activity.endings import Endings
from app.ui.bridge import Bridge
from app.ui.importing.invitation import NameInvitation
from app.ui.places import Kind, Place

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.page import Page


def connect_actions(window: MainWindow) -> None:
    """Say what the actions of a window do."""
    acts, deeds, bar = window.actions_, window.desk.deeds, window.top_bar
    order, regions = window.menus.order, window.frame.regions
    order.aboutToShow.connect(partial(bar.fill_orders, order))
    switcher = window.sidebar.switcher
    switcher.offer(acts.about_collections)
    window.desk.icons.put_on(window.menus.collections.menuAction(), "layers")
    window.menus.collections.aboutToShow.connect(partial(switcher.fill, window.menus.collections))
    acts.connect_each(
        {
            **{act: partial(window.go, Place(kind)) for kind, act in acts.go.items()},
            acts.back: window.go_back,
            acts.forward: window.go_forward,
            acts.add_folder: window.ask_for_folder,
            acts.undo: deeds.undo,
            acts.redo: deeds.redo,
            acts.find: bar.search.edit.setFocus,
            acts.larger: partial(bar.step_size, 1),
            acts.smaller: partial(bar.step_size, -1),
            acts.skipped: window.dialogs.show_details,
            acts.foreign_names: window.dialogs.show_foreign_names,
            acts.write_names: window.dialogs.ask_to_write_names,
            acts.backups: window.dialogs.show_backups,
            acts.collections: switcher.open_menu,
            acts.new_collection: window.dialogs.ask_for_new_collection,
            acts.rename_collection: window.dialogs.ask_to_rename,
            acts.own_settings: window.dialogs.show_own_settings,
            acts.delete_collection: window.dialogs.ask_to_delete,
            acts.settings: window.dialogs.show_settings,
            acts.models: window.dialogs.show_models,
            acts.look_again: deeds.look_again,
            acts.erase: window.dialogs.ask_to_erase,
            acts.stacks: partial(_set_stacks, window),
            acts.full_screen: window.toggle_full_screen,
            acts.next_part: partial(regions.cycle, 1),
            acts.previous_part: partial(regions.cycle, -1),
            acts.guide: partial(_open_guide, window),
            acts.tour: window.dialogs.show_around,
            acts.shortcuts: window.dialogs.show_shortcuts,
            acts.about: window.dialogs.show_about,
            acts.quit: window.closing.quit,
        }
    )


def _open_guide(window: MainWindow) -> None:
    """Help at the page in sight; where it has none of its own, where the guide was left."""
    window.desk.guide.open(window.pages[window.trail.here.kind].guide)


def _set_stacks(window: MainWindow) -> None:
    """Let photos that show the same be shown as one in this collection, or each by itself."""
    desk, act = window.desk, window.actions_.stacks
    value = "on" if act.isChecked() else "off"

    def refuse(reason: str) -> None:
        act.setChecked(not act.isChecked())
        desk.deeds.refused.emit(reason)

    desk.collections.set_own(desk, "stacks", value, lambda _: None, refuse)


def connect_for_good(window: MainWindow, bridge: Bridge) -> None:
    """Connect what outlives a collection with the window itself: once, for whatever is connected
    in `connect_news` is connected anew with each collection, and must end with it."""
    strip, collections = window.strip, window.desk.collections
    bridge.progressed.connect(strip.show_progress)
    bridge.ended.connect(strip.show_ended)
    bridge.changed.connect(window.take_note)
    bridge.changed.connect(collections.take_note)
    bridge.ended.connect(Endings(window).hear)
    bridge.ended.connect(NameInvitation(window).hear)
    collections.changed.connect(window.entitle)
    strip.details_wanted.connect(window.dialogs.show_details)
    strip.activity_wanted.connect(partial(window.go, Place(Kind.ACTIVITY)))
    window.veil.dropped.connect(window.add)


def connect_news(window: MainWindow, bridge: Bridge) -> None:
    """Let every part of a window that is about one collection hear what changed, and the user what
    was done."""
    deeds, message, strip = window.desk.deeds, window.message, window.strip
    deeds.changed.connect(window.take_note)
    deeds.changed.connect(window.desk.collections.follow)
    strip.pause_wanted.connect(deeds.set_paused)
    strip.cancel_wanted.connect(deeds.cancel)
    bridge.changed.connect(window.last_words.take_note)
    words, acts = window.last_words, window.actions_
    deeds.given.connect(words.expect)
    deeds.changed.connect(words.hear)
    deeds.refused.connect(words.hear)
    words.awaited.connect(acts.await_words)
    words.told.connect(acts.show_last_words)
    for told in (window.sidebar.offer_pages, acts.offer_pages):
        window.own_pages.told.connect(told)
    window.own_pages.alerts.told.connect(window.sidebar.show_alerts)
    window.own_pages.alerts.told.connect(window.closing.stirred)
    window.own_pages.stacks_told.connect(acts.stacks.setChecked)
    deeds.said.connect(message.say)
    deeds.offered.connect(message.offer)
    deeds.refused.connect(message.say)
    window.desk.background.failed.connect(message.say)
    bridge.troubled.connect(message.say)
    message.undo_wanted.connect(deeds.undo)


def connect_page_news(page: Page, window: MainWindow, bridge: Bridge) -> None:
    """Let a page hear what changed."""
    for changed in (bridge.changed, window.desk.deeds.changed):
        changed.connect(page.take_note)


def connect_own(page: Page, kind: Kind, window: MainWindow, bridge: Bridge) -> None:
    """Connect what one kind of page has and the others have not."""
    own: Any = page
    if kind in (Kind.PEOPLE, Kind.PERSON):
        window.own_pages.told.connect(own.acts.offer_pages)
        own.acts.offer_pages(window.own_pages.kinds)
    if kind in (Kind.PEOPLE, Kind.HIDDEN):
        own.searched.connect(window.top_bar.search.begin_with)
        window.own_pages.told.connect(own.settings_told)
    elif kind == Kind.SEARCH:
        own.searched.connect(window.search)
        own.settled.connect(window.show_searched)
    elif kind == Kind.ACTIVITY:
        for progress in window.strip.running:
            own.show_progress(progress)
        bridge.progressed.connect(own.show_progress)
        bridge.ended.connect(own.show_ended)
        own.skipped_wanted.connect(window.dialogs.show_details)
