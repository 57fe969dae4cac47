"""Every regular expression of the package, and texts made from each that cost it the most time.

Patterns stand as literals in the modules and as rules in the TOML files. From the parts of a pattern pieces are made:
what stands before a repetition, what is repeated, single signs; a worst case is such pieces many times over, followed
by a sign that breaks the match.
"""

import ast
import importlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import avskrift
from avskrift.language.rules import alternatives_of, compiled_entry
from avskrift.models.document import WIDE_GAP

ROOT = Path(avskrift.__file__).parent
ROOMS = ("batch", "cli", "comparison", "corrections", "ingest", "language", "models", "output", "parsing", "runtime")
_CALLS = {"compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}
_SCANS = {"search", "findall", "finditer", "sub", "subn", "split"}
_BREAKERS = ("", "!", "\x00", "a", "§ ")
_COMMON = (
    *(" ", "\t", "a", "å", "A", "1", ".", ",", "-", "–", "_", "(", ")", '"', "'", ":", "/", "@", "•", "\n", "§"),
    *("a ", "A ", "1 ", "- ", ". ", "Aa ", "aa ", "a-", "1-", "1.", "a.", "A.", "1:", "( ", ") ", "Aa-", "Aa, "),
    *("   ", "a   ", "Aaaa aaaa, ", "Aa Aa och ", "aa och ", "2019-01-01 ", "1 januari 2019 ", "a@a.", "08-1 "),
    *("Bilaga 1 ", "den ", "i ", "och ", "för ", "och/eller ", "a\n", "A\n", "\n\n", "1\n", "a,b;", "()", "(a) "),
)
_SAMPLE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Known:
    """A pattern, where it stands, and whether it is looked for anywhere in a text or only at its beginning."""

    place: str
    pattern: re.Pattern[str]
    searched: bool
    anchored: bool

    def run(self, text: str) -> None:
        """All that is done with the pattern, once over `text`."""
        if self.searched:
            for _ in self.pattern.finditer(text):
                pass
        if self.anchored:
            self.pattern.match(text)
            self.pattern.fullmatch(text)


def known_patterns() -> list[Known]:
    """Every pattern of the package, in the order of the places."""
    found: dict[tuple[str, int, bool, bool], Known] = {}
    for known in (*_in_modules(), *_in_rules()):
        key = (known.pattern.pattern, known.pattern.flags, known.searched, known.anchored)
        found.setdefault(key, known)
    return sorted(found.values(), key=lambda k: k.place)


def _modules() -> Iterator[Path]:
    yield from sorted(ROOT.glob("*.py"))
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def _in_modules() -> Iterator[Known]:
    texts = {path: path.read_text(encoding="utf-8") for path in _modules()}
    everything = "\n".join(texts.values())
    for path, text in texts.items():
        tree = ast.parse(text)
        names = {
            id(node.value): target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _CALLS
                and node.args
            ):
                continue
            pattern = _compiled(path, node)
            if pattern is None:
                continue
            used = {node.func.attr}
            if node.func.attr == "compile":
                name = names.get(id(node))
                # a private name is its module's own: others may call something else so
                where = text if name and name.startswith("_") else everything
                used = set(re.findall(rf"\b{name}\.(\w+)", where)) & _CALLS if name else set()
            searched = not used or bool(used & _SCANS)
            anchored = not used or bool(used - _SCANS)
            yield Known(f"{path.relative_to(ROOT)}:{node.lineno}", pattern, searched, anchored)


def _compiled(path: Path, call: ast.Call) -> re.Pattern[str] | None:
    """The pattern of a call of `re`, one of bytes as one of letters; what only the caller knows is taken for a letter.
    None for names."""
    scope = vars(importlib.import_module(".".join(("avskrift", *path.relative_to(ROOT).with_suffix("").parts))))
    flags = next((k.value for k in call.keywords if k.arg == "flags"), None)
    if flags is None and isinstance(call.func, ast.Attribute):
        at = {"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2}.get(call.func.attr, 9)
        flags = call.args[at] if len(call.args) > at else None
    try:
        pattern = _value(call.args[0], scope)
        value = re.compile(pattern, 0 if flags is None else _value(flags, scope))
    except (NameError, TypeError, KeyError, AttributeError):
        if not isinstance(call.args[0], ast.JoinedStr):
            return None
        parts = [str(p.value) if isinstance(p, ast.Constant) else "x" for p in call.args[0].values]
        value = re.compile("".join(parts))
    if isinstance(value.pattern, bytes):
        return re.compile(value.pattern.decode("latin-1"), value.flags | re.ASCII)
    return value


def _value(node: ast.expr, scope: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), scope)


def _in_rules() -> Iterator[Known]:
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.toml")):
        if path.parent.name not in ("vocabulary", "rules", "data"):
            continue
        place = str(path.relative_to(ROOT))
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        words = alternatives_of(data) if any("{" in entry["pattern"] for _, entry in _entries(data)) else {}
        for name, entry in _entries(data):
            yield Known(f"{place}: {name}", compiled_entry(entry, words), True, True)


def _entries(data: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each table of a TOML file that holds a pattern, with a name for it."""
    if isinstance(data, dict):
        label = str(next((data[k] for k in ("name", "key", "kind", "label") if k in data), name))
        for key, value in data.items():
            if key in ("pattern", "REGEX") and isinstance(value, str):
                yield label, {**data, "pattern": value}
            else:
                yield from _entries(value, label if label else key)
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value, name)


def worst_cases(known: Known, length: int, breakers: Sequence[str] = _BREAKERS) -> Iterator[str]:
    """Texts of about `length` signs, each made of a piece of the pattern many times over.

    Where only lines of a `Document` are read there is no white space wider than a gap between columns.
    """
    made: set[tuple[str, str]] = set()
    of_lines = known.place.startswith(("parsing", "comparison", "language"))
    for before, piece in _pieces(known.pattern):
        if not piece or (before, piece) in made:
            continue
        made.add((before, piece))
        body = piece * max(1, length // len(piece))
        for after in breakers:
            text = f"{before}{body}{after}"
            yield re.sub(r"\s{4,}", WIDE_GAP, text) if of_lines else text


def _pieces(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """What stands before a repetition and what is repeated; the whole so far is a piece as well."""
    for sign in _COMMON:
        yield "", sign
    flags = pattern.flags & ~re.UNICODE
    tree = list(_parser.parse(pattern.pattern, flags))
    for choice in range(3):
        for before, body in _repetitions(tree, "", choice):
            yield before, body
            yield "", before[-_SAMPLE_LIMIT:] + body
            yield "", before[-_SAMPLE_LIMIT:] + body + " "
        sample = _sample(tree, choice)[:_SAMPLE_LIMIT]
        yield "", sample
        yield "", sample + " "
        yield sample, " "
        if len(sample) > 1:
            yield "", sample[:-1]


def _repetitions(tree: Sequence[tuple[Any, Any]], before: str, choice: int) -> Iterator[tuple[str, str]]:
    for op, argument in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, body = argument
            if most > 8:
                yield before, _sample(body, choice)
            yield from _repetitions(body, before, choice)
        elif op is sre.SUBPATTERN:
            yield from _repetitions(argument[3], before, choice)
        elif op is sre.ATOMIC_GROUP:
            yield from _repetitions(argument, before, choice)
        elif op is sre.BRANCH:
            for branch in argument[1]:
                yield from _repetitions(branch, before, choice)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repetitions(argument[1], before, choice)
        before += _sample([(op, argument)], choice)


def _sample(tree: Sequence[tuple[Any, Any]], choice: int) -> str:
    """A text that the tree matches, more or less: of alternatives and classes the `choice`-th sign."""
    out = ""
    for op, argument in tree:
        if op is sre.LITERAL:
            out += chr(argument)
        elif op is sre.NOT_LITERAL:
            out += "b" if chr(argument) != "b" else "c"
        elif op is sre.ANY:
            out += ("a", " ", "A")[choice]
        elif op is sre.IN:
            out += _one_of(argument, choice)
        elif op is sre.BRANCH:
            out += _sample(argument[1][choice % len(argument[1])], choice)
        elif op is sre.SUBPATTERN:
            out += _sample(argument[3], choice)
        elif op is sre.ATOMIC_GROUP:
            out += _sample(argument, choice)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, body = argument
            out += _sample(body, choice) * min(max(least, 1 if choice != 1 else least), 12 if most > 12 else most)
    return out


_CATEGORY = {
    sre.CATEGORY_DIGIT: "123",
    sre.CATEGORY_NOT_DIGIT: "a .",
    sre.CATEGORY_SPACE: " \t ",
    sre.CATEGORY_NOT_SPACE: "aA1",
    sre.CATEGORY_WORD: "aA1",
    sre.CATEGORY_NOT_WORD: " .-",
}


def _one_of(items: Sequence[tuple[Any, Any]], choice: int) -> str:
    pattern_items = list(items)
    if pattern_items and pattern_items[0][0] is sre.NEGATE:
        fits: Callable[[str], bool] = lambda sign: not any(_is(sign, item) for item in pattern_items[1:])  # noqa: E731
        found = [sign for sign in "aA1 .-_xÅ,\t" if fits(sign)]
        return found[choice % len(found)] if found else ""
    signs: list[str] = []
    for op, argument in pattern_items:
        if op is sre.LITERAL:
            signs.append(chr(argument))
        elif op is sre.RANGE:
            signs.append(chr(argument[0]))
        elif op is sre.CATEGORY:
            signs.append(_CATEGORY[argument][choice])
    return signs[choice % len(signs)] if signs else ""


def _is(sign: str, item: tuple[Any, Any]) -> bool:
    op, argument = item
    if op is sre.LITERAL:
        return ord(sign) == int(argument)
    if op is sre.RANGE:
        return bool(argument[0] <= ord(sign) <= argument[1])
    if op is sre.CATEGORY:
        tests: dict[Any, bool] = {
            sre.CATEGORY_DIGIT: sign.isdigit(),
            sre.CATEGORY_NOT_DIGIT: not sign.isdigit(),
            sre.CATEGORY_SPACE: sign.isspace(),
            sre.CATEGORY_NOT_SPACE: not sign.isspace(),
            sre.CATEGORY_WORD: sign.isalnum() or sign == "_",
            sre.CATEGORY_NOT_WORD: not (sign.isalnum() or sign == "_"),
        }
        return tests[argument]
    return False
