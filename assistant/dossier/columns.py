"""How much room each column of a table gets."""

from assistant.dossier.content import Table

# In characters: a column of short words stays readable, and a column of sentences does not push the others away.
_LEAST, _MOST = 10, 48


def room(table: Table) -> list[int]:
    """The room of each column relative to the others: the characters of its longest text, within bounds."""
    columns = zip(table.header, *([cell.text for cell in row] for row in table.rows), strict=True)
    return [min(max(_LEAST, *map(len, column), 0), _MOST) for column in columns]
