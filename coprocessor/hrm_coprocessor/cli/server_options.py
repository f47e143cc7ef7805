"""The options that `hrm serve` and `hrm mcp` share, and the settings they lead to."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hrm_coprocessor.settings import ServeSettings

DEFAULT_CONFIG = "serve"


def add_config(parser: argparse.ArgumentParser) -> None:
    """`--config` and `--set`."""
    text = "settings file (default: the shipped configs/serve.yaml)"
    parser.add_argument("--config", default=DEFAULT_CONFIG, metavar="FILE", help=text)
    text = "change one setting, e.g. queue=64; may be repeated"
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help=text)


def add_logging(parser: argparse.ArgumentParser) -> None:
    """`--log-format` and `--log-file`."""
    text = "form of a log line (default text)"
    parser.add_argument("--log-format", choices=("text", "json"), help=text)
    parser.add_argument("--log-file", metavar="FILE", help="file for the log (default stderr)")


def read_settings(args: argparse.Namespace, **flags: Any) -> ServeSettings:
    """The settings in the file, changed by `--set`, then by the flags that were given.

    Raises ConfigError.
    """
    from hrm_coprocessor.settings import ServeSettings
    from hrm_engine.config import load_config

    flags |= {"log_format": args.log_format, "log_file": args.log_file}
    if args.verbose:
        flags["log_level"] = "info" if args.verbose == 1 else "debug"
    given = [f"{name}={json.dumps(value)}" for name, value in flags.items() if value is not None]
    return load_config(ServeSettings, args.config, [*args.set, *given])
