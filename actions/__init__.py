"""One thin module per skill: read slots, call a use-case, answer. No business rule here."""

from rasa_sdk.interfaces import Action

from actions.ask_policy import AskPolicy
from actions.confirm import Affirm
from actions.contact_human_agent import ContactHumanAgent
from actions.fallback import Fallback
from actions.search_products import SearchProducts
from actions.self_service import AskNextStep, ValidateRequestForm
from actions.services import Services
from actions.track_order import TrackOrder, ValidateTrackOrderForm

__all__ = ["build"]


def build(services: Services) -> list[Action]:
    """Returns every action that the domain names."""
    kinds = (
        Affirm,
        AskNextStep,
        AskPolicy,
        ContactHumanAgent,
        Fallback,
        SearchProducts,
        TrackOrder,
        ValidateRequestForm,
        ValidateTrackOrderForm,
    )
    return [kind(services) for kind in kinds]
