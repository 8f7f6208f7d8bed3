"""What a carrier tells of a parcel at a moment."""

from dataclasses import dataclass
from datetime import datetime

from shop.model import TrackingEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Whoever, or whatever, brings a parcel on its last metres."""

    distance_m: int  # to the door
    stops_before: int  # at other customers
    arrives_at: datetime  # as it is reckoned now, to the minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is known now; `events` are all of them, in order of time."""

    events: tuple[TrackingEvent, ...]
    courier: Courier | None = None  # while it is on the last metres
