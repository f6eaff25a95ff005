"""Every public name of the front door has an example in its docstring, and each example is true."""

import doctest

import pytest

import analysis as sg
from analysis import desk

FINDER = doctest.DocTestFinder(recurse=False)


@pytest.fixture(scope="module")
def outputs(hillingdon_outputs):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_OUTPUT", str(hillingdon_outputs))
        yield


@pytest.mark.slow
@pytest.mark.parametrize("name", sg.__all__)
def test_the_example_of_a_name_is_true(name, outputs):
    (example,) = FINDER.find(getattr(sg, name), name, globs=dict(vars(desk)))
    assert example.examples, f"sg.{name} has no example"
    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(example, out=said.append).failed == 0, "".join(said)
