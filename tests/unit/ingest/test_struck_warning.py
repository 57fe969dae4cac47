"""The warning of struck-out words."""

from avskrift.ingest.struck_warning import warnings_of_struck


def test_warnings_of_struck_out_words() -> None:
    assert warnings_of_struck(2, []) == ()
    assert warnings_of_struck(2, ["den 1 mars", "2022"]) == ("page 2: struck-out words are left out: den 1 mars 2022",)
    assert warnings_of_struck(2, [""]) == ("page 2: struck-out words are left out: (they cannot be read)",)
    (long,) = warnings_of_struck(2, ["ord " * 200])
    assert long.endswith(" …") and len(long) < 260
