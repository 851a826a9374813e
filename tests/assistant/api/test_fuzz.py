"""Whatever is sent to the running server, it answers as its specification says."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# A theme, group or report that does not exist is refused, though its form is right.
NOT_CHECKED = "positive_data_acceptance"
SECONDS = "60"


@pytest.fixture(scope="module")
def server(serve: Callable, home: Path) -> Iterator[str]:
    with serve(home, 8139) as (address, _):
        yield f"{address}/v1"


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
    assert "Operations:       13 selected / 13 total" in result.stdout
