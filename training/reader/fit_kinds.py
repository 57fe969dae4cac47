"""Fits the judge of a document's kind: which of the kinds of records it is (fit_judge.py calls this)."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.judge import kind as kind_module
from avskrift.parsing.judge.kind import KINDS
from avskrift.parsing.learned.tags import VALUE_TAGS

KIND_WEIGHTS = Path(__file__).parents[2] / "parsing" / "judge" / "kind_weights.json"
FOLDS = 8

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
