"""Absence: why the file of a photo cannot be had, in words that a page or a menu shows."""

from __future__ import annotations

from app.library.rows import FolderState, PhotoRow, PhotoState
from app.media.placeholder import has_stub, lies_in_cloud
from app.ui.album import Album
from app.ui.texts import Texts

tr = Texts("absence")

ICON, CLOUD_ICON = "unplug", "cloud"
"""Stand for a photo that is not at hand, and for one that is in the cloud."""


def why_absent(album: Album, photo: PhotoRow) -> str:
    """Why the file of a photo is not at hand; empty when it is. It asks the disk: call it in the
    background."""
    if photo.is_offline:
        states = {row.id: row.state for row in album.folders()}
        if states.get(photo.folder_id or 0) is FolderState.MISSING:
            return tr("The folder is not there any more.")
        return tr("On a disconnected drive.")
    if has_stub(photo.path) and not _is_there(photo):
        return tr("In the cloud, from where its own program can fetch it.")
    if photo.state is PhotoState.GONE or not _is_there(photo):
        return tr("The file is no longer there.")
    return in_cloud() if lies_in_cloud(photo.path) else ""


def in_cloud() -> str:
    """What is said of a file that reading would download."""
    return tr("In the cloud, not on this disk.")


def icon_of(reason: str) -> str:
    """The icon that goes with a reason."""
    return CLOUD_ICON if reason == in_cloud() else ICON


def in_a_grid() -> str:
    """What a grid says of a photo whose drive or folder is not there."""
    return tr("Its drive or folder is not connected at the moment")


def small_copy(reason: str) -> str:
    """A reason, and what is shown instead of the photo."""
    return tr("{0} This is a small copy.").format(reason)


def _is_there(photo: PhotoRow) -> bool:
    try:
        photo.path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True  # there, and not to be read: whoever opens it is told why
    return True
