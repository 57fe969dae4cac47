"""Workers on this machine: processes that are watched, limited, renewed and, when they hang, ended."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from avskrift.batch.job import Job, Outcome, PagesJob, failed, work, work_on_pages
from avskrift.errors import UsageError
from avskrift.runtime import temporary_folder
from avskrift.runtime.limits import become_worker
from avskrift.runtime.streams import silent_stderr

_RENEWED_AFTER = 400
"""Jobs after which a worker is replaced by a fresh one: libraries that leak never leak for long."""
_LONGEST_SOCKET = 107
"""Bytes of a socket's name at most (unix(7))."""
_DIED = ("TimedOut", "WorkerDied")
_PRELOADED = ["avskrift.batch.job", "avskrift.pipeline", "avskrift.parsing", "avskrift.ingest.files.pdf"]


class LocalPool:
    """`workers` processes. A job that takes longer than `timeout` seconds or more than `memory` bytes costs itself."""

    def __init__(self, workers: int, timeout: float, memory: int) -> None:
        from pebble import ProcessPool

        self.workers = workers
        self._timeout = timeout
        self._folder: Path = temporary_folder.create()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        _keep_sockets_in(temporary_folder.current())
        with silent_stderr():  # what workers are forked from: what they say while the run is stopped is for nobody
            forkserver.ensure_running()
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_RENEWED_AFTER,
            initializer=become_worker,
            initargs=[str(self._folder), memory, os.getpid()],
            context=context,
        )
        self._under_way: dict[Future[Outcome], Job | PagesJob] = {}

    def submit(self, job: Job | PagesJob) -> None:
        """Begins a job, now or when a worker is free."""
        call: Callable[[Any], Outcome] = work if isinstance(job, Job) else work_on_pages
        self._under_way[self._pool.schedule(call, args=[job], timeout=self._timeout)] = job

    @property
    def under_way(self) -> int:
        """How many jobs were begun and have not ended."""
        return len(self._under_way)

    def ended(self, seconds: float) -> list[tuple[Job | PagesJob, Outcome]]:
        """The jobs that have ended by now; waits for one, for so many seconds at most."""
        done, _ = wait(self._under_way, timeout=seconds, return_when=FIRST_COMPLETED)
        found = [(self._under_way.pop(future), future) for future in done]
        outcomes = [(job, self._outcome(job, future)) for job, future in found]
        if any(outcome.error_class in _DIED for _, outcome in outcomes):
            temporary_folder.end_workers(self._folder)
        return outcomes

    def _outcome(self, job: Job | PagesJob, future: "Future[Outcome]") -> Outcome:
        from pebble import ProcessExpired

        try:
            return future.result()
        except TimeoutError:
            text = f"the document took longer than {self._timeout:.0f} seconds"
            return replace(failed(job.key, "TimedOut", text), seconds=self._timeout)
        except ProcessExpired as error:
            return failed(job.key, "WorkerDied", f"the worker ended before the document was read ({error})")
        except CancelledError:
            return failed(job.key, "Cancelled", "the batch was stopped")
        except Exception as error:  # what a worker sent back could not be understood
            return failed(job.key, type(error).__name__, str(error))

    def stop(self) -> None:
        """Ends all work at once; nothing is left running and no temporary folder stays."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        temporary_folder.end_workers(self._folder, everyone=True)
        self._pool.join()
        temporary_folder.remove(self._folder)

    def close(self) -> None:
        """Ends the workers once all is done."""
        self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()
        temporary_folder.remove(self._folder)


def _keep_sockets_in(folder: Path) -> None:
    """Has multiprocessing make its sockets in a folder of ours: one of its own would stay after a kill. Where the name
    of a socket there would be too long for the system, it makes its own.

    Raises `UsageError` where that one's would be too long too.
    """
    if len(os.fsencode(folder / "listener-12345678")) <= _LONGEST_SOCKET:
        multiprocessing.current_process()._config["tempdir"] = str(folder)  # type: ignore[attr-defined]
    elif len(os.fsencode(folder.parent / "pymp-12345678" / "listener-12345678")) > _LONGEST_SOCKET:
        raise UsageError(f"{folder.parent} has too long a name for a temporary folder; set TMPDIR to a shorter one")
