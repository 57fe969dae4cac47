"""What ruff has no rule for: short functions, parameters explained, names of the field, models that are types."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from code_metrics import functions_of, shipped_modules

ROOT = Path(__file__).parents[2]
NOT_SHIPPED = {"tests", "docs", "scripts", "examples", "build", "dist"}
LONGEST_FUNCTION, MOST_COMPLEX, MOST_UNEXPLAINED = 50, 15, 3
"""Lines and complexity of a function, and parameters from which each is named in the docstring."""
PRIVATE_ENGLISH = {
    *(
        "told",
        "seen",
        "mend",
        "mended",
        "mends",
        "mending",
        "harmless",
        "making",
        "dressed",
        "dress",
        "fate",
        "witness",
    ),
}
"""Words that this code once had for what the field calls otherwise. The option `--witness` keeps its name."""

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs the repository")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the repository that is no test: its path from the root, and its tree."""

    path: str
    tree: ast.Module

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


def all_modules() -> list[Module]:
    places = [path.relative_to(ROOT) for path in sorted(ROOT.rglob("*.py"))]
    return [
        Module(str(place), ast.parse((ROOT / place).read_text(encoding="utf-8")))
        for place in places
        if not place.parts[0].startswith(".") and place.parts[0] not in NOT_SHIPPED
    ]


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    return all_modules()


def long_functions(modules: list[Module]) -> set[str]:
    return {
        f"{module.path}:{function.name}"
        for module in modules
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    }


def unexplained_parameters(modules: list[Module]) -> set[str]:
    unexplained = set()
    for module in modules:
        if module.path.startswith(("cli/", "benchmarks/", "training/")):  # options explain themselves
            continue
        for function in module.functions():
            names = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
            names = [name for name in names if name not in ("self", "cls")]
            if not function.name.startswith("_") and len(names) > MOST_UNEXPLAINED:
                explained = set(re.findall(r"`(\w+)`", ast.get_docstring(function) or ""))
                if not explained.issuperset(names):
                    unexplained.add(f"{module.path}:{function.name}")
    return unexplained


def defined_names(tree: ast.AST) -> Iterator[str]:
    """Names that a module chooses itself: of functions, classes, parameters, variables; not of fields (JSON keys)."""
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def private_names(modules: list[Module]) -> set[str]:
    return {
        module.path
        for module in modules
        for name in defined_names(ast.parse("") if module.path.startswith(("models/", "cli/")) else module.tree)
        if PRIVATE_ENGLISH & set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
    }


@pytest.mark.parametrize("rule", [long_functions, unexplained_parameters, private_names])
def test_rule_is_kept(modules: list[Module], rule: Callable[[list[Module]], set[str]]) -> None:
    assert not rule(modules)


def test_functions_stay_simple() -> None:
    """By radon's count, which is stricter than ruff's: comprehensions and Boolean operators are branches too."""
    functions = [function for path in shipped_modules(ROOT) for function in functions_of(path, ROOT)]
    assert not {function.name for function in functions if function.complexity > MOST_COMPLEX}


def test_models_are_types_only(modules: list[Module]) -> None:
    allowed = {"pydantic", *sys.stdlib_module_names}
    for module in modules:
        if module.path.startswith("models/"):
            for node in ast.walk(module.tree):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                for name in names:
                    assert name.split(".")[0] in allowed or name.startswith("avskrift.models"), f"{module.path}: {name}"
