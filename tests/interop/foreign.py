"""A foreign party: what an operator writes around the library extrawest_ocpi, which brings the HTTP interfaces and models.

It is CPO and EMSP at once, keeps everything in memory and records each request and response as they were on the wire. The
library reads its settings when it is imported, so there is one party a process.
"""

import asyncio
import datetime
import os
import secrets
import socket
import threading
import time

OWNER = ("NL", "EXT")


class Memory:
    """What the library calls "crud": every object in a dictionary by module, role and lower-case id."""

    objects, peers, waiting_a, results, done = {}, {}, set(), {}, []

    @classmethod
    def all_of(cls, module, role):
        return cls.objects.setdefault((module.value, role.value), {})

    @classmethod
    def put(cls, module, role, name, data):
        cls.objects.setdefault((module, role), {})[name.lower()] = data

    @classmethod
    async def get(cls, module, role, id, *_, **more):
        if module.value == "credentials":
            return cls.ours(more["auth_token"]) if more["auth_token"] in cls.peers else None
        if module.value == "commands":
            return cls.results.get("command")
        if "response_url" in more:  # the results of profiles; when one is cleared the library takes nothing for success
            return cls.results.get("profile" if "duration" in more else "set" if "charging_profile" in more else "cleared")
        return cls.all_of(module, role).get(str(id).lower())

    @classmethod
    async def list(cls, module, role, filters, *_, **__):
        def chosen(data):
            updated = datetime.datetime.fromisoformat(data["last_updated"].replace("Z", "+00:00"))
            start, end = filters["date_from"], filters["date_to"]
            return (not start or updated >= start) and (not end or updated < end)

        found = [data for data in cls.all_of(module, role).values() if chosen(data)]
        first, last = filters["offset"], filters["offset"] + filters["limit"]
        return found[first:last], len(found), last >= len(found)

    @classmethod
    async def create(cls, module, role, data, *_, **more):
        if module.value == "credentials":
            cls.waiting_a.discard(more["auth_token"])
            return cls.accept(data)
        if module.value == "chargingprofiles":  # a result
            cls.done.append(("profile", data))
            return data
        cls.all_of(module, role)[(data.get("uid") or data.get("id") or data["party_id"]).lower()] = data
        return data

    @classmethod
    async def update(cls, module, role, data, id, *_, **more):
        if module.value == "credentials":
            cls.peers.pop(more["auth_token"])
            return cls.accept(data)
        if module.value == "commands":
            cls.done.append((str(id), data))
            return data
        if "profile_type" in data:
            cls.done.append(("preferences", data))
            return data
        cls.all_of(module, role)[str(id).lower()] = data
        return data

    @classmethod
    async def delete(cls, module, role, id, *_, **more):
        if module.value == "credentials":
            cls.peers.pop(more["auth_token"])
        else:
            cls.all_of(module, role).pop(str(id).lower(), None)

    @classmethod
    async def do(cls, module, role, action, *given, auth_token=None, data=None, **more):
        if action.value == "GetClientToken":
            return cls.peers[auth_token]["credentials"]["token"]
        if action.value == "AuthorizeToken":
            token = cls.objects[("tokens", "EMSP")][data["token_uid"].lower()]
            return {"allowed": "ALLOWED", "token": token, "location": data["location_reference"],
                    "authorization_reference": "ext-1"}
        cls.done.append((action.value, {**more, "given": given}))
        return {"result": "ACCEPTED", "timeout": 20, "message": []}

    @classmethod
    def ours(cls, token):
        role = {"business_details": {"name": "a foreign party"}, "country_code": OWNER[0], "party_id": OWNER[1]}
        return {"token": token, "url": PARTY.versions_url, "roles": [{"role": "CPO", **role}, {"role": "EMSP", **role}]}

    @classmethod
    def accept(cls, data):
        token = secrets.token_hex(16)
        cls.peers[token] = data
        return cls.ours(token)


class Recorder:
    """Notes every exchange."""

    def __init__(self, app):
        self.app, self.seen = app, []

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        note = {"method": scope["method"], "path": scope["path"], "query": scope["query_string"].decode(), "headers": headers,
                "body": b"", "answer": b""}
        self.seen.append(note)

        async def hear():
            message = await receive()
            note["body"] += message.get("body", b"")
            return message

        async def speak(message):
            if message["type"] == "http.response.start":
                note["status"] = message["status"]
            note["answer"] += message.get("body", b"")
            await send(message)

        await self.app(scope, hear, speak)


class ForeignParty:
    def __init__(self, trailing_slash=True):
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        os.environ.update(OCPI_HOST=host, PROTOCOL="http", COUNTRY_CODE=OWNER[0], PARTY_ID=OWNER[1],
                          TRAILING_SLASH=str(trailing_slash), ENVIRONMENT="testing", COMMAND_AWAIT_TIME="1")
        self.versions_url = f"http://{host}/ocpi/versions"
        self.memory = Memory
        self.recorder = Recorder(self.application())
        import uvicorn
        self.server = uvicorn.Server(uvicorn.Config(self.recorder, log_level="error", lifespan="off"))
        threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True).start()
        while not self.server.started:
            time.sleep(0.01)

    @staticmethod
    def application():
        from py_ocpi.core.authentication.authenticator import Authenticator
        from py_ocpi.core.endpoints import ENDPOINTS
        from py_ocpi.core.endpoints.v_2_2_1.utils import cpo_generator
        from py_ocpi.core.enums import ModuleID, RoleEnum
        from py_ocpi.main import get_application
        from py_ocpi.modules.versions.enums import VersionNumber
        from py_ocpi.modules.versions.v_2_2_1.schemas import InterfaceRole

        class Tokens(Authenticator):
            @classmethod
            async def get_valid_token_c(cls):
                return list(Memory.peers)

            @classmethod
            async def get_valid_token_a(cls):
                return list(Memory.waiting_a)

        # The library serves a CPO's commands but does not announce them.
        cpo = ENDPOINTS[VersionNumber.v_2_2_1][RoleEnum.cpo]
        cpo[ModuleID.commands] = cpo_generator.generate_endpoint(ModuleID.commands, InterfaceRole.receiver)
        modules = [module for module in ModuleID if module != ModuleID.client_info]
        return get_application([VersionNumber.v_2_2_1], [RoleEnum.cpo, RoleEnum.emsp], Memory, modules, Tokens)

    def invite(self):
        """A CREDENTIALS_TOKEN_A, given out of band."""
        token = secrets.token_hex(16)
        self.memory.waiting_a.add(token)
        return token

    def seen(self, method, part_of_path):
        """The exchanges with that method and path so far."""
        return [each for each in self.recorder.seen if each["method"] == method and part_of_path in each["path"]]

    def close(self):
        self.server.should_exit = True


def start(**settings):
    global PARTY
    PARTY = ForeignParty(**settings)
    return PARTY


def wait(coroutine):
    return asyncio.run(coroutine)


PARTY = None
