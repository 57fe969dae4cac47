"""Counts Swedish running text into the lexicon that the correction stage ships.

    pip install wordfreq==3.1.1
    python training/build_lexicon.py CORPUS_DIR [--out language/data]

CORPUS_DIR holds a text of running Swedish for each name in CORPORA, a sentence or paragraph a line (`.txt` or
`.txt.xz`; docs/corrections.md names sources and licences). What is kept are figures: word forms with counts and pairs
of neighbours with counts. Everyday words are rare in official prose, so their frequencies are mixed with those of
wordfreq. Word forms that simplemma (MIT licence) knows join with the count of a word not seen.
"""

import argparse
import json
import lzma
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import marisa_trie

from avskrift.language.fold import without_marks

CORPORA = ("government", "statutes", "software-docs", "news", "tatoeba", "book")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TOKEN = re.compile(WORD.pattern + r"|\d+(?:[.,:]\d+)*|[.!?]+|[,;:]")
EVERYDAY = 0.25
"""The weight of wordfreq's frequencies against those of the corpora."""
COMMON_ENOUGH = 2.5e-7
"""A form that only wordfreq has joins from this frequency on: rarer ones are too often misspelt."""
TYPED_BARE = 8.0
"""A form without marks that is this much rarer than a sister with them is that sister typed without them."""
STEP = 8
"""Costs (natural logarithms) are kept as bytes, in eighths."""
MARKED = "aoeu"
NUMBER, STOP, PAUSE = CLASSES = ("#", ".", ",")
"""What stands for any number, any end of a sentence, any comma or colon; a line begins after a stop."""


def lines_of(folder: Path, name: str) -> Iterator[str]:
    plain = folder / f"{name}.txt"
    packed = folder / f"{name}.txt.xz"
    with plain.open(encoding="utf-8") if plain.exists() else lzma.open(packed, "rt", encoding="utf-8") as handle:
        yield from handle


def count(folder: Path) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]], Counter[str]]:
    """Forms (lower case), how often each stood capitalised inside a sentence, neighbours, inside a sentence."""
    forms: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for name in CORPORA:
        for line in lines_of(folder, name):
            before, end = STOP, 0
            for found in TOKEN.finditer(line):
                word = found.group()
                low = _class_of(word)
                forms[low] += 1
                if line[end : found.start()] in ("", " "):
                    pairs[before, low] += 1
                    if before != STOP and low not in CLASSES:
                        inside[low] += 1
                        if word[0].isupper():
                            capital[low] += 1
                before, end = low, found.end()
    return forms, capital, pairs, inside


def _class_of(word: str) -> str:
    """A word in lower case; one sign for all numbers, all stops, all other pauses."""
    if word[0].isdigit():
        return NUMBER
    if word[0] in ".!?":
        return STOP
    return PAUSE if word[0] in ",;:" else word.lower()


def marks(form: str) -> str:
    """The letters of `form` that stand where its stripped form has a, o, e or u; trailing plain ones cut."""
    marked = [c for c, plain in zip(form, without_marks(form), strict=True) if plain in MARKED]
    plain = [c for c in without_marks(form) if c in MARKED]
    while marked and marked[-1] == plain[-1]:
        marked.pop()
        plain.pop()
    return "".join(marked)


def known_words() -> set[str]:
    """The word forms of simplemma, in small letters."""
    import simplemma.strategies.dictionaries.dictionary_factory as factory

    known = factory.DefaultDictionaryFactory().get_dictionary("sv")
    forms = {(k.decode() if isinstance(k, bytes) else k).lower() for k in known}
    return {w for w in forms if WORD.fullmatch(w) and len(w) > 2}


def commonest_of(everyday: Mapping[str, float]) -> dict[str, float]:
    """The share of the commonest of the forms that only marks tell apart, by the form without marks."""
    commonest: dict[str, float] = {}
    for word, share in everyday.items():
        plain = without_marks(word)
        commonest[plain] = max(commonest.get(plain, 0.0), share)
    return commonest


def fresh_forms(everyday: Mapping[str, float], commonest: Mapping[str, float]) -> set[str]:
    """Everyday words common enough to be taken from wordfreq alone, and no other word typed without its marks."""
    return {
        w
        for w, share in everyday.items()
        if len(w) > 2
        and WORD.fullmatch(w)
        and share >= COMMON_ENOUGH
        and share * TYPED_BARE > commonest[without_marks(w)]
    }


def entries_of(
    forms: Counter[str], capital: Counter[str], inside: Counter[str], total: int
) -> dict[str, tuple[int, int]]:
    """The cost (in steps) and the share of capitals (in fifteenths) of each form that is kept.

    `forms` counts forms, `capital` those with a capital inside a sentence, `inside` all inside one; `total` is the sum
    of all counts.
    """
    import wordfreq

    known = known_words()
    kept = {
        w: c
        for w, c in forms.items()
        if w in CLASSES or ((c >= 3 or (c >= 2 and len(w) > 4) or w in known) and len(w) <= 40)
    }
    everyday = wordfreq.get_frequency_dict("sv", wordlist="large")
    commonest = commonest_of(everyday)
    fresh = fresh_forms(everyday, commonest)
    print(len(fresh - {*kept, *known}), "forms from wordfreq alone")
    entries: dict[str, tuple[int, int]] = {}
    for word in {*kept, *known, *fresh}:
        trusted = everyday.get(word, 0.0)
        if trusted * TYPED_BARE < commonest.get(without_marks(word), 0.0):
            trusted = 0.0
        count_mixed = (kept.get(word, 0) + EVERYDAY * total * trusted) or 0.3
        cost = min(255, round(-math.log(count_mixed / (total * (1 + EVERYDAY))) * STEP))
        share = (capital[word] + 0.5) / (inside[word] + 1)
        entries[word] = (cost, round(share * 15))
    return entries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=Path("language/data"))
    parser.add_argument("--least-pairs", type=int, default=3)
    args = parser.parse_args()
    forms, capital, pairs, inside = count(args.corpus)
    total = sum(forms.values())
    entries = entries_of(forms, capital, inside, total)
    args.out.mkdir(parents=True, exist_ok=True)
    marisa_trie.RecordTrie("<BB", list(entries.items())).save(str(args.out / "forms.marisa"))
    stripped = [(without_marks(w), marks(w).encode()) for w in entries if without_marks(w) != w]
    marisa_trie.BytesTrie(stripped).save(str(args.out / "marks.marisa"))
    near = [
        (f"{a} {b}", (min(255, round(math.log(c) * STEP * 2)),))
        for (a, b), c in pairs.items()
        if c >= args.least_pairs and a in entries and b in entries
    ]
    marisa_trie.RecordTrie("<B", near).save(str(args.out / "pairs.marisa"))
    facts = {
        "tokens": round(total * (1 + EVERYDAY)),
        "forms": len(entries),
        "pairs": len(near),
        "step": STEP,
        "corpora": list(CORPORA),
    }
    (args.out / "lexicon.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print(facts)


if __name__ == "__main__":
    main()
