"""The colours of the window, by what they are for."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour scheme; every value is #RRGGBB."""

    is_dark: bool
    page: str
    sidebar: str
    field: str
    hairline: str
    """Parts what is beside each other; nothing has to be recognised by it."""
    outline: str
    """What a control is recognised by: the edge of a field, the groove of a slider."""
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
    has_more_contrast: bool = False
    """For whom the system asks for it."""


LIGHT = Tokens(
    is_dark=False,
    page="#FFFFFF",
    sidebar="#F6F5F3",
    field="#FAF9F7",
    hairline="#E7E4DF",
    outline="#8A857C",
    text="#1F1D1A",
    secondary="#67625A",
    accent="#2B63D9",
    on_accent="#FFFFFF",
    selection="#E6EEFD",
    hover="#EFEDE9",
    watching="#23793D",
    offline="#808080",
    warning="#A34A06",
    danger="#C63232",
)
DARK = Tokens(
    is_dark=True,
    page="#1B1B1D",
    sidebar="#232326",
    field="#202023",
    hairline="#333338",
    outline="#7C7C84",
    text="#F1F0EE",
    secondary="#A6A4A0",
    accent="#6EA0FF",
    on_accent="#10131A",
    selection="#26344F",
    hover="#2B2B2F",
    watching="#4CC36E",
    offline="#A0A0A0",
    warning="#F0A35A",
    danger="#FF7B72",
)
# For whom the system asks for more contrast: 7:1 for text, and edges that are seen from afar.
LIGHT_CONTRAST = replace(
    LIGHT,
    sidebar="#FFFFFF",
    field="#FFFFFF",
    hairline="#6B6760",
    outline="#1F1D1A",
    text="#000000",
    secondary="#35322E",
    accent="#0A3A9E",
    selection="#D3E2FF",
    watching="#0E5526",
    offline="#595959",
    warning="#6E3000",
    danger="#8C100D",
    has_more_contrast=True,
)
DARK_CONTRAST = replace(
    DARK,
    page="#000000",
    sidebar="#0C0C0D",
    field="#101011",
    hairline="#8A8A90",
    outline="#FFFFFF",
    text="#FFFFFF",
    secondary="#DAD8D4",
    accent="#B4CEFF",
    on_accent="#000000",
    selection="#173261",
    hover="#232327",
    watching="#8BEBA6",
    offline="#C4C4C4",
    warning="#FFC58A",
    danger="#FFB3AD",
    has_more_contrast=True,
)
