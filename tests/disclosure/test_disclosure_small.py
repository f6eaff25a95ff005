"""Small partnerships with counts of their own, before two who know the field."""

import re
from dataclasses import replace

from analysis.disclosure import apply
from benchmarks.small import try_out


def test_nobody_finds_a_number_of_a_small_partnership(shipped_catalogue):
    tried = [try_out(seed, shipped_catalogue) for seed in range(4)]
    assert [line for told, _ in tried for line in told] == []
    assert sum(count for _, count in tried) > 40


def test_with_small_figures_alone_hidden_the_programme_finds_them(shipped_catalogue, monkeypatch):
    protect = apply.protect

    def hide_small(*given, **more):
        done = protect(*given, **more)
        return replace(done, hidden={id: why for id, why in done.hidden.items() if why == "primary"})

    monkeypatch.setattr(apply, "protect", hide_small)
    told, _ = try_out(0, shipped_catalogue)
    assert any(re.search(r"/value: ([1-4]) to \1$", one) for one in told)
