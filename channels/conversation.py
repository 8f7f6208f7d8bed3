"""What customers and agents do in a conversation, whatever channel or desk they use."""

import re
from dataclasses import replace

from channels.dispatcher import Dispatcher
from channels.errors import BadRequest, ControlLost
from channels.hub import ControlChanged, Hub, MessageKept
from channels.model import (
    Author,
    Control,
    Conversation,
    Inbound,
    InboxState,
    Message,
    Received,
)
from channels.ports import Conversations
from channels.text import clean, is_readable
from channels.transcript import body_of_text
from channels.wording import AGENT_JOINED, AGENT_LEFT, LEAVES_QUEUE, LEFT_QUEUE, RESOLVED


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
        if received.is_new and received.conversation.control is Control.QUEUE:
            received = await self._leave_if_asked(received)
        self._dispatcher.wake(inbound.conversation, received.next_pending)
        return received

    async def leave_queue(self, conversation: str) -> Conversation:
        """Gives a customer who does not want to wait for a person back to the bot.

        Raises:
            ControlLost: a person has come, or has closed the conversation.
            UnknownConversation: there is none.
        """
        now = await self._conversations.conversation(conversation)
        if now.control is Control.BOT:
            return now
        if now.control is not Control.QUEUE:
            raise ControlLost("This conversation does not wait for a person.")
        back = await self._pass_on(now, to=Control.BOT, note=LEFT_QUEUE)
        self._dispatcher.wake(conversation)
        return back

    async def _leave_if_asked(self, received: Received) -> Received:
        """Takes "never mind" of a customer who waits for what it means, and as answered."""
        words = " ".join(re.findall(r"[\w']+", received.message.body["text"].casefold()))
        if words not in LEAVES_QUEUE:
            return received
        answered = received.message.message_id
        try:
            back = await self._pass_on(
                received.conversation, to=Control.BOT, note=LEFT_QUEUE, answers=answered
            )
        except ControlLost:
            return received  # a person has come and reads it
        return replace(received, state=InboxState.DONE, conversation=back)

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
        self,
        now: Conversation,
        *,
        to: Control,
        note: str,
        agent: str | None = None,
        answers: str | None = None,
    ) -> Conversation:
        outcome = await self._conversations.change_control(
            now.id,
            version=now.version,
            to=to,
            agent=agent,
            note=note.format(agent=agent),
            answers=answers,
        )
        self._hub.publish_outcome(outcome, control_changed=True)
        return outcome.conversation
