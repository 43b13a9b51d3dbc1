"""The interface for programs: every function of the simulator under its name."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body
from starlette.responses import JSONResponse, StreamingResponse

import kinetamine
from kinetamine.errors import KinetamineError
from kinetamine.web.problems import problem_of
from kinetamine.web.simulations import DOORS

router = APIRouter(prefix="/api")
Given = Annotated[dict[str, Any], Body()]


@router.get("/health")
async def health() -> dict[str, str]:
    """That the server is there, and which it is."""
    return {"kinetamine": kinetamine.__version__}


@router.post("/simulate")
async def simulate(given: Given) -> JSONResponse:
    """One course: what ``kinetamine simulate --json`` prints."""
    try:
        return JSONResponse(await asyncio.to_thread(DOORS["simulate"], given, lambda _event, _data: None))
    except KinetamineError as error:
        problem = problem_of(error)
        return JSONResponse(problem, status_code=problem["status"])


@router.post("/{name}/live")
async def live(name: str, given: Given) -> StreamingResponse:
    """The same as events: what is known before the end, then the whole."""
    return StreamingResponse(_events(name, given), media_type="text/event-stream")


async def _events(name: str, given: dict[str, Any]) -> AsyncIterator[str]:
    queue: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(event: str, data: Any) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, (event, data))

    def work() -> None:
        try:
            tell("whole", DOORS[name](given, tell))
        except KinetamineError as error:
            tell("problem", problem_of(error))
        loop.call_soon_threadsafe(queue.put_nowait, None)

    task = asyncio.create_task(asyncio.to_thread(work))
    while (told := await queue.get()) is not None:
        event, data = told
        yield f"event: {event}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"
    await task
