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
        """The settings in force: file, environment and options together."""

    @property
    def path(self) -> Path:
        """The file, which need not exist."""

    @property
    def origins(self) -> Mapping[str, Origin]:
        """Origins of the settings that are not at their default, by name."""

    @property
    def template(self) -> Path | None:
        """The user's template for briefs."""

    def __iter__(self) -> Iterator[Setting]:
        """Every setting."""

    def changed(self, key: tuple[str, ...], value: Any) -> Self:
        """The settings after a change of one key in the file.

        Args:
            key: The setting's path, such as ``("keys", "find")``.
            value: The new value; None takes the key out of the file.

        Raises:
            ConfigError: Where the value is not allowed or the file cannot be used.
        """
