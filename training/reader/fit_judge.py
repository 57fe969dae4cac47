"""Fits the judge on documents of writers that neither ensemble had seen, and says how well each does alone and both
together.

    python training/reader/fit_judge.py heldout/ [--write]

Each field has a logistic regression. The figures are of folds by writer: the weights that judge a writer's documents
were fitted without them. `--write` fits on all and writes parsing/judge/weights.json.
"""

import argparse
import json
import logging
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from marked import MarkedText, document_of, labels_of, read_all
from numpy.typing import NDArray
from scoring import LISTS, alike, matched

from avskrift.language.lexicon import Lexicon
from avskrift.models.agreement import DocumentKind, Traced
from avskrift.parsing.fields.registry import draft_of
from avskrift.parsing.judge import kind as kind_module
from avskrift.parsing.judge.claims import attribute_claims, claim_of
from avskrift.parsing.judge.ensemble import BINDING, PERIOD_FIELDS, scalar_claim
from avskrift.parsing.judge.features import NAMES
from avskrift.parsing.judge.judge import ATTRIBUTES, Judged, judged_claims, object_claims
from avskrift.parsing.judge.kind import KINDS
from avskrift.parsing.judge.weights import RULES_ALONE, preference
from avskrift.parsing.learned.records import LearnedRecords, records_of
from avskrift.parsing.learned.spans import LearnedReading, TaggedSpan, reading_of
from avskrift.parsing.learned.tags import VALUE_TAGS
from avskrift.parsing.learned.tokens import TokenizedDocument, tokenized
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

FOLDER = Path(__file__).parents[1] / "agreements"
WEIGHTS = Path(__file__).parents[2] / "parsing" / "judge" / "weights.json"
KIND_WEIGHTS = WEIGHTS.with_name("kind_weights.json")
FOLDS = 8
DECAY = 0.3


@dataclass
class Example:
    """A claim with its features, whether it is right, and the values of its field that the document holds."""

    field: str
    hand: str
    document: str
    features: tuple[float, ...]
    right: bool
    tokens: tuple[int, int]
    text: str
    claimed_by: tuple[bool, bool]


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
        truth, ours, others = getattr(read.truth, name), getattr(read.rules, name), getattr(read.learned, name)
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
                found += _of_attribute(path, attribute, claim, ours, others, true, read)
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
    for claim in judged_claims(path, mine, theirs, read.reading, 1.0 if true is not None else 0.5):
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


SAME_KINDS = {
    "citizens_promise": "agreement",
    "letter_of_intent": "agreement",
    "partnership": "agreement",
    "minutes": "protocol_excerpt",
    "situation_picture": "other",
    "contact_list": "other",
}
"""What records of today call a kind."""


def fitted_kinds(features: NDArray[np.float64], kinds: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """Weights of a multinomial logistic regression, the biases last: (kinds, features + 1), by gradient descent."""
    design = np.concatenate([features, np.ones((len(features), 1))], 1)
    weights = np.zeros((count, design.shape[1]))
    wanted = np.eye(count)[kinds]
    for step in range(600):
        logits = design @ weights.T
        shares = np.exp(logits - logits.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        slope = (shares - wanted).T @ design / len(design) + 0.004 * weights
        weights -= (3.0 if step < 400 else 1.0) * slope
    return weights


def judge_kinds(reads: Sequence[tuple[str, str, DocumentKind | None, dict[int, float]]], write: bool) -> None:
    """Prints how often the rules and the judge name the kind rightly, by folds of writers; writes weights of all."""
    size = len(KINDS) + 2 * len(VALUE_TAGS) + kind_module._WORDS
    features = np.zeros((len(reads), size))
    for row, (_, _, _, found) in enumerate(reads):
        for i, v in found.items():
            features[row, i] = v
    truth = np.array([KINDS.index(DocumentKind(k)) for _, k, _, _ in reads])
    rules = np.array([-1 if r is None else KINDS.index(r) for _, _, r, _ in reads])
    hands = sorted({h for h, _, _, _ in reads})
    answer = rules.copy()
    for fold in range(FOLDS):
        held = set(hands[fold::FOLDS])
        test = np.array([h in held for h, _, _, _ in reads])
        if not test.any():
            continue
        weights = fitted_kinds(features[~test], truth[~test], len(KINDS))
        logits = np.concatenate([features[test], np.ones((test.sum(), 1))], 1) @ weights.T
        shares = np.exp(logits - logits.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        best = shares.argmax(1)
        answer[test] = np.where(shares.max(1) >= kind_module._LEAST_SURE, best, rules[test])
    print(f"kinds: rules {np.mean(rules == truth):.3f}, judge {np.mean(answer == truth):.3f} of {len(reads)}")
    for i, kind in enumerate(KINDS):
        print(
            f"  {kind}: {np.mean(rules[truth == i] == i):.2f} {np.mean(answer[truth == i] == i):.2f}"
            f" of {(truth == i).sum()}"
        )
    if write:
        weights = fitted_kinds(features, truth, len(KINDS))
        written = {
            "bias": [round(float(w), 3) for w in weights[:, -1]],
            "weights": [[round(float(x), 3) for x in w[:-1]] for w in weights],
        }
        KIND_WEIGHTS.write_text(json.dumps(written) + "\n", encoding="utf-8")


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


def best_threshold(shares: NDArray[np.float64], right: NDArray[np.float64], wanted: int) -> float:
    """The threshold with the best F1 from 0.5 on: what is likelier wrong than right is not said."""
    options = np.arange(0.5, 0.76, 0.05)
    scores = []
    for option in options:
        kept = shares >= option
        hits = right[kept].sum()
        scores.append(2 * hits / max(1, kept.sum() + wanted))
    best = max(scores)
    return float(max(o for o, s in zip(options, scores, strict=True) if s >= best - 0.002))


def without_overlaps(found: Sequence[Example], shares: Sequence[float], least: float) -> list[int]:
    """The numbers of the claims of one document and field that are believed."""
    kept: list[int] = []
    for i in sorted(range(len(found)), key=lambda i: -preference(shares[i], by_rules=found[i].claimed_by[0])):
        a = found[i].tokens
        enough = shares[i] >= (least if found[i].claimed_by[1] else RULES_ALONE)
        if enough and not any(max(a[0], found[k].tokens[0]) < min(a[1], found[k].tokens[1]) for k in kept):
            kept.append(i)
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("heldout", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    claims: dict[str, list[Example]] = defaultdict(list)
    wanted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    kinds: list[tuple[str, str, DocumentKind | None, dict[int, float]]] = []
    for read in documents(options.heldout):
        kind = SAME_KINDS.get(read.marked.kind, read.marked.kind)
        by_rules = read.rules.known_kind
        kinds.append((read.marked.hand, kind, by_rules, kind_module.features_of(read.reading, by_rules)))
        for found, counted in examples(read):
            for one in found:
                claims[one.field].append(one)
            for field, count in counted.items():
                wanted[field][read.marked.hand] += count
    weights: dict[str, object] = {}
    print(f"{'field':36} {'true':>5}  rules            learned          both             error")
    total = np.zeros((3, 3))
    macro = []
    for field, found in sorted(claims.items()):
        row = judge_field(field, found, wanted[field])
        weights[field] = row.weights
        total += row.counts
        macro.append([f1(*c) for c in row.counts])
        cells = "  ".join("{:.2f} {:.2f} {:.3f}".format(*precision_recall(*c), f1(*c)) for c in row.counts)
        print(f"{field:36} {sum(wanted[field].values()):5d}  {cells}  {row.error:.3f}")
    print(
        f"{'all values':36}        "
        + "  ".join("{:.2f} {:.2f} {:.3f}".format(*precision_recall(*c), f1(*c)) for c in total)
    )
    print(f"{'mean of fields':36}        " + "  ".join(f"          {m:.3f}" for m in np.mean(macro, 0)))
    judge_kinds(kinds, options.write)
    if options.write:
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def judge_field(field: str, found: Sequence[Example], wanted: dict[str, int]) -> Any:
    """Figures of folds by writer, and weights fitted on all."""
    features = np.array([e.features for e in found], dtype=np.float64).reshape(-1, len(NAMES))
    right = np.array([e.right for e in found], dtype=np.float64)
    hands = sorted({e.hand for e in found})
    shares, least = np.zeros(len(found)), np.zeros(len(found))
    for fold in range(FOLDS):
        held = set(hands[fold::FOLDS])
        test = np.array([e.hand in held for e in found])
        if not test.any() or test.all():
            continue
        bias, w = fitted(features[~test], right[~test])
        shares[test] = 1 / (1 + np.exp(-np.clip(features[test] @ w + bias, -30, 30)))
        inner = 1 / (1 + np.exp(-np.clip(features[~test] @ w + bias, -30, 30)))
        need = sum(n for h, n in wanted.items() if h not in held)
        least[test] = best_threshold(inner, right[~test], need)
    by_document: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        by_document[one.document].append(i)
    kept: list[int] = []
    for numbers in by_document.values():
        own = [found[i] for i in numbers]
        kept += [numbers[k] for k in without_overlaps(own, [shares[i] for i in numbers], float(least[numbers[0]]))]
    every = sum(wanted.values())

    def count(chosen: Sequence[int]) -> list[float]:
        hits = sum(found[i].right for i in chosen)
        return [hits, len(chosen) - hits, every - hits]

    rules = [i for i, e in enumerate(found) if e.claimed_by[0]]
    learned = [i for i, e in enumerate(found) if e.claimed_by[1]]
    bias, w = fitted(features, right)
    inner = 1 / (1 + np.exp(-np.clip(features @ w + bias, -30, 30)))
    return SimpleNamespace(
        counts=np.array([count(rules), count(learned), count(kept)]),
        error=expected_error(shares[kept], right[kept]),
        weights={
            "bias": round(bias, 4),
            "weights": [round(float(x), 4) for x in w],
            "threshold": best_threshold(inner, right, every),
        },
    )


def expected_error(shares: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The expected calibration error over ten bins of equal counts."""
    if not len(shares):
        return math.nan
    order = np.argsort(shares)
    bins = np.array_split(order, min(10, max(1, len(order) // 15)))
    return float(sum(len(b) * abs(shares[b].mean() - right[b].mean()) for b in bins) / len(shares))


def precision_recall(right: float, wrong: float, missing: float) -> tuple[float, float]:
    return right / max(1, right + wrong), right / max(1, right + missing)


def f1(right: float, wrong: float, missing: float) -> float:
    return 2 * right / max(1, 2 * right + wrong + missing)


if __name__ == "__main__":
    main()
