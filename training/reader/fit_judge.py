"""Fits the judge on documents of writers that neither ensemble had seen, and says how well each does alone and both
together.

    python training/reader/fit_judge.py heldout/ [--write]

Each field has a logistic regression. The figures are of folds by writer: the weights that judge a writer's documents
were fitted without them. `--write` fits on all and writes parsing/judge/weights.json.
"""

import argparse
import json
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from fit_kinds import FOLDS, SAME_KINDS, judge_kinds
from marked import MarkedText, document_of, labels_of, read_all
from numpy.typing import NDArray
from scoring import LISTS, alike, expected_error, f1, matched, precision_recall

from avskrift.language.lexicon import Lexicon
from avskrift.models.agreement import DocumentKind, Traced
from avskrift.parsing.fields.registry import draft_of
from avskrift.parsing.judge import kind as kind_module
from avskrift.parsing.judge.claims import attribute_claims, claim_of, with_owners_of_rules
from avskrift.parsing.judge.ensemble import BINDING, PERIOD_FIELDS, scalar_claim
from avskrift.parsing.judge.features import NAMES
from avskrift.parsing.judge.judge import ATTRIBUTES, Judged, judged_claims, object_claims
from avskrift.parsing.learned.records import LearnedRecords, records_of
from avskrift.parsing.learned.spans import LearnedReading, TaggedSpan, reading_of
from avskrift.parsing.learned.tags import VALUE_TAGS
from avskrift.parsing.learned.tokens import TokenizedDocument, tokenized
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

FOLDER = Path(__file__).parents[1] / "agreements"
WEIGHTS = Path(__file__).parents[2] / "parsing" / "judge" / "weights.json"
DECAY = 0.3
OWNER = NAMES.index("owner")


@dataclass
class Example:
    """A claim with its features, whether it is right, and the values of its field that the document holds; `owner` is
    the number of the object, among those of its list, whose value it is."""

    field: str
    hand: str
    document: str
    features: tuple[float, ...]
    right: bool
    tokens: tuple[int, int]
    text: str
    claimed_by: tuple[bool, bool]
    owner: int = -1


@dataclass
class Read:
    """A document as it truly is and as both witnesses read it."""

    marked: MarkedText
    truth: LearnedRecords
    rules: Any
    learned: LearnedRecords
    reading: LearnedReading


def true_spans(marked: MarkedText, made: TokenizedDocument) -> tuple[TaggedSpan, ...]:
    """The spans that a person marked."""
    labels = np.maximum(labels_of(marked, made)[0], 0)
    logits = np.full((len(labels), 1 + 2 * len(VALUE_TAGS)), -20.0, dtype=np.float32)
    logits[np.arange(len(labels)), labels] = 20.0
    return reading_of(made, logits, np.zeros((len(labels), 17), np.float32)).values


def read_with_rules(marked: MarkedText, vocabulary: Vocabulary, reading: LearnedReading | None = None) -> Any:
    """What the rules read; with headings judged by both where a reading is given."""
    failures = Failures(logging.getLogger("none"))
    odds = None if reading is None else reading.heading_odds()
    draft, _ = draft_of(structure_of(document_of(marked), vocabulary, failures, odds), failures)
    return draft


def documents(folder: Path) -> Iterator[Read]:
    vocabulary, lexicon = Vocabulary.from_folder(None), Lexicon()
    for marked in read_all(FOLDER):
        path = folder / f"{marked.name}.npz"
        if not path.exists():
            continue
        made = tokenized(document_of(marked), lexicon)
        kept = np.load(path)
        if len(kept["values"]) != len(made.tokens):
            print("changed since it was read:", marked.name)
            continue
        reading = reading_of(made, kept["values"].astype(np.float32), kept["lines"].astype(np.float32))
        truth = records_of(true_spans(marked, made), vocabulary)
        yield Read(
            marked, truth, read_with_rules(marked, vocabulary, reading), records_of(reading.values, vocabulary), reading
        )


def examples(read: Read) -> Iterator[tuple[list[Example], dict[str, int]]]:
    """The claims of a document, and how many values of each field it truly has."""
    found: list[Example] = []
    wanted: dict[str, int] = defaultdict(int)
    for field, name in LISTS.items():
        truth, ours = getattr(read.truth, name), getattr(read.rules, name)
        others = with_owners_of_rules(field, ours, getattr(read.learned, name))
        wanted[field] += len(truth)
        claims = object_claims(field, ours, others, read.reading, binding=read.rules.known_kind in BINDING)
        objects = [ours[c.rule] if c.rule is not None else others[c.learned or 0] for c in claims]
        right = matched(field, truth, objects)
        found += [_example(c, read, i in right) for i, c in enumerate(claims)]
        for attribute in ATTRIBUTES[field]:
            path = f"{field}.{attribute}"
            wanted[path] += sum(len(_texts(t, attribute)) for t in truth)
            for i, claim in enumerate(claims):
                true = truth[right[i]] if i in right else None
                found += [
                    replace(one, owner=i) for one in _of_attribute(path, attribute, claim, ours, others, true, read)
                ]
    title = read.truth.title
    wanted["document.title"] += title is not None
    by_rules, by_network = read.rules.title, read.learned.title
    mine = [] if by_rules is None else [claim_of(by_rules.value, by_rules.evidence(), read.reading)]
    theirs = [] if by_network is None else [claim_of(by_network.value, by_network.evidence(), read.reading)]
    for claim in judged_claims("document.title", mine, theirs, read.reading):
        found.append(_example(claim, read, title is not None and alike(title.value, claim.claim.text)))
    for name in PERIOD_FIELDS:
        true = scalar_claim(read.truth.period, name, read.reading)
        wanted[f"period.{name}"] += true is not None
        claims_of = (scalar_claim(p, name, read.reading) for p in (read.rules.period, read.learned.period))
        mine, theirs = ([] if c is None else [c] for c in claims_of)
        for claim in judged_claims(f"period.{name}", mine, theirs, read.reading):
            found.append(_example(claim, read, true is not None and alike(true.text, claim.claim.text)))
    yield found, wanted


def _texts(record: Traced | None, attribute: str) -> list[str]:
    value = None if record is None else getattr(record, attribute)
    return [str(v) for v in value] if isinstance(value, list) else [] if not value else [str(value)]


def _of_attribute(
    path: str,
    attribute: str,
    owner: Judged,
    ours: Sequence[Any],
    others: Sequence[Any],
    true: Traced | None,
    read: Read,
) -> Iterator[Example]:
    mine = [] if owner.rule is None else attribute_claims(ours[owner.rule], attribute, read.reading)
    theirs = [] if owner.learned is None else attribute_claims(others[owner.learned], attribute, read.reading)
    left = _texts(true, attribute)
    for claim in judged_claims(path, mine, theirs, read.reading):
        hit = next((t for t in left if alike(t, claim.claim.text)), None)
        if hit is not None:
            left.remove(hit)
        yield _example(claim, read, hit is not None)


def _example(claim: Judged, read: Read, right: bool) -> Example:
    return Example(
        claim.field,
        read.marked.hand,
        read.marked.name,
        claim.features,
        right,
        claim.claim.tokens,
        claim.claim.text,
        (claim.rule is not None, claim.learned is not None),
    )


def fitted(features: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Bias and weights of a logistic regression with a quadratic penalty on the weights, by Newton's method."""
    design = np.concatenate([np.ones((len(features), 1)), features], 1)
    penalty = np.full(design.shape[1], DECAY)
    penalty[0] = 1e-3
    weights = np.zeros(design.shape[1])
    for _ in range(40):
        share = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (share - right) + penalty * weights
        curve = (design * (share * (1 - share))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return float(weights[0]), weights[1:]


GRID = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
"""Thresholds that are tried."""
OF_RULES_AT_MOST = 0.1
"""The threshold of what the rules alone claim is no higher. Judged, not fitted: on writers held out F1 is 0.006 less
than with the best thresholds; but rules know manners that nobody wrote for training. Such values are given with the
low probability that they have."""
RULES_FIRST = 0.2
"""How much likelier a claim of the network must be than one of the rules that it contradicts. Judged, not fitted: on
writers held out F1 differs by 0.002 between 0 and 0.3."""


def best_thresholds(
    shares: NDArray[np.float64], right: NDArray[np.float64], alone: NDArray[np.bool_], wanted: int
) -> tuple[float, float]:
    """The thresholds of claims that the network makes and of those of the rules alone with the best F1 together; of
    some that are as good the highest, since a gap is better than a wrong value."""
    scored = []
    for both in GRID:
        for of_rules in GRID:
            kept = shares >= np.where(alone, of_rules, both)
            scored.append((2 * right[kept].sum() / max(1, kept.sum() + wanted), both, of_rules))
    best = max(score for score, _, _ in scored)
    good = [(both + of_rules, both, of_rules) for score, both, of_rules in scored if score >= best - 0.002]
    _, both, of_rules = max(good)
    return both, min(of_rules, OF_RULES_AT_MOST)


def without_overlaps(
    found: Sequence[Example], shares: Sequence[float], least: Sequence[float], first: float
) -> list[int]:
    """The numbers of the claims of one document and field that are believed."""
    kept: list[int] = []
    for i in sorted(range(len(found)), key=lambda i: -shares[i] - first * found[i].claimed_by[0]):
        a = found[i].tokens
        if shares[i] >= least[i] and not any(
            max(a[0], found[k].tokens[0]) < min(a[1], found[k].tokens[1]) for k in kept
        ):
            kept.append(i)
    return kept


@dataclass(frozen=True)
class FieldFit:
    """The claims of a field as judges of other folds see them: `shares` are their probabilities, `least` the thresholds
    that hold for each; `weights` are those of the judge that is fitted on all."""

    found: Sequence[Example]
    wanted: int
    shares: NDArray[np.float64]
    least: NDArray[np.float64]
    weights: dict[str, object]

    @staticmethod
    def of(found: Sequence[Example], wanted: dict[str, int], owners: "FieldFit | None" = None) -> "FieldFit":
        """The claims of one field; `wanted` is how many true values each writer has, `owners` are the claims of the
        objects whose values they are: what is told of objects that are not believed is not believed either."""
        features = np.array([e.features for e in found], dtype=np.float64).reshape(-1, len(NAMES))
        lost = np.zeros(len(found), dtype=bool)
        if owners is not None:
            features[:, OWNER] = [owners.shares[e.owner] for e in found]
            believed = set(owners.kept(RULES_FIRST))
            lost = np.array([e.owner not in believed for e in found], dtype=bool)
        right = np.array([e.right for e in found], dtype=np.float64)
        alone = np.array([not e.claimed_by[1] for e in found])
        hands = sorted(wanted)
        shares, least = np.zeros(len(found)), np.ones(len(found))
        for fold in range(FOLDS):
            held = set(hands[fold::FOLDS])
            test = np.array([e.hand in held for e in found])
            if not test.any() or test.all():
                continue
            bias, w = fitted(features[~test], right[~test])
            shares[test] = probabilities(features[test], bias, w)
            need = sum(n for h, n in wanted.items() if h not in held)
            inner = probabilities(features[~test], bias, w)
            both, of_rules = best_thresholds(inner, right[~test], alone[~test], need)
            least[test] = np.where(lost[test], 2.0, np.where(alone[test], of_rules, both))
        bias, w = fitted(features, right)
        every = sum(wanted.values())
        both, of_rules = best_thresholds(probabilities(features, bias, w), right, alone, every)
        weights: dict[str, object] = {
            "bias": round(bias, 4),
            "weights": [round(float(x), 4) for x in w],
            "threshold": both,
            "rules alone": of_rules,
        }
        return FieldFit(found, every, shares, least, weights)

    def kept(self, first: float) -> list[int]:
        """The claims that are believed, where one of the rules comes before one of the network that is not likelier by
        `first`."""
        by_document: dict[str, list[int]] = defaultdict(list)
        for i, one in enumerate(self.found):
            by_document[one.document].append(i)
        kept: list[int] = []
        for numbers in by_document.values():
            own = [self.found[i] for i in numbers]
            shares, least = ([float(source[i]) for i in numbers] for source in (self.shares, self.least))
            kept += [numbers[k] for k in without_overlaps(own, shares, least, first)]
        return kept

    def counted(self, chosen: Sequence[int]) -> list[float]:
        """How many values are right, wrong and missing where some claims are believed."""
        hits = sum(self.found[i].right for i in chosen)
        return [hits, len(chosen) - hits, self.wanted - hits]

    def counts(self, first: float) -> NDArray[np.float64]:
        """Right, wrong and missing values by the rules alone, the network alone, both."""
        rules = [i for i, e in enumerate(self.found) if e.claimed_by[0]]
        learned = [i for i, e in enumerate(self.found) if e.claimed_by[1]]
        return np.array([self.counted(chosen) for chosen in (rules, learned, self.kept(first))])

    def error(self, first: float) -> float:
        """The expected error of the probabilities of what is believed."""
        kept = self.kept(first)
        right = np.array([self.found[i].right for i in kept], dtype=np.float64)
        return expected_error(self.shares[kept], right)


def probabilities(features: NDArray[np.float64], bias: float, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """How probable a judge thinks some claims."""
    shares: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(features @ weights + bias, -30, 30)))
    return shares


@dataclass
class Collected:
    """The claims of all documents by field, how many true values each writer has of each, and what tells of kinds."""

    claims: dict[str, list[Example]]
    wanted: dict[str, dict[str, int]]
    kinds: list[tuple[str, str, DocumentKind | None, dict[int, float]]]


def collected(folder: Path) -> Collected:
    """Reads all documents that a folder of logits is of."""
    claims: dict[str, list[Example]] = defaultdict(list)
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    kinds = []
    for read in documents(folder):
        hand = read.marked.hand
        kind = SAME_KINDS.get(read.marked.kind, read.marked.kind)
        by_rules = read.rules.known_kind
        kinds.append((hand, kind, by_rules, kind_module.features_of(read.reading, by_rules)))
        for found, counted in examples(read):
            before = {field: len(claims[field]) for field in LISTS}
            for one in found:
                at = one.owner + before[one.field.rpartition(".")[0]] if one.owner >= 0 else -1
                claims[one.field].append(replace(one, owner=at))
            for field, count in counted.items():
                wanted[field][hand] = wanted[field].get(hand, 0) + count
    return Collected(dict(claims), dict(wanted), kinds)


def fitted_fields(found: Collected) -> dict[str, FieldFit]:
    """The judges of all fields, of objects before those of their values."""
    fits: dict[str, FieldFit] = {}
    for field in sorted(found.claims):
        owners = fits.get(field.rpartition(".")[0])
        fits[field] = FieldFit.of(found.claims[field], found.wanted[field], owners)
    return fits


def report(fits: dict[str, FieldFit], first: float) -> None:
    """Prints precision, recall and F1 of each field by the rules alone, the network alone, both."""
    print(f"{'field':36} {'true':>5}  rules            learned          both             error")
    total = np.zeros((3, 3))
    macro = []
    for field, fit in fits.items():
        counts = fit.counts(first)
        total += counts
        macro.append([f1(*c) for c in counts])
        cells = "  ".join("{:.2f} {:.2f} {:.3f}".format(*precision_recall(*c), f1(*c)) for c in counts)
        print(f"{field:36} {fit.wanted:5d}  {cells}  {fit.error(first):.3f}")
    cells = "  ".join("{:.2f} {:.2f} {:.3f}".format(*precision_recall(*c), f1(*c)) for c in total)
    print(f"{'all values':36}        {cells}")
    print(f"{'mean of fields':36}        " + "  ".join(f"          {m:.3f}" for m in np.mean(macro, 0)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("heldout", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = collected(options.heldout)
    fits = fitted_fields(found)
    report(fits, RULES_FIRST)
    judge_kinds(found.kinds, options.write)
    if options.write:
        weights = {"rules first": RULES_FIRST, "fields": {field: fit.weights for field, fit in fits.items()}}
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
