"""A model hub on loopback: as much of the real one's interface as its client asks for."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SHA = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """What was uploaded: by repository, the files. `refusing`: with which status, if any."""

    address: str = ""
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    private: dict[str, bool] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    refusing: int = 0


@contextmanager
def running() -> Iterator[Hub]:
    """A hub that is served in a thread."""
    hub = Hub()

    class Handler(_Handler):
        known = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    known: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        hub = self.known
        hub.tokens.add(self.headers.get("Authorization", ""))
        if hub.refusing:
            self._json({"error": "go away"}, hub.refusing)
        elif self.path == "/api/repos/create":
            asked = json.loads(body)
            repo = "/".join(filter(None, (asked.get("organization"), asked["name"])))
            hub.private[repo] = bool(asked.get("private")) or asked.get("visibility") == "private"
            hub.files.setdefault(repo, {})
            self._json({"url": f"{hub.address}/{repo}", "id": repo})
        elif "/preupload/" in self.path:
            how = {"uploadMode": "regular", "shouldIgnore": False, "oid": None}
            files = [{"path": file["path"], **how} for file in json.loads(body)["files"]]
            self._json({"files": files})
        elif "/commit/" in self.path:
            self._commit(body)
        else:
            self._json({})

    def _commit(self, body: bytes) -> None:
        repo = self.path.removeprefix("/api/models/").partition("/commit/")[0]
        for line in filter(None, body.splitlines()):
            row = json.loads(line)
            if row["key"] == "file":
                value = row["value"]
                self.known.files[repo][value["path"]] = base64.b64decode(value["content"])
        address = f"{self.known.address}/{repo}/commit/{SHA}"
        self._json({"commitUrl": address, "commitOid": SHA, "success": True})

    def do_GET(self) -> None:
        repo, _, path = self.path.lstrip("/").partition("/resolve/")
        if path and repo in self.known.files:
            name = path.partition("/")[2]
            self._file(self.known.files[repo].get(name))
            return
        repo = self.path.removeprefix("/api/models/").partition("/revision/")[0].partition("?")[0]
        repo = repo.partition("/tree/")[0]
        files = self.known.files.get(repo)
        if files is None:
            self._json({"error": "Repository not found"}, 404)
        elif "/tree/" in self.path:
            rows = [
                {"type": "file", "path": name, "size": len(content), "oid": _digest(content)}
                for name, content in files.items()
            ]
            self._json(rows)
        else:
            self._json({"id": repo, "sha": SHA, "siblings": [{"rfilename": n} for n in files]})

    def do_HEAD(self) -> None:
        self.do_GET()

    def _file(self, content: bytes | None) -> None:
        if content is None:
            self._json({"error": "Entry not found"}, 404)
            return
        self.send_response(200)
        self.send_header("X-Repo-Commit", SHA)
        self.send_header("ETag", f'"{_digest(content)}"')
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def _json(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
