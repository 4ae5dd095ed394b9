"""Questions about what the user said."""

from __future__ import annotations

import peewee as pw

from app.library.database import Library
from app.library.models import Decision
from app.library.rows import DecisionRow, Standing
from app.library.spoken import stand
from app.library.verbs import VERBS


def standing(library: Library, collection_id: int) -> Standing:
    """What all that the user said and did not take back says of the faces there are now."""
    return stand(collection_id)


def history(library: Library, collection_id: int) -> list[DecisionRow]:
    """Everything the user said, newest first; what is undone is among it."""
    query = (
        Decision.select()
        .where(Decision.collection == collection_id, Decision.kind.in_(list(VERBS)))
        .order_by(Decision.id.desc())
    )
    return [DecisionRow(row.id, row.at, row.kind, row.said, row.undone) for row in query]


def last_decision(library: Library, collection_id: int) -> int:
    """The number of the newest row of the log; 0 when nothing was said."""
    found = Decision.select(pw.fn.MAX(Decision.id)).where(Decision.collection == collection_id)
    return int(found.scalar() or 0)
