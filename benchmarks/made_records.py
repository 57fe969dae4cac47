"""Records of agreements with as many objects, sections or signs as one asks for, shape by shape: none is a document."""

import random
from collections.abc import Callable

from avskrift.models.agreement import (
    Activity,
    Agreement,
    Annex,
    Contact,
    DatedMention,
    DateRole,
    DocumentHead,
    DocumentKind,
    FocusArea,
    Group,
    GroupKind,
    Party,
    PartyKind,
    Section,
    Signatory,
    SourceFile,
)

_LETTERS = "abcdefghijklmnoprstuvyåäö"
_SENTENCE = "Parterna ska följa upp arbetet två gånger per år och redovisa det för styrgruppen. "

Pair = tuple[Agreement, Agreement]


def _words(rng: random.Random, count: int, longest: int = 11) -> str:
    return " ".join("".join(rng.choices(_LETTERS, k=rng.randint(3, longest))) for _ in range(count))


def _name(rng: random.Random) -> str:
    return _words(rng, 2).capitalize()


def record(**parts: object) -> Agreement:
    """A record that holds these lists and nothing else."""
    return Agreement.model_validate(
        {
            "document": DocumentHead(kind=DocumentKind.AGREEMENT, title="Samverkansavtal"),
            "source": SourceFile(file="made.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"]),
            **parts,
        }
    )


def sections(texts: list[str], titles: list[str] | None = None) -> list[Section]:
    """Sections of these texts."""
    names = titles if titles is not None else [f"Rubrik {i}" for i in range(len(texts))]
    return [
        Section(id=f"s{i}", number=str(i + 1), title=names[i] or None, level=1, page=1, text=text)
        for i, text in enumerate(texts)
    ]


def _both(make: Callable[[random.Random, int], Agreement]) -> Callable[[int], Pair]:
    """Two records of one kind that share nothing but the kind."""
    return lambda n: (make(random.Random(f"old {n}"), n), make(random.Random(f"new {n}"), n))


def _groups(rng: random.Random, n: int) -> Agreement:
    names = [_name(rng) for _ in range(n)]
    return record(
        groups=[
            Group(name=name, kind=GroupKind.WORKING, members=[_name(rng) for _ in range(4)], purpose=_words(rng, 12))
            for name in names
        ]
    )


def _members(rng: random.Random, n: int) -> Agreement:
    return record(groups=[Group(name="Styrgrupp", kind=GroupKind.STEERING, members=[_name(rng) for _ in range(n)])])


def _areas(rng: random.Random, n: int) -> Agreement:
    return record(focus_areas=[FocusArea(name=_name(rng), goal=_words(rng, 12)) for _ in range(n)])


def _activities(rng: random.Random, n: int) -> Agreement:
    rows = [Activity(name=_name(rng), goal=_words(rng, 6)) for _ in range(n)]
    return record(focus_areas=[FocusArea(name="Trygghet", activities=rows)])


def _people(rng: random.Random, n: int) -> Agreement:
    return record(
        signatories=[Signatory(name=_name(rng).title(), title=_words(rng, 2)) for _ in range(n)],
        contacts=[
            Contact(name=_name(rng).title(), role=_words(rng, 2), email=f"{_words(rng, 1)}@x.se") for _ in range(n)
        ],
    )


def _heads(rng: random.Random, n: int) -> Agreement:
    days = [f"20{rng.randint(10, 30)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}" for _ in range(n)]
    return record(
        parties=[Party(name=_name(rng), kind=PartyKind.COMPANY) for _ in range(n)],
        annexes=[Annex(number=str(i), title=_name(rng)) for i in range(n)],
        dates=[DatedMention(date=day, role=DateRole.SIGNED, text=day) for day in days],
    )


def _nothing_shared(rng: random.Random, n: int) -> Agreement:
    return record(sections=sections([_words(rng, 60) for _ in range(n)], [_name(rng) for _ in range(n)]))


def _headless(rng: random.Random, n: int) -> Agreement:
    return record(sections=sections([_words(rng, 60) for _ in range(n)], [""] * n))


def _same(_: random.Random, n: int) -> Agreement:
    return record(sections=sections([_SENTENCE * 3] * n, ["Mål"] * n))


def _sentences(rng: random.Random, n: int) -> Agreement:
    """One section of n short sentences, each of them other than all."""
    duties = [f"{_words(rng, 3).capitalize()} ska {rng.randint(1, 99)} gånger." for _ in range(n)]
    return record(sections=sections([" ".join(duties)]))


def _small_changes(rng: random.Random, n: int) -> Agreement:
    return record(sections=sections([" ".join(f"Parterna ska {rng.randint(1, 9)} träffas." for _ in range(n))]))


def _one_sentence(rng: random.Random, n: int) -> Agreement:
    return record(sections=sections([_words(rng, n)]))


def _long_words(rng: random.Random, n: int) -> Agreement:
    return record(sections=sections([" ".join("".join(rng.choices(_LETTERS, k=n)) for _ in range(20))]))


def _long_names(rng: random.Random, n: int) -> Agreement:
    names = [_words(rng, n) for _ in range(3)]
    return record(
        groups=[Group(name=name, kind=GroupKind.WORKING, members=[name], purpose=name) for name in names],
        annexes=[Annex(number="1", title=name) for name in names],
    )


def _digits(rng: random.Random, n: int) -> Agreement:
    return record(sections=sections([" ".join(str(rng.randint(0, 10**6)) for _ in range(n))]))


def _reversed(n: int) -> Pair:
    first = _nothing_shared(random.Random(n), n)
    return first, first.model_copy(update={"sections": list(reversed(first.sections))})


def _shared(n: int) -> Pair:
    first = _nothing_shared(random.Random(n), n)
    return first, first


def _one_repeated(n: int) -> Pair:
    """Sections whose text is the same word over and over, of many lengths."""
    return (
        record(sections=sections(["avtal " * n])),
        record(sections=sections(["avtal " * (n // 2) + "parterna " * n])),
    )


RECORDS: dict[str, Callable[[int], Pair]] = {
    "groups": _both(_groups),
    "members": _both(_members),
    "areas": _both(_areas),
    "activities": _both(_activities),
    "people": _both(_people),
    "parties, annexes, days": _both(_heads),
    "sections that share nothing": _both(_nothing_shared),
    "sections without titles": _both(_headless),
    "sections that are the same": _shared,
    "sections in reverse order": _reversed,
    "one section many times": _both(_same),
    "sentences in one section": _both(_sentences),
    "small changes in one section": _both(_small_changes),
    "words in one sentence": _both(_one_sentence),
    "letters in a word": _both(_long_words),
    "words in a name": _both(_long_names),
    "numbers": _both(_digits),
    "one word repeated": _one_repeated,
}
"""What makes two records with N of something. By name."""
