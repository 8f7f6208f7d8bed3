"""Who is at the desk."""

from channels.presence import Presence


def test_an_agent_is_here_as_long_as_one_desk_is_open() -> None:
    """Two windows of one agent count as long as either is open; only coming and going is told."""
    changes = []
    presence = Presence(lambda: changes.append(presence.is_anybody_here))
    with presence.at_the_desk("anna"):
        with presence.at_the_desk("anna"), presence.at_the_desk("ben"):
            assert presence.is_anybody_here
        assert presence.is_anybody_here
    assert not presence.is_anybody_here
    assert changes == [True, False]
