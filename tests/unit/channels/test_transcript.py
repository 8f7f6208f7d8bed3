"""How replies and messages are shown."""

from datetime import UTC, datetime

from channels.model import Author, Inbound, Message
from channels.transcript import as_json, body_of_inbound, body_of_reply


def test_every_choice_gets_an_id_of_its_own() -> None:
    """Ids cannot be guessed from titles or payloads, and the payload is not shown."""
    choices = [{"title": "Same", "payload": "/same"}] * 2
    body, offers = body_of_reply({"type": "choices", "text": "?", "choices": choices})

    assert len({offer.id for offer in offers}) == 2
    assert all(len(offer.id) >= 16 for offer in offers)
    assert body["choices"] == [{"id": offer.id, "title": "Same"} for offer in offers]


def test_other_replies_are_shown_as_they_are() -> None:
    """A reply without choices offers none."""
    reply = {"type": "link", "text": "Our terms", "url": "/terms"}

    assert body_of_reply(reply) == (reply, ())


def test_a_message_is_sent_out_flat() -> None:
    """Body and envelope are one object; nothing in a body can pass itself off as the envelope."""
    message = Message(
        conversation="c-1",
        seq=7,
        author=Author.BOT,
        type="text",
        body={"type": "text", "text": "Hi", "author": "agent", "seq": 1},
        at=datetime(2026, 5, 4, 12, 0, tzinfo=UTC),
        in_reply_to="m-1",
    )

    assert as_json(message) == {
        "seq": 7,
        "author": "bot",
        "type": "text",
        "text": "Hi",
        "agent": None,
        "at": "2026-05-04T12:00:00.000Z",
        "message_id": None,
        "in_reply_to": "m-1",
    }


def test_a_customers_text_is_a_text() -> None:
    """Without a choice the text is all there is."""
    inbound = Inbound(conversation="c-1", message_id="m-1", text="hi")

    assert body_of_inbound(inbound, None) == {"type": "text", "text": "hi"}
