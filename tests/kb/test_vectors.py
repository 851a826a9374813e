"""The vector store finds what a full scan finds, embedded and on a server."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.engine import ask
from kb import settings
from kb.errors import StateError
from kb.knowledge_base import KnowledgeBase, open_knowledge_base
from kb.vectors import QUESTIONS, SENTENCES, WHOLE

ASKED = ["Wat zeiden burgers over wonen?", "eenzaamheid", "data delen met bedrijven", "groen in de buurt"]


@pytest.mark.parametrize("kind", [WHOLE, SENTENCES, QUESTIONS])
def test_the_nearest_are_those_of_a_full_scan(kb: KnowledgeBase, kind: str) -> None:
    stored = kb.vectors.all(kind)
    for question in ASKED:
        vector = kb.adapter.of_queries(kb.embedder.embed_query(question))
        exact: dict[str, float] = {}
        for key, cosine in zip(stored.keys, stored.matrix @ vector, strict=True):
            exact[key] = max(exact.get(key, -1.0), float(cosine))
        best = sorted(exact, key=lambda key: -exact[key])[:20]
        found = kb.vectors.nearest(kind, vector, 200)
        assert len(set(best) & set(found)) >= 19
        shared = [key for key in best if key in found]
        assert np.allclose([found[key] for key in shared], [exact[key] for key in shared], atol=1e-3)


def test_filters_hold(kb: KnowledgeBase) -> None:
    vector = kb.embedder.embed_query("groen")
    found = kb.vectors.nearest(WHOLE, vector, 50, {"track": "burgers", "part": "droom"})
    assert {(p.track, p.part) for p in kb.catalogue.passages(list(found))} == {("burgers", "droom")}


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = shutil.which("chroma", path=str(Path(sys.executable).parent))
    assert program
    folder = tmp_path_factory.mktemp("chroma")
    command = [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        deadline = time.monotonic() + 60
        while not _listens(port):
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
        server.kill()


def dialoog(home: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own: Chroma's HTTP client leaves connections open."""
    environment = {**os.environ, "DIALOOG_HOME": str(home), "DIALOOG_CHROMA_URL": url}
    command = [sys.executable, "-m", "ui", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def cited(home: Path, url: str, question: str) -> list[dict]:
    return json.loads(dialoog(home, url, "ask", question, "--json").stdout)["citations"]


def test_an_index_on_a_server_answers_as_the_embedded_one_and_takes_a_new_report(
    kb: KnowledgeBase, chroma_url: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    assert dialoog(home, chroma_url, "ingest").returncode == 0
    for question in ASKED[:2]:
        expected = [citation.text for citation in ask(kb, question).citations]
        assert [citation["text"] for citation in cited(home, chroma_url, question)] == expected
    report = tmp_path / "buurt.txt"
    report.write_text("De buren willen een bankje bij de oude linde planten.\n", encoding="utf-8")
    assert dialoog(home, chroma_url, "ingest", str(report)).returncode == 0
    assert cited(home, chroma_url, "Wat willen de buren bij de oude linde?")[0]["source"] == "buurt.txt"
    assert cited(home, chroma_url, ASKED[0])


def test_a_server_without_the_index_or_no_server_is_told(chroma_url: str, home: Path) -> None:
    for url in (chroma_url, "http://127.0.0.1:9"):
        result = dialoog(home, url, "ask", ASKED[0])
        assert (result.returncode, result.stdout) == (2, "")
        assert "Chroma" in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", ""])
def test_an_address_that_is_none_is_refused(home: Path, url: str) -> None:
    opened = open_knowledge_base(settings.load(home=home, chroma_url=url or None))
    if url:
        with pytest.raises(StateError, match="adres"):
            ask(opened, ASKED[0])
    else:
        assert ask(opened, ASKED[0]).citations
