"""People may have a year of birth; a word that made a person says so, and with which name."""

import json
import re

STATEMENTS = ("ALTER TABLE person ADD COLUMN birth_year INTEGER",)
_SAID = re.compile(r"\d+ faces? (?:is|are) (.+)", re.DOTALL)
_SECONDS = 2
"""Whom a word made came into being at most so long before it was written down."""


def up(migrator, db):  # type: ignore[no-untyped-def]  # noqa: ARG001 - Peewee calls it with both
    """Add the column, and to each word that made a person what undo needs to leave no ghost."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
    created = dict(db.execute_sql("SELECT key, created FROM person").fetchall())
    known = set()
    rows = db.execute_sql("SELECT id, at, kind, data, said FROM decision ORDER BY id").fetchall()
    for number, at, kind, text, said in rows:
        data = json.loads(text)
        key = data.get("person")
        told = _SAID.fullmatch(said)
        is_new = key in created and key not in known and at - created[key] < _SECONDS
        if kind == "move" and is_new and told and told[1] != "someone not named yet":
            changed = json.dumps(
                data | {"made": True, "name": told[1]}, ensure_ascii=False, sort_keys=True
            )
            db.execute_sql("UPDATE decision SET data = ? WHERE id = ?", (changed, number))
        known.update({key, data.get("keep"), *data.get("others", ())})
