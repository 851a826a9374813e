"""What users think of answers, kept only when the operator switches it on, without any question."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kb.errors import StateError
from kb.home import replace_file

_FILE = "terugkoppelingen.jsonl"


def keep(home: Path, *, rating: str, passage_id: str | None, comment: str | None, days: int) -> None:
    """Add a judgement to those of the last `days` days; older ones are removed.

    Raises:
        StateError: when the file cannot be written.
    """
    now = datetime.now(UTC)
    entry = {"date": now.date().isoformat(), "rating": rating, "passage_id": passage_id, "comment": comment}
    file = home / _FILE
    first = (now - timedelta(days=days)).date().isoformat()
    try:
        lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
        kept = [line for line in lines if line and json.loads(line)["date"] >= first]
        replace_file(file, "".join(f"{line}\n" for line in [*kept, json.dumps(entry, ensure_ascii=False)]))
    except OSError as error:
        msg = f"{file}: niet te schrijven ({error.strerror}). Pas de rechten aan of maak ruimte vrij."
        raise StateError(msg) from error
