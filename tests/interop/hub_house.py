"""The program `incar hub` as a process of its own, members around it, and what they tell each other."""

import base64
import http.client
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
import uuid

from ours import OurParty, fixture

ADMIN, APP = "the administrator", "the back end of the app"
PROGRAM = os.environ["INCAR_PROGRAM"]
PATIENCE = 30  # seconds; nothing here takes as long
EVERYBODY = "EU*HUB"


class Answer:
    """Of HTTP; headers by lower-case names, `data` of the OCPI envelope."""

    def __init__(self, response):
        self.http, self.headers = response.status, {name.lower(): value for name, value in response.getheaders()}
        text = response.read()
        self.body = json.loads(text) if text else None
        self.status, self.data = (self.body or {}).get("status_code"), (self.body or {}).get("data")

    def __repr__(self):
        return f"{self.http} {self.body}"


class Hub:
    """Keeps its store over restarts. Its log goes to `log`, and is shown when it does not start."""

    def __init__(self, *more):
        self.folder = tempfile.TemporaryDirectory(prefix="incar_hub_")
        self.more, self.address, self.process = more, "127.0.0.1:0", None
        self.start()

    def start(self):
        self.log = open(self.folder.name + "/log", "a+", encoding="utf-8")
        words = [PROGRAM, "hub", "--store", f"sqlite:{self.folder.name}/hub.db", "--listen", self.address, "--admin-token", ADMIN,
                 "--allow-addresses", "127.0.0.1", *self.more, *([] if "--app-token" in self.more else ["--app-token", APP])]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self.log, text=True)
        said = [self.process.stdout.readline() for _ in range(3)]
        if not said[2]:
            raise AssertionError("the hub does not start: " + open(self.log.name, encoding="utf-8").read())
        self.versions_url, self.admin_url, self.app_url = (line.split(": ", 1)[1].strip() for line in said)
        self.address = self.versions_url.split("/")[2]

    def end(self, how=signal.SIGTERM):
        """Returns its exit status."""
        self.process.send_signal(how)
        status = self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.log.close()
        return status

    def restart(self, how):
        status = self.end(how)
        self.start()
        return status

    def close(self):
        self.end()
        self.folder.cleanup()

    def request(self, method, path, body=None, headers=None):
        host, port = self.address.split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=PATIENCE)
        try:
            text = body if body is None or isinstance(body, (str, bytes)) else json.dumps(body)
            kind = {} if body is None else {"Content-Type": "application/json"}
            connection.request(method, path, text, {**kind, **(headers or {})})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def admin(self, method, path, body=None, token=ADMIN):
        return self.request(method, "/admin/" + path, body, {"Authorization": "Bearer " + token} if token else {})

    def app(self, method, path, body=None, headers=None):
        """A request of the back end of the drivers' app."""
        return self.request(method, "/app/1.0/" + path, body, {"Authorization": "Token " + APP, **(headers or {})})

    def word(self, *words, given=None):
        """`incar hub WORD`, as an administrator types it: what it prints, or AssertionError."""
        done = subprocess.run([PROGRAM, "hub", *words, "--at", f"http://{self.address}", "--admin-token", ADMIN], input=given,
                              capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return json.loads(done.stdout)


class Member(OurParty):
    """A party of ours that is a member: applied, approved and registered."""

    def __init__(self, hub, name, *words, identity=None):
        super().__init__(*words)
        self.hub, self.name, self.words = hub, name, words
        self.roles = [each.split(":") for each in words if each.count(":") == 2]
        self.key = "*".join(self.roles[0][1:])
        self.owner = tuple(self.roles[0][1:])
        self.token_a = self.join(identity)

    def application(self, identity=None):
        made = {"name": self.name, "email": f"ops@{self.name}.example",
                "roles": [{"role": role, "country_code": country, "party_id": party, "business_details": {"name": self.name}}
                          for role, country, party in self.roles]}
        return {**made, "identity_provider": identity} if identity else made

    def join(self, identity=None):
        assert self.hub.admin("POST", "applications", self.application(identity), token=None).http == 201
        token = self.hub.admin("POST", f"members/{self.name}/approve", {"habits": {"knows_other_modules": True}}).body["token_a"]
        self.register(token)
        return token

    def register(self, token):
        self.ask("register", partner="hub", url=self.hub.versions_url, token=token, knows_other_modules=True)

    def ask(self, word, **members):
        """To the hub, unless it is said."""
        return super().ask(word, **{"partner": "hub", **members})

    def token(self):
        """What the hub takes from this member."""
        return self.ask("find")["token_out"]

    def ids(self, kind, to=EVERYBODY, **window):
        """Of all pages of a list."""
        pulled = self.ask("pull", kind=kind, to=to, **window)
        assert pulled["error"] is None and not pulled["refused"], pulled
        return [each.get("uid") or each["id"] for each in pulled["objects"]]

    def push(self, kind, made, to=EVERYBODY):
        self.ask("push", kind=kind, object=made, to=to)
        return made

    def send(self, method, path, body=None, to=None, sender=None, token=None, **headers):
        """A request of this member as bytes on the wire, with ids of its own: path is below /ocpi/2.2.1/."""
        code = base64.b64encode((token or self.token()).encode()).decode()
        routing = {}
        for way, key in (("from", sender or self.key), ("to", to)):
            if key:
                country, party = key.split("*")
                routing.update({f"OCPI-{way}-country-code": country, f"OCPI-{way}-party-id": party})
        ids = {"X-Request-ID": str(uuid.uuid4()), "X-Correlation-ID": str(uuid.uuid4())}
        every = {"Authorization": "Token " + code, **ids, **routing, **headers}
        return self.hub.request(method, "/ocpi/2.2.1/" + path, body, every)


def routing_of(request):
    """(from, to) of a request that a party received."""
    return tuple("*".join(request["headers"].get(f"ocpi-{way}-{part}", "") for part in ("country-code", "party-id"))
                 for way in ("from", "to"))


def location(owner, its_id, **changes):
    """Published, at a quay in Bergen, with one EVSE e-1 that has a 22 kW and a DC connector."""
    made = fixture("Location", owner, id=its_id, publish=True, publish_allowed_to=None)
    return {**made, **changes}


def session(owner, name, token, **changes):
    """Of the driver who has `token`."""
    driver = {key: token[key] for key in ("country_code", "party_id", "uid", "type", "contract_id")}
    made = fixture("Session", owner, id=name, cdr_token=driver, location_id="quay", evse_uid="e-1", authorization_reference=None,
                   end_date_time=None, status="ACTIVE")
    return {**made, **changes}


def cdr(owner, name, token, **changes):
    driver = {key: token[key] for key in ("country_code", "party_id", "uid", "type", "contract_id")}
    made = fixture("CDR", owner, id=name, cdr_token=driver, credit=None, credit_reference_id=None, authorization_reference=None)
    for part in made["tariffs"]:
        part["country_code"], part["party_id"] = owner
    return {**made, **changes}


def token(owner, uid, **changes):
    return {**fixture("Token", owner, uid=uid, contract_id=f"{owner[0]}-{owner[1]}-{uid}"), **changes}


def at_once(*deeds):
    """Runs them in threads of their own; their results in order."""
    results = [None] * len(deeds)

    def run(index):
        results[index] = deeds[index]()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(deeds))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE)
    return results


def soon(found, what):
    """The value of found() when it is something; nothing is said about how soon, but that it comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen")
