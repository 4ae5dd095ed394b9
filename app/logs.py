"""Logs: one small rotating file for its owner; no name and no path above debug level.

[Note: Private logs] People send logs to strangers who help them. So nobody has to trust each line
that is logged: what is written above debug level is made here, of constant words of this program
and of numbers. A text that is to be filled in is left out; so is what other packages log; of an
error its type and the places in the code are written, and never its message, which may well hold
the path of a photo.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.log_file import LogFile

WRONG = "Something went wrong inside Kinfolk; its log says what."
_ROOM = "app"
_LEFT_OUT = "…"
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HOUSE = Path(__file__).parent

logger = logging.getLogger(__name__)


class PrivateFormatter(logging.Formatter):
    """Writes of a record what says nothing of the user."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and under it where an error came from. The record stays as it is."""
        line = logging.makeLogRecord(record.__dict__ | {"exc_text": None, "stack_info": None})
        line.msg, line.args = _told(record), None
        return super().format(line)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The types of an error and of what it came from, and their places, the innermost last."""
        return "\n".join(_lines(ei[1]))


class PrivateHandler(logging.Handler):
    """A log for its owner only; what the disk refuses is not written, and nobody hears of it.

    The file is opened, and what opens it loaded, with the first line: a start has none to write.
    """

    def __init__(self, file: Path, room: int = 1_000_000) -> None:
        """`room` is how large `file` may become, in bytes; the last two before it are kept."""
        super().__init__()
        self.room = room
        self._path = file
        self._file: LogFile | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        try:
            if self._file is None:
                self._file = self._begin()
            self._file.emit(record)
        except Exception:
            self.handleError(record)

    def _begin(self) -> LogFile:
        from app.log_file import LogFile

        file = LogFile(self._path, maxBytes=self.room, backupCount=2, encoding="utf-8")
        file.setFormatter(self.formatter)
        return file

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Nothing: a full disk is told by those who write what matters."""

    def close(self) -> None:
        """Close the file; what it cannot take any more is lost."""
        with self.lock or contextlib.nullcontext():
            file, self._file = self._file, None
        with contextlib.suppress(OSError):
            if file is not None:
                file.close()
        super().close()


def write_logs(folder: Path) -> None:
    """Send what the program logs to `folder`/kinfolk.log, readable by its owner only, and errors
    that nobody caught with it.

    A folder that cannot be written to costs the log, not the program.
    """
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, PrivateHandler)]:
        root.removeHandler(handler)
        handler.close()
    handler = PrivateHandler(folder / "kinfolk.log")
    handler.setFormatter(PrivateFormatter(_FORM))
    handler.addFilter(_is_worth_it)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    catch_errors()


def log_nothing() -> None:
    """Let a child process be silent: what goes wrong in it, its parent is told as an error."""
    logging.getLogger().addHandler(logging.NullHandler())
    catch_errors()


def catch_errors() -> None:
    """Log what nobody caught, in whichever thread, and every warning, in place of a report on
    standard error with all its words; who has other plans for them is left alone."""
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _complain
        logging.captureWarnings(True)
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda told: _note(told.exc_type, told.exc_value)
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = lambda told: _note(told.exc_type, told.exc_value)


def _complain(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    if _note(kind, error):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            print(f"kinfolk: {WRONG}", file=sys.stderr, flush=True)


def _note(kind: type[BaseException], error: BaseException | None) -> bool:
    """Log it, unless it is the wish to stop."""
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return False
    logger.error("Nobody caught an error", exc_info=error or kind())
    return True


def _is_worth_it(record: logging.LogRecord) -> bool:
    """Whether something is left of a record: what other packages log below a warning is none."""
    return _is_ours(record) or record.levelno >= logging.WARNING


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == _ROOM


def _told(record: logging.LogRecord) -> str:
    """What a record says, without what was filled in, unless that is a number."""
    if record.levelno <= logging.DEBUG:
        return record.getMessage()
    if not _is_ours(record) or not isinstance(record.msg, str):
        return f"({_LEFT_OUT})"
    args = record.args or ()
    if isinstance(args, tuple):
        plain = tuple(arg if isinstance(arg, int | float) else _LEFT_OUT for arg in args)
        with contextlib.suppress(TypeError, ValueError):
            return record.msg % plain if plain else record.msg
    return f"({_LEFT_OUT})"


def _lines(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    chain: list[BaseException] = []
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for number, link in enumerate(reversed(chain)):
        if number:
            yield "After which came:"
        yield from _places(link.__traceback__)
        yield f"{type(link).__module__}.{type(link).__qualname__}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {_place(code.co_filename)}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next


def _place(filename: str) -> str:
    """A file of code, told so that it does not say where the program lies."""
    path = Path(filename)
    with contextlib.suppress(ValueError):
        return f"{_ROOM}/{path.relative_to(_HOUSE).as_posix()}"
    roots = {Path(entry) for entry in sys.path if entry}
    inside = next((parent for parent in path.parents if parent in roots), None)
    return path.name if inside is None else path.relative_to(inside).as_posix()
