"""One dense vector a message, from the encoder that the whole project shares."""

from functools import lru_cache
from typing import Any, Dict, List

import numpy as np
from numpy.typing import NDArray
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

_REMEMBERED = 2000  # texts: customers say "yes" and "thank you" in the same few words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeatures(GraphComponent):
    """Adds a dense sentence feature to each message that has a text."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vector_of = lru_cache(_REMEMBERED)(self._encode_one)

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
        for message in messages:
            if (text := message.get(TEXT)) is not None:
                self._add(self._vector_of(text), message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Returns the examples and the names of their intents, all with features."""
        names = names_as_examples(training_data.intents)
        named = TrainingData([Message.build(text=text, intent=name) for text, name in names])
        featurized = training_data.merge(named)
        readable = [each for each in featurized.training_examples if each.get(TEXT) is not None]
        vectors = sentence_vectors([each.get(TEXT) for each in readable], self._encoder)
        for vector, example in zip(vectors, readable, strict=True):
            self._add(vector, example)
        return featurized

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        (vector,) = sentence_vectors([text], self._encoder)
        return vector

    def _add(self, vector: NDArray[np.float32], message: Message) -> None:
        source = type(self).__name__
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, source))
