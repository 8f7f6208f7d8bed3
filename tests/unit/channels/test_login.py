"""A login token holds only as the shop signed it, for us, and for half a day at most."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from channels.config import LoginKey
from channels.errors import LoginRefused
from channels.login import verify

SECRET = "s" * 32
SHARED = LoginKey(algorithm="HS256", key=SECRET, audience="storekeep")


def claims(**changes: object) -> dict[str, object]:
    """Returns what a good token says, changed; None leaves a claim out."""
    good = {"sub": "ada", "aud": "storekeep", "exp": datetime.now(UTC) + timedelta(hours=1)}
    return {name: value for name, value in (good | changes).items() if value is not None}


def check(token: str, login: LoginKey = SHARED) -> tuple[str, datetime]:
    """Returns what a token says now."""
    return verify(token, login, datetime.now(UTC))


def test_a_good_token_names_the_customer_and_its_end():
    """Customer and end are those that were signed."""
    end = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=12)
    assert check(jwt.encode(claims(exp=end), SECRET)) == ("ada", end)


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": None},
        {"aud": None},
        {"exp": None},
        {"sub": 5},
        {"aud": "another"},
        {"exp": datetime(2020, 1, 1, tzinfo=UTC)},
        {"exp": datetime.now(UTC) + timedelta(hours=13)},
        {"exp": 10**30},
        {"nbf": datetime.now(UTC) + timedelta(hours=1)},
    ],
)
def test_a_token_that_says_otherwise_is_refused(changes):
    """Every claim is there and right."""
    with pytest.raises(LoginRefused):
        check(jwt.encode(claims(**changes), SECRET))


def test_a_token_of_somebody_else_is_refused():
    """Neither another secret, nor none, nor what is no token at all."""
    good = jwt.encode(claims(), SECRET)
    for token in (
        jwt.encode(claims(), "t" * 32),
        jwt.encode(claims(), None, algorithm="none"),
        good[:-2],
        good + "x",
        "",
        "a.b.c",
        "\u00e9",
    ):
        with pytest.raises(LoginRefused) as refused:
            check(token)
        assert "ada" not in str(refused.value)


@pytest.mark.parametrize(
    ("algorithm", "private"),
    [
        ("RS256", rsa.generate_private_key(public_exponent=65537, key_size=2048)),
        ("ES256", ec.generate_private_key(ec.SECP256R1())),
    ],
)
def test_a_shop_may_sign_with_a_key_of_its_own(algorithm, private):
    """The public key checks; it is no secret that signs, nor is another algorithm taken."""
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    login = LoginKey(algorithm=algorithm, key=public.decode(), audience="storekeep")
    assert check(jwt.encode(claims(), private, algorithm=algorithm), login)[0] == "ada"
    with pytest.raises(LoginRefused):
        check(jwt.encode(claims(), SECRET), login)
    with pytest.raises(LoginRefused):
        check(jwt.encode(claims(), private, algorithm=algorithm), SHARED)
