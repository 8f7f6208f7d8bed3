"""What was said last is said again."""

from actions.repeat import Repeat


async def test_all_replies_are_repeated(run, dialogue, services):
    """With their buttons, and under their names, so that a yes to them is still one."""
    dialogue.customer("hi").bot("utter_greet", "/track_order").customer("what?", "repeat")
    answer = await run(Repeat(services), dialogue)
    (message,) = answer.messages
    assert [button["payload"] for button in message["buttons"]] == ["/track_order"]
    assert message["utter_action"] == "utter_greet"


async def test_what_was_said_before_that_is_not(run, dialogue, services):
    """Only the replies to the last message."""
    dialogue.customer("hi").bot("utter_greet").customer("thanks").bot("utter_welcome")
    answer = await run(Repeat(services), dialogue.customer("what?", "repeat"))
    assert [message["utter_action"] for message in answer.messages] == ["utter_welcome"]


async def test_the_question_of_a_form_is_left_to_the_form(run, dialogue, services):
    """It asks again by itself; twice would be once too often."""
    dialogue.customer("track").bot("utter_welcome").bot("utter_ask_order_number")
    dialogue.customer("what?", "repeat").active_loop = "track_order_form"
    answer = await run(Repeat(services), dialogue)
    assert [message["utter_action"] for message in answer.messages] == ["utter_welcome"]


async def test_where_nothing_was_said_nothing_is_repeated(run, dialogue, services):
    """The bot asks what it can do."""
    answer = await run(Repeat(services), dialogue.customer("what?", "repeat"))
    assert answer.responses == ["utter_nothing_to_repeat"]
