"""Lines are read together with lines that are nearly as long, and each stands whole in what a graph is given."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.ocr.lstm.activations import WHOLE
from avskrift.ingest.ocr.lstm.column_nodes import BLOCK
from avskrift.ingest.ocr.lstm.line_batches import SETTINGS, batches, inputs_of

FRAME = 3
COUNTS = st.lists(st.integers(0, 700), max_size=80)


@given(COUNTS)
def test_every_line_is_read_once_and_no_batch_is_too_large(frames: list[int]) -> None:
    parted = list(batches(frames))
    assert sorted(index for batch in parted for index in batch) == [i for i, count in enumerate(frames) if count > 0]
    for batch in parted:
        longest = max(frames[index] for index in batch)
        assert 0 < len(batch) <= SETTINGS.most_lines
        assert len(batch) == 1 or len(batch) * longest <= SETTINGS.most_frames


def cost(frames: list[int], parted: list[list[int]]) -> int:
    return sum(max(frames[index] for index in batch) * (SETTINGS.step + len(batch)) for batch in parted)


@given(COUNTS)
def test_no_way_of_equal_parts_is_cheaper(frames: list[int]) -> None:
    order = sorted((i for i, count in enumerate(frames) if count > 0), key=frames.__getitem__)
    found = cost(frames, list(batches(frames)))
    for size in (1, 4, SETTINGS.most_frames // 700):
        assert found <= cost(frames, [order[at : at + size] for at in range(0, len(order), size)])


def test_lines_of_one_length_go_together_and_a_long_one_alone() -> None:
    assert list(batches([100] * 10)) == [list(range(10))]
    assert list(batches([20_000, 5, 20_000])) == [[1], [0], [2]]


@given(st.lists(st.integers(1, 1500), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_every_line_stands_whole_with_white_behind(widths: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    lines = [random.uniform(-1, 1, (6, width)).astype(np.float32) for width in widths]
    given = inputs_of(lines, FRAME)
    wide = BLOCK * FRAME
    blocks, places, frames = given["blocks"], given["places"], given["frames"]
    assert blocks.shape[1:] == (1, 6, wide + 2) and blocks.dtype == np.int8
    assert (blocks[1:, :, :, :2] == blocks[:-1, :, :, -2:]).all()  # a block shows the pixels beside it
    row = np.concatenate([np.zeros((6, 1)), *blocks[:, 0, :, 1:-1], np.zeros((6, 1))], axis=1)
    used = np.zeros(len(blocks) * BLOCK, int)
    for number, line in enumerate(lines):
        count = -(-line.shape[1] // FRAME)
        assert frames[number] == count
        own = places[:count, number]
        assert (np.diff(own) == 1).all() and (places[count:, number] == own[-1]).all()
        used[own[0] - 1 : own[0] + count + 1] += 1
        begin = 1 + own[0] * FRAME
        assert (row[:, begin - 1] == 0).all()
        assert np.array_equal(row[:, begin : begin + line.shape[1]], np.rint(np.clip(line * 128, -WHOLE, WHOLE)))
        assert (row[:, begin + line.shape[1] : begin + (count + 1) * FRAME] == WHOLE).all()
        assert row.shape[1] == begin + (count + 1) * FRAME or (row[:, begin + (count + 1) * FRAME] == 0).all()
    assert used.max() == 1  # no line's frames are another's


def test_frames_fill_the_last_block() -> None:
    whole = np.ones((6, (BLOCK - 2) * FRAME), np.float32)
    assert len(inputs_of([whole], FRAME)["blocks"]) == 1
    assert len(inputs_of([whole, whole[:, :1]], FRAME)["blocks"]) == 2
