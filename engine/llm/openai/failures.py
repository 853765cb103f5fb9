"""What went wrong at a provider, as an operator and the chain of models must know it."""

import math
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import httpx2
import openai

from engine.errors import ModelError

FAILURES = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.StreamError,
    aiohttp.ClientError,
    OSError,
)
"""Whatever a request may raise; the transport lets some of its own errors through."""
NAMED_ANEW = (openai.OpenAIError, httpx2.HTTPError)
CODE = re.compile("[A-Za-z0-9_.-]{1,60}")
"""What a provider calls an error, such as model_not_found; anything else may be prose."""
DETAIL = 500
"""Letters of a provider's own words that are kept."""
PASSING = frozenset({408, 409, 425, 429})
"""Refusals that may not be repeated later; those from 500 on are the server's own trouble."""
OF_ONE_REQUEST = frozenset({400, 413, 422})
"""Refusals for what stands in a request, such as words that a filter does not let through."""
FINAL_CODES = frozenset({"insufficient_quota", "model_not_found", "invalid_api_key", "billing_not_active"})
"""Errors that someone must mend first, under whatever status they come.

https://platform.openai.com/docs/guides/error-codes
"""


def failure(error: Exception) -> ModelError:
    """Return what became of a request, by its error."""
    if isinstance(error, openai.APIStatusError):
        return _refusal(error)
    causes = list(_chain(error))
    # The package calls whatever befalls aiohttp's connections a timeout; aiohttp itself is exact.
    exact = [cause for cause in causes if not isinstance(cause, NAMED_ANEW)] or causes[-1:]
    kinds = dict.fromkeys(type(cause).__name__ for cause in exact[-2:])
    detail = next((text for cause in exact if (text := str(cause))), "")
    return ModelError(" ".join(kinds), detail=detail[:DETAIL])


def told_in_stream(error: object) -> ModelError:
    """Return what became of a request whose reply holds an error, which came with the status of a success."""
    told: Mapping[str, Any] = error if isinstance(error, dict) else {"message": error}
    number = str(told.get("code"))
    status = int(number) if number.isdecimal() else None
    code = _code(told.get("code"), told.get("type"), told.get("status"))
    text = " ".join(str(part) for part in ("an error in the reply", status, code) if part is not None)
    retryable = _may_pass(status if status is not None else 500, code)
    return ModelError(text, detail=str(told.get("message") or "")[:DETAIL], retryable=retryable)


def dropped(error: Exception) -> bool:
    """Whether a connection that stood was closed by the other side before it answered."""
    gone = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionResetError, BrokenPipeError)
    return any(isinstance(e, gone) and not isinstance(e, aiohttp.ClientConnectorError) for e in _chain(error))


def words_of(error: openai.APIStatusError) -> str:
    """Return what a provider says of a refusal, and of which parameter, in small letters."""
    return f"{error.param or ''} {error.code or ''} {_message(error)}".lower()


def _refusal(error: openai.APIStatusError) -> ModelError:
    code = _code(error.code, error.type)
    parts = (type(error).__name__, error.status_code, code)
    return ModelError(
        " ".join(str(part) for part in parts if part is not None),
        detail=_message(error)[:DETAIL],
        retryable=_may_pass(error.status_code, code),
        retry_after_s=_retry_after_s(error.response.headers),
        odd=error.status_code in OF_ONE_REQUEST and code not in FINAL_CODES,
    )


def _message(error: openai.APIStatusError) -> str:
    """Return a provider's words; some put the error into a list, or write a page."""
    body = error.body
    body = body[0] if isinstance(body, list) and body else body
    inner = body.get("error", body) if isinstance(body, dict) else body
    said = inner.get("message") if isinstance(inner, dict) else inner
    return said if isinstance(said, str) and said else str(error)


def _may_pass(status: int, code: str | None) -> bool:
    return (status in PASSING or status >= 500) and code not in FINAL_CODES


def _code(*candidates: object) -> str | None:
    """Return the first that is a name; a number is the status once more."""
    named = (c for c in candidates if isinstance(c, str) and CODE.fullmatch(c) and not c.isdigit())
    return next(named, None)


def _retry_after_s(headers: httpx2.Headers) -> float | None:
    """Return how long a provider wants to be left alone; a date counts from the answer's own.

    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; retry-after-ms is OpenAI's and Azure's.
    """
    for header, of_a_second in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(header, "")) / of_a_second
        except ValueError:
            continue
        return max(seconds, 0.0) if math.isfinite(seconds) else None
    try:
        until, now = (parsedate_to_datetime(headers.get(header, "")) for header in ("retry-after", "date"))
        return max((until - now).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what caused it, the last being what happened first."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__
