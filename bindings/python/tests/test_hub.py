"""incar.hub: a hub in the process, its parties, and clients of one's own over whole HTTP messages."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta, timezone
from typing import Any, Optional

import pytest

import incar
from incar import ocpi
from incar.hub import Asked, Hub
from ocpi_texts import read


def owned(name: str, owner: str, **changes: Any) -> Any:
    made = read(name)
    made.country_code, made.party_id = owner.split("*")
    for member, value in changes.items():
        setattr(made, member, value)
    return made


class Town:
    """A CPO, two EMSPs, and a clock that is set by hand."""

    def __init__(self, **options: Any) -> None:
        self.now = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
        self.hub = Hub(clock=lambda: self.now, **options)
        self.cpo = self.hub.join("cpo", ["CPO NL*CPO"])
        self.msp = self.hub.join("msp", ["EMSP DE*MSP"])
        self.other = self.hub.join("other", ["EMSP FR*OTH"])

    def session(self, id: str) -> Any:
        made = owned("Session", "NL*CPO", id=id)
        made.cdr_token.country_code, made.cdr_token.party_id = "DE", "MSP"
        return made

    def cdr(self, id: str) -> Any:
        made = owned("CDR", "NL*CPO", id=id)
        made.cdr_token.country_code, made.cdr_token.party_id = "DE", "MSP"
        return made


def ids(objects: list[Any]) -> list[str]:
    return sorted(each.id for each in objects)


def test_a_push_to_the_hub_reaches_everybody_on_the_other_side_and_stays_to_be_read() -> None:
    town = Town()
    told: list[tuple[str, str]] = []
    town.msp.on_change(lambda module, what, object: told.append((module, what)))
    location = owned("Location", "NL*CPO", id="L1")
    town.cpo.push(location)
    for party in (town.msp, town.other):
        assert ocpi.dumps(party.stored(ocpi.Location)[0]) == ocpi.dumps(location)
    assert told[-1] == ("locations", "created")
    late = town.hub.join("late", ["EMSP BE*LAT"])
    assert late.stored(ocpi.Location) == []
    assert ids(late.pull(ocpi.Location)) == ["L1"]


def test_a_list_is_pulled_page_after_page() -> None:
    town = Town()
    for number in range(230):
        town.cpo.push(owned("Tariff", "NL*CPO", id=f"T{number}"))
    assert ids(town.msp.pull(ocpi.Tariff)) == sorted(f"T{number}" for number in range(230))


def test_what_is_pushed_to_one_party_is_nobody_elses() -> None:
    told: list[tuple[str, str]] = []
    town = Town(ledger=lambda cdr, hold: told.append((cdr.id, hold)))
    town.cpo.push(town.session("S1"), to="DE*MSP")
    town.cpo.push(town.cdr("C1"), to="DE*MSP")
    assert ids(town.msp.stored(ocpi.Session)) == ["S1"]
    assert ids(town.msp.pull(ocpi.CDR)) == ["C1"]
    assert town.other.pull(ocpi.Session) == town.other.pull(ocpi.CDR) == town.other.stored(ocpi.Session) == []
    assert told == [("C1", "")]


def test_a_ledger_that_raises_refuses_the_record() -> None:
    def full(cdr: ocpi.CDR, hold: str) -> None:
        raise OSError("the ledger is full")

    town = Town(ledger=full)
    with pytest.raises(incar.Error):
        town.cpo.push(town.cdr("C1"), to="DE*MSP")
    assert town.msp.stored(ocpi.CDR) == []


def test_refusals_are_errors() -> None:
    town = Town()
    with pytest.raises(incar.Error, match="receiver|everybody"):
        town.cpo.push(town.session("S1"))
    with pytest.raises(incar.Error):
        town.cpo.push(town.session("S1"), to="XX*YYY")
    with pytest.raises(incar.Error):
        town.cpo.push(owned("Location", "DE*MSP", id="L1"))
    with pytest.raises(incar.Error):
        town.hub.join("again", ["CPO NL*CPO"])
    with pytest.raises(incar.Error):
        town.hub.approve("nobody")
    with pytest.raises(TypeError):
        town.msp.pull(ocpi.Price)
    with pytest.raises(TypeError):
        town.hub.join("text", "CPO NL*ABC")


WISH = {"token": json.loads(ocpi.dumps(read("Token"))), "location_id": "L1"}


def test_a_command_is_answered_and_its_result_follows() -> None:
    town = Town()
    waiting: list[Asked] = []

    def start(asked: Asked) -> str:
        waiting.append(asked)
        return "ACCEPTED"

    town.cpo.on_command(start)
    sent = town.msp.command("START_SESSION", WISH, to="NL*CPO")
    assert (sent.response, sent.results) == ("ACCEPTED", [])
    assert isinstance(waiting[0].wish, ocpi.StartSession) and waiting[0].wish.location_id == "L1"
    waiting[0].finish("EVSE_OCCUPIED")
    assert sent.results == ["EVSE_OCCUPIED"]


def test_a_result_that_does_not_come_is_a_timeout_when_the_time_has_passed() -> None:
    town = Town()
    town.cpo.on_command(lambda asked: "ACCEPTED")
    sent = town.msp.command("START_SESSION", WISH, to="NL*CPO")
    town.hub.tick()
    assert sent.results == []
    town.now += timedelta(minutes=1)
    town.hub.tick()
    assert sent.results == ["TIMEOUT"]
    assert town.msp.command("START_SESSION", WISH, to="NL*CPO").results == []


def test_nobody_who_is_asked_says_so() -> None:
    town = Town()
    assert town.msp.command("START_SESSION", WISH, to="NL*CPO").response == "NOT_SUPPORTED"


def test_what_a_function_raises_comes_out() -> None:
    town = Town()

    def fails(asked: Asked) -> str:
        raise ZeroDivisionError("in the simulation")

    town.cpo.on_command(fails)
    with pytest.raises(ZeroDivisionError):
        town.msp.command("START_SESSION", WISH, to="NL*CPO")
    town.cpo.push(owned("Location", "NL*CPO", id="L1"))  # and all goes on


def test_a_suspended_member_is_answered_and_sent_nothing() -> None:
    town = Town()
    town.hub.suspend("msp", "unpaid")
    member = town.hub.members["msp"]
    assert (member.standing, member.status, member.reason) == ("suspended", "SUSPENDED", "unpaid")
    town.cpo.push(owned("Location", "NL*CPO", id="L1"))
    assert town.msp.stored(ocpi.Location) == [] and ids(town.other.stored(ocpi.Location)) == ["L1"]
    with pytest.raises(incar.Error):
        town.msp.pull(ocpi.Location)
    town.hub.resume("msp")
    assert ids(town.msp.pull(ocpi.Location)) == ["L1"]


def test_a_client_of_ones_own_registers_over_http() -> None:
    pushed: list[tuple[str, str]] = []

    def serve(method: str, url: str, headers: list[tuple[str, str]], body: str) -> Optional[tuple[int, list[tuple[str, str]], str]]:
        def say(data: Any) -> tuple[int, list[tuple[str, str]], str]:
            return 200, [], json.dumps({"status_code": 1000, "timestamp": "2026-01-01T00:00:00Z", "data": data})

        if url.endswith("/versions"):
            return say([{"version": "2.2.1", "url": "https://mine.example/2.2.1"}])
        if url.endswith("/2.2.1"):
            endpoint = {"identifier": "locations", "role": "RECEIVER", "url": "https://mine.example/2.2.1/locations"}
            credentials = {"identifier": "credentials", "role": "SENDER", "url": "https://mine.example/2.2.1/credentials"}
            return say({"version": "2.2.1", "endpoints": [credentials, endpoint]})
        pushed.append((method, url))
        return say(None)

    hub = Hub(send=serve)
    cpo = hub.join("cpo", ["CPO NL*CPO"])
    hub.apply("mine", ["EMSP DE*MIN"], "me@example.org")
    assert hub.members["mine"].standing == "applied"
    token = hub.approve("mine")

    def ask(method: str, url: str, secret: str, body: Any = None) -> incar.hub.Response:
        authorization = "Token " + base64.b64encode(secret.encode()).decode()
        return hub.handle(method, url, [("Authorization", authorization)], "" if body is None else json.dumps(body))

    assert ask("GET", hub.versions_url, "wrong").status == 401
    versions = ask("GET", hub.versions_url, token).json()["data"]
    details = ask("GET", versions[0]["url"], token).json()["data"]
    [url] = [each["url"] for each in details["endpoints"] if each["identifier"] == "credentials"][:1]
    role = {"role": "EMSP", "country_code": "DE", "party_id": "MIN", "business_details": {"name": "Mine"}}
    credentials = {"token": "token-for-the-hub", "url": "https://mine.example/versions", "roles": [role]}
    answer = ask("POST", url, token, credentials)
    assert answer.json()["status_code"] == 1000 and answer.json()["data"]["token"] != token
    assert ask("GET", hub.versions_url, token).status == 401  # for one registration
    assert hub.members["mine"].status == "CONNECTED"
    cpo.push(owned("Location", "NL*CPO", id="L1"))
    assert pushed == [("PUT", "https://mine.example/2.2.1/locations/NL/CPO/L1")]


def test_raw_requests_show_what_the_hub_refuses() -> None:
    town = Town()
    answer = town.msp.request("GET", "locations", "sender", ["L1"])
    assert answer.json()["status_code"] == 2001
    answer = town.msp.request("GET", "hubclientinfo", "sender")
    assert {each["party_id"] for each in answer.json()["data"]} == {"CPO", "MSP", "OTH"}


@pytest.mark.parametrize(("chooses", "status", "found"), [(False, 2001, []), (True, 1000, ["S1"])])
def test_who_names_no_receiver_is_refused_unless_the_hub_chooses(chooses: bool, status: int, found: list[str]) -> None:
    town = Town(open_routing=chooses)
    text = ocpi.dumps(town.session("S1"))
    answer = town.cpo.request("PUT", "sessions", "receiver", ["NL", "CPO", "S1"], body=text, to=None)
    assert answer.json()["status_code"] == status
    assert ids(town.msp.stored(ocpi.Session)) == found and town.other.stored(ocpi.Session) == []


def test_catching_up_is_a_members_choice() -> None:
    town = Town()
    assert not town.hub.members["msp"].wants_catch_up
    for wanted in (True, False):
        town.hub.set_catch_up("msp", wanted)
        assert town.hub.members["msp"].wants_catch_up is wanted
    with pytest.raises(incar.Error):
        town.hub.set_catch_up("nobody", True)
