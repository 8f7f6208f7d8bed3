"""In which order several requests are dealt with: as they were said, but none shuts another out."""

from collections.abc import Mapping, Sequence

from actions.agenda.kind import AnyKind
from actions.agenda.request import Request
from shop.action_rules import OrderRules
from shop.policy import Policy


def in_order(
    requests: Sequence[Request], kinds: Mapping[str, AnyKind], policy: Policy
) -> list[Request]:
    """Returns the requests; what the policy rules out after another of them comes before it.

    What is wanted instead of a request stays behind it.
    """
    groups: list[list[Request]] = []
    for request in requests:
        if request.is_fallback and groups:
            groups[-1].append(request)
            continue
        place = next(
            (
                i
                for i, group in enumerate(groups)
                if _shuts_out(kinds[group[0].kind], kinds[request.kind], policy)
            ),
            len(groups),
        )
        groups.insert(place, [request])
    return [request for group in groups for request in group]


def _shuts_out(first: AnyKind, then: AnyKind, policy: Policy) -> bool:
    """Tells whether nothing of one kind is possible any more once the other is done."""
    if first.name == then.name or not then.actions:
        return False
    rules = [policy.rules(action) for action in then.actions]
    return all(
        isinstance(each, OrderRules) and set(first.actions) & set(each.not_after) for each in rules
    )
