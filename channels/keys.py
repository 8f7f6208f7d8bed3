"""What the gateway's handlers find in their application: `request.app[SWITCHBOARD]`."""

from typing import Final

from aiohttp import web

from channels.config import GatewayConfig
from channels.conversation import Switchboard
from channels.dispatcher import Dispatcher
from channels.hub import Hub
from channels.metrics import Metrics
from channels.ports import Conversations, DialogueEngine, EndedSessions
from channels.rate import RateLimiter
from channels.waiting import WaitingLine
from shop.ports import Shop

CONFIG: Final[web.AppKey[GatewayConfig]] = web.AppKey("config")
CONVERSATIONS: Final[web.AppKey[Conversations]] = web.AppKey("conversations")
DISPATCHER: Final[web.AppKey[Dispatcher]] = web.AppKey("dispatcher")
ENGINE: Final[web.AppKey[DialogueEngine]] = web.AppKey("engine")
ENDED_SESSIONS: Final[web.AppKey[EndedSessions]] = web.AppKey("ended_sessions")
HUB: Final[web.AppKey[Hub]] = web.AppKey("hub")
METRICS: Final[web.AppKey[Metrics]] = web.AppKey("metrics")
RATES: Final[web.AppKey[RateLimiter]] = web.AppKey("rates")
SHOP: Final[web.AppKey[Shop | None]] = web.AppKey("shop")
SWITCHBOARD: Final[web.AppKey[Switchboard]] = web.AppKey("switchboard")
WAITING_LINE: Final[web.AppKey[WaitingLine]] = web.AppKey("waiting_line")

REQUEST_ID: Final[web.RequestKey[str]] = web.RequestKey("request_id", str)
