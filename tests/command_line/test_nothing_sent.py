"""Nothing leaves the machine and nothing is left behind: every command is watched while it runs.

Two watchers stand beside each command. An audit hook in every Python process notes look-ups, connections and messages.
Because libraries can do all this without Python, `strace` notes them too, and every file that is made; where it is not
at hand or not allowed, the command runs in a network namespace without interfaces, whose kernel counts what
tried to get out.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

TEXT = """Samverkansöverenskommelse

Vikbo kommun, org.nr 212000-4516, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har
träffat följande överenskommelse. Styrgruppen sammanträder {} gånger per år och ordnar en trygghetsvandring.

Överenskommelsen gäller från och med den 1 mars 2021 till och med den 28 februari 2023.
"""
READ_BADLY = TEXT.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")).replace("m", "rn")
"""So much damage that the restorer, and with it onnxruntime, is asked."""

HOOK = """
import os, sys
def _note(event, arguments, told=os.environ["SOCKETS_TOLD"]):
    if event.startswith("socket.") and event not in _QUIET:
        address = arguments[1] if event in _WITH_SOCKET else arguments[0] if arguments else ""
        local = event in _WITH_SOCKET and int(arguments[0].family) == 1
        if not local:
            with open(told, "a") as handle:
                handle.write(f"{event} {address!r} {sys.argv}\\n")
_WITH_SOCKET = ("socket.connect", "socket.sendto", "socket.sendmsg")
_QUIET = ("socket.__new__", "socket.bind", "socket.gethostname")  # urllib3 binds ::1 when imported, to see if it may
sys.addaudithook(_note)
"""
_SENT = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_(?!UNIX\b)")
_MADE = re.compile(
    r'(?:openat\((?P<at>[^,]*), "(?P<open>[^"]*)", [^)]*O_(?:CREAT|TMPFILE)'
    r'|(?:open\("(?P<old>[^"]*)", [^)]*O_CREAT|creat\("(?P<creat>[^"]*)"|mkdir\("(?P<folder>[^"]*)")'
    r'|(?:mkdirat|mknodat)\((?P<below>[^,]*), "(?P<sub>[^"]*)").*= \d'
)
_NOWHERE = ("/dev/null", "/dev/tty", "/proc/", "/dev/shm/")
"""What is made here is no file, or is memory that processes share."""


@dataclass(frozen=True)
class Place:
    """Fresh folders for one command: all that it may write to, and what the watchers noted."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> "Place":
        place = cls(root)
        for name in ("home", "tmp", "cache", "config", "data", "state", "runtime", "here", "watch/hook"):
            (root / name).mkdir(parents=True)
        (root / "runtime").chmod(0o700)
        (root / "watch" / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
        return place

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
        path = os.pathsep.join(filter(None, [str(self.root / "watch" / "hook"), kept.get("PYTHONPATH", "")]))
        xdg = {f"XDG_{n.upper()}_HOME": str(self.root / n) for n in ("cache", "config", "data", "state")}
        return (
            kept
            | xdg
            | {
                "HOME": str(self.root / "home"),
                "TMPDIR": str(self.root / "tmp"),
                "XDG_RUNTIME_DIR": str(self.root / "runtime"),
                "PYTHONPATH": path,
                "PYTHONDONTWRITEBYTECODE": "1",
                "SOCKETS_TOLD": str(self.root / "watch" / "sockets"),
            }
        )

    def left(self) -> list[str]:
        """What lies in the folders of the user now, our own cache aside."""
        ours = self.root / "cache" / "avskrift"
        found = (
            p
            for n in ("home", "tmp", "cache", "config", "data", "state", "runtime", "here")
            for p in (self.root / n).rglob("*")
        )
        return sorted(str(p) for p in found if p != ours and ours not in p.parents)


@cache
def watchers() -> tuple[str, ...]:
    """Which of `strace` and `namespace` can be used here."""
    found = []
    for name, command in (
        ("strace", ["strace", "-f", "-o", os.devnull, "true"]),
        ("namespace", ["unshare", "-rn", "true"]),
    ):
        if shutil.which(command[0]) and subprocess.run(command, capture_output=True, check=False).returncode == 0:
            found.append(name)
    return tuple(found)


@dataclass(frozen=True)
class Seen:
    """How a command ended and what the watchers saw of it; `natively` names the one that sees libraries too."""

    result: "subprocess.CompletedProcess[bytes]"
    sent: list[str]
    made: list[str]
    natively: str


def watched(place: Place, command: Sequence[str | Path], watcher: str | None = None) -> Seen:
    """Runs a command with both watchers beside it. `made` are the files it made, where `strace` could be used."""
    natively = watcher or (watchers()[0] if watchers() else "")
    trace, counts = place.root / "watch" / "trace", place.root / "watch" / "counts"
    before: list[str | Path] = []
    if natively == "strace":
        calls = "%network,open,openat,creat,mkdir,mkdirat,mknodat"
        before = ["strace", "-f", "-q", "-y", "-s", "4096", "-o", trace, "-e", f"trace={calls}", "-e", "signal=none"]
    elif natively == "namespace":
        before = ["unshare", "-rn", "sh", "-c", '"$@"; ended=$?; cat /proc/net/snmp >"$0"; exit $ended', counts]
    result = subprocess.run(
        [*map(str, before), *map(str, command)],
        capture_output=True,
        env=place.environment(),
        cwd=place.root / "here",
        timeout=600,
        check=False,
    )
    told = place.root / "watch" / "sockets"
    sent = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    made = []
    if natively == "strace":
        lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
        sent += [line for line in lines if _SENT.search(line)]
        made = [path for line in lines if (path := _made(line, place.root / "here"))]
    elif natively == "namespace":
        sent += _tried(counts.read_text(encoding="utf-8"))
    return Seen(result, sent, made, natively)


def _made(line: str, here: Path) -> str | None:
    """The path of the file that a line of strace makes."""
    match = _MADE.search(line)
    if match is None:
        return None
    name = next(v for k in ("open", "old", "creat", "folder", "sub") if (v := match[k]) is not None)
    folder = re.search(r"<([^>]*)>", match["at"] or match["below"] or "")
    return os.path.normpath(Path(folder[1] if folder else here) / name)


def _tried(snmp: str) -> list[str]:
    """What the kernel of a namespace without interfaces counted: packets without a way out, connections begun."""
    rows = [line.split() for line in snmp.splitlines()]
    counted = {
        f"{names[0]}{name}": int(value)
        for names, values in zip(rows[::2], rows[1::2], strict=True)
        for name, value in zip(names[1:], values[1:], strict=True)
    }
    watch = ("Ip:OutNoRoutes", "Ip:OutRequests", "Tcp:ActiveOpens", "Udp:OutDatagrams")
    return [f"{name} {counted[name]}" for name in watch if counted.get(name)]


def avskrift(*arguments: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", "avskrift", *arguments]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Agreements whole, read badly, and as a picture, and a batch that was made of them."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "one.txt").write_text(TEXT.format("två"), encoding="utf-8")
    (folder / "other.txt").write_text(TEXT.format("tre"), encoding="utf-8")
    (folder / "bad.txt").write_text(READ_BADLY.format("tva") * 8, encoding="utf-8")
    page = Image.new("L", (1240, 700), 255)
    ImageDraw.Draw(page).multiline_text((80, 80), READ_BADLY.format("tva")[:300], fill=0, font_size=34)
    page.save(folder / "scan.png", dpi=(150, 150))
    made = subprocess.run(
        [*map(str, avskrift("batch", folder, "-o", folder.parent / "records", "--jobs", "1"))],
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert made.returncode == 0, made.stderr
    return folder


COMMANDS: dict[str, list[str]] = {
    "parse a text": ["parse", "{in}/bad.txt", "-o", "{out}/a.json", "--text", "{out}/a.txt"],
    "parse a scan": ["parse", "{in}/scan.png", "-o", "{out}/a.json"],
    "parse a scan by Tesseract": ["parse", "{in}/scan.png", "--engine", "tesseract", "-o", "{out}/a.json"],
    "correct": ["correct", "{in}/bad.txt", "-o", "{out}/a.txt", "--report", "{out}/changes.jsonl"],
    "batch": ["batch", "{in}", "-o", "{out}/records", "--jobs", "2"],
    "compare": ["compare", "{in}/one.txt", "{in}/bad.txt", "-o", "{out}/a.html"],
    "export": ["export", "{records}", "--to", "csv", "-o", "{out}/tables"],
    "search": ["search", "{records}", "trygghetsvandring"],
    "report": ["report", "{records}", "-o", "{out}/report.html"],
    "train": ["train", "--from", "{records}", "--documents", "{in}", "-o", "{out}/reader.json", "--anyway"],
    "doctor": ["doctor"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_sent_and_nothing_is_left(name: str, inputs: Path, tmp_path: Path) -> None:
    place, out, records = Place.at(tmp_path / "place"), tmp_path / "out", inputs.parent / "records"
    out.mkdir()
    arguments = [
        a.replace("{in}", str(inputs)).replace("{out}", str(out)).replace("{records}", str(records))
        for a in COMMANDS[name]
    ]
    seen = watched(place, avskrift(*arguments))
    assert seen.result.returncode == 0, seen.result.stderr.decode()
    assert seen.sent == []
    assert place.left() == []
    allowed = (*(str(place.root / n) for n in ("tmp", "cache/avskrift")), str(out), str(records), *_NOWHERE)
    assert [path for path in seen.made if not path.startswith(allowed) and Path(path) != place.root / "cache"] == []
    if not seen.natively:
        pytest.skip("neither strace nor a network namespace here: only what Python sends was watched")


@pytest.mark.parametrize("watcher", ["strace", "namespace"])
def test_the_watchers_see_what_is_sent(watcher: str, tmp_path: Path) -> None:
    if watcher not in watchers():
        pytest.skip(f"no {watcher} here")
    natively = "exec 3<>/dev/tcp/127.0.0.1/9"
    assert watched(Place.at(tmp_path / "bash"), ["bash", "-c", natively], watcher).sent
    assert not watched(Place.at(tmp_path / "quiet"), ["bash", "-c", ":"], watcher).sent


@pytest.mark.parametrize(
    "call", ["getaddrinfo('127.0.0.1', 9)", "socket().connect_ex(('127.0.0.1', 9))", "gethostbyname('127.0.0.1')"]
)
def test_the_hook_sees_what_python_sends(call: str, tmp_path: Path) -> None:
    place = Place.at(tmp_path / "place")
    seen = watched(place, [sys.executable, "-c", f"import socket; socket.{call}"])
    assert any(line.startswith("socket.") for line in seen.sent)


def test_the_watchers_see_what_is_left(tmp_path: Path) -> None:
    place = Place.at(tmp_path / "place")
    seen = watched(place, ["sh", "-c", 'echo x >"$TMPDIR/.ses"; mkdir "$HOME/.id"'])
    assert place.left() == [str(place.root / "home" / ".id"), str(place.root / "tmp" / ".ses")]
    if seen.natively == "strace":
        assert place.left() == sorted(seen.made)
