"""The action server on the wire: it serves Rasa alone and gives nothing away when it fails."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

pytestmark = pytest.mark.rasa


def call(url: str, token: str, body: dict[str, Any]) -> tuple[int, Any]:
    """Calls an action and returns status and answer."""
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_without_the_token_no_action_runs(actions_url):
    """Whoever could call actions could speak for any conversation."""
    body = {"next_action": "action_track_order", "tracker": {"sender_id": "c-1"}}
    assert call(actions_url, "wrong", body) == (401, {"error": {"code": "refused"}})


def test_a_crash_does_not_echo_the_request(actions_url, token):
    """rasa-sdk would answer with the whole dialogue."""
    body = {"next_action": "action_track_order", "tracker": "ada@example.com", "domain": {}}
    assert call(actions_url, token, body) == (500, {"error": {"code": "internal"}})


def test_an_unknown_action_is_named(actions_url, token):
    """A domain and actions that do not fit together are a mistake to be found."""
    body = {"next_action": "action_of_tomorrow", "tracker": {}, "domain": {}}
    status, answer = call(actions_url, token, body)
    assert (status, answer["action_name"]) == (404, "action_of_tomorrow")
