"""What each rule is worth on documents that it was not made with: it is switched off, and what the rules alone then
read is compared with what they read before.

    python benchmarks/rule_ablation.py [--every 1] [--share 0/1]

Rules are the patterns of the vocabulary and the places that parties, groups and areas are looked for in. The documents
are those of training/agreements, whose writers had seen no rule. A rule that matches nothing in a document changes
nothing there, so only the others are read anew. Prints for each rule in how many documents it matched, and how many
right values and how many wrong ones go (-) or come (+) without it: one with nothing to show may be deleted.
"""

import argparse
import logging
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training" / name) for name in ("reader", "agreements", "")]

from fit_judge import true_spans  # noqa: E402
from marked import MarkedText, document_of, read_all  # noqa: E402
from scoring import counts  # noqa: E402

from avskrift.language.lexicon import Lexicon  # noqa: E402
from avskrift.language.rules import Rule  # noqa: E402
from avskrift.models.document import Document  # noqa: E402
from avskrift.parsing.fields.focus_areas import field as areas  # noqa: E402
from avskrift.parsing.fields.groups import field as groups  # noqa: E402
from avskrift.parsing.fields.parties import field as parties  # noqa: E402
from avskrift.parsing.fields.registry import draft_of  # noqa: E402
from avskrift.parsing.learned.records import LearnedRecords, records_of  # noqa: E402
from avskrift.parsing.learned.tokens import tokenized  # noqa: E402
from avskrift.parsing.structure.document_structure import structure_of  # noqa: E402
from avskrift.parsing.vocabulary import Vocabulary  # noqa: E402
from avskrift.runtime.failures import Failures  # noqa: E402

T = TypeVar("T")

NEVER = re.compile("(?!)")
OF_THE_LANGUAGE = ("dates", "frequency", "numbers", "minutes")
"""Not switched off: rules of the language, which other parts of the program use too, and of minutes, whose values the
marks do not hold."""
LOG = logging.getLogger("avskrift.benchmarks")

Name = tuple[str, str, str]
"""A pattern: the file, the table, the name of the rule in it."""


class Watched:
    """A pattern that tells when it matched; used as a pattern is."""

    def __init__(self, pattern: re.Pattern[str], matched: Callable[[], object]) -> None:
        self._pattern = pattern
        self._matched = matched

    def finditer(self, *args: Any, **named: Any) -> Iterator[re.Match[str]]:
        """As a pattern's."""
        found = list(self._pattern.finditer(*args, **named))
        if found:
            self._matched()
        return iter(found)

    def __getattr__(self, name: str) -> Any:
        """What a pattern has: its methods tell of what they find. Whoever asks for its text may match with that
        elsewhere, which counts as a match."""
        own = getattr(self._pattern, name)
        if not callable(own):
            self._matched()
            return own

        def asked(*args: Any, **named: Any) -> Any:
            found = own(*args, **named)
            if found not in (None, [], list(args[:1])):  # list(args[:1]): nothing was split off
                self._matched()
            return found

        return asked


class WatchedVocabulary(Vocabulary):
    """The vocabulary with patterns that note in which document they matched."""

    def rules(self, file: str, table: str = "rule") -> tuple[Rule, ...]:
        """As the vocabulary's own, each pattern watched."""
        return self._kept((file, table), lambda: self._watched(file, table))

    def _watched(self, file: str, table: str) -> tuple[Rule, ...]:
        noted = self._kept("noted", set)
        found = []
        for rule in Vocabulary(self.tables).rules(file, table):
            name = (file, table, rule.name)
            watched = Watched(rule.pattern, lambda name=name: noted.add(name))  # type: ignore[misc]
            found.append(Rule(rule.name, lambda watched=watched: watched))  # type: ignore[misc]
        return tuple(found)

    def matches(self) -> set[Name]:
        """The patterns that matched since this was asked last."""
        noted: set[Name] = self._kept("noted", set)
        found = set(noted)
        noted.clear()
        return found


class LessVocabulary(Vocabulary):
    """The vocabulary with patterns of one name that match nothing. What does not hang on them is that of the shipped
    one: making it anew would take longer than the reading."""

    def rules(self, file: str, table: str = "rule") -> tuple[Rule, ...]:
        """As the vocabulary's own, those of the name without a match."""
        without: Name = self._kept("without", lambda: ("", "", ""))
        own = Vocabulary.shipped().rules(file, table)
        if (file, table) != without[:2]:
            return own
        return tuple(Rule(r.name, lambda: NEVER) if r.name == without[2] else r for r in own)

    def derived(self, make: Callable[[Vocabulary], T]) -> T:
        """As the vocabulary's own."""
        without: Name = self._kept("without", lambda: ("", "", ""))
        if make.__module__.endswith(".entities") and without[0] != "entities":
            return Vocabulary.shipped().derived(make)
        return Vocabulary.derived(self, make)


def less(vocabulary: Vocabulary, name: Name) -> Vocabulary:
    """A vocabulary with patterns of some name that match nothing."""
    found = LessVocabulary(vocabulary.tables)
    found._kept("without", lambda: name)
    return found


@dataclass(frozen=True)
class Rulebook:
    """What is switched off together: a vocabulary, and code that is replaced while it holds."""

    name: str
    documents: Sequence[int]
    vocabulary: Vocabulary
    replaced: AbstractContextManager[Any]


@dataclass(frozen=True)
class Known:
    """A document, the record that it truly makes, and how many values the rules read of it rightly and wrongly."""

    document: Document
    truth: LearnedRecords
    right: int
    wrong: int


def read(document: Document, truth: LearnedRecords, vocabulary: Vocabulary) -> tuple[int, int]:
    """How many values the rules read rightly and wrongly."""
    failures = Failures(LOG)
    draft, _ = draft_of(structure_of(document, vocabulary, failures), failures)
    assert not failures.found, failures.messages
    scored = list(counts(truth, draft))
    return sum(hits for _, hits, _, _ in scored), sum(others for _, _, others, _ in scored)


Place = tuple[ModuleType, str, Callable[..., Any]]
"""A place that values are looked for in: the module of the field, the name there, the function."""


def places() -> list[Place]:
    """The places that parties, areas and groups are looked for in."""
    names = ("_from_table", "groups_of_charts", "groups_in")
    in_lists = [(module, "SOURCES", source) for module in (parties, areas) for source in module.SOURCES]
    return [*in_lists, *((groups, name, getattr(groups, name)) for name in names)]


def replaced(place: Place, other: Callable[..., Any] | None) -> AbstractContextManager[Any]:
    """While this holds another function is asked, or none."""
    module, name, function = place
    if name != "SOURCES":
        return patch.object(module, name, other or (lambda *_: iter(())))
    changed = (other if source is function else source for source in module.SOURCES)
    return patch.object(module, name, tuple(source for source in changed if source))


def watched(place: Place, noted: set[Name]) -> AbstractContextManager[Any]:
    """While this holds it is noted that something was found in the place."""

    def asked(*args: Any) -> list[Any]:
        found = list(place[2](*args))
        if found:
            noted.add(name_of(place))
        return found

    return replaced(place, asked)


def name_of(place: Place) -> Name:
    return ("place", place[0].__name__.split(".")[-2], place[2].__name__)


def known(marked: Sequence[MarkedText]) -> tuple[list[Known], Mapping[Name, list[int]]]:
    """Each document as the rules read it, and in which documents each pattern matched and each place held something."""
    lexicon, vocabulary = Lexicon(), WatchedVocabulary(Vocabulary.shipped().tables)
    found: list[Known] = []
    matched: dict[Name, list[int]] = defaultdict(list)
    with ExitStack() as stack:
        noted: set[Name] = set()
        for place in places():
            stack.enter_context(watched(place, noted))
        for i, one in enumerate(marked):
            document = document_of(one)
            truth = records_of(true_spans(one, tokenized(document, lexicon)), Vocabulary.shipped())
            found.append(Known(document, truth, *read(document, truth, vocabulary)))
            for name in vocabulary.matches() | noted:
                matched[name].append(i)
            noted.clear()
    return found, matched


def without_places(matched: Mapping[Name, list[int]]) -> Iterator[Rulebook]:
    """Each place that values are looked for in switched off."""
    for place in places():
        name = name_of(place)
        yield Rulebook(" / ".join(name), matched.get(name, []), Vocabulary.shipped(), replaced(place, None))


def without_patterns(matched: Mapping[Name, list[int]]) -> Iterator[Rulebook]:
    """Each pattern of the vocabulary switched off."""
    shipped = Vocabulary.shipped()
    for file, table in sorted(shipped.tables.items()):
        for kind, entries in table.items():
            if file in OF_THE_LANGUAGE:
                continue
            if isinstance(entries, list) and any(isinstance(e, dict) and "pattern" in e for e in entries):
                for rule in shipped.rules(file, kind):
                    name = (file, kind, rule.name)
                    yield Rulebook(" / ".join(name), matched.get(name, []), less(shipped, name), nullcontext())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--share", default="0/1", help="i/n: every n-th rule from the i-th on")
    options = parser.parse_args()
    number, shares = map(int, options.share.split("/"))
    LOG.setLevel(logging.CRITICAL)
    documents, matched = known(read_all(ROOT / "training" / "agreements")[:: options.every])
    right, wrong = sum(d.right for d in documents), sum(d.wrong for d in documents)
    print(f"{len(documents)} documents: {right} right, {wrong} wrong values", flush=True)
    for i, rule in enumerate([*without_places(matched), *without_patterns(matched)]):
        if i % shares != number:
            continue
        hits = misses = 0
        with rule.replaced:
            for one in (documents[n] for n in rule.documents):
                found = read(one.document, one.truth, rule.vocabulary)
                hits, misses = hits + found[0] - one.right, misses + found[1] - one.wrong
        print(f"{len(rule.documents):5d} documents {hits:+5d} right {misses:+5d} wrong  {rule.name}", flush=True)


if __name__ == "__main__":
    main()
