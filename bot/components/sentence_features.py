"""One dense vector a message, from the encoder that the whole project shares."""

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import settings
from bot.sentences import names_as_examples, sentence_vectors
from knowledge.encoder import Encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeatures(GraphComponent):
    """Adds a dense sentence feature to each message that has a text."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceFeatures":
        """Opens the exported encoder."""
        return cls(Encoder.load(settings.encoder_folder()))

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the features in place."""
        readable = [message for message in messages if message.get(TEXT) is not None]
        vectors = sentence_vectors([message.get(TEXT) for message in readable], self._encoder)
        for message, vector in zip(readable, vectors, strict=True):
            message.add_features(
                Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, type(self).__name__)
            )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Returns the examples and the names of their intents, all with features."""
        names = names_as_examples(training_data.intents)
        named = TrainingData([Message.build(text=text, intent=name) for text, name in names])
        featurized = training_data.merge(named)
        self.process(featurized.training_examples)
        return featurized
