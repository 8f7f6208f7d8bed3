"""Rasa's door to `bot.intents`."""

from dataclasses import fields
from typing import Any, Dict, List, Optional

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.intents import FALLBACK, IntentModel, Thresholds

_RANKED = 10  # as in Rasa's own classifiers; the rest would be kept and sent with each message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Sets the intent, or Rasa's fallback intent where the model is not sure enough."""

    def __init__(
        self,
        config: Dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: Optional[IntentModel] = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Returns values that config.yml replaces by chosen ones."""
        return {
            "strength": 30.0,
            "closeness": 5.0,
            "confidence": 0.5,
            "margin": 0.1,
            "familiarity": 0.6,
            "alike": [],
        }

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        """Returns a classifier that has yet to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentClassifier":
        """Returns the trained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the labelled examples and keeps the model."""
        examples = training_data.intent_examples
        self._model = IntentModel.fit(
            np.stack([_vector(example) for example in examples]),
            [(example.get(TEXT), example.get(INTENT)) for example in examples],
            strength=self._config["strength"],
            closeness=self._config["closeness"],
            thresholds=Thresholds(
                **{each.name: self._config[each.name] for each in fields(Thresholds)}
            ),
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and ranking in place."""
        for message in messages:
            understanding = self._model.understand(_vector(message))
            best = understanding.ranking[:_RANKED]
            ranking = [{"name": name, "confidence": confidence} for name, confidence in best]
            if not understanding.is_accepted:
                ranking.insert(0, {"name": FALLBACK, "confidence": ranking[0]["confidence"]})
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leaves the training data alone: nothing after it learns from the ranking."""
        return training_data


def _vector(message: Message) -> NDArray[np.float32]:
    _, sentence = message.get_dense_features(TEXT)
    return np.asarray(sentence.features[0], dtype=np.float32)
