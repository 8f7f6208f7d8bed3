"""How Rasa's rules are found: by what they begin with, and by the latest moments of a dialogue.

`RulePolicy` describes every moment of a session, twice for each prediction, and tries every rule on
them. A rule says which action came last and mostly which intent the customer had: only rules that
fit these can apply. None looks further back than the longest rule is long, and none of ours speaks
of the words of a message.
"""

from collections import defaultdict
from typing import Any, Dict, List, Optional, Set, Tuple

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_Sign = Tuple[Optional[str], Optional[str]]  # the previous action and the intent


class RuleSearch(RulePolicy):
    """Predicts what `RulePolicy` predicts, with a model that `RulePolicy` learned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = {key: self._rule_key_to_state(key) for key in self.lookup[RULES]}
        self._longest = max(map(len, rules.values()), default=1)
        self._rules: Dict[_Sign, List[str]] = defaultdict(list)
        for key, states in rules.items():
            self._rules[_sign(states[-1])].append(key)

    def _find_action_from_rules(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        use_text_for_last_user_input: bool,  # noqa: FBT001
    ) -> Tuple[Optional[str], Optional[str], bool]:
        if use_text_for_last_user_input:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _prediction_states(
        self, tracker: DialogueStateTracker, domain: Domain, *_: Any, **__: Any
    ) -> List[State]:
        """Returns the moments before each of the latest actions, and the present one."""
        events = tracker.applied_events()
        ahead = sum(isinstance(event, ActionExecuted) for event in events)
        moment, states = tracker.init_copy(), []
        for event in events:
            if isinstance(event, ActionExecuted):
                if ahead < self._longest:
                    states.append(domain.get_active_state(moment))
                ahead -= 1
            moment.update(event)
        return [*states, domain.get_active_state(moment)]

    def _get_possible_keys(self, lookup: Dict[str, str], states: List[State]) -> Set[str]:
        if lookup is self.lookup[RULES]:
            action, intent = _sign(states[-1])
            fitting = {*self._rules[action, intent], *self._rules[action, None]}
            lookup = {key: lookup[key] for key in fitting}
        return super()._get_possible_keys(lookup, states)


def _sign(state: State) -> _Sign:
    return state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)
