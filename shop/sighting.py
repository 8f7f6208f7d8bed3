"""What a carrier tells of a parcel at a moment."""

from dataclasses import dataclass
from datetime import datetime

from shop.model import TrackingEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Whoever, or whatever, brings a parcel on its last metres."""

    distance_m: int  # to the door
    stops_before: int  # at other customers


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is known now; `events` are all of them, in order of time."""

    events: tuple[TrackingEvent, ...]
    arrives_at: datetime | None = None  # as the carrier reckons now, to the minute
    courier: Courier | None = None  # while it is on the last metres
