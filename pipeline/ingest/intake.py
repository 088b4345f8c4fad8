"""Every raw file goes through: what is known from an earlier run by the cache, the rest by the workers."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.core.errors import Rejection
from pipeline.ingest import cache, packed, raw, sources
from pipeline.ingest.crew import Crew, Event, Job
from pipeline.ingest.rejections import reject
from pipeline.ingest.settings import IngestParams
from pipeline.ingest.shelf import LostError, Shelf
from pipeline.ingest.unchanged import Fingerprint
from pipeline.ingest.work import Bulk, Files, Member, Members, Numbered

_BATCH = 16
_KEY = 16
# so many keys of members lie in one entry of the cache
_CHUNK = 4096
_EVERY = 5000
# outcomes that may be others tomorrow, with the same file
_PASSING = frozenset(["timeout", "crash", "internal", "unreadable", "changed", "office_failed"])


@dataclass(slots=True)
class _Open:
    """A bulk file that is being taken in."""

    file: raw.RawFile
    keys: bytearray = field(default_factory=bytearray)
    waiting: int = 0
    is_read: bool = False
    may_be_kept: bool = True


class Intake:
    """Puts what becomes of every file on the shelf."""

    def __init__(self, settings: IngestParams, stamp: bytes, known: cache.Cache, shelf: Shelf) -> None:
        self._files = Fingerprint(stamp, settings.near_duplicate)
        self._all_settled = True
        self._settings, self._stamp, self._known, self._shelf = settings, stamp, known, shelf
        self._urgent: deque[Job] = deque()
        self.scale = raw.Scale()
        self.is_same: Callable[[int], bool] = lambda _: False  # whether a file was put on the shelf already
        self._bulks: dict[int, _Open] = {}
        self._again: set[object] = set()
        self._log = logging.getLogger("presselese")

    def run(self, listed: Iterable[raw.Listed], crew: Crew) -> Iterator[raw.RawFile | raw.Listed]:
        """Take in all files; each is yielded when all of it is on the shelf."""
        self._finished: deque[raw.RawFile | raw.Listed] = deque()
        for event in crew.run(self._jobs(listed), self._urgent):
            self._heard(event)
            while self._finished:
                yield self._finished.popleft()
        yield from self._finished

    def fingerprint(self) -> str | None:
        """Of all files taken in; None when one of them may become something else with the next try."""
        return self._files.value() if self._all_settled else None

    # what has to be done

    def _jobs(self, listed: Iterable[raw.Listed]) -> Iterator[Job | None]:
        batch: list[raw.RawFile] = []
        for number, entry in enumerate(listed):
            file = self._weighed(number, entry)
            if file is None or self._is_known(file):
                self._finished.append(entry)
            elif sources.is_bulk(file.path):
                self._bulks[file.number] = _Open(file)
                yield Job(Bulk(file), apart=True)
            else:
                batch.append(file)
            if number % _BATCH == 0 or len(batch) == _BATCH:
                # few new files among many known ones do not wait for company
                yield Job(Files(tuple(batch))) if batch else None
                batch = []
        if batch:
            yield Job(Files(tuple(batch)))

    def _weighed(self, number: int, entry: raw.Listed) -> raw.RawFile | None:
        try:
            self._files.add(entry.path, self.scale.sha256(entry, number))
        except Rejection as why:
            self._files.add(entry.path, why.code)
            self._reject(number, entry.path, None, why)
            return None
        return None if self.is_same(number) else self.scale.weigh(entry, number)

    def _is_known(self, file: raw.RawFile) -> bool:
        """Whether everything that became of a file is in the cache; then it is put on the shelf."""
        value = self._known.get(self._key(file))
        if value is None:
            return False
        mark = self._shelf.mark()
        found = packed.unjoined(value[1:]) if value[:1] == b"F" else self._members(file, int.from_bytes(value[1:]))
        for member, data in enumerate(found):
            if data is None:
                self._shelf.back(mark)
                return False
            self._shelf.put(file.number, member, data)
        return True

    def _members(self, file: raw.RawFile, count: int) -> Iterator[bytes | None]:
        for chunk in range(0, count, _CHUNK):
            keys = self._known.get(self._key(file, str(chunk))) or bytes(_KEY)
            for at in range(0, len(keys), _KEY):
                yield self._known.get(keys[at : at + _KEY])

    def fetch(self, file: raw.RawFile, member: int) -> bytes:
        """What became of a member of a file that is no bulk file, from the cache; raises LostError."""
        found = list(packed.unjoined((self._known.get(self._key(file)) or b"-")[1:]))
        if member < len(found):
            return found[member]
        raise LostError

    def _key(self, file: raw.RawFile, *more: str) -> bytes:
        return cache.of_file(self._stamp, file.path, file.sha256, *more)

    # what was done

    def _heard(self, event: Event) -> None:
        task = event.job.payload
        if isinstance(task, Files):
            self._heard_of_files(event, task)
        elif isinstance(task, Members):
            self._heard_of_members(event, task)
        else:
            self._heard_of_bulk(event, self._bulks[task.file.number])

    def _heard_of_files(self, event: Event, task: Files) -> None:
        if event.kind == "message":
            self._took(task.files[event.parts - 1], event.message)
        elif event.kind == "lost" and event.parts < len(task.files):
            file, rest = task.files[event.parts], task.files[event.parts + 1 :]
            if not self._tries_again(event, file.number, Files((file,))):
                self._reject(file.number, file.path, file.sha256, self._loss(event))
                self._finished.append(file)
            if rest:
                self._urgent.append(Job(Files(rest)))

    def _took(self, file: raw.RawFile, outcomes: list[bytes]) -> None:
        for member, data in enumerate(outcomes):
            self._shelf.put(file.number, member, data)
        if any(map(_is_passing, outcomes)):
            self._all_settled = False
        else:
            self._known.put(self._key(file), b"F" + packed.joined(outcomes))
        self._finished.append(file)

    def _heard_of_bulk(self, event: Event, bulk: _Open) -> None:
        if event.kind == "message" and isinstance(event.message, bytes):
            self._all_settled &= not _is_passing(event.message)
            self._shelf.put(bulk.file.number, -1, event.message)
            bulk.may_be_kept = False
        elif event.kind == "message":
            self._read(bulk, event.message)
        else:
            bulk.is_read = True
            if event.kind == "lost":
                self._reject(bulk.file.number, bulk.file.path, bulk.file.sha256, self._loss(event), -1)
                bulk.may_be_kept = False
            elif not bulk.keys and bulk.may_be_kept:
                why = reject("empty", letters=0, needed=self._settings.min_letters)
                self._reject(bulk.file.number, bulk.file.path, bulk.file.sha256, why)
            self._close_if_done(bulk)

    def _read(self, bulk: _Open, members: list[Member]) -> None:
        """Members as read -> those that are not known become a job."""
        first = len(bulk.keys) // _KEY
        new: list[Numbered] = []
        for number, (key, item) in enumerate(members, first):
            bulk.keys += key
            data = self._known.get(key)
            if data is None:
                new.append((number, key, item))
            else:
                self._shelf.put(bulk.file.number, number, data)
        if new:
            bulk.waiting += len(new)
            self._urgent.append(Job(Members(bulk.file, tuple(new))))
        if (first + len(members)) // _EVERY > first // _EVERY:
            self._log.info("ingest: %s: %d parts", bulk.file.path, first + len(members))

    def _heard_of_members(self, event: Event, task: Members) -> None:
        bulk = self._bulks.get(task.file.number)
        if bulk is None:
            return
        if event.kind == "message":
            number, key, _ = task.members[event.parts - 1]
            self._shelf.put(bulk.file.number, number, event.message)
            if _is_passing(event.message):
                bulk.may_be_kept = self._all_settled = False
            else:
                self._known.put(key, event.message)
            bulk.waiting -= 1
        elif event.kind == "lost" and event.parts < len(task.members):
            self._lost_member(event, bulk, task.members[event.parts :])
        self._close_if_done(bulk)

    def _lost_member(self, event: Event, bulk: _Open, members: tuple[Numbered, ...]) -> None:
        (number, _, _), rest = members[0], members[1:]
        if not self._tries_again(event, (bulk.file.number, number), Members(bulk.file, members[:1])):
            path = f"{bulk.file.path}#({number + 1})"
            self._reject(bulk.file.number, path, None, self._loss(event), number)
            bulk.waiting, bulk.may_be_kept = bulk.waiting - 1, False
        if rest:
            self._urgent.append(Job(Members(bulk.file, rest)))

    def _close_if_done(self, bulk: _Open) -> None:
        if not bulk.is_read or bulk.waiting or bulk.file.number not in self._bulks:
            return
        del self._bulks[bulk.file.number]
        count = len(bulk.keys) // _KEY
        if bulk.may_be_kept and count and raw.is_as_weighed(bulk.file):
            for chunk in range(0, count, _CHUNK):
                part = bytes(bulk.keys[chunk * _KEY : (chunk + _CHUNK) * _KEY])
                self._known.put(self._key(bulk.file, str(chunk)), part)
            self._known.put(self._key(bulk.file), b"B" + count.to_bytes(8))
        self._finished.append(bulk.file)

    def _tries_again(self, event: Event, what: object, task: Files | Members) -> bool:
        """A worker that died may have been killed from outside: what it was at gets one more try, alone."""
        if event.message != "crash" or what in self._again:
            return False
        self._again.add(what)
        self._urgent.append(Job(task))
        return True

    def _loss(self, event: Event) -> Rejection:
        seconds = self._settings.max_seconds
        return reject("timeout", seconds=seconds) if event.message == "timeout" else reject("crash")

    def _reject(self, number: int, path: str, sha256: str | None, why: Rejection, member: int = 0) -> None:
        self._all_settled &= why.code not in _PASSING
        self._shelf.put(number, member, packed.pack(packed.rejection(path, sha256, why)))


def _is_passing(data: bytes) -> bool:
    return not packed.is_release(data) and packed.rejected(data).code in _PASSING
