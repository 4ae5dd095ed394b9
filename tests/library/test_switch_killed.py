"""Whoever is killed while the packs trade places leaves the old library or the new one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from app.library.commands.people import name_person
from app.library.commands.switching import begin_switch, look_ahead
from app.library.database import Library
from app.library.models import Face, Person, Spare
from app.library.queries.switching import Phase, switch, to_look
from tests.indexing.crowded import Crowded, look_of

OLD, NEW = ("compact", "1"), ("compact", "2")
TIMES = 6
_DRIVER = """
import os, signal, sys
from pathlib import Path
from app.library.commands.switching import carry_out_switch
from app.library.database import Library

steps = None
for folder in map(Path, sys.argv[1:]):
    child = os.fork()
    if child == 0:
        left = 10**9 if steps is None else steps * int(folder.name) // (len(sys.argv) - 2)
        done = 0
        library = Library.open(folder / "library.db")

        def step():
            global done
            done += 1
            if done >= left:
                os.kill(os.getpid(), signal.SIGKILL)
            return 0

        def watch():
            library._database.connection().set_progress_handler(step, 50)

        library._writer.submit(watch).result()
        carry_out_switch(library, ("compact", "2"))
        (folder / "steps").write_text(str(done))
        os._exit(0)
    os.waitpid(child, 0)
    if steps is None:
        steps = int((folder / "steps").read_text())
"""
"""The first is let through, to see how many steps of SQLite's it takes; the others are killed after
a part of them each."""


def test_a_switch_is_whole_or_did_not_happen(tmp_path: Path) -> None:
    source = tmp_path / "source" / "library.db"
    source.parent.mkdir()
    album = Crowded(source)
    album.fill()
    album.run()
    name_person(album.library, album.with_whom("0-1.jpg"), "Anna")
    begin_switch(album.library, "new", NEW, "old", OLD)
    for todo in to_look(album.library, NEW):
        assert look_ahead(album.library, todo.id, look_of(album.shots[todo.path.name], "2"), NEW)
    faces = Face.select().count()
    album.library.close()
    folders = [tmp_path / str(number) for number in range(TIMES + 1)]
    for folder in folders:
        shutil.copytree(source.parent, folder)
    subprocess.run([sys.executable, "-c", _DRIVER, *map(str, folders)], check=True, timeout=100)
    outcomes = [_outcome(folder, faces) for folder in folders]
    assert outcomes[0] == Phase.SWITCHED and Phase.LOOKING in outcomes[1:]


def _outcome(folder: Path, faces: int) -> str:
    """How it stands; it must be whole."""
    library = Library.open(folder / "library.db")
    try:
        row = switch(library)
        assert row is not None and library.problems() == []
        shown, spare = (NEW, OLD) if row.phase == Phase.SWITCHED else (OLD, NEW)
        assert set(Face.select(Face.pack, Face.pack_version).distinct().tuples()) == {shown}
        assert set(Spare.select(Spare.pack, Spare.pack_version).distinct().tuples()) == {spare}
        assert row.owed == ("new" if row.phase == Phase.SWITCHED else "")
        assert Face.select().count() == faces
        anna = Person.get(Person.name == "Anna")
        assert Face.select().where(Face.person == anna).count() == anna.face_count > 4
        return row.phase
    finally:
        library.close()
