"""Code lists: what an entry means, and how a wrong one is refused."""

import pytest

from analysis.errors import DataError
from analysis.measures.codes import Code, load_codes


def test_an_entry_is_code_label_and_other_spellings_or_a_code_whose_label_follows(tmp_path):
    (tmp_path / "codes.toml").write_text('need = [["N1", "Abuse or neglect", "abuse"], "not_stated"]\n')
    expected = (Code("N1", "Abuse or neglect", ("abuse",)), Code("not_stated", "Not stated"))
    assert load_codes(tmp_path / "codes.toml") == {"need": expected}


def test_a_code_given_twice_is_refused(tmp_path):
    (tmp_path / "codes.toml").write_text('need = [["N1", "Abuse"], ["N1", "Neglect"]]\n')
    with pytest.raises(DataError, match="codes.toml: need: code 'N1' is given twice"):
        load_codes(tmp_path / "codes.toml")
