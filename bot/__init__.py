"""The Rasa project, and the two modules of it that run elsewhere too.

Runs on Python 3.10 in an environment of its own. Other packages may import `bot.contract` only.
"""
