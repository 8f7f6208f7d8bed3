"""Runs a trained model's graph."""

from dataclasses import replace
from graphlib import TopologicalSorter
from typing import Any, Dict, List, Optional

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

from bot.rule_search import RuleSearch

_INSTEAD = {RulePolicy: RuleSearch}  # who uses in the server what the other has learned


class StraightRunner(GraphRunner):
    """Calls the components one after the other.

    Rasa's own runner has dask plan the same few calls anew for each message and each prediction.
    """

    def __init__(self, schema: GraphSchema, nodes: Dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._plans: Dict[str, List[str]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[List[GraphNodeHook]] = None,
    ) -> "StraightRunner":
        """Loads every component of the model."""
        nodes = {}
        for name, node in graph_schema.nodes.items():
            used = replace(node, uses=_INSTEAD.get(node.uses, node.uses))
            nodes[name] = GraphNode.from_schema_node(
                name, used, model_storage, execution_context, hooks
            )
        return cls(graph_schema, nodes)

    def run(
        self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None
    ) -> Dict[str, Any]:
        """Returns the outputs of the targets for these inputs."""
        outputs = dict(inputs or {})
        targets = targets or self._schema.target_names
        for name in (step for target in targets for step in self._plan(target)):
            if name not in outputs:
                needs = self._schema.nodes[name].needs.values()
                _, outputs[name] = self._nodes[name](*((need, outputs[need]) for need in needs))
        return {target: outputs[target] for target in targets}

    def _plan(self, target: str) -> List[str]:
        """Returns the components that a target needs, each after those that it needs itself."""
        if target not in self._plans:
            needs, pending = {}, [target]
            while pending:
                name = pending.pop()
                if name in self._nodes:  # the others are inputs
                    needs[name] = set(self._schema.nodes[name].needs.values()) & self._nodes.keys()
                    pending += needs[name]
            self._plans[target] = list(TopologicalSorter(needs).static_order())
        return self._plans[target]
