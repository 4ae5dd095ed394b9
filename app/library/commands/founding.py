"""Who is a person is worked out anew when the settings say otherwise."""

from __future__ import annotations

from app.changes import Changes
from app.library.census import take_census
from app.library.database import FoundingRule, Library
from app.library.models import Person


def found_by(library: Library, rule: FoundingRule) -> Changes:
    """From now on people are founded by this rule, in all collections that have none of their own;
    those who are there are counted anew."""

    def work() -> Changes:
        library.founding = rule
        unnamed = Person.select(Person.id).where(Person.name == "", Person.face_count > 0)
        take_census(library, [number for (number,) in unnamed.tuples()])
        return Changes(regrouped=True)

    return library.write(work)
