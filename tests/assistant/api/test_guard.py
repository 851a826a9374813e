"""What holds for every request: headers, tokens, limits, a log without what was asked."""

import json
import time
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from assistant import engine
from assistant.api.guard import BODY_MAX, VERSION, hashed

QUESTION = {"question": "Wat zeiden burgers over eenzaamheid?"}


@pytest.mark.parametrize("path", ["/v1/gezondheid", "/v1/niets", "/v1/openapi.json"])
def test_every_answer_carries_the_version_and_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["API-Version"] == VERSION
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Referrer-Policy"] == "no-referrer"


def test_other_sites_are_refused_unless_they_are_named(
    client: TestClient, client_with: Callable[..., TestClient]
) -> None:
    asks = {"Origin": "https://gemeente.example.org"}
    assert "access-control-allow-origin" not in client.get("/v1/gezondheid", headers=asks).headers
    named = client_with(origins=("https://gemeente.example.org",))
    assert named.get("/v1/gezondheid", headers=asks).headers["access-control-allow-origin"] == asks["Origin"]
    other = {"Origin": "https://ergens.example.org"}
    assert "access-control-allow-origin" not in named.get("/v1/gezondheid", headers=other).headers


def test_with_tokens_only_who_has_one_may_use_the_api(client_with: Callable[..., TestClient]) -> None:
    client = client_with(tokens=(hashed("geheim"),))
    refused = client.get("/v1/themas")
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert refused.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/themas", headers={"Authorization": "Bearer ander"}).status_code == 401
    assert client.get("/v1/themas", headers={"Authorization": "Bearer geheim"}).status_code == 200
    assert client.get("/v1/gezondheid").status_code == 200


def test_a_client_that_asks_too_often_waits(client_with: Callable[..., TestClient]) -> None:
    client = client_with(rate="3/minute")
    codes = [client.get("/v1/themas").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert 0 < int(client.get("/v1/themas").headers["Retry-After"]) <= 60
    assert client.get("/v1/gezondheid").status_code == 200


def test_dossiers_of_the_page_count_as_questions(client_with: Callable[..., TestClient]) -> None:
    client = client_with(rate="1/minute")
    assert client.get("/dossier.docx").status_code != 429
    assert client.get("/dossier.html").status_code == 429


@pytest.mark.parametrize("path", ["/v1/vragen", "/v1/citaatcontroles"])
def test_a_request_that_is_too_large_is_refused(client: TestClient, path: str) -> None:
    response = client.post(path, content=b"x" * (BODY_MAX + 1))
    assert (response.status_code, response.json()["status"]) == (413, 413)


def test_an_answer_that_takes_too_long_is_given_up(
    client_with: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "ask", lambda *_, **__: time.sleep(1.5))
    response = client_with(seconds_max=0.2).post("/v1/vragen", json=QUESTION)
    assert response.status_code == 504
    assert "0.2 seconden" in response.json()["detail"]


def test_an_error_of_ours_is_a_problem_without_its_cause(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        msg = "geheim pad"
        raise RuntimeError(msg)

    monkeypatch.setattr(engine, "ask", fail)
    response = client.post("/v1/vragen", json=QUESTION)
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "geheim" not in response.text


def test_the_log_has_a_line_a_request_without_what_was_asked(
    client_with: Callable[..., TestClient], capsys: pytest.CaptureFixture[str]
) -> None:
    client = client_with(log=True)
    client.post("/v1/vragen", json=QUESTION)
    client.get("/v1/citaten", params={"q": "zeldzaamwoord"})
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["method"], line["resource"], line["status"]) for line in lines] == [
        ("POST", "/vragen", 200), ("GET", "/citaten", 200)
    ]  # fmt: skip
    assert "eenzaamheid" not in json.dumps(lines)
    assert "zeldzaamwoord" not in json.dumps(lines)


def test_counts_for_prometheus_are_off_by_default(client: TestClient, client_with: Callable[..., TestClient]) -> None:
    assert client.get("/metrics").status_code == 404
    counting = client_with(metrics=True)
    counting.get("/v1/themas")
    assert (
        'dialoogwijzer_requests_total{method="GET",resource="/themas",status="200"} 1.0'
        in counting.get("/metrics").text
    )
