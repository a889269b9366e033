"""A roaming hub (OCPI 2.2.1) in your process, with a store in memory: for scripts, simulations and tests.

    hub = incar.hub.Hub()
    operator = hub.join("operator", ["CPO NL*CPO"])
    provider = hub.join("provider", ["EMSP DE*MSP"])
    operator.push(location)                                  # to everybody: the hub stores it and tells the provider
    provider.stored(incar.ocpi.Location)                     # what others pushed to it
    sent = provider.command("START_SESSION", wish, to="NL*CPO")
    sent.response, sent.results                              # "ACCEPTED", and what followed

A party joins by application, approval and registration as on a network; every request between it and the hub is a
whole HTTP message. A client of your own takes part through `Hub.handle` and the function `send`. Parties are named
"NL*CPO", roles "CPO NL*CPO". Time is the system's unless `clock` tells it; what waits for time to pass happens in
`Hub.tick`.

Unusable input, refusals and answers that never come raise `incar.Error`. A hub and its parties are used by one thread at
a time; functions of yours that they call may call them again.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Callable, Iterable, Mapping, NamedTuple, Optional, Sequence, TypeVar, Union

from . import ocpi
from ._native import hub as _native

__all__ = ["Asked", "Hub", "Member", "Party", "Response", "Sent"]

T = TypeVar("T", bound=ocpi.Record)

_MODULES = {
    ocpi.CDR: "cdrs",
    ocpi.ClientInfo: "hubclientinfo",
    ocpi.Location: "locations",
    ocpi.SCOptimisation: "scoptimizations",
    ocpi.Session: "sessions",
    ocpi.Tariff: "tariffs",
    ocpi.Token: "tokens",
}
_TYPES = {module: type for type, module in _MODULES.items()}
_COMMANDS = {
    "CANCEL_RESERVATION": ocpi.CancelReservation,
    "RESERVE_NOW": ocpi.ReserveNow,
    "START_SESSION": ocpi.StartSession,
    "STOP_SESSION": ocpi.StopSession,
    "UNLOCK_CONNECTOR": ocpi.UnlockConnector,
}


class Response(NamedTuple):
    """An HTTP response."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: str

    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    def header(self, name: str) -> Optional[str]:
        """The first of that name, whatever its case."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)


class Member(NamedTuple):
    """Who takes part, and how it is."""

    name: str
    roles: list[str]
    standing: str  #: applied, rejected, approved, active, suspended or left
    status: str  #: CONNECTED, OFFLINE, PLANNED or SUSPENDED
    status_since: str
    reason: str  #: of a rejection or suspension
    wants_catch_up: bool
    email: str


class Sent:
    """A command that a party sent: the answer, and the results as they come."""

    def __init__(self, native: _native.SentCommand) -> None:
        self._native = native

    @property
    def response(self) -> str:
        """CommandResponseType, such as ACCEPTED."""
        return self._native.response

    @property
    def results(self) -> list[str]:
        """CommandResultType of each result; a reservation that is cancelled later has two."""
        return self._native.results

    def __repr__(self) -> str:
        return f"<Sent {self.response}, results {self.results}>"


class Asked:
    """A command that reached a party."""

    def __init__(self, party: Party, native: _native.AskedCommand) -> None:
        self._party = party  # lives as long as this
        self._native = native
        self.word: str = native.word
        self.wish: ocpi.Record = ocpi.loads(native.wish, _COMMANDS[native.word])

    def finish(self, result: str) -> None:
        """Tells the result (CommandResultType); once, later than the answer."""
        self._native.finish(result)

    def __repr__(self) -> str:
        return f"<Asked {self.word}>"


class Party:
    """A member of a hub, made by `Hub.join`."""

    def __init__(self, name: str, native: _native.Party) -> None:
        self.name = name
        self._native = native

    def on_change(self, told: Callable[[str, str, Optional[ocpi.Record]], None]) -> None:
        """From now on `told(module, what, object)` is called for each object that others push to this party; `what` is
        created, updated or removed, and the object None when it was removed."""

        def read(module: str, what: str, text: str) -> None:
            told(module, what, ocpi.loads(text, _TYPES[module]) if text else None)

        self._native.changed = read

    def on_command(self, asked: Callable[[Asked], str]) -> None:
        """From now on `asked(command)` answers commands with a CommandResponseType. Without it: NOT_SUPPORTED."""
        self._native.commanded = lambda native: asked(Asked(self, native))

    def push(self, object: ocpi.Record, to: str = "") -> None:
        """Sends one of this party's objects to another party; without `to` to the hub, and so to everybody. Sessions and
        CDRs must name a receiver."""
        self._native.push(_module_of(type(object)), ocpi.dumps(object), to)

    def pull(self, type: type[T], to: str = "") -> list[T]:
        """All objects of a list, page after page: of the hub's store, or of another party."""
        return [ocpi.loads(text, type) for text in self._native.pull(_module_of(type), to)]

    def stored(self, type: type[T]) -> list[T]:
        """This party's store: its own objects, and what others pushed to it."""
        return [ocpi.loads(text, type) for text in self._native.stored(_module_of(type))]

    def command(self, word: str, wish: Union[ocpi.Record, Mapping[str, Any]], to: str) -> Sent:
        """Asks a CPO for START_SESSION, STOP_SESSION, RESERVE_NOW, CANCEL_RESERVATION or UNLOCK_CONNECTOR. The wish needs
        no response_url."""
        text = ocpi.dumps(wish) if isinstance(wish, ocpi.Record) else json.dumps(dict(wish))
        return Sent(self._native.command(word, text, to))

    def request(
        self,
        method: str,
        module: str,
        side: str,
        segments: Iterable[str] = (),
        parameters: Mapping[str, str] = {},
        body: Any = None,
        to: Optional[str] = "",
    ) -> Response:
        """Any other request through the hub, to a module's "sender" or "receiver" side; refusals come back as they are.
        With `to=None` it says no receiver at all (open routing)."""
        text = "" if body is None else body if isinstance(body, str) else json.dumps(body)
        return Response(
            *self._native.request(method, module, side, list(segments), list(parameters.items()), text, to)
        )

    def __repr__(self) -> str:
        return f"<Party {self.name}>"


class Hub:
    """A hub. `open_routing`: requests that name no receiver go where their content belongs, instead of being refused.

    clock   tells the time as an aware datetime
    ledger  is called with each CDR and the payment hold of the command that led to it ("" if there was none) before the
            CDR is forwarded; when it raises, the CDR is refused
    send    is called for requests to addresses that none of the parties has: (method, url, headers, body), and returns
            (status, headers, body), or None when there is no answer
    """

    def __init__(
        self,
        party: str = "EU*HUB",
        *,
        base_url: str = "https://hub.example/ocpi",
        open_routing: bool = False,
        clock: Optional[Callable[[], datetime]] = None,
        ledger: Optional[Callable[[ocpi.CDR, str], None]] = None,
        send: Optional[Callable[[str, str, list[tuple[str, str]], str], Optional[tuple[int, list[tuple[str, str]], str]]]] = None,
    ) -> None:
        def read(text: str, operation: str) -> None:
            assert ledger
            ledger(ocpi.loads(text, ocpi.CDR), operation)

        self._native = _native.Hub(party, base_url, open_routing, clock, read if ledger else None, send)

    @property
    def versions_url(self) -> str:
        """Where members register."""
        return self._native.versions_url

    def join(self, name: str, roles: Sequence[str], email: str = "nobody@example.org") -> Party:
        """A party that has applied, was approved and is registered. `roles`: ["CPO NL*CPO", "EMSP NL*CPO"]."""
        return Party(name, self._native.join(name, _application(name, roles, email)))

    def apply(self, name: str, roles: Sequence[str], email: str) -> None:
        """Hands in an application for a client of one's own, which waits for `approve`."""
        self._native.apply(_application(name, roles, email))

    def approve(self, name: str, habits: Sequence[str] = ()) -> str:
        """The CREDENTIALS_TOKEN_A for one registration at `versions_url`. `habits`: what is peculiar to the member, such
        as "sends_plain_tokens" (ocpi_client::partner_habits)."""
        return self._native.approve(name, json.dumps({each: True for each in habits}))

    def reject(self, name: str, reason: str) -> None:
        """Turns an application down."""
        self._native.reject(name, reason)

    def suspend(self, name: str, reason: str) -> None:
        """Shuts a member out: it is answered and sent nothing, what it brought is not shown."""
        self._native.suspend(name, reason)

    def resume(self, name: str) -> None:
        """Lets a suspended member in again."""
        self._native.resume(name, "")

    def set_catch_up(self, name: str, wanted: bool) -> None:
        """Whether the member is sent what it missed when it comes back."""
        self._native.set_catch_up(name, bool(wanted))

    @property
    def members(self) -> dict[str, Member]:
        """All members by name."""
        return {each.name: each for each in map(_member, self._native.members())}

    def handle(
        self, method: str, url: str, headers: Iterable[tuple[str, str]] = (), body: str = ""
    ) -> Response:
        """Answers one HTTP request of a client of one's own."""
        return Response(*self._native.handle(method, url, list(headers), body))

    def tick(self) -> None:
        """Time has passed: ends what has waited too long, asks silent members whether they live, tries again."""
        self._native.tick()


def _module_of(type: type[ocpi.Record]) -> str:
    if type not in _MODULES:
        raise TypeError(f"there is no list of {type.__name__}; there are {', '.join(t.__name__ for t in _MODULES)}")
    return _MODULES[type]


def _application(name: str, roles: Sequence[str], email: str) -> str:
    if isinstance(roles, str):
        raise TypeError("roles: a list of texts is needed, not a text")
    read = []
    for each in roles:
        role, _, party = each.partition(" ")
        country, _, party_id = party.partition("*")
        read.append({"role": role, "country_code": country, "party_id": party_id, "business_details": {"name": name}})
    return json.dumps({"name": name, "email": email, "roles": read})


def _member(text: str) -> Member:
    read = json.loads(text)
    roles = [f"{each['role']} {each['country_code']}*{each['party_id']}" for each in read["roles"]]
    return Member(**{name: read[name] for name in Member._fields if name != "roles"}, roles=roles)
