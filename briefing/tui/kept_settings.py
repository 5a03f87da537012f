"""The settings with the file that keeps them, as the reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol, Self

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.model.settings import Origin, Setting, Settings


class Kept(Protocol):
    """The settings with the file that keeps them."""

    @property
    def settings(self) -> Settings:
        """What holds: file, environment and options together."""

    @property
    def path(self) -> Path:
        """The file, which need not exist."""

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Where settings that are not at their default come from, by name."""

    @property
    def template(self) -> Path | None:
        """The user's template for briefs."""

    def __iter__(self) -> Iterator[Setting]:
        """Every setting."""

    def changed(self, key: tuple[str, ...], value: Any) -> Self:
        """After a change of the file. Raises :class:`briefing.model.settings.ConfigError`."""
