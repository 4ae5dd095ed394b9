"""The small stylesheet over Fusion: shapes that a palette cannot say."""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from app.ui.tokens import Tokens

_SHEET = Template("""
* { outline: none; }
QToolTip { background: $text; color: $page; border: none; padding: 4px 8px; font-size: 12px; }
QMainWindow, QDialog { background: $page; }

#Sidebar { background: $sidebar; border: none; border-right: 1px solid $hairline; }
QLabel#SectionLabel { font-size: 11px; font-weight: 600; color: $secondary; }

QLabel#PageTitle { font-size: 24px; font-weight: 700; color: $text; }
QLabel#Heading { font-size: 17px; font-weight: 600; color: $text; }
QLabel#Secondary { font-size: 13px; color: $secondary; }
QLabel#Small { font-size: 12px; color: $secondary; }
QLabel#Warning { font-size: 13px; color: $warning; }
QLabel#Strong { font-size: 13px; font-weight: 600; color: $text; }

QPushButton {
  background: $hover; color: $text; border: 2px solid $button_edge; border-radius: 8px;
  padding: 5px 14px; font-size: 13px; font-weight: 600; min-height: 20px;
}
QPushButton:hover { background: $hairline; }
QPushButton:pressed { background: $hairline; color: $secondary; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $offline; background: $field; }
QPushButton#Primary { background: $accent; color: $on_accent; }
QPushButton#Primary:hover { background: $accent_hover; }
QPushButton#Primary:focus { background: $page; color: $accent; border-color: $accent; }
QPushButton#Primary:disabled { background: $field; color: $offline; }
QPushButton#Danger { background: $danger; color: $page; }
QPushButton#Danger:hover { background: $danger_hover; }
QPushButton#Danger:focus { background: $page; color: $danger; border-color: $danger; }
QPushButton#Danger:disabled { background: $field; color: $offline; }
QPushButton#Link { background: transparent; color: $accent; padding: 3px 6px; }
QPushButton#Link:hover { background: $selection; }
QPushButton#Link:focus { border-color: $accent; }
QPushButton#Link:disabled { color: $offline; }

QToolButton {
  background: transparent; color: $text; border: 2px solid transparent; border-radius: 8px;
  padding: 4px; font-size: 13px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:checked { border-bottom-color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton#Switch { padding: 5px 12px; font-weight: 600; color: $secondary; }
QToolButton#Switch:checked { color: $accent; border-color: transparent;
  border-bottom-color: $accent; border-radius: 0; }
QToolButton#Switch:focus { border-color: $accent; border-radius: 8px; }
QPushButton#PersonName { background: transparent; font-size: 24px; font-weight: 700;
  text-align: left; padding: 2px 6px; border-radius: 8px; }
QPushButton#PersonName:hover { background: $hover; }
QPushButton#PersonName:focus { border-color: $accent; }
QPushButton#PersonName[asks="true"] { color: $accent; }
QToolButton#Cover { padding: 0; border-radius: 52px; }
QToolButton#Cover:hover, QToolButton#Cover:pressed { background: $hairline; }
QToolButton#Companion { background: $hover; border-radius: 16px; padding: 1px 10px 1px 3px;
  min-height: 24px; font-size: 12px; }
QToolButton#Companion[counts="true"] { padding: 1px 8px; }
QToolButton#Companion:hover { background: $hairline; }
QToolButton#Companion:focus { border-color: $accent; }
QToolButton#Companion[asks="true"] { color: $accent; }
QFrame#Questions { background: $field; border: 1px solid $hairline; border-radius: 12px; }
QLabel#Badge { background: $text; color: $page; border-radius: 8px; padding: 1px 6px;
  font-size: 11px; font-weight: 600; }
QToolButton#Act { padding: 4px 10px; font-weight: 600; color: $text; }
QToolButton#Act:disabled { color: $offline; }
QToolButton#Tick { padding: 4px 8px 4px 2px; }
QToolButton#Tick:hover, QToolButton#Tick:pressed, QToolButton#Tick:checked {
  background: transparent; border-color: transparent; }
QToolButton#Tick:focus { border-color: $accent; }
QToolButton#Tick:disabled { color: $offline; }
QToolButton#Sort { color: $secondary; padding: 4px 8px; }

QRadioButton { color: $text; font-size: 14px; padding: 3px 6px 3px 4px; spacing: 8px;
  border: 2px solid transparent; border-radius: 8px; }
QRadioButton:focus { border-color: $accent; }
QRadioButton:disabled { color: $offline; }
QRadioButton::indicator { width: 14px; height: 14px; border: 2px solid $secondary;
  border-radius: 9px; background: $page; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid $accent;
  background: $on_accent; }
QRadioButton::indicator:disabled { border-color: $offline; }
QLabel#Choice { font-size: 13px; color: $secondary; padding: 0 0 5px 29px; }

QLineEdit {
  background: $page; color: $text; border: 1px solid $outline; border-radius: 8px;
  padding: 4px 9px; font-size: 14px; selection-background-color: $accent;
  selection-color: $on_accent;
}
QLineEdit:focus { border: 2px solid $accent; padding: 3px 8px; }
QComboBox {
  background: $page; color: $text; border: 1px solid $outline; border-radius: 8px;
  padding: 4px 9px; font-size: 13px; selection-background-color: $accent;
  selection-color: $on_accent;
}
QComboBox:focus { border: 2px solid $accent; padding: 3px 8px; }
QComboBox:disabled { color: $offline; }
QComboBox, QComboBox:focus { padding-right: 28px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $page; color: $text; border: 1px solid $hairline;
  padding: 4px; selection-background-color: $selection; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 6px; }
QFrame#SearchField { background: $field; border: 1px solid $outline; border-radius: 8px; }
QFrame#SearchField[active="true"] { border: 2px solid $accent; }
QFrame#SearchField QLineEdit, QFrame#SearchField QLineEdit:focus {
  background: transparent; border: none; padding: 4px 2px; font-size: 13px;
}
QToolButton#Filter { color: $text; background: $field; border: 2px solid transparent;
  padding: 4px 10px; }
QToolButton#Filter:hover { background: $hover; }
QToolButton#Filter:checked { background: $selection; color: $accent; border-color: transparent; }
QToolButton#Filter:focus { border-color: $accent; }
QToolButton#Filter:disabled { color: $offline; }
QToolButton#StackTile { background: transparent; border: 2px solid transparent;
  border-radius: 8px; padding: 2px; }
QToolButton#StackTile:hover { background: $hover; }
QToolButton#StackTile:checked { border-color: $accent; }
QToolButton#StackTile:focus { background: $selection; }

QMenuBar { background: $sidebar; color: $text; border-bottom: 1px solid $hairline; padding: 2px 6px;
  font-size: 13px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 6px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $selection; color: $text; }
QMenuBar::item:disabled { color: $offline; }
QMenu { background: $page; color: $text; border: 1px solid $hairline; padding: 6px;
  font-size: 13px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 6px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $offline; }
QMenu::separator { height: 1px; background: $hairline; margin: 6px 8px; }

QAbstractItemView#Completions { background: $page; color: $text; border: 1px solid $hairline;
  padding: 0; font-size: 13px; }
QAbstractItemView#Completions::item { padding: 5px 8px; border-radius: 6px; min-height: 18px; }
QAbstractItemView#Completions::item:selected { background: $selection; color: $text; }

QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $secondary; border: none;
  border-bottom: 1px solid $hairline; padding: 6px 4px; font-size: 12px; font-weight: 600; }
QTreeView::item { padding: 5px 2px; font-size: 13px; }
QTreeView::item:selected { background: $selection; color: $text; }
QTreeView::item:focus { border: 2px solid $accent; border-radius: 6px; }
QListWidget::item:focus, QListWidget#Categories::item:focus { border: 2px solid $accent;
  border-radius: 6px; }
QTextEdit { border: 2px solid transparent; border-radius: 6px; }
QTextEdit:focus { border-color: $accent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }
QListView, QListWidget, QTreeView { background: transparent; border: none; color: $text; }

QAbstractSpinBox#Number { background: $page; color: $text; border: 2px solid $hairline;
  border-radius: 8px; font-size: 14px; selection-background-color: $accent;
  selection-color: $on_accent; }
QAbstractSpinBox#Number:focus { border-color: $accent; }
QAbstractSpinBox#Number:disabled { color: $offline; }
QAbstractSpinBox#Number::up-button, QAbstractSpinBox#Number::down-button { width: 0; height: 0;
  border: none; }
QAbstractSpinBox#Number QLineEdit, QAbstractSpinBox#Number QLineEdit:focus { border: none;
  background: transparent; padding: 0 8px; }
QListWidget#Categories { font-size: 14px; }
QListWidget#Categories::item { padding: 7px 8px; border: 2px solid transparent;
  border-radius: 8px; }
QListWidget#Categories::item:hover { background: $hover; }
QListWidget#Categories::item:selected { background: $selection; color: $text; }
QListWidget#Categories::item:focus { border-color: $accent; }
QTextBrowser#Paper { border: 2px solid transparent; border-radius: 6px; }
QTextBrowser#Paper:focus { border-color: $accent; }
QLabel#ChangedBadge { color: $accent; border: 1px solid $accent; border-radius: 8px;
  padding: 0 6px; font-size: 11px; font-weight: 600; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $outline; border-radius: 4px; min-height: 36px;
  margin: 2px; }
QScrollBar::handle:vertical:hover { background: $secondary; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $outline; border-radius: 4px; min-width: 36px;
  margin: 2px; }
QScrollBar::handle:vertical:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 2px; background: $outline; border-radius: 1px; }
QSlider::handle:horizontal { background: $accent; width: 14px; height: 14px; margin: -6px 0;
  border-radius: 7px; }
QSlider::handle:horizontal:focus { background: $page; border: 3px solid $accent; width: 12px;
  height: 12px; margin: -8px 0; border-radius: 9px; }

QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QTabBar::tab { background: transparent; color: $secondary; border: 2px solid transparent;
  border-radius: 8px; padding: 5px 12px; margin: 0 2px 6px 0; font-size: 13px; font-weight: 600; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { background: $selection; color: $accent; }
QTabBar::tab:selected:focus { border-color: $accent; }
QFrame#Strip { background: $field; border: none; border-top: 1px solid $hairline; }
QProgressBar { background: $hairline; border: none; border-radius: 2px; max-height: 4px;
  min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QWidget#MessageBand[band="true"] { background: $page; border-top: 1px solid $hairline; }
QFrame#Message { background: $text; border-radius: 10px; }
QFrame#Message QLabel { color: $page; font-size: 13px; }
QFrame#Message QPushButton#Link { color: $message_link; }
QFrame#Message QPushButton#Link:hover { background: transparent; text-decoration: underline; }
QFrame#Message QPushButton#Link:focus { border-color: $message_link; }
QLabel#Bubble { background: $text; color: $page; border-radius: 8px; padding: 5px 10px;
  font-size: 13px; font-weight: 600; }
QFrame#AlertCard { background: $field; border: 2px solid transparent; border-radius: 14px; }
QFrame#AlertCard:focus { border-color: $accent; }
QFrame#AlertCard QLabel { background: transparent; }
QFrame#AlertCard QLabel#AlertNew { background: $accent; color: $on_accent; border-radius: 8px;
  padding: 1px 8px; font-size: 11px; font-weight: 600; }
QFrame#ModelCard { background: $field; border: 2px solid $hairline; border-radius: 14px; }
QFrame#ModelCard:focus { border-color: $accent; }
QFrame#ModelCard QLabel { background: transparent; }
QFrame#ModelCard QLabel#AlertNew { background: $accent; color: $on_accent; border-radius: 8px;
  padding: 1px 8px; font-size: 11px; font-weight: 600; }
QPlainTextEdit { background: $field; color: $text; border: 2px solid $hairline; border-radius: 8px;
  padding: 6px; font-size: 13px; selection-background-color: $accent;
  selection-color: $on_accent; }
QPlainTextEdit:focus { border-color: $accent; }
QFrame#SightingsLog { background: $field; border: 1px solid $hairline; border-radius: 14px; }
QFrame#SightingsLog QListView { background: transparent; }
QFrame#ReviewSide { background: $field; border: 1px solid $hairline; border-radius: 14px; }
QFrame#ReviewSide QLabel { background: transparent; }
QFrame#PhotoCard { background: $page; border: 1px solid $hairline; border-radius: 10px; }
QLabel#KeyCap { color: $secondary; background: transparent; border: 1px solid $outline;
  border-radius: 4px; padding: 0 5px; font-size: 11px; font-weight: 600; }
QLabel#AnswerText { background: transparent; font-size: 15px; font-weight: 600; }
QLabel#AnswerText:disabled { color: $offline; }
QPushButton#Answer, QPushButton#AnswerYes, QPushButton#AnswerLess { border-radius: 10px;
  padding: 0; }
QPushButton#AnswerYes { background: $accent; }
QPushButton#AnswerYes:hover { background: $accent_hover; }
QPushButton#AnswerYes QLabel#AnswerText { color: $on_accent; }
QPushButton#AnswerYes QLabel#KeyCap { color: $on_accent; border-color: $on_accent; }
QPushButton#AnswerLess { background: transparent; border-color: $outline; }
QPushButton#AnswerLess:hover { background: $hover; }
QPushButton#AnswerLess:focus { border-color: $accent; }
QPushButton#AnswerLess QLabel#AnswerText { font-size: 13px; }
QFrame#Card { background: $page; border: 1px solid $hairline; border-radius: 12px; }
QFrame#DropVeil { background: $veil; border: 2px dashed $accent; border-radius: 12px; }
QFrame#EmptyDrop { border: 2px dashed $outline; border-radius: 12px; background: $field; }
QFrame#EmptyDrop[over="true"] { border-color: $accent; background: $selection; }
""")


_OF_TEXT = re.compile(r"(font-size|min-height): (\d\d)px")


def stylesheet(tokens: Tokens, scale: float = 1.0) -> str:
    """The stylesheet in the colours of `tokens`, with text `scale` times as large as usual."""
    red, green, blue = (int(tokens.page[i : i + 2], 16) for i in (1, 3, 5))
    sheet = _SHEET.substitute(
        asdict(tokens),
        button_edge=tokens.outline if tokens.has_more_contrast else "transparent",
        accent_hover="#8BB4FF" if tokens.is_dark else "#1D4DB2",
        danger_hover="#FF9A93" if tokens.is_dark else "#9E2020",
        message_link="#2B63D9" if tokens.is_dark else "#8FB4FF",
        veil=f"rgba({red}, {green}, {blue}, 247)",
    )
    if scale == 1.0:
        return sheet
    return _OF_TEXT.sub(lambda found: f"{found[1]}: {round(int(found[2]) * scale)}px", sheet)
