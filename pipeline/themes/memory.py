"""What earlier runs worked out: what was learnt, and the assignments of each block of releases.

Keys are made from all that these follow from, so that neither is ever out of date; losing the memory costs time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from pipeline.core import store
from pipeline.themes import outcome
from pipeline.themes.accepted import AcceptedTheme
from pipeline.themes.outcome import Outcome
from pipeline.themes.settings import ThemesParams

FILE = store.FOLDER / "themes.sqlite"
_MAX_MB = 8000  # some ten million releases


class Memory:
    """What is known of a corpus; what is not is worked out and kept."""

    def __init__(self, settings: ThemesParams, accepted: Sequence[AcceptedTheme]) -> None:
        self._settings = settings
        code = store.code("pipeline.core", "pipeline.themes")
        # DVC knows which parameters and files there are; this need not know which of them counts for what
        self._stamp = store.key(code, settings.model_dump_json(), repr(accepted), *store.libraries())
        self._store = store.Store(FILE, _MAX_MB)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._store.__exit__(kind, error, at)

    def learnt(self, digest: bytes, learn: Callable[[], tuple[bytes, bytes]]) -> tuple[Outcome, bytes]:
        """The digest of what is learnt from -> (the outcome, the packed gauge), learnt where not known."""
        names = [store.key(self._stamp, digest, part) for part in ("outcome", "gauge")]
        known = [self._store.get(name) for name in names]
        first, second = known
        if first is None or second is None:
            first, second = learn()
            self._store.put(names[0], first)
            self._store.put(names[1], second)
        # what was just learnt is read back, too: so a run can never depend on which of the two it was
        return outcome.unpack(first), second

    def stamp_of(self, gauge: bytes, themes: tuple[str, ...]) -> bytes:
        """All that rows of assignments follow from but the releases themselves."""
        return store.key(self._stamp, gauge, *themes)

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key."""
        return self._store.get(key)

    def has(self, key: bytes) -> bool:
        """Whether something is kept under a key, without reading it."""
        return self._store.keep([key])

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value."""
        self._store.put(key, value)
