"""Workers on a Dask cluster: documents as tasks, tried again when a worker dies.

Every worker needs Avskrift in the same version, and Tesseract. With shared storage (the inputs and the output folder
under the same paths everywhere) workers write results themselves and large documents are read in parts; without it the
coordinator sends documents along and results come back.
"""

from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.job import Job, Outcome, PagesJob, failed, work, work_on_pages
from avskrift.errors import InputError, UsageError
from avskrift.runtime import temporary_folder
from avskrift.runtime.input_files import read_file

if TYPE_CHECKING:
    from distributed import Future

_RETRIES = 2
"""How often a task is tried again when its worker died: with the first time, three workers."""
_SECONDS_TO_CONNECT = 10


class DaskPool:
    """The workers of the scheduler at `address`, which are to make records as `build` says.

    Raises `UsageError` when there is none, or Dask is not installed.
    """

    def __init__(self, address: str, build: BuildInfo, *, send: bool) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError("--cluster needs Dask: pip install 'avskrift[cluster]'") from None
        try:
            connect: Any = Client  # Dask has no types
            self._client = connect(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                f"{address}: no Dask scheduler answers there ({' '.join(str(error).split())[:120]})"
            ) from None
        self._build, self._send = build, send
        self._name = f"avskrift-{uuid4().hex}"
        self._count = 0
        self._jobs: dict[str, Job | PagesJob] = {}
        self._ended: Queue[Future[Outcome]] = Queue()

    @property
    def workers(self) -> int:
        """The processors of the cluster now: workers may come and go."""
        return max(1, sum(int(n) for n in self._client.nthreads().values()))

    def submit(self, job: Job | PagesJob) -> None:
        """Begins a job on some worker."""
        if isinstance(job, Job):
            job = replace(job, build=self._build)
        # Keys of one name let the scheduler hold tasks back until a worker is free, instead of dealing them out.
        self._count += 1
        key = (self._name, self._count)
        if isinstance(job, PagesJob):
            future = self._client.submit(work_on_pages, job, key=key, retries=_RETRIES, pure=False)
        elif self._send:
            data = _bytes_of(job.path)
            future = self._client.submit(work_on_bytes, job, data, key=key, retries=_RETRIES, pure=False)
        else:
            future = self._client.submit(work, job, key=key, retries=_RETRIES, pure=False)
        self._jobs[str(key)] = job
        future.add_done_callback(self._ended.put)

    @property
    def under_way(self) -> int:
        """How many jobs were begun and have not ended."""
        return len(self._jobs)

    def ended(self, seconds: float) -> list[tuple[Job | PagesJob, Outcome]]:
        """The jobs that have ended by now; waits for one, for so many seconds at most."""
        found: list[tuple[Job | PagesJob, Outcome]] = []
        wait = seconds
        while True:
            try:
                future = self._ended.get(timeout=wait) if wait else self._ended.get_nowait()
            except Empty:
                return found
            wait = 0.0
            job = self._jobs.pop(str(future.key))
            found.append((job, _outcome(job, future)))
            future.release()  # type: ignore[no-untyped-call]

    def stop(self) -> None:
        """Forgets all work: tasks that were not begun never begin."""
        self._client.close(timeout=5)

    def close(self) -> None:
        """Leaves the cluster, which goes on without us."""
        self._client.close()


def _bytes_of(path: Path) -> bytes | InputError:
    try:
        return read_file(path)
    except InputError as error:
        return error


def work_on_bytes(job: Job, data: bytes | InputError) -> Outcome:
    """Reads a document whose bytes came with its job, from a temporary file of its name; fails where none came."""
    if isinstance(data, InputError):
        return failed(job.key, type(data).__name__, str(data))
    with temporary_folder.holding(job.path.name, data) as path:
        outcome = work(replace(job, path=path))
    return replace(outcome, error=outcome.error.replace(str(path), str(job.path)))


def _outcome(job: Job | PagesJob, future: "Future[Outcome]") -> Outcome:
    try:
        result: Any = future.result(timeout=30)
    except Exception as error:  # KilledWorker, cancelled tasks, results that were lost
        return failed(job.key, type(error).__name__, str(error))
    return result if isinstance(result, Outcome) else failed(job.key, "TypeError", "a worker sent no outcome")
