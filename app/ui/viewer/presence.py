"""Presence: whether the photo in sight is at hand, and what is said where it is not."""

from __future__ import annotations

from app.ui.absence import in_cloud, small_copy
from app.ui.viewer.canvas import Canvas
from app.ui.viewer.foot import Foot


class Presence:
    """Why a photo cannot be shown in full: its file is not there, or it cannot be read."""

    def __init__(self, canvas: Canvas, foot: Foot) -> None:
        self._canvas = canvas
        self._foot = foot
        self.absent = ""
        """Why the file is not at hand; empty when it is."""
        self._failure = ""
        self._has_failed = False

    @property
    def reason(self) -> str:
        """Why the photo cannot be shown in full; empty when it can."""
        if self.can_fetch and self._failure:
            return self._failure  # it may be why it could not be fetched
        return self.absent or self._failure

    @property
    def can_fetch(self) -> bool:
        """Whether the file is in the cloud, and can be had by reading it."""
        return self.absent == in_cloud()

    def begin(self, keeps_word: bool = False) -> None:
        """Another photo: nothing is known of it. What was said of the one before is left standing
        with `keeps_word`, where it may hold of this one, too."""
        self.absent = self._failure = ""
        self._has_failed = False
        if not keeps_word:
            self._foot.say("")

    def hear(self, absent: str) -> bool:
        """Take in why the file is not at hand; whether it is worth another try to show it."""
        returns = not absent and bool(self.reason)
        if returns:
            self._failure, self._has_failed = "", False
        self.absent = absent
        return returns

    def fail(self, reason: str) -> None:
        """It could not be read; without a reason there is just no small picture of it."""
        self._failure, self._has_failed = reason, True

    def say(self, is_small: bool) -> None:
        """Tell it: below the picture that is shown instead, or in place of it if there is none."""
        reason = self.reason
        self._foot.offer(self.can_fetch and is_small)
        if reason and self._has_failed and not self._canvas.has_image:
            self._canvas.show_message(reason)
            self._foot.say("")
        elif self._canvas.has_image or not reason:
            self._foot.say(small_copy(reason) if reason and is_small else reason)
