"""What became of a release, as bytes: so it travels between processes, lies in the cache and waits on disk.

Nothing in these bytes is ever run, unlike a pickle: a cache that somebody tampered with can only be wrong.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from pipeline.core.errors import Rejection
from pipeline.core.records import ZONES, Rejected, Release, Zone
from pipeline.core.text import fold
from pipeline.ingest import corrections, minhash

# all that finding duplicates needs of a release, in as many bytes for every one
TRAITS = np.dtype(
    [
        ("sha256", "S64"),
        ("text", "u8"),  # of the folded text
        ("issuer", "u8"),  # set when the issuers of the corpus are settled
        ("number", "u8"),  # 0 without one
        ("refers", "u8"),  # the number that a correction says it replaces
        ("published", "S10"),
        ("corrected", "u1"),  # 0 no, 1 a corrected version, 2 a later one
        ("signature", "<u4", (minhash.SIZE,)),
    ]
)
_HEAD = struct.Struct("<cHI")
_ZONE = struct.Struct("<IIB")
_RELEASE = [field.name for field in fields(Release) if field.name not in ("release_id", "issuer", "issuer_basis")]
_OF_RELEASE = attrgetter(*_RELEASE)
_REJECTED = [field.name for field in fields(Rejected)]
_FEW_WORDS = 20
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one release: it and its zones, or a rejection."""

    release: Release | None = None
    zones: tuple[Zone, ...] = ()
    rejected: Rejected | None = None


def rejection(path: str, sha256: str | None, why: Rejection) -> Outcome:
    """What is written down of a file or part that did not become a release."""
    return Outcome(rejected=Rejected(path, sha256, why.code, why.reason_de, why.reason_en))


class Origin(NamedTuple):
    """Who a release was found to be from, by what, and the folder of its file: the same for many releases."""

    issuer: str | None
    basis: str | None
    folder: str

    @classmethod
    def of(cls, release: Release) -> Origin:
        """The origin of one release."""
        return cls(release.issuer, release.issuer_basis, release.source_path.partition("#")[0].rpartition("/")[0])


def pack(outcome: Outcome) -> bytes:
    """An outcome -> bytes, with the traits by which releases are compared."""
    if (row := outcome.rejected) is not None:
        body = json.dumps([getattr(row, name) for name in _REJECTED]).encode()
        return _HEAD.pack(b"X", 0, 0) + body
    release = outcome.release
    assert release is not None
    origin = json.dumps(Origin.of(release), ensure_ascii=False).encode()
    zones = b"".join(_ZONE.pack(zone.start, zone.end, ZONES.index(zone.zone)) for zone in outcome.zones)
    body = zlib.compress(json.dumps(_OF_RELEASE(release), ensure_ascii=False).encode(), 1)
    head = _HEAD.pack(b"R", len(origin), len(zones))
    return b"".join((head, origin, zones, _traits(release, outcome.zones), body))


def joined(outcomes: Iterable[bytes]) -> bytes:
    """The packed outcomes of a file, one after the other."""
    return b"".join(_LENGTH.pack(len(data)) + data for data in outcomes)


def unjoined(data: bytes) -> Iterator[bytes]:
    """Each of them again."""
    at = 0
    while at < len(data):
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        yield data[at : at + length]
        at += length


def is_release(data: bytes) -> bool:
    """Whether packed bytes hold a release; else they hold a rejection."""
    return data[:1] == b"R"


def origin_bytes(data: bytes) -> bytes:
    """Where a packed release comes from, still packed: the same bytes for the same origin."""
    _, length, _ = _HEAD.unpack_from(data)
    return data[_HEAD.size : _HEAD.size + length]


def origin(data: bytes) -> Origin:
    """An origin unpacked."""
    return Origin(*json.loads(data))


def traits(data: bytes) -> bytes:
    """The traits of a packed release, one row of TRAITS."""
    start = sum(_HEAD.unpack_from(data)[1:]) + _HEAD.size
    return data[start : start + TRAITS.itemsize]


def zones(data: bytes, release_id: str) -> Iterator[Zone]:
    """The zones of a packed release."""
    _, before, length = _HEAD.unpack_from(data)
    start = _HEAD.size + before
    for first, last, kind in _ZONE.iter_unpack(data[start : start + length]):
        yield Zone(release_id, first, last, ZONES[kind])


def release(data: bytes, release_id: str, issuer: str | None, basis: str | None) -> Release:
    """A packed release, under an id and with the issuer that this corpus gives it."""
    start = sum(_HEAD.unpack_from(data)[1:]) + _HEAD.size + TRAITS.itemsize
    values = json.loads(zlib.decompress(memoryview(data)[start:]))
    named = dict(zip(_RELEASE, values, strict=True))
    return Release(release_id=release_id, issuer=issuer, issuer_basis=basis, **named)


def rejected(data: bytes) -> Rejected:
    """A packed rejection."""
    return Rejected(*json.loads(data[_HEAD.size :]))


def _traits(release: Release, zones: Sequence[Zone]) -> bytes:
    row = np.zeros(1, TRAITS)
    row["sha256"] = release.source_sha256.encode()
    row["text"] = key(fold(release.text))
    row["number"] = key(release.number or "")
    row["refers"] = key(corrections.refers(release) or "")
    row["published"] = release.published.encode()
    row["corrected"] = corrections.version(release)
    row["signature"] = minhash.signature(minhash.shingles(message(release, zones)))
    return row.tobytes()


def key(text: str) -> int:
    """A text -> a number that stands for it; 0 for none."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) if text else 0


def message(release: Release, zones: Sequence[Zone]) -> str:
    """The text of a release without the zones set aside; the whole text where little would be left.

    Headline and body are compared; letterhead and contact are alike in everything that an office sends out.
    """
    parts, end = [], 0
    for zone in sorted((zone for zone in zones if zone.zone != "headline"), key=lambda zone: zone.start):
        parts.append(release.text[end : zone.start])
        end = zone.end
    rest = "".join([*parts, release.text[end:]])
    return rest if len(rest.split()) >= _FEW_WORDS else release.text
