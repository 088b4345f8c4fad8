"""Students and their export; skipped where torch and onnx, which only training needs, are not installed."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="only training needs torch")
pytest.importorskip("onnx", reason="only training needs onnx")

from training import export, network, students  # noqa: E402

SHAPE = network.Shape(pieces=20, heads_out=7, layers=1, hidden=24, attention=2, inner=48)


def saved(folder: Path, name: str, seed: int) -> network.Transformer:
    """A small untrained network, in its file and as it lies there."""
    torch.manual_seed(seed)
    network.save(network.Transformer(SHAPE), folder / f"{name}.pt")
    return network.load(folder / f"{name}.pt")


def test_a_mean_holds_the_weighted_mean_of_every_weight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three parts of one and one part of the other."""
    monkeypatch.setattr(students, "FOLDER", tmp_path)
    one, two = saved(tmp_path, "one", 1).state_dict(), saved(tmp_path, "two", 2).state_dict()
    students.mean({"one": 3, "two": 1}, "both")
    both = network.load(tmp_path / "both.pt").state_dict()
    for key in one:
        assert torch.allclose(both[key], (3 * one[key] + two[key]) / 4, atol=2e-3), key


def test_a_reserve_raises_the_score_of_no_name_and_nothing_else(tmp_path: Path) -> None:
    """The first output rises by the reserve; the network is left as it was."""
    state = export.state_of(saved(tmp_path, "one", 1))
    raised = export.reserved(state, 0.75)
    assert np.allclose(raised["head.bias"] - state["head.bias"], [0.75, 0, 0, 0, 0, 0, 0])
    assert all(raised[key] is state[key] for key in state if key != "head.bias")
