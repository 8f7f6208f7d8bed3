"""One thin module per skill: read slots, call a use-case, answer. No business rule here."""

from rasa_sdk.interfaces import Action

from actions.ask_policy import AskPolicy
from actions.ask_product_question import AskProductQuestion
from actions.check_duties import CheckDuties
from actions.check_stock import CheckStock
from actions.choose_option import ChooseOption
from actions.choose_product import ChooseProduct
from actions.compare_products import CompareProducts
from actions.complaint import Complaint
from actions.confirm import Affirm, Deny
from actions.contact_human_agent import ContactHumanAgent
from actions.correct import Correct
from actions.crisis import Crisis
from actions.delivery_options import DeliveryOptions
from actions.fallback import Fallback
from actions.find_similar import FindSimilar
from actions.recommend_products import RecommendProducts
from actions.refine_search import RefineSearch
from actions.repeat import Repeat
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
        CheckDuties,
        ChooseOption,
        Complaint,
        ContactHumanAgent,
        Correct,
        Crisis,
        DeliveryOptions,
        Deny,
        Fallback,
        AskProductQuestion,
        CheckStock,
        ChooseProduct,
        CompareProducts,
        FindSimilar,
        RecommendProducts,
        RefineSearch,
        Repeat,
        SearchProducts,
        TrackOrder,
        ValidateRequestForm,
        ValidateTrackOrderForm,
    )
    return [kind(services) for kind in kinds]
