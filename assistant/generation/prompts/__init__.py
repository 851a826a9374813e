"""The texts that a language model is given, a file each."""

from importlib.resources import files


def prompt(name: str) -> str:
    """The text of that name."""
    return (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
