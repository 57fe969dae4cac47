"""Every benchmark can be imported and says how it is run; each that is a command stands in their README."""

import importlib
import re
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
NAMES = sorted(path.stem for path in BENCHMARKS.glob("*.py"))
COMMANDS = [name for name in NAMES if "__main__" in (BENCHMARKS / f"{name}.py").read_text(encoding="utf-8")]


def test_there_are_some() -> None:
    assert {"measure", "settings", "code_metrics"} <= set(COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_help_is_printed(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    module = importlib.import_module(name)
    if name in COMMANDS:
        monkeypatch.setattr(sys, "argv", [f"{name}.py", "--help"])
        with pytest.raises(SystemExit) as end:
            module.main()
        assert not end.value.code and "usage: " in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_it(name: str) -> None:
    readme = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"benchmarks/{name}\.py|^exec.*{name}", readme + (BENCHMARKS / "run").read_text(encoding="utf-8"))
