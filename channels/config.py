"""What a gateway is told by whoever starts it. Read nowhere else: no environment, no files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal

from channels.rate import Rate

_ONE_VISITOR = Rate(burst=60, per_second=5)
_ONE_CONVERSATION = Rate(burst=300, per_second=50)  # the API's callers are programs
_ONE_CLIENT = Rate(burst=1000, per_second=200)  # many visitors may share one address
_NEW_VISITORS = Rate(burst=100, per_second=0.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAccount:
    """A person who may log in at the desk."""

    login: str
    name: str  # what customers see, and who a conversation belongs to: unique
    password_hash: str  # argon2


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demo shop's pages show."""

    images: Path  # folder with the products' pictures
    mails: Callable[[], Sequence[object]] | None = None  # those that stayed here, the latest first


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginKey:
    """How login tokens are checked. The algorithm is ours to say, never the token's."""

    algorithm: Literal["HS256", "RS256", "ES256"]
    key: str
    audience: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayConfig:
    """Keys, people and limits of one gateway."""

    api_key: str
    session_secret: bytes  # signs the sessions of the widget and the desk
    agents: tuple[AgentAccount, ...] = ()
    allowed_origins: frozenset[str] = frozenset()  # "https://shop.example", beside its own
    login: LoginKey | None = None  # of the shop's own site; None: its tokens are not taken
    demo: Demo | None = None  # None: no demo pages
    visitor_rate: Rate = _ONE_VISITOR  # one conversation of the widget
    conversation_rate: Rate = _ONE_CONVERSATION  # one conversation of the API
    client_rate: Rate = _ONE_CLIENT  # one address, by channel
    new_visitor_rate: Rate = _NEW_VISITORS  # new conversations of the widget from one address
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()  # who may say for whom they call

    def __post_init__(self) -> None:
        for field in ("login", "name"):
            values = [getattr(agent, field) for agent in self.agents]
            if len(set(values)) < len(values):
                raise ValueError(f"Two agents have the same {field}: give each their own.")
