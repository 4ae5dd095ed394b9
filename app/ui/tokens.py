"""The colours of the window, by what they are for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour scheme; every value is #RRGGBB."""

    is_dark: bool
    page: str
    sidebar: str
    field: str
    hairline: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    selection: str
    hover: str
    watching: str
    offline: str
    warning: str
    danger: str


LIGHT = Tokens(
    is_dark=False,
    page="#FFFFFF",
    sidebar="#F6F5F3",
    field="#FAF9F7",
    hairline="#E7E4DF",
    text="#1F1D1A",
    secondary="#6F6A62",
    accent="#2F6FED",
    on_accent="#FFFFFF",
    selection="#E6EEFD",
    hover="#EFEDE9",
    watching="#2E8B4A",
    offline="#8A8A8A",
    warning="#B4540A",
    danger="#C62F2F",
)
DARK = Tokens(
    is_dark=True,
    page="#1B1B1D",
    sidebar="#232326",
    field="#202023",
    hairline="#333338",
    text="#F1F0EE",
    secondary="#9C9A96",
    accent="#6EA0FF",
    on_accent="#10131A",
    selection="#26344F",
    hover="#2B2B2F",
    watching="#4CC36E",
    offline="#A0A0A0",
    warning="#F0A35A",
    danger="#FF7B72",
)
