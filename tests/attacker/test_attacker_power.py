"""He isn't blind: where small figures are hidden and nothing beside them, he finds half of them and errs in none."""

from benchmarks.attacker import measure_power
from tests.attacker.releases import write
from tests.attacker.test_attacker_truth import make_rows


def test_small_figures_hidden_alone_are_found_and_found_right(tmp_path):
    folders = [write(tmp_path / str(seed), make_rows(seed)[0]) for seed in range(8)]
    powers = [measure_power([folder], 5) for folder in folders]
    assert all(power.right == power.opened for power in powers)
    assert sum(power.opened for power in powers) > 0.5 * sum(power.hidden for power in powers)
