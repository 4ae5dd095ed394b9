"""The texts of the window for translators: `python -m tests.translations`.

update           collect all texts, add the new ones to the catalogues, compile them
todo LANGUAGE    what is not translated yet: key, part and text on a line each
fill LANGUAGE FILE   put translations in: key and translation on a line each, forms divided by ¦
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.translations import catalogues
from tests.translations.found import sayings, window_texts


def main() -> None:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("update")
    for act in ("todo", "fill"):
        one = acts.add_parser(act)
        one.add_argument("language", choices=catalogues.LANGUAGES)
    one.add_argument("file", type=Path)
    asked = parser.parse_args()
    if asked.act == "todo":
        for message in catalogues.messages(asked.language):
            if not message.is_finished:
                print(catalogues.as_line(message))
    elif asked.act == "fill":
        filled = {}
        for line in asked.file.read_text(encoding="utf-8").splitlines():
            key, tab, told = line.partition("\t")
            if tab and told.strip():
                filled[key.strip()] = catalogues.unescaped(told)
        count = catalogues.fill(asked.language, filled)
        print(f"{count} of {len(filled)} put in")
        catalogues.release(asked.language)
    else:
        _update()


def _update() -> None:
    texts, flaws = window_texts()
    for flaw in flaws:
        print(f"{flaw.place}: no literal: {flaw.code}")
    said = sayings()
    with tempfile.TemporaryDirectory() as folder:
        catalogues.update(texts | said, Path(folder))
    lines = sorted(catalogues.escaped(one.text) for one in said)
    catalogues.SAYINGS.parent.mkdir(exist_ok=True)
    catalogues.SAYINGS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for language in catalogues.LANGUAGES:
        left = sum(not one.is_finished for one in catalogues.messages(language))
        print(f"{language}: {left} of {len(texts) + len(said)} texts wait to be translated")
        catalogues.release(language)


if __name__ == "__main__":
    main()
