"""The hub: who hears of what."""

from channels.hub import Hub, Subscription, Typing
from channels.model import Author


async def read(subscription: Subscription) -> list[Typing]:
    """Reads until the subscription ends."""
    return [event async for event in subscription]


async def test_watchers_hear_of_their_conversation_or_of_all() -> None:
    """An event reaches those who watch its conversation and those who watch everything."""
    hub = Hub()
    first, second = (
        Typing("c-1", Author.BOT, is_typing=True),
        Typing("c-2", Author.BOT, is_typing=True),
    )
    with hub.subscribe("c-1") as one, hub.subscribe() as every:
        hub.publish(first)
        hub.publish(second)
        of_one, of_every = aiter(one), aiter(every)

        assert await anext(of_one) == first
        assert [await anext(of_every), await anext(of_every)] == [first, second]
        assert one._events.empty()


async def test_who_has_left_hears_nothing() -> None:
    """After its context a subscription gets no more events, and the hub forgets it."""
    hub = Hub()
    with hub.subscribe("c-1") as left:
        pass
    hub.publish(Typing("c-1", Author.BOT, is_typing=True))

    assert left._events.empty()
    assert not hub._watchers


async def test_a_slow_reader_loses_its_subscription_and_nobody_else_does() -> None:
    """What it could not take is dropped as a whole, so that it never sees a gap."""
    slow = Subscription(backlog=2)
    for _ in range(4):
        slow.offer(Typing("c-1", Author.BOT, is_typing=True))

    assert await read(slow) == []
