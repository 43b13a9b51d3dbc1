"""One cache of compiled code for all tests of the package, and nothing of it left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KINETAMINE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
