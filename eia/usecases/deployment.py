"""Whether an installation may be put before people, and whether its pages may start at all."""

from __future__ import annotations

from collections.abc import Mapping

from eia.settings import Settings
from eia.usecases.services import Services
from eia.usecases.unsafe import Unsafe
from eia.usecases.unsafe_settings import unsafe_settings
from eia.usecases.unsafe_standing import unsafe_standing


def unsafe(
    settings: Settings, services: Services, environment: Mapping[str, str], *, processes: int
) -> tuple[Unsafe, ...]:
    """Everything that is unsafe where `processes` answer pages, the fatal first."""
    found = (*unsafe_settings(settings, environment, processes=processes), *unsafe_standing(services))
    return tuple(sorted(found, key=lambda each: not each.fatal))


def fatal(settings: Settings, services: Services, environment: Mapping[str, str]) -> tuple[Unsafe, ...]:
    """What keeps the pages from starting."""
    return tuple(each for each in unsafe(settings, services, environment, processes=1) if each.fatal)
