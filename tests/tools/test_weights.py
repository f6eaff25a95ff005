"""The weights of `verify` are those under which the right candidates are likeliest."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from tools.weights import Example, fit, measure, read_rows

RIGHT = Example(np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]), [0])  # two candidates, one equal, and none of them


def test_without_weights_every_candidate_and_none_are_alike():
    loss, _ = measure(np.zeros(2), [RIGHT])
    assert loss == pytest.approx(np.log(3))


def test_the_slope_is_that_of_the_loss():
    examples = [RIGHT, Example(RIGHT.features, [2]), Example(RIGHT.features, [0, 1])]
    slope = check_grad(lambda w: measure(w, examples)[0], lambda w: measure(w, examples)[1], np.array([0.7, -0.4]))
    assert slope < 1e-5


def test_what_tells_the_right_one_weighs_and_the_ridge_holds_it():
    equal, none = fit([RIGHT] * 20)
    assert 2 < equal < 10
    assert none < 0


def test_the_rows_of_a_report_are_called_by_the_column_that_holds_their_ids(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text("header: id,words,value\na0|5|x.1,Plans,@\na1|6|x.2,Plans,@\n---\nText.", encoding="utf-8")
    assert read_rows(path, {"x.1", "x.2"}) == {"a0": "x.1", "a1": "x.2"}
