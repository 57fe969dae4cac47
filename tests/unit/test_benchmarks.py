"""Every benchmark can be imported and says how it is run; each that is a command stands in their README.

What several of them count with is tried on examples.
"""

import importlib
import re
import sys
from pathlib import Path

import pytest
from interleaved import Cost, cost_of, in_turns, least, median
from scan_folders import Asked, groups
from scan_records import record_of_values
from sign_pages import counted

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


@pytest.mark.parametrize(
    ("printed", "found", "right", "invented"),
    [
        ("enligt 44 § lagen", "enligt 44 § lagen", {"§": 1}, {}),
        ("§ 41 Beslut", "$ 41 Beslut", {}, {}),
        ("Andelen var 15 % av", "Andelen var 16 % av", {}, {"%": 1}),  # not the number that was printed
        ("Andelen var 15 % av", "Andelen var 15% av", {"%": 1}, {}),
        ("Dnr 7 § 41–47", "Dnr 7 § 41-47", {"§": 1}, {}),
        ("kallad ”Kommunen”, och", "kallad ”Kommunon”, och", {"”": 1}, {}),  # a letter is wrong, the sign is right
        ("möten – även kvällar", "möten - även kvällar", {}, {}),
        ("• Polisen deltar", "e Polisen deltar", {}, {}),
        ("anna.ek@vikbo.example", "anna.ok@vikbo.example", {}, {"@": 1}),
        ("kl. 9-16", "kl. 9–16", {}, {"–": 1}),
    ],
)
def test_signs_are_right_with_their_words(
    printed: str, found: str, right: dict[str, int], invented: dict[str, int]
) -> None:
    count = counted(printed.split(), found.split())
    assert (dict(count.right), dict(count.invented)) == (right, invented)


def test_commands_take_turns() -> None:
    turns: list[str] = []

    def costs(name: str, wall: float) -> Cost:
        turns.append(name)
        return Cost(wall, 1.0)

    found = in_turns({"a": lambda: costs("a", 1.0 + len(turns)), "b": lambda: costs("b", 2.0)}, 2)
    assert turns == ["a", "b", "a", "b"]
    assert (least(found["a"]).wall, median(found["a"]).wall) == (1.0, 2.0)


def test_time_of_processes_that_outlive_their_command_counts() -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    begun = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    assert cost_of([[sys.executable, "-c", begun]]).cpu >= 0.3


def test_scans_that_nothing_was_tuned_with_come_first(tmp_path: Path) -> None:
    for folder in ("unseen", "shared/scans"):
        (tmp_path / folder).mkdir(parents=True)
        for name in ("vikbo.fax.pdf", "vikbo.badlayer+fax.pdf", "lillaby.fax.pdf", "vikbo.gold.txt"):
            (tmp_path / folder / name).touch()
    found = list(groups(Asked(tmp_path / "shared", (tmp_path / "unseen",))))
    assert [(folder.name, profile, [scan.document for scan in scans]) for folder, profile, scans in found] == [
        ("unseen", "fax", ["vikbo"]),
        ("scans", "fax", ["vikbo"]),
    ]


def test_values_that_were_printed_make_a_record() -> None:
    values = {"date": "2021-05-03", "parties": [{"name": "Vikbo kommun", "orgnr": "212000-4516"}], "valid_to": None}
    assert record_of_values(values) == {
        "parties": [{"name": "Vikbo kommun", "organisation_number": "212000-4516"}],
        "period": {"valid_to": None},
    }
