"""How well two people mark alike: `python training/agreements/twice.py` compares training/second_marks with the first
marks.

The files there are named HAND-NN.txt after the first ones. A mark is alike if both stand around the same words but for
punctuation at their ends; `near` counts those too that share more than half of their signs. Prints precision-like
agreement (F1) for each tag.
"""

from collections import Counter
from pathlib import Path

from check import HERE, Mark, unmarked

SECOND = HERE.parent / "second_marks"


def marks_of(path: Path) -> tuple[str, list[Mark]]:
    text = "\n".join(line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("%% "))
    plain, marks, _ = unmarked(text)
    return plain, marks


def core(text: str, mark: Mark) -> tuple[int, int]:
    """A mark without punctuation and white space at its ends."""
    start, end = mark.start, mark.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 > max(one[1] - one[0], other[1] - other[0])


def main() -> None:
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    count = 0
    for path in sorted(SECOND.glob("*.txt")):
        hand, number = path.stem.rsplit("-", 1)
        text, ours = marks_of(HERE / hand / f"{number}.txt")
        other_text, theirs = marks_of(path)
        if text != other_text:
            print(f"{path.name}: the text is another")
            continue
        count += 1
        left = [(m.tag, core(text, m)) for m in theirs]
        first.update(m.tag for m in ours)
        second.update(m.tag for m in theirs)
        for mark in ours:
            place = core(text, mark)
            same = [o for o in left if o[0] == mark.tag and near(o[1], place)]
            if same:
                best = max(same, key=lambda o: o[1] == place)
                left.remove(best)
                alike[mark.tag] += 1
                exact[mark.tag] += best[1] == place
    print(f"{count} documents; tag, first marks, second marks, agreement exact and near")
    for tag, times in first.most_common():
        both = times + second[tag]
        print(f"{tag:12} {times:5} {second[tag]:5}  {2 * exact[tag] / both:.2f} {2 * alike[tag] / both:.2f}")
    total = sum(first.values()) + sum(second.values())
    print(f"{'all':12} {'':11}  {2 * sum(exact.values()) / total:.2f} {2 * sum(alike.values()) / total:.2f}")


if __name__ == "__main__":
    main()
