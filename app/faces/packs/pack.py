"""Pack: what a model pack is, loaded or only described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.faces.attributes import Describer
from app.faces.detect import Detector
from app.faces.embed import Embedder
from app.faces.landmarks import Marker
from app.faces.search import Sureness
from app.faces.types import Maker


@dataclass(frozen=True, slots=True)
class PackInfo:
    """What there is to know of a pack without loading its models."""

    name: str
    version: str
    licence: str
    """Its name, or a sentence."""
    licence_allows_all_use: bool
    dimensions: int
    """Of its vectors."""
    folder: Path
    thresholds: Mapping[str, float] = field(default_factory=dict)
    """Similarities, as named in the manifest of the compact pack."""

    @property
    def maker(self) -> Maker:
        """Signs the faces of this pack."""
        return Maker(self.name, self.version)


@dataclass(frozen=True, slots=True)
class ModelPack:
    """Models that are loaded and ready to look at photos."""

    info: PackInfo
    detector: Detector
    embedder: Embedder
    marker: Marker | None = None
    """None when the detector's landmarks are as good as any."""
    zooms: tuple[float, float] = (1.0, 1.0)
    """How large a face is embedded, and how large its mirror image."""
    describer: Describer | None = None
    """None when the pack tells no attributes."""
    sureness: Sureness = field(default_factory=Sureness)

    @property
    def name(self) -> str:
        """The name that its faces are signed with."""
        return self.info.name

    @property
    def version(self) -> str:
        """The version that its faces are signed with."""
        return self.info.version

    @property
    def licence(self) -> str:
        """Its name, or a sentence."""
        return self.info.licence

    @property
    def thresholds(self) -> Mapping[str, float]:
        """Similarities that grouping works with."""
        return self.info.thresholds
