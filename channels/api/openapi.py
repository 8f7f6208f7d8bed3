"""The OpenAPI 3.1 description of the HTTP API, made from the models that check its JSON."""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from channels.api.schema import CONVERSATION_PATTERN, Error, NewMessage, Standing, Transcript, Turn

_ERRORS = {
    400: "The request is malformed, or the choice was not offered in this conversation.",
    401: "The API key is missing or wrong; `login-refused`: the customer's login token does not hold.",
    404: "There is no such conversation.",
    409: "The same message id came before with another content, another customer logged in, or a "
    "person has come.",
    413: "The text or the request is too large.",
    429: "Too many messages in a short time; see Retry-After.",
    503: "The engine or the store is away. `engine-unavailable`: the message is kept and answered "
    "later. `store-unavailable`: it is not kept; send it again.",
}

_CONVERSATION = {
    "name": "conversation",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": CONVERSATION_PATTERN},
}


@cache
def describe_api() -> dict[str, Any]:
    """Returns the whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Storekeep",
            "version": "1",
            "description": "Write to the shop's assistant on behalf of a customer.",
        },
        "security": [{"key": []}],
        "paths": {
            "/api/v1/messages": {"post": _post_message()},
            "/api/v1/conversations/{conversation}/messages": {"get": _get_messages()},
            "/api/v1/conversations/{conversation}/leave-queue": {"post": _leave_queue()},
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _post_message() -> dict[str, Any]:
    return {
        "operationId": "postMessage",
        "summary": "Send a customer's message and wait for the answer.",
        "description": "The same message id again gives the same answer and has no second effect.",
        "requestBody": {"required": True, "content": _json(NewMessage)},
        "responses": {
            "200": _response("The turn is complete.", Turn),
            "202": _response("The message is kept; its answer is still to come.", Turn),
            **_errors(400, 401, 409, 413, 429, 503),
        },
    }


def _leave_queue() -> dict[str, Any]:
    return {
        "operationId": "leaveQueue",
        "summary": "Go on with the assistant instead of waiting for a person.",
        "description": "Where the assistant answers already, nothing changes.",
        "parameters": [_CONVERSATION],
        "responses": {
            "200": _response("Who answers now.", Standing),
            **_errors(400, 401, 404, 409, 429, 503),
        },
    }


def _get_messages() -> dict[str, Any]:
    return {
        "operationId": "getMessages",
        "summary": "Read a conversation, an agent's messages too.",
        "parameters": [
            _CONVERSATION,
            {
                "name": "after",
                "in": "query",
                "description": "Only messages with a greater seq.",
                "schema": {"type": "integer", "minimum": 0, "maximum": 2**53, "default": 0},
            },
        ],
        "responses": {
            "200": _response("The messages, in order.", Transcript),
            **_errors(400, 401, 404, 429, 503),
        },
    }


def _schemas() -> dict[str, Any]:
    _, schema = models_json_schema(
        [(model, "validation") for model in (NewMessage, Standing, Turn, Transcript, Error)],
        ref_template="#/components/schemas/{model}",
    )
    return dict(schema["$defs"])


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def _response(description: str, model: type[BaseModel]) -> dict[str, Any]:
    return {"description": description, "content": _json(model)}


def _errors(*statuses: int) -> dict[str, Any]:
    return {str(status): _response(_ERRORS[status], Error) for status in statuses}
