"""How often values are right to the letter, by the confidence that their evidence states."""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any

LISTS = {
    "parties": ("name", "defined_term", "organisation_number", "address"),
    "groups": ("name", "meeting_frequency"),
    "focus_areas": ("name", "goal", "purpose", "situation"),
    "annexes": ("title",),
    "signatories": ("name", "title"),
    "contacts": ("name", "role", "phone", "email"),
}
BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
Judged = tuple[float, bool]


def judged(record: dict[str, Any], gold: dict[str, Any]) -> Iterator[Judged]:
    """The confidence of each value of a record, and whether the true record has it, white space and hyphens aside.

    Values of fields that the true record leaves open (`_skip`, `_open`) are left out.
    """
    also = {plain(key): {plain(v) for v in values} for key, values in gold.get("_also", {}).items()}
    optional = {plain(v) for v in gold.get("_optional", ())}

    def right(value: str, true: Iterable[str]) -> bool:
        accepted = {form for t in true for form in (plain(t), *also.get(plain(t), ()))} | optional
        return plain(value) in accepted

    for key, names in LISTS.items():
        if key in (*gold.get("_skip", ()), *gold.get("_open", ())):
            continue
        open_fields = {name for entry in gold.get(key, ()) for name in entry.get("_skip", ())}
        for entry in record[key]:
            for name in names:
                evidence = entry["evidence_by_field"].get(name)
                if evidence is not None and entry[name] is not None and name not in open_fields:
                    true = [g[name] for g in gold.get(key, ()) if g.get(name)]
                    yield evidence["confidence"], right(entry[name], true)
            for place, member in enumerate(entry.get("members", ())):
                evidence = entry["evidence_by_field"].get(f"members.{place}")
                if evidence is not None and "members" not in open_fields:
                    true = [m for g in gold.get(key, ()) for m in g.get("members", ())]
                    yield evidence["confidence"], right(member, true)


def plain(text: str) -> str:
    return re.sub(r"[\s\u00ad-]+", "", text).casefold().strip(".,;:")


def print_reliability(values: list[Judged]) -> None:
    print(f"\n## Confidence of {len(values)} values: said, and right to the letter")
    difference = 0.0
    for low, high in itertools.pairwise(BOUNDS):
        inside = [(sure, right) for sure, right in values if low <= sure < high]
        if inside:
            said, was = (sum(float(x[k]) for x in inside) / len(inside) for k in (0, 1))
            difference += abs(said - was) * len(inside) / len(values)
            print(f"{low:.2f} to {min(high, 1.0):.2f}: {len(inside):5} values, said {said:.3f}, were right {was:.3f}")
    print(f"mean difference {difference:.3f}")
