"""Windows papers: what Inno Setup and the program's file tell Windows, of this version and of every
file that Kinfolk opens."""

from __future__ import annotations

from app import __version__
from app.media.formats import EXTENSIONS, RAW_EXTENSIONS, VIDEO_EXTENSIONS

_ENTRIES = r"""
Root: HKCU; Subkey: "Software\Classes\{ending}\OpenWithProgids"; \
  ValueType: string; ValueName: "Kinfolk.Photo"; ValueData: ""; \
  Flags: uninsdeletevalue; Tasks: openwith
Root: HKCU; Subkey: "Software\Kinfolk\Capabilities\FileAssociations"; \
  ValueType: string; ValueName: "{ending}"; ValueData: "Kinfolk.Photo"; Tasks: openwith
"""
_RESOURCE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "The Kinfolk developers"),
      StringStruct("FileDescription", "Kinfolk"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "kinfolk"),
      StringStruct("OriginalFilename", "kinfolk.exe"),
      StringStruct("ProductName", "Kinfolk"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])]),
  ],
)
"""


def version_iss() -> str:
    """The version, for kinfolk.iss."""
    return f'#define Version "{__version__}"\n'


def associations_iss() -> str:
    """Lines for the section Registry of kinfolk.iss: Kinfolk is among those who open such files,
    and takes none from whoever opens them now."""
    return "".join(
        _ENTRIES.format(ending=ending)
        for ending in sorted(EXTENSIONS | RAW_EXTENSIONS | VIDEO_EXTENSIONS)
    )


def version_resource() -> str:
    """What the properties of kinfolk.exe say, as PyInstaller reads it."""
    numbers = tuple(int(part) for part in f"{__version__}.0".split("."))
    return _RESOURCE.format(numbers=numbers, version=__version__)
