"""What customers and agents do in a conversation, whatever channel or desk they use."""

from dataclasses import replace

from channels.dispatcher import Dispatcher
from channels.errors import BadRequest, ControlLost
from channels.hub import ControlChanged, Hub, MessageKept
from channels.model import Author, Control, Conversation, Inbound, Message, Received
from channels.ports import Conversations
from channels.text import clean, is_readable
from channels.transcript import body_of_text
from channels.wording import AGENT_JOINED, AGENT_LEFT, RESOLVED


class Switchboard:
    """Takes messages in and passes control on; tells the hub and wakes the dispatcher.

    Agents are known by the name that customers see.
    """

    def __init__(self, conversations: Conversations, hub: Hub, dispatcher: Dispatcher) -> None:
        self._conversations = conversations
        self._hub = hub
        self._dispatcher = dispatcher

    async def receive(self, inbound: Inbound, *, channel: str) -> Received:
        """Keeps a customer's message and has it answered. When this returns it will not be lost.

        Raises:
            Conflict: the message id is known with another content.
            TooLarge: the text is too long.
            UnknownChoice: the choice was not offered in this conversation.
        """
        if inbound.text is not None:
            inbound = replace(inbound, text=clean(inbound.text))
        received = await self._conversations.receive(inbound, channel=channel)
        if received.is_new:
            if received.reopened:
                self._hub.publish(ControlChanged(inbound.conversation, received.conversation))
            self._hub.publish(MessageKept(inbound.conversation, received.message))
        self._dispatcher.wake(inbound.conversation, received.next_pending)
        return received

    async def take(self, conversation: str, *, agent: str) -> Conversation:
        """Puts an agent in control of a conversation that no other agent has.

        Raises:
            ControlLost: another agent has it, or it is closed.
            UnknownConversation: there is none.
        """
        now = await self._conversations.conversation(conversation)
        if now.control is Control.AGENT and now.agent == agent:
            return now
        if now.control is Control.AGENT:
            raise ControlLost(f"{now.agent} has already taken this conversation.")
        if now.control is Control.CLOSED:
            raise ControlLost("This conversation is closed until the customer writes again.")
        return await self._pass_on(now, to=Control.AGENT, agent=agent, note=AGENT_JOINED)

    async def reply_as_agent(self, conversation: str, text: str, *, agent: str) -> Message:
        """Keeps what the agent in control writes to the customer.

        Raises:
            BadRequest: there is nothing to read in the text.
            ControlLost: this agent is not in control.
            TooLarge: the text is too long.
        """
        text = clean(text)
        if not is_readable(text):
            raise BadRequest("There is nothing to read in this message: write something first.")
        now = await self._held(conversation, agent)
        message = await self._conversations.say(
            conversation,
            author=Author.AGENT,
            version=now.version,
            body=body_of_text(text),
            agent=agent,
        )
        self._hub.publish(MessageKept(conversation, message))
        return message

    async def hand_back(self, conversation: str, *, agent: str) -> Conversation:
        """Lets the bot answer again, first of all what the agent left unanswered.

        Raises:
            ControlLost: this agent is not in control.
        """
        now = await self._held(conversation, agent)
        handed_back = await self._pass_on(now, to=Control.BOT, agent=agent, note=AGENT_LEFT)
        self._dispatcher.wake(conversation)
        return handed_back

    async def resolve(self, conversation: str, *, agent: str) -> Conversation:
        """Closes a conversation. The customer's next message opens it for the bot.

        Raises:
            ControlLost: this agent is not in control.
        """
        now = await self._held(conversation, agent)
        return await self._pass_on(now, to=Control.CLOSED, agent=agent, note=RESOLVED)

    async def _held(self, conversation: str, agent: str) -> Conversation:
        now = await self._conversations.conversation(conversation)
        if now.control is not Control.AGENT or now.agent != agent:
            raise ControlLost("You are not in control of this conversation: take it first.")
        return now

    async def _pass_on(
        self, now: Conversation, *, to: Control, agent: str, note: str
    ) -> Conversation:
        outcome = await self._conversations.change_control(
            now.id, version=now.version, to=to, agent=agent, note=note.format(agent=agent)
        )
        self._hub.publish_outcome(outcome, control_changed=True)
        return outcome.conversation
