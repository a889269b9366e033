"""A foreign client: the models, token helpers and pushes of extrawest_ocpi, and plain HTTP in between.

The library can push objects and send results; what else a party does as a client (registering, reading lists, patching,
asking) is written here, with each message made and checked by the library's models.
"""

import asyncio
import secrets
import uuid

import httpx
from py_ocpi.core.adapter import BaseAdapter
from py_ocpi.core.push import send_push_request
from py_ocpi.core.utils import encode_string_base64
from py_ocpi.modules.credentials.v_2_2_1.schemas import Credentials
from py_ocpi.modules.versions.enums import VersionNumber
from py_ocpi.modules.versions.schemas import Version
from py_ocpi.modules.versions.v_2_2_1.schemas import Endpoint

VERSION = VersionNumber.v_2_2_1


class ForeignClient:
    def __init__(self, party, sender, receiver):
        self.party, self.sender, self.receiver = party, sender, receiver
        self.http = httpx.Client(timeout=30)
        self.token, self.endpoints, self.own_token = None, [], None

    def send(self, method, url, routed=True, token=None, **more):
        """The response; the ids that went out must come back in it, and the routing headers turned round."""
        ids = {"X-Request-ID": str(uuid.uuid4()), "X-Correlation-ID": str(uuid.uuid4())}
        routing = {}
        if routed:
            routing = {"OCPI-from-country-code": self.sender[0], "OCPI-from-party-id": self.sender[1],
                       "OCPI-to-country-code": self.receiver[0], "OCPI-to-party-id": self.receiver[1]}
        authorization = {"Authorization": "Token " + encode_string_base64(token or self.token)}
        response = self.http.request(method, url, headers={**authorization, **ids, **routing}, **more)
        for name, value in ids.items():
            assert response.headers[name] == value, name
        for part in ("country-code", "party-id"):
            for way, back in (("from", "to"), ("to", "from")):
                assert response.headers.get(f"OCPI-{back}-{part}") == routing.get(f"OCPI-{way}-{part}"), part
        return response

    def data(self, method, url, **more):
        response = self.send(method, url, **more)
        answer = response.json()
        assert (response.status_code // 100, answer["status_code"]) == (2, 1000), answer
        assert answer["timestamp"].endswith("Z")
        return answer.get("data")

    def look_up(self, versions_url, token):
        versions = [Version(**each) for each in self.data("GET", versions_url, routed=False, token=token)]
        url = next(each.url for each in versions if each.version == VERSION)
        details = self.data("GET", url, routed=False, token=token)
        assert details["version"] == VERSION.value
        # departs: the library's model takes no module beyond the specification's; we announce none unless told
        self.endpoints = [Endpoint(**each).dict() for each in details["endpoints"]]
        return url

    def exchange_credentials(self, method, versions_url, token):
        """POST or PUT; they call our server back meanwhile, with the token that is new to them."""
        self.details_url = self.look_up(versions_url, token)
        kept, fresh = self.party.memory.peers, secrets.token_hex(16)
        kept[fresh] = {"endpoints": {"endpoints": self.endpoints}}
        ours = Credentials(**self.party.memory.ours(fresh)).dict()
        theirs = Credentials(**self.data(method, self.url("credentials", "RECEIVER"), routed=False, token=token, json=ours))
        kept.pop(self.own_token, None)
        kept[fresh]["credentials"] = theirs.dict()
        self.own_token, self.token = fresh, theirs.token
        return theirs

    def url(self, module, side, *segments):
        found = next(each["url"] for each in self.endpoints if each["identifier"] == module and each["role"] == side)
        return found + "/".join(segments)

    def push(self, module, name, data):
        """What the library does for an application that has a new object."""
        # departs: it appends to the endpoint without a slash in between; see the habit appends_without_slash
        token = "Token " + encode_string_base64(self.token)
        return asyncio.run(send_push_request(name, data, module, BaseAdapter, token, self.endpoints, VERSION))
