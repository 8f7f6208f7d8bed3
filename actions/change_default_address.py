"""Moving: the address in the customer's account."""

from actions.agenda.addresses import WhichAddress
from actions.agenda.kind import Kind
from shop.commands import ChangeDefaultAddress
from shop.model import Address

KIND = Kind(
    name="change_default_address",
    verb="change",
    needs=(WhichAddress(),),
    is_about_account=True,
    command=lambda request, _: ChangeDefaultAddress(Address(**request.chosen["address"])),
)
