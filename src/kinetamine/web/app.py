"""The application: the only place where its parts are wired."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

import kinetamine
from kinetamine.web import assets, interface
from kinetamine.web.pages import compare, how_it_works, library, simulate
from kinetamine.web.settings import Settings

PAGES = (simulate, compare, library, how_it_works)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The server with its interface and its pages."""
    settings = settings or Settings()
    app = FastAPI(title="Kinetamine", version=kinetamine.__version__)
    app.state.settings = settings
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts))
    app.routes.extend(assets.routes())
    app.include_router(interface.router)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    return app
