"""Whatever is sent to the running server, it answers as its specification says."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

PORT = "8139"
BASE = f"http://127.0.0.1:{PORT}/v1"
# A theme, group or report that does not exist is refused, though its form is right.
NOT_CHECKED = "positive_data_acceptance"
SECONDS = "60"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", PORT],
        env={**os.environ, "DIALOOG_HOME": str(home)},
        stderr=subprocess.DEVNULL,
    ) as process:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"{BASE}/gezondheid").raise_for_status()
                break
            except httpx.ConnectError:
                assert time.monotonic() < deadline
                time.sleep(0.2)
        yield BASE
        process.kill()


def test_no_request_breaks_the_server_or_its_specification(server: str, tmp_path: Path) -> None:
    result = subprocess.run(
        [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{server}/openapi.json",
            "--phases", "examples,coverage,fuzzing", "--max-examples", "10", "--max-time", SECONDS,
            "--exclude-checks", NOT_CHECKED, "--generation-deterministic", "--warnings", "off",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-4000:]
    assert "Operations:       10 selected / 10 total" in result.stdout
