"""The list of sums vouches for every file of the package, and stands there only when the package is whole."""

import hashlib

import pytest

from pipeline.archive import delivery, sums
from pipeline.archive.package import prepare
from tests.archive import package


@pytest.fixture
def target(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    package.build(tmp_path)
    return tmp_path / "data/archive"


def checked(folder, name):
    """The files that a list of sums names, as `sha512sum -c` checks it; they are as it says."""
    listed = [line.split("  ", 1) for line in (folder / name).read_text("utf-8").splitlines()]
    assert listed == sorted(listed, key=lambda row: row[1])
    for digest, path in listed:
        assert hashlib.sha512((folder / path).read_bytes()).hexdigest() == digest
    return [path for _, path in listed]


def test_every_file_is_vouched_for(target):
    found = {sums.NAME, *checked(target, sums.NAME)}
    for name in [name for name in found if name.endswith("/tagmanifest-sha512.txt")]:
        bag = name.partition("/")[0]
        tags = checked(target / bag, "tagmanifest-sha512.txt")
        found |= {f"{bag}/{path}" for path in [*tags, *checked(target / bag, "manifest-sha512.txt")]}
    assert found == set(package.tree(target))


def test_what_begins_to_change_the_package_takes_the_list_away_first(target, monkeypatch):
    before = (target / sums.NAME).read_bytes()
    (target / f"{sums.NAME}.part").write_bytes(b"left by a run that was cut off")
    prepare(target, [])
    assert not list(target.glob("pruefsummen*"))

    def fail(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivery.bag, "bag", fail)
        with pytest.raises(KeyboardInterrupt):
            package.build(target.parents[1])
    assert not (target / sums.NAME).exists()
    package.build(target.parents[1])
    assert (target / sums.NAME).read_bytes() == before
