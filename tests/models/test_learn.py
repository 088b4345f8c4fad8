"""The training loop; skipped where torch, which only training needs, is not installed."""

import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="only training needs torch")
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "models"))

from training import learn  # noqa: E402
from training.silver import doubt, sample  # noqa: E402

SCHEDULE = learn.Schedule(steps=12, fall=6, rate=0.1, budget=1, seed=3, warm=3)


def trained(path: Path, stop: int) -> list[float]:
    """A toy network after so many steps of the loop, from the checkpoint at path on."""
    torch.manual_seed(0)
    net = torch.nn.Linear(3, 1)
    optim = learn.optimiser(net, SCHEDULE.rate, 1.0)
    steps = [(i, torch.tensor([i])) for i in range(SCHEDULE.steps)][:stop]

    def loss(_: int, numbers: torch.Tensor) -> torch.Tensor:
        noise = torch.rand(4, 3)  # as dropout draws
        return ((net(noise) - numbers) ** 2).mean()

    learn.run(net, optim, steps, loss, SCHEDULE, path)
    return [round(float(x), 6) for p in net.parameters() for x in p.detach().flatten()]


def test_a_broken_run_goes_on_as_if_unbroken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after a checkpoint and started again, a run ends where the unbroken one ends."""
    whole = trained(tmp_path / "whole.pt", SCHEDULE.steps)
    monkeypatch.setattr(learn, "CHECKPOINT", 4)
    trained(tmp_path / "broken.pt", 6)
    assert trained(tmp_path / "broken.pt", SCHEDULE.steps) == whole


def test_the_rate_rises_stays_and_falls_to_zero() -> None:
    """Warm-up, plateau, linear fall to (nearly) nothing at the last step."""
    scales = [SCHEDULE.scale(step) for step in range(SCHEDULE.steps)]
    assert scales[:3] == pytest.approx([1 / 3, 2 / 3, 1.0])
    assert scales[3:7] == [1.0] * 4
    assert scales[7:] == sorted(scales[7:], reverse=True)
    assert 0 < scales[-1] < 0.2


def test_doubt_is_the_mean_of_what_the_likeliest_label_lacks() -> None:
    """Two windows, a sure one and an unsure one."""
    target = torch.zeros(4, 30)
    target[:, 0] = torch.tensor([1.0, 1.0, 0.6, 0.5])
    windows = torch.tensor([[0, 0, 0, 2, 0], [0, 0, 2, 4, 0]])
    assert doubt(target, windows).tolist() == pytest.approx([0.0, 0.45])


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    """As many lines as hold so many words, drawn by chance, repeatably."""
    lines = [f"wort{i} und mehr" for i in range(50)]
    drawn = sample(lines, 30, 5)
    assert drawn == sample(lines, 30, 5) != sample(lines, 30, 6)
    assert sum(line.count(" ") + 1 for line in drawn) in range(30, 34)
