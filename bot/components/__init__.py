"""Graph components: how Rasa's pipeline reaches what `bot` knows of language."""
