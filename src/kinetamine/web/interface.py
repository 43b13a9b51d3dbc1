"""The interface for programs: every function of the simulator under its name; the answers are made elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

import kinetamine
from kinetamine.web import answers, problems
from kinetamine.web.functions import FUNCTIONS, Function
from kinetamine.web.jobs import Desk, Frame, Job, Refusal, Way

router = APIRouter(prefix="/api")
WHOSE = "x-kinetamine-client"
"""The header by which a page says that several questions are its own."""
_AGAIN_S = "3"
_BY_GET = frozenset({"health", "models", "show"})
_LEFT = 499
"""Nobody is there to read it."""
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    404: {"model": answers.Problem, "description": "There is nothing of that name."},
    413: {"model": answers.Problem, "description": "The question is larger than what is read."},
    415: {"model": answers.Problem, "description": "The question is not JSON."},
    422: {"model": answers.Problem, "description": "The question is wrong, at one field; or took too long."},
    501: {"model": answers.Problem, "description": "An optional part is not installed."},
    503: {"model": answers.Problem, "description": "Too many questions wait; ask again (Retry-After)."},
}
_EVENTS = (
    "As events: waiting {ahead}, typical and progress {what, done, total} where the function has them, then whole, "
    "which is the answer, or problem."
)


_EVENT = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string", "contentMediaType": "application/json"}},
}


@router.get("/health", response_model=answers.Health)
async def health(request: Request) -> dict[str, Any]:
    """That the server is there, which it is, and how many processes can answer."""
    return {"kinetamine": kinetamine.__version__, "ready": _desk(request).ready}


@router.get("/models", responses=_PROBLEMS | {200: {"model": dict[str, list[dict[str, Any]]]}})
async def models(request: Request, kind: Annotated[str | None, Query(description="left out: all")] = None) -> Response:
    """Every entry of the library, or those of one kind: what kinetamine models --json prints."""
    return await _asked(request, "models", {} if kind is None else {"kind": kind})


@router.get("/show/{name}", responses=_PROBLEMS | {200: {"model": answers.Entry}})
async def show(request: Request, name: str) -> Response:
    """One entry with its numbers and their sources."""
    return await _asked(request, "show", {"name": name})


async def _asked(request: Request, name: str, given: dict[str, Any]) -> Response:
    return await _answer(request, name, json.dumps(given).encode())


def _add(function: Function) -> None:
    """One function: to be answered once, and live."""

    async def once(request: Request) -> Response:
        return await _answer(request, function.name, await _read(request))

    async def live(request: Request) -> Response:
        return await _live(request, function.name)

    whole: dict[str, Any] = {"description": "The answer."}
    whole |= {"model": function.answer} if function.answer is not None else {"content": _FILES}
    events = {"description": _EVENTS, "content": {"text/event-stream": {"schema": _EVENT}}}
    for path, how, found in ((function.name, once, whole), (f"{function.name}/live", live, events)):
        router.add_api_route(
            f"/{path}",
            how,
            methods=["POST"],
            name=path,
            operation_id=path.replace("/", "_"),
            summary=function.name if how is once else f"{function.name}, live",
            description=function.says if how is once else _EVENTS,
            responses=_PROBLEMS | {200: found},
            response_class=Response,
            openapi_extra=_question(function),
        )


_FILES = {media: {"schema": {"type": "string"}} for media in ("text/html", "text/csv", "application/sbml+xml")}


def _question(function: Function) -> dict[str, Any]:
    content = {"schema": {"$ref": f"#/components/schemas/{function.asked.__name__}"}, "example": function.example}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


for _one in FUNCTIONS:
    _add(_one)


@router.post("/{name}/live", include_in_schema=False)
async def live_of_page(request: Request, name: str) -> Response:
    """A function that a page of ours asks for."""
    return await _live(request, name)


@router.post("/{name}", include_in_schema=False)
async def once_of_page(request: Request, name: str) -> Response:
    """The same, answered once.

    Raises:
        HTTPException: it is to be asked by GET.
    """
    if name in _BY_GET:
        raise HTTPException(405, headers={"Allow": "GET"})
    return await _answer(request, name, await _read(request))


def refused(problem: problems.Problem) -> Response:
    """A problem as the answer."""
    headers = {"Retry-After": _AGAIN_S} if problem["status"] == 503 else {}
    return JSONResponse(problem, status_code=problem["status"], headers=headers)


class UnreadError(Exception):
    """A body that is not read; ``problem`` says why."""

    def __init__(self, problem: problems.Problem) -> None:
        """Kept for whoever answers."""
        self.problem = problem
        super().__init__(problem["message"])


async def _read(request: Request) -> bytes:
    """The body, not looked at.

    Raises:
        UnreadError: it is not said to be JSON, or goes on beyond the limit.
    """
    if media_of(request) != "application/json":
        raise UnreadError(problems.NOT_JSON)
    return await body_of(request)


def media_of(request: Request) -> str:
    """What a request says that its body is."""
    return request.headers.get("content-type", "").partition(";")[0].strip().casefold()


async def body_of(request: Request) -> bytes:
    """All of a body, as far as the application's settings let it be read.

    Raises:
        UnreadError: it goes on beyond the limit.
    """
    most, body = request.app.state.settings.most_bytes, bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise UnreadError(problems.too_large(most))
    return bytes(body)


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def _enter(request: Request, name: str, given: bytes, way: Way) -> Job:
    whose = request.headers.get(WHOSE) or (request.client.host if request.client else "")
    return _desk(request).enter(name, given, whose, way)


async def _answer(request: Request, name: str, given: bytes) -> Response:
    """The answer once it is whole; a client that leaves takes its question along."""
    way = Way.PACKED if "gzip" in request.headers.get("accept-encoding", "") else Way.PLAIN
    try:
        job = _enter(request, name, given, way)
    except Refusal as refusal:
        return refused(refusal.problem)
    last = None
    async with aclosing(_heard(request, job)) as frames:
        async for frame in frames:
            last = frame
    return Response(status_code=_LEFT) if last is None or not last.last else _response(last)


def _response(frame: Frame) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if frame.packed:
        headers["Content-Encoding"] = "gzip"
    if frame.status == 503:
        headers["Retry-After"] = _AGAIN_S
    if frame.name:
        headers["Content-Disposition"] = f'attachment; filename="{quote(frame.name)}"'
    return Response(frame.data, frame.status, headers, frame.media_type)


async def _live(request: Request, name: str) -> Response:
    """What is known before the end, then the whole, as events; a problem at once is an answer of its own."""
    given = await _read(request)
    try:
        job = _enter(request, name, given, Way.LIVE)
    except Refusal as refusal:
        return refused(refusal.problem)
    frames = _heard(request, job)
    first = await anext(frames, None)
    if first is None or first.event == "problem":
        await frames.aclose()
        return Response(status_code=_LEFT) if first is None else _response(first)
    return StreamingResponse(
        _events(first, frames), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _events(first: Frame, frames: AsyncGenerator[Frame]) -> AsyncIterator[bytes]:
    async with aclosing(frames):
        yield _event(first)
        async for frame in frames:
            yield _event(frame)


def _event(frame: Frame) -> bytes:
    return b"event: " + frame.event.encode() + b"\ndata: " + frame.data + b"\n\n"


async def _heard(request: Request, job: Job) -> AsyncGenerator[Frame]:
    """What is heard of a job, until its end or until nobody listens any more."""
    gone = asyncio.create_task(_gone(request))
    try:
        frames = job.frames()
        while True:
            following = asyncio.ensure_future(anext(frames))
            await asyncio.wait((following, gone), return_when=asyncio.FIRST_COMPLETED)
            if not following.done():
                following.cancel()
                return
            frame = following.result()
            yield frame
            if frame.last:
                return
    finally:
        gone.cancel()
        _desk(request).leave(job)


async def _gone(request: Request) -> None:
    """Returns when the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
