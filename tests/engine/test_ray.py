"""The engine for many machines, on a cluster of two nodes of this one: it gives what the local engine gives."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil
import pytest
from typer.testing import CliRunner

from claimex.cli.app import app
from claimex.engine import ray_connection
from claimex.engine.base import Found
from claimex.engine.on_ray import OnRay
from claimex.errors import EngineError, ModelError, UsageError
from tests.conftest import ROOT
from tests.engine.fakes import FakeSetup, articles, chunks, times_read
from tests.engine.test_local import PLAIN, expected
from tests.engine.test_resume import wait_for

runner = CliRunner()
RAY = ("--engine", "ray", "--ray-address")
OPTIONS = {"include_dashboard": False, "object_store_memory": 80 * 2**20}


class Nodes:
    """A cluster whose head has no processor, and two nodes of one each."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self._cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **OPTIONS})
        self.address: str = self._cluster.address
        self.nodes: list[Any] = []
        self.replace_killed()

    def replace_killed(self) -> None:
        """Two nodes again."""
        self.nodes = [node for node in self.nodes if node.any_processes_alive()]
        while len(self.nodes) < 2:
            self.nodes.append(self._cluster.add_node(num_cpus=1, **OPTIONS))

    def kill(self) -> None:
        """Kill a node and whatever runs on it."""
        raylet = psutil.Process(self.nodes[-1].all_processes["raylet"][0].process.pid)
        for process in (raylet, *raylet.children(recursive=True)):
            process.kill()
        self._cluster.remove_node(self.nodes[-1], allow_graceful=False)

    def end(self) -> None:
        """End all."""
        self._cluster.shutdown()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Nodes]:
    """One cluster for all tests, since it takes seconds to start; a node that a test kills is replaced."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (*ray_connection.ENVIRONMENT.items(), ("PYTHONPATH", str(ROOT))):
            patch.setenv(name, value)
        nodes = Nodes()
        yield nodes
        nodes.end()


@pytest.fixture
def engine(cluster: Nodes, tmp_path: Path) -> Any:
    """What makes an engine on the cluster, with a fake reader."""
    cluster.replace_killed()
    return lambda **setup: OnRay(FakeSetup(str(tmp_path), **setup), address=cluster.address)


def read(engine: OnRay, texts: list[str]) -> Iterator[Found]:
    """What is found in these texts."""
    for chunk in engine.read(chunks(articles(*texts))):
        yield from chunk


def actors() -> list[psutil.Process]:
    """The processes that read."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(word.startswith("ray::Reader") for word in process.info["cmdline"] or ()):
            found.append(process)
    return found


def test_the_same_bytes(cluster: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pipeline on the seeds: the claims file is that of the local engine, to the byte."""
    monkeypatch.chdir(ROOT)
    output = tmp_path / "claims.jsonl"
    done = runner.invoke(app, ["extract", "seeds/", "-o", str(output), *RAY, cluster.address])
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert output.read_bytes() == (ROOT / "data" / "claims.jsonl").read_bytes()
    assert output.with_suffix(".run.json").read_bytes() == (ROOT / "data" / "claims.run.json").read_bytes()


def test_workers_that_die(engine: Any, tmp_path: Path) -> None:
    """One once, and any that read one article: nothing is lost, and nothing but their chunks is read again."""
    texts = [*PLAIN[:5], f"kill-once {PLAIN[5].partition(' ')[2]}", *PLAIN[6:17], "kill", *PLAIN[18:]]
    found = list(read(engine(), texts))
    right = expected(tmp_path / "here", PLAIN)
    assert found[:17] + found[18:] == right[:17] + right[18:]
    assert found[17].lines == ()
    assert found[17].problems[0].startswith("17.txt: whatever reads this article is killed")
    again = {id for id, times in times_read(tmp_path).items() if times > 1}
    assert again <= {str(number) for number in (4, 5, 6, 7, 16, 17, 18, 19)}


def test_a_node_that_dies(engine: Any, cluster: Nodes, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With a worker of the other node before it: what they had is read by those that are left. Ray says nothing."""
    found: list[Found] = []
    for item in read(engine(seconds=0.02), PLAIN):
        found.append(item)
        if len(found) == 8:
            actors()[0].kill()
        elif len(found) == 16:
            cluster.kill()
    assert found == expected(tmp_path / "here", PLAIN)
    assert capfd.readouterr() == ("", "")


def test_a_run_that_is_killed(cluster: Nodes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its actors end. The next run, on processes of this machine, does what is left."""
    cluster.replace_killed()
    monkeypatch.chdir(tmp_path)
    for folder in ("in", "marks", "others"):
        Path(folder).mkdir()
    for number in range(100):
        Path("in", f"{number:02}.txt").write_text(f"plain {'word ' * (number % 5)}{number}\n", encoding="utf-8")

    def command(marks: str, output: str, *more: str) -> list[str]:
        words = ["-m", "tests.engine.run_fake", str(tmp_path / marks), "0.02", "extract", "in", "-o", output, *more]
        return [sys.executable, *words]

    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with subprocess.Popen(command("marks", "claims.jsonl", *RAY, cluster.address)) as process:
        wait_for(lambda: Path("claims.jsonl.journal").exists() and Path("claims.jsonl.journal").stat().st_size > 1000)
        process.send_signal(signal.SIGKILL)
    wait_for(lambda: not actors())
    before = set(times_read(tmp_path / "marks"))
    Path("marks/read").unlink()
    assert 16 <= len(before) < 100
    for marks, output in (("marks", "claims.jsonl"), ("others", "others.jsonl")):
        subprocess.run(command(marks, output), check=True)
    assert len(times_read(tmp_path / "marks")) <= 100 - 16
    assert Path("claims.jsonl").read_bytes() == Path("others.jsonl").read_bytes()


class Elsewhere(FakeSetup):
    """A setup of a module that the nodes do not have."""

    def __reduce__(self) -> Any:
        return import_module, ("claimex.elsewhere",)


@pytest.mark.parametrize(
    ("mishap", "error", "sentence"),
    [
        ("no model", ModelError, r"node \S+ of the cluster: model 'fake' is not installed"),
        ("broken", EngineError, r"node \S+ of the cluster: no worker can get ready \(ValueError: no such layer\)"),
        ("other model", EngineError, "would not make the same claims: the model differ"),
        ("killed", EngineError, "3 workers in a row were killed while they loaded the model"),
    ],
)
def test_no_worker_gets_ready(engine: Any, mishap: str, error: type[Exception], sentence: str) -> None:
    """One error that says why and where."""
    with pytest.raises(error, match=sentence):
        list(read(engine(mishap=mishap), PLAIN))


def test_a_node_without_claimex(cluster: Nodes, tmp_path: Path) -> None:
    """Is told as that."""
    with pytest.raises(EngineError, match=r"node \S+ of the cluster has no claimex, or an old one; install claimex"):
        list(read(OnRay(Elsewhere(str(tmp_path)), address=cluster.address), PLAIN))


def test_a_worker_that_dies_before_it_is_ready(engine: Any, tmp_path: Path) -> None:
    """Another one is started."""
    assert list(read(engine(mishap="killed once"), PLAIN)) == expected(tmp_path / "here", PLAIN)


def test_a_cluster_that_goes(monkeypatch: pytest.MonkeyPatch, engine: Any) -> None:
    """Ends the run with a sentence; Ray would end the process without one."""
    monkeypatch.setattr("claimex.engine.on_ray.SECONDS_BETWEEN_LOOKS", 0)
    monkeypatch.setattr(ray_connection, "SECONDS_TO_COME_BACK", 0)
    reading = read(engine(seconds=0.02), PLAIN)
    next(reading)
    with monkeypatch.context() as patch:
        patch.setattr("socket.create_connection", refuse)
        with pytest.raises(EngineError, match=r"the head of the Ray cluster, \S+, has gone"):
            list(reading)


def refuse(*args: object, **options: object) -> None:
    """No connection."""
    raise ConnectionRefusedError(111, "Connection refused")


def test_nothing_to_read(tmp_path: Path) -> None:
    """Ray is not asked for."""
    assert list(OnRay(FakeSetup(str(tmp_path)), address="nowhere.invalid:1").read([[], []])) == [[], []]


@pytest.mark.parametrize(
    ("address", "error", "sentence"),
    [
        ("127.0.0.1:1", EngineError, r"no Ray cluster can be reached at 127.0.0.1:1 \(Connection refused\); check"),
        ("localhost", UsageError, "'localhost' is no address of a Ray cluster; write HOST:PORT"),
        ("host:port", UsageError, "'host:port' is no address of a Ray cluster"),
        ("ray://host:10001", UsageError, "claimex runs on a machine of the cluster"),
    ],
)
def test_an_address_without_a_cluster(tmp_path: Path, address: str, error: type[Exception], sentence: str) -> None:
    """Is told at once."""
    with pytest.raises(error, match=sentence):
        list(read(OnRay(FakeSetup(str(tmp_path)), address=address), PLAIN))


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        ("127.0.0.1:1", 3, "no Ray cluster can be reached at 127.0.0.1:1 (Connection refused)"),
        ("localhost", 2, "'localhost' is no address of a Ray cluster"),
    ],
)
def test_an_address_without_a_cluster_leaves_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, code: int, sentence: str
) -> None:
    """One sentence, the exit status, and the earlier files to the byte, nothing beside them."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("About 300 Chadian soldiers were deployed to Gao.", encoding="utf-8")
    assert runner.invoke(app, ["extract", "a.txt", "-o", "claims.jsonl"]).exit_code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = runner.invoke(app, ["extract", "a.txt", "-o", "claims.jsonl", "--fresh", *RAY, address])
    assert (done.exit_code, done.stdout) == (code, "")
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"claimex: {sentence}")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, and exit status 3; the local engine needs none."""
    monkeypatch.setattr(ray_connection, "find_spec", lambda name: None)
    done = runner.invoke(app, ["extract", str(ROOT / "seeds"), "-o", "-", "--engine", "ray"])
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.splitlines() == [
        "claimex: --engine ray needs Ray, which is not installed; install it with: pip install 'claimex[ray]'"
    ]


def test_an_address_for_the_local_engine() -> None:
    """Would be read by nobody."""
    done = runner.invoke(app, ["extract", str(ROOT / "seeds"), "-o", "-", "--ray-address", "auto"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--ray-address is for --engine ray" in done.stderr
