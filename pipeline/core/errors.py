"""Everything that this project raises on purpose.

::

    PresseleseError           a message for the person at the keyboard: place, then remedy
    ├── ParamsError           params.yaml says something that no stage understands
    ├── TableError            a stored table is missing, or is not what its schema promises
    ├── ModelError            the language model is missing, or is another one than params.yaml names
    ├── InputError            a file a person keeps by hand (corrections, gold, scheme) is faulty
    ├── ExecutionError        workers are lost, or cannot be reached
    ├── DeliveryError         a file made for an archive breaks its schema or a rule
    └── Rejection             one raw file that cannot become a release; becomes a row, never a crash
"""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable

from pipeline.core.alone import alone, program


class PresseleseError(Exception):
    """A fault whose message names the place and what would be right."""


class ParamsError(PresseleseError):
    """params.yaml says something that no stage understands."""


class TableError(PresseleseError):
    """A stored table is missing, or is not what its schema promises."""


class ModelError(PresseleseError):
    """The language model is missing, or is another one than params.yaml names."""


class InputError(PresseleseError):
    """A file that a person keeps by hand is faulty."""


class ExecutionError(PresseleseError):
    """Workers are lost, or cannot be reached."""


class DeliveryError(PresseleseError):
    """A file made for an archive breaks its schema or a rule."""


class Rejection(PresseleseError):
    """One raw file that cannot become a release.

    ``code`` is a stable word for tables and tests, the reasons are whole sentences for people.
    """

    def __init__(self, code: str, reason_de: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.code = code
        self.reason_de = reason_de
        self.reason_en = reason_en

    def __reduce__(self) -> tuple[type[Rejection], tuple[str, str, str]]:
        """Pickle with all three arguments, so that a worker process can hand it back."""
        return type(self), (self.code, self.reason_de, self.reason_en)


_ROOM = "make room on the disk and run again"
_RIGHTS = "see that the folder may be written to, and run again"
# faults of the place where outputs lie
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EROFS: _RIGHTS,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
}


def run_stage(main: Callable[[], str]) -> None:
    """Run one stage's ``main``, log the count sentence it returns, and turn our errors into one line.

    Anything else keeps its traceback: it is a bug of ours and should be reported with it.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        with alone(program()):
            logging.getLogger("presselese").info(main())
    except PresseleseError as error:
        sys.exit(f"error: {error}")
    except OSError as error:
        if error.errno not in _REMEDIES:
            raise
        # Arrow names the path in its text only; a nameless file has none
        bare = str(error).split(". Detail:")[0].replace(f"[Errno {error.errno}]", "the disk of this folder:")
        what = f"{error.filename}: {error.strerror}" if error.filename else bare
        sys.exit(f"error: {what}; {_REMEDIES[error.errno]}; what was worked out is kept")
