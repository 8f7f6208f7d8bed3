"""What customers see instead of a text alone, as `bot.contract` describes it."""
