"""One browser tab that is connected: takes what the customer writes, shows what is kept.

To the browser: `welcome {token, conversation, control, agent, last}`, `message {message}`,
`reset {}`, `ack {id, seq}`, `typing {who, is_typing}`, `control {control, agent}`, `queue {position, here, opens}`,
`error {code, message, id}`.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import structlog
from aiohttp import WSMessage, WSMsgType, web

from channels.clock import utc_now
from channels.errors import (
    BadRequest,
    GatewayError,
    LoginRefused,
    OtherCustomer,
    UnknownConversation,
)
from channels.hub import (
    ControlChanged,
    Event,
    MessageKept,
    QueueMoved,
    Subscription,
    Typing,
)
from channels.keys import CONFIG, CONVERSATIONS, HUB, RATES, SWITCHBOARD, WAITING_LINE
from channels.login import log_in, log_out
from channels.model import Author, Control, Inbound, Message
from channels.text import clean
from channels.transcript import as_json
from channels.widget.frames import (
    Choose,
    ClientFrame,
    Hello,
    Identify,
    LeaveQueue,
    Say,
    Writing,
    parse,
)
from channels.widget.session import Session, begin, recognise

CHANNEL = "widget"
TOO_SLOW = 4002  # close code: the browser comes back and reads what it missed

log = structlog.get_logger()


class Visit:
    """A connection after its hello."""

    def __init__(
        self, app: web.Application, socket: web.WebSocketResponse, hello: Hello, *, client: str
    ) -> None:
        """Recognises the visitor, or begins a conversation for a new one.

        Raises:
            RateLimited: too many conversations were begun from this client's address.
        """
        self._app = app
        self._socket = socket
        self._hello = hello
        self._client = client
        known = recognise(hello.token, app[CONFIG].session_secret, utc_now())
        self._session = known or self._new_session()
        self._sent = hello.after if known else 0

    @property
    def _conversation(self) -> str:
        return self._session.conversation

    async def run(self) -> None:
        """Serves the connection until the browser leaves or reads too slowly."""
        if "customer_token" in self._hello.model_fields_set:  # told null is not told nothing
            token = self._hello.customer_token
            if not await self._identify(token):
                await self._begin_anew(token)
        while left := await self._serve():
            await self._begin_anew(left.customer_token)

    async def _serve(self) -> Identify | None:
        """Serves one conversation; returns the login or logout that ended it in this browser."""
        # Watching begins before reading, so that nothing falls between.
        with self._app[HUB].subscribe(self._conversation) as events:
            await self._welcome()
            async with asyncio.TaskGroup() as tasks:
                news = tasks.create_task(self._show_news(events))
                left = await self._take_frames()
                news.cancel()
        return left

    async def _begin_anew(self, customer_token: str | None) -> None:
        """Leaves the conversation to the customer who had it, and begins one for whoever comes."""
        self._session = self._new_session()
        self._sent = 0
        await self._send("reset")
        if customer_token is not None:
            await self._identify(customer_token)

    def _new_session(self) -> Session:
        config = self._app[CONFIG]
        self._app[RATES].spend(f"widget-new:{self._client}", config.new_visitor_rate)
        return begin(config.session_secret, utc_now())

    async def _welcome(self) -> None:
        missed = await self._app[CONVERSATIONS].messages(self._conversation, after=self._sent)
        control, agent, queue = await self._in_control()
        await self._send(
            "welcome",
            token=self._session.token,
            conversation=self._conversation,
            control=control,
            agent=agent,
            queue=queue,
            last=missed[-1].seq if missed else self._sent,
        )
        await self._show(missed)

    async def _in_control(self) -> tuple[Control, str | None, Mapping[str, Any] | None]:
        try:
            now = await self._app[CONVERSATIONS].conversation(self._conversation)
        except UnknownConversation:
            return Control.BOT, None, None  # it begins with the customer's first message
        standing = await self._app[WAITING_LINE].standing(now)
        return now.control, now.agent, standing.as_json() if standing else None

    async def _take_frames(self) -> Identify | None:
        async for frame in self._socket:
            told: ClientFrame | None = None
            try:
                told = self._read(frame)
                self._spend()
                match told:
                    case Hello():
                        raise BadRequest("The hello came already.")
                    case Identify(customer_token=token):
                        if not await self._identify(token):
                            return told
                    case Writing():
                        self._app[HUB].publish(
                            Typing(self._conversation, Author.CUSTOMER, is_typing=True)
                        )
                    case LeaveQueue():
                        await self._app[SWITCHBOARD].leave_queue(self._conversation)
                    case Say() | Choose():
                        await self._take(told)
            except GatewayError as error:
                log.info("frame-refused", code=error.code, conversation=self._conversation)
                if isinstance(told, Identify):
                    raise  # rather no connection than one under the login of before
                message_id = getattr(told, "id", None)
                await self._send("error", code=error.code, message=str(error), id=message_id)
        return None

    async def _identify(self, token: str | None) -> bool:
        """Takes a login or a logout; returns False where the conversation is not theirs any more.

        Whoever comes with a login that does not hold is nobody, and may write.
        """
        try:
            if token is None:
                return not await log_out(self._app, self._conversation)
            await log_in(self._app, self._conversation, token)
        except OtherCustomer:
            return False
        except LoginRefused as error:
            log.info("login-refused", code=error.code, conversation=self._conversation)
            await self._send("error", code=error.code, message=str(error), id=None)
        return True

    def _read(self, frame: WSMessage) -> ClientFrame:
        try:
            return parse(frame.data if frame.type is WSMsgType.TEXT else "")
        except BadRequest:
            self._spend()  # what is no frame counts as one
            raise

    def _spend(self) -> None:
        rates, config = self._app[RATES], self._app[CONFIG]
        rates.spend(f"conversation:{self._conversation}", config.visitor_rate)
        rates.spend(f"widget-client:{self._client}", config.client_rate)

    async def _take(self, sent: Say | Choose) -> None:
        app, conversation = self._app, self._conversation
        inbound = Inbound(
            conversation=conversation,
            message_id=sent.id,
            text=clean(sent.text) if isinstance(sent, Say) else None,
            choice=sent.choice if isinstance(sent, Choose) else None,
            request_id=uuid4().hex,
        )
        received = await app[SWITCHBOARD].receive(inbound, channel=CHANNEL)
        log.info(
            "message-received",
            conversation=conversation,
            request_id=inbound.request_id,
            is_new=received.is_new,
        )
        await self._send("ack", id=sent.id, seq=received.message.seq)

    async def _show_news(self, events: Subscription) -> None:
        async for event in events:
            await self._show_event(event)
        await self._socket.close(code=TOO_SLOW)

    async def _show_event(self, event: Event) -> None:
        match event:
            case MessageKept(message=message) if message.seq == self._sent + 1:
                await self._show([message])
            case MessageKept(message=message) if message.seq > self._sent:
                # Two writers told the hub in another order than they were kept.
                missed = await self._app[CONVERSATIONS].messages(
                    self._conversation, after=self._sent
                )
                await self._show(missed)
            case ControlChanged(now=now):
                await self._send("control", control=now.control, agent=now.agent)
            case QueueMoved(standing=standing):
                await self._send("queue", **standing)
            case Typing(who=Author.BOT | Author.AGENT as who, is_typing=is_typing):
                await self._send("typing", who=who, is_typing=is_typing)

    async def _show(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._sent = message.seq
            await self._send("message", message=as_json(message))

    async def _send(self, type_: str, **content: object) -> None:
        await self._socket.send_json({"type": type_, **content})
