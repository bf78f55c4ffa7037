"""The way into Ray: a cluster that runs, or a Ray on this machine for one run. Ray itself says nothing."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from typing import Any

from claimex.errors import EngineError, MissingExtraError, UsageError

HERE = "local"
"""Address of a Ray that is started for the run and ends with it."""
RUNNING = "auto"
"""Address of the cluster that this machine belongs to."""
SECONDS_TO_ANSWER = 5.0
"""That an address may take. Ray itself would knock for two minutes, and say so each time."""
SECONDS_TO_COME_BACK = 30.0
"""That the head of a cluster has when it is started again."""
STORE_BYTES = 128 * 2**20
"""For what is on its way in a Ray of this run's own: a chunk is far below a megabyte."""
ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is sent anywhere
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # else a warning on machines without a GPU
}
"""Read by Ray when it is imported, and by the processes that it starts."""
OF_A_CLUSTER = {
    "RAY_gcs_rpc_server_connect_timeout_s": "5",
    "RAY_py_gcs_connect_timeout_s": "5",
    "RAY_NUM_REDIS_GET_RETRIES": "1",
}
"""What answers at all answers soon, if it is a Ray; one that is being started here takes its time."""


def check_installed() -> None:
    """Raises MissingExtraError where Ray is not installed."""
    if find_spec("ray") is None:
        raise MissingExtraError(
            "--engine ray needs Ray, which is not installed; install it with: pip install 'claimex[ray]'"
        )


@contextmanager
def connected(address: str | None, *, processors: int) -> Iterator[int]:
    """Ray to be used; how many processors it has. A Ray that is started here gets `processors`.

    Raises EngineError where no cluster answers at the address, or none that can be used from here, and UsageError
    where it is no address.
    """
    address = address or os.environ.get("RAY_ADDRESS") or HERE
    if address != HERE:
        _knock(address)
    os.environ.update(ENVIRONMENT if address == HERE else ENVIRONMENT | OF_A_CLUSTER)
    try:
        import ray
        from ray._private import worker
    except ImportError as error:
        raise EngineError(f"Ray is installed but cannot be used ({error}); install claimex[ray] anew") from error
    # What a raylet has to say of workers that died would go to stdout, whatever `log_to_driver` is: this is the switch.
    worker._worker_logs_enabled = False
    options: dict[str, Any] = {"logging_level": "error", "log_to_driver": False}
    with _folder() if address == HERE else nullcontext() as folder:
        if address == HERE:
            options |= {"num_cpus": processors, "include_dashboard": False, "object_store_memory": STORE_BYTES}
            options |= {"_temp_dir": folder}
        try:
            with _own_signals(), _without_stderr():
                ray.init(address, **options)
        except Exception as error:  # of a dozen kinds, none of them documented
            raise EngineError(_unreached(address, error)) from error
        try:
            resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
            if resources.get("CPU", 0) < 1:
                raise EngineError(f"{address}: no node of this Ray cluster has a processor; start one with ray start")
            yield int(resources["CPU"])
        finally:
            ray.shutdown()


def _knock(address: str) -> None:
    """Raises EngineError where nobody answers, UsageError where nobody can."""
    if address == RUNNING:
        return
    if address.startswith("ray://"):
        raise UsageError(f"{address}: claimex runs on a machine of the cluster; write HOST:PORT there, or auto")
    host, _, port = address.rpartition(":")
    if not (host and port.isdecimal() and 0 < int(port) < 65536):
        raise UsageError(f"{address!r} is no address of a Ray cluster; write HOST:PORT, or auto on a machine of it")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS_TO_ANSWER).close()
    except OSError as error:
        raise EngineError(_unreached(address, error)) from error


def _unreached(address: str, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    reason = " ".join(reason.split()).rstrip(".")
    if address == HERE:
        return f"Ray could not be started here ({reason}); --engine local needs no Ray"
    return (
        f"no Ray cluster can be reached at {address} ({reason}); check the address, and that it runs, with: ray status"
    )


class Pulse:
    """Whether the head of the cluster is there. Ray itself ends the process, without a word, a minute after it went."""

    def __init__(self) -> None:
        import ray

        self._address = ray.get_runtime_context().gcs_address
        self._seen = time.monotonic()

    def check(self) -> None:
        """Raises EngineError where it has been gone for long."""
        try:
            _knock(self._address)
            self._seen = time.monotonic()
        except EngineError as error:
            if time.monotonic() - self._seen > SECONDS_TO_COME_BACK:
                raise EngineError(f"the head of the Ray cluster, {self._address}, has gone") from error


@contextmanager
def _own_signals() -> Iterator[None]:
    """Ray takes SIGTERM for itself: what it does then would lose the word on how to go on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _without_stderr() -> Iterator[None]:
    """What Ray's C++ part has to say of a connection goes past Python; the error that comes of it says it again."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _folder() -> tempfile.TemporaryDirectory[str]:
    """For sockets and logs. Paths of sockets have at most a hundred characters, of which macOS would waste half."""
    place = None if sys.platform == "win32" else "/tmp"
    return tempfile.TemporaryDirectory(prefix="claimex-", dir=place, ignore_cleanup_errors=True)
