"""Every setting, read once by the command line and passed down. Nothing else reads the environment."""

import os
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from storekeep.errors import SettingsInvalid

PREFIX = "STOREKEEP_"
MIN_SECRET = 32  # characters: as strong as the digest that it keys
S = TypeVar("S", bound=BaseSettings)
ROOT = Path(__file__).resolve().parent.parent
"""The project's folder, which holds the training data and the built artefacts."""


class Settings(BaseSettings):
    """What a shop may choose. Values come from the environment or from a file named `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ROOT / ".env",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
    )

    home: Path = Field(
        default=ROOT / "var",
        description="Folder with the shop's state: databases, catalogue index, secrets and logs.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address the gateway listens on. Anything but 127.0.0.1 opens it to others.",
    )
    port: int = Field(default=8080, ge=1, le=65535, description="Port the gateway listens on.")
    api_key: SecretStr | None = Field(
        default=None,
        description="Key of the HTTP API. Made once and kept in the home when not set.",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Web sites that may embed the widget, separated by commas "
        "(`https://shop.example`). The gateway's own pages always may.",
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(),
        description="Web servers in front that say for whom they call in `X-Forwarded-For`, as "
        "networks separated by commas (`10.0.0.0/8, ::1`). Limits count by the client's address.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL for shop and conversations: `postgresql://user:password@host/name`. "
        "SQLite files in the home when not set.",
    )
    encoder_model: str = Field(
        default="all-MiniLM-L6-v2",
        description="Sentence-transformers model, by name or folder, that understands texts. "
        "Changing it builds model and indexes anew.",
    )
    demo: bool | None = Field(
        default=None,
        description="Whether this is a demo, with a shop front at `/` and agents whose passwords are "
        "printed. When not set, it is one as long as the shop has the demo's products and no others.",
    )
    smtp_host: str | None = Field(
        default=None,
        description="Mail server for one-time codes. When not set, mails stay in the home, and a demo "
        "shows them at `/demo/mail`, on this machine, to agents.",
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="How the way to the mail server is kept private: `starttls`, `tls` or `none`.",
    )
    smtp_user: str | None = Field(default=None, description="User at the mail server.")
    smtp_password: SecretStr | None = Field(
        default=None, description="Password at the mail server."
    )
    mail_sender: str = Field(
        default="shop@localhost",
        description="From whom mails come: `Larkfield <service@shop.example>`.",
    )
    login_algorithm: Literal["HS256", "RS256", "ES256"] | None = Field(
        default=None,
        description="How the shop's site signs [login tokens](identity.md): "
        "`HS256`, `RS256` or `ES256`. None are taken when not set.",
    )
    login_key: SecretStr | None = Field(
        default=None,
        description="What login tokens are checked with: the shared secret of HS256 (32 characters or "
        "more), or the public key in PEM, line breaks as `\\n`.",
    )
    login_audience: str = Field(
        default="storekeep", description="`aud` that a login token has to carry."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        description="Least serious log lines kept. Message texts appear at debug only.",
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(
            ("postgresql://", "postgresql+asyncpg://")
        ):
            raise ValueError("must begin with postgresql://")
        return value

    @model_validator(mode="after")
    def _keeps_password_private(self) -> Self:
        if self.smtp_password and self.smtp_security == "none":
            raise ValueError(
                "STOREKEEP_SMTP_PASSWORD is not sent unprotected: set STOREKEEP_SMTP_SECURITY"
            )
        return self

    @model_validator(mode="after")
    def _can_check_logins(self) -> Self:
        key = self.login_key.get_secret_value() if self.login_key else ""
        if bool(key) != bool(self.login_algorithm):
            raise ValueError("STOREKEEP_LOGIN_ALGORITHM and STOREKEEP_LOGIN_KEY need each other")
        if self.login_algorithm == "HS256" and len(key) < MIN_SECRET:
            raise ValueError(f"STOREKEEP_LOGIN_KEY needs {MIN_SECRET} characters or more")
        return self


class Links(BaseSettings):
    """How the processes reach each other. `storekeep up` sets these for the processes it starts."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    rasa_url: str = Field(
        default="http://127.0.0.1:5005", description="Where the gateway finds the Rasa server."
    )
    rasa_token: SecretStr = Field(
        description="Secret that the gateway shows to the Rasa server.", min_length=16
    )
    actions_url: str = Field(
        default="http://127.0.0.1:5055/webhook",
        description="Where the Rasa server finds the action server.",
    )


def read(kind: type[S]) -> S:
    """Returns the settings of one kind from environment and `.env`.

    Raises:
        SettingsInvalid: names each setting that cannot be used, and why.
    """
    try:
        return kind()
    except ValidationError as error:
        reasons = (f"{_variable(part['loc'])}: {part['msg']}" for part in error.errors())
        raise SettingsInvalid("; ".join(reasons) + ".") from None


def child_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Returns the environment for a child process: this one's and `extra`."""
    return {**os.environ, **extra}


def _variable(location: tuple[Any, ...]) -> str:
    return PREFIX + str(location[0]).upper() if location else "settings"
