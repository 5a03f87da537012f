"""What every test shares: no test sees the user's own folders, and none reaches the network."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports numpy: workers side by side whose matrices are multiplied by a thread for each processor spend
# nearly all of their time waiting for one another (0.13 s a sentence on two busy processors, against 0.007).
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_name, "1")

# The same examples every time, and none that a slow machine fails: a change is judged by what it does, not by luck.
# New examples are looked for by hand: pytest --hypothesis-profile=hunt
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("hunt", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "BRIEFING_LIBRARY",
        "NO_COLOR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")  # pictures are the same whatever terminal the tests are run in


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and (
            not isinstance(address, tuple) or address[0] not in {"127.0.0.1", "::1", "localhost"}
        ):
            raise OSError(f"tests may not reach the network: {address!r}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
