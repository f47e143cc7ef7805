"""Which optional packages exist, which extra brings them, and the command that installs it.

One table for the two places that need it: the command line, which turns a missing module
into one clear error, and `hrm doctor`, which lists what is here. Imports nothing optional.
"""

from __future__ import annotations

from importlib.util import find_spec

from hrm_engine.errors import MissingExtraError

# extra -> the modules that show it is installed
EXTRAS: dict[str, tuple[str, ...]] = {
    "engine": ("torch", "safetensors", "tokenizers", "gguf", "jaxtyping"),
    "tools": ("flint", "sympy"),
    "serve": ("mcp", "fastapi", "uvicorn", "prometheus_client"),
    "agent": ("llama_cpp", "httpx2"),
    "litellm": ("litellm",),
    "langchain": ("langchain_core",),
    "onnx": ("onnx", "onnxruntime", "onnxscript"),
    "track": ("wandb", "tensorboard"),
    "sweep": ("optuna",),
    "hub": ("huggingface_hub",),
    "executor": ("transformers",),
    "cluster": ("ray",),
    "sentry": ("sentry_sdk",),
}


def install_command(extra: str) -> str:
    """The shell command that installs `extra`."""
    return f"pip install 'hrm-coprocessor[{extra}]'"


def missing_modules(extra: str) -> list[str]:
    """The modules of `extra` that cannot be imported, without importing them."""
    return [name for name in EXTRAS[extra] if find_spec(name) is None]


def missing_extra(error: ModuleNotFoundError) -> MissingExtraError | None:
    """The error to show instead of `error`; None when the module belongs to no extra of ours."""
    module = (error.name or "").partition(".")[0]
    for extra, modules in EXTRAS.items():
        if module in modules:
            problem = f"this needs the package `{module}`, which is not installed"
            return MissingExtraError(problem, hint=install_command(extra))
    return None
