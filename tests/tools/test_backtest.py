"""The back test's exit status where its folder isn't there, or lacks what it needs."""

from tools import backtest


def test_a_folder_that_was_named_and_is_not_there_is_a_wrong_command(tmp_path, capsys):
    assert backtest.main([str(tmp_path / "none")]) == 2
    assert "No folder of releases" in capsys.readouterr().out


def test_without_the_default_folder_it_says_so_and_nothing_is_wrong(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("SAFEGUARDING_RELEASES", raising=False)
    monkeypatch.setattr(backtest, "REPOSITORY", tmp_path / "checkout")
    assert backtest.main([]) == 0
    assert "beside the checkout" in capsys.readouterr().out


def test_the_environment_names_the_folder(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("SAFEGUARDING_RELEASES", str(tmp_path))
    assert backtest.main([]) == 2
    assert "the folder lacks: " in capsys.readouterr().out
