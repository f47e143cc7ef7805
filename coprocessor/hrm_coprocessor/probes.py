"""What watches the server asks: is it alive, is it ready."""

from __future__ import annotations

from fastapi import FastAPI

from hrm_coprocessor.service import Service


def add_probes(app: FastAPI, service: Service) -> None:
    """Add `GET /healthz`: the process answers."""
    del service

    @app.get("/healthz", summary="Whether the server is alive", operation_id="healthz")
    async def healthy() -> dict[str, str]:
        return {"status": "ok"}
