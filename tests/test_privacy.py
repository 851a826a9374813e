"""The default install talks to nobody: the main job runs without any network but loopback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.assistant.model_server import running, says

ASK = ("ask", "Wat zeiden burgers over wonen?", "--json")


def test_the_guard_of_the_tests_refuses_other_hosts() -> None:
    with socket.socket() as connection, pytest.raises(AssertionError, match="network"):
        connection.connect(("192.0.2.1", 80))


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs Linux namespaces")
def test_the_main_job_runs_in_a_process_that_has_no_network(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("namespaces can be made by root only")
    for arguments in (("ingest",), ASK, ("quotes", "eenzaamheid"), ("verify", "We are all in the same storm")):
        result = subprocess.run(
            ["unshare", "-n", sys.executable, "-m", "ui", *arguments],
            env={**os.environ, "DIALOOG_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr


def test_no_question_is_stored(home: Path, tmp_path: Path) -> None:
    own = shutil.copytree(home, tmp_path / "home")
    marker = "zeldzaamvraagwoord"
    subprocess.run(
        [sys.executable, "-m", "ui", "ask", f"Wat zeiden burgers over wonen en {marker}?"],
        env={**os.environ, "DIALOOG_HOME": str(own)},
        capture_output=True,
        check=True,
    )
    assert not [file for file in own.rglob("*") if file.is_file() and marker.encode() in file.read_bytes()]


def test_no_tracing_service_hears_of_a_question_even_if_the_environment_asks_for_it(home: Path) -> None:
    """LangChain sends what a model is asked to its maker's service where LANGSMITH_TRACING is set."""
    with running() as model, running() as tracing:
        model.behaviour = says('{"statements": []}')
        environment = {
            **os.environ,
            "DIALOOG_HOME": str(home),
            "DIALOOG_LLM": "openai:scripted",
            "DIALOOG_LLM_BASE_URL": model.url,
            "LANGSMITH_TRACING": "true",
            "LANGSMITH_API_KEY": "key",
            "LANGSMITH_ENDPOINT": tracing.url,
        }
        command = [sys.executable, "-m", "ui", *ASK]
        subprocess.run(command, env=environment, capture_output=True, check=True)
        assert len(model.asked) == 1
        assert not tracing.heard
