"""Parts of a package are imported without its `__init__` where a process says so; it is whole when asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

ALLOWED = """
from avskrift.runtime.package_parts import allow_parts, import_parts
allow_parts("made")
"""


@pytest.fixture
def made_package(tmp_path: Path) -> Path:
    """A package whose start imports what is slow, and whose module `late` cannot do without the start."""
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "__init__.py").write_text("from made import slow, quick\nWHOLE = True\n")
    (folder / "quick.py").write_text("from . import below\nVALUE = below.VALUE\n")
    (folder / "below.py").write_text("VALUE = 3\n")
    (folder / "slow.py").write_text("print('started')\n")
    (folder / "late.py").write_text("import made\nif 'WHOLE' not in vars(made): raise ImportError('too early')\n")
    return tmp_path


def lines_of(code: str, folder: Path) -> list[str]:
    """What a process prints that finds the package."""
    path = f"import sys; sys.path.append({str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", f"{path}\n{code}"], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_modules_are_imported_without_the_start(made_package: Path) -> None:
    code = ALLOWED + 'import_parts("made", ("made.quick",))\nfrom made.quick import VALUE\nprint(VALUE)'
    assert lines_of(code, made_package) == ["3"]


@pytest.mark.parametrize(
    "asks",
    ["import made; made.WHOLE", "from made import WHOLE", "import made.slow", "from made.slow import __name__"],
)
def test_the_start_comes_with_what_is_not_there_yet(asks: str, made_package: Path) -> None:
    code = ALLOWED + f'import_parts("made", ("made.quick",))\nfrom made.quick import VALUE\nprint(VALUE)\n{asks}\n'
    code += "import made\nprint(made.WHOLE, made.quick.VALUE, made.below.VALUE, made.slow.__name__)"
    assert lines_of(code, made_package) == ["3", "started", "True 3 3 made.slow"]


def test_the_start_comes_at_once_where_a_module_needs_it(made_package: Path) -> None:
    code = ALLOWED + 'import_parts("made", ("made.quick", "made.late"))\nimport made.late\nprint(made.WHOLE)'
    assert lines_of(code, made_package) == ["started", "True"]


def test_nothing_is_put_off_unless_the_process_says_so(made_package: Path) -> None:
    code = ALLOWED.replace('"made"', '"another"') + 'import_parts("made", ("made.quick",))\nimport sys\n'
    code += 'print("made" in sys.modules)\nimport made.quick'
    assert lines_of(code, made_package) == ["False", "started"]


SPACY = """
import sys
from avskrift.parsing.structure.entities import entities_in
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.package_parts import allow_parts
allow_parts("spacy")
(found,) = entities_in("Hyresgästföreningen Vikbo", Vocabulary.shipped())
print(found.label, "spacy.language" in sys.modules, "requests" in sys.modules)
import spacy
from spacy.tokens import Doc
nlp = spacy.blank("sv")
nlp.add_pipe("span_ruler").add_patterns([{"label": "place", "pattern": [{"LOWER": "vikbo"}]}])
doc = nlp("Vi möts i Vikbo.")
print([(span.text, span.label_) for span in doc.spans["ruler"]], type(doc) is Doc, spacy.tokens.Doc is Doc)
"""


def test_spacy_matches_without_its_start_and_is_whole_afterwards(tmp_path: Path) -> None:
    """With the version that is installed: another may lean on its start, and only take longer."""
    assert lines_of(SPACY, tmp_path) == ["association False False", "[('Vikbo', 'place')] True True"]
