"""What the tests of the faces room share: the bundled pack, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.faces.analyser import FaceAnalyser
from app.faces.packs import ModelPack, open_pack
from app.paths import resources


@pytest.fixture(scope="session")
def compact() -> ModelPack:
    """The pack that ships inside the program."""
    return open_pack("compact", Path("/nowhere"), resources())


@pytest.fixture(scope="session")
def analyser(compact: ModelPack) -> FaceAnalyser:
    """An analyser with the pack that ships inside the program."""
    return FaceAnalyser(compact)
