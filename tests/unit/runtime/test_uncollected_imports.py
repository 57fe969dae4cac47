"""The collector rests while modules are imported, and no longer."""

import gc

import pytest

from avskrift.runtime.uncollected_imports import uncollected_imports


def test_it_rests_and_goes_on() -> None:
    assert gc.isenabled()
    with pytest.raises(ImportError), uncollected_imports():
        assert not gc.isenabled()
        raise ImportError
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with uncollected_imports():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
