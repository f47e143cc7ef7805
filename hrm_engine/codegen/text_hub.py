"""Checkpoints to and from a model hub, by `huggingface_hub` (extra `hub`).

A checkpoint is safetensors and JSON and checked by digest when it is loaded, so nothing that is
downloaded is ever run. The hub is the one that `HF_ENDPOINT` names; with `HF_HUB_OFFLINE=1`
nothing leaves this machine.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from hrm_engine.errors import CheckpointError, ExportError, MissingExtraError

INSTALL = "pip install 'hrm-coprocessor[hub]'"


def download(repo_id: str, *, endpoint: str | None) -> Path:
    """The folder of a hub's model, fetched once. Raises CheckpointError, MissingExtraError."""
    _require(f"`{repo_id}` is no folder here, and fetching models")
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(repo_id, endpoint=endpoint))
    except Exception as error:  # noqa: BLE001 - it raises many kinds, its HTTP client's among them
        raise CheckpointError(
            f"no folder `{repo_id}` here, and the hub does not give it: {_first_line(error)}",
            hint="give a checkpoint's folder, or look at the network and the model's name",
        ) from None


def push(
    folder: Path, repo_id: str, *, token: str | None, private: bool, endpoint: str | None
) -> str:
    """Upload a checkpoint's folder; the address of the commit. Raises as `push_to_hub`."""
    _require("uploading models")
    from huggingface_hub import HfApi

    shutil.copyfile(folder / "card.md", folder / "README.md")  # what a hub shows first
    api = HfApi(endpoint=endpoint, token=token)
    try:
        api.create_repo(repo_id, private=private, exist_ok=True)
        done = api.upload_folder(
            repo_id=repo_id, folder_path=folder, commit_message="Upload a checkpoint"
        )
    except Exception as error:  # noqa: BLE001 - it raises many kinds, its HTTP client's among them
        raise ExportError(
            f"`{repo_id}` was not uploaded: {_first_line(error)}",
            hint="look at the network, the name and the token (`hf auth login`)",
        ) from None
    return str(done)


def _require(what: str) -> None:
    if find_spec("huggingface_hub") is None:
        raise MissingExtraError(f"{what} needs the package huggingface_hub", hint=INSTALL)


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
