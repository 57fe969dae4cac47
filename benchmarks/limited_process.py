"""One measurement in a process of its own, which is ended when it takes too long."""

import multiprocessing
from collections.abc import Callable
from typing import Any


def answer_of(work: Callable[..., None], *arguments: object, limit: float) -> Any:
    """What `work(*arguments, connection)` sends; None when it died or took longer than `limit` seconds by the clock."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(*arguments, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(limit) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()
