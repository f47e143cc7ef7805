"""Write a model in another program's format, or the tokeniser a model will be trained with.

    hrm export tokenizer dialogue configs/copilot/tokenizer.json
    hrm export gguf runs/copilot/copilot copilot-q8_0.gguf --quantise q8_0
    hrm export onnx hrm-sudoku exported --int8

`tokenizer` learns from a registered stream of dialogues. `gguf` writes a checkpoint of preset
`transformer` for llama.cpp, with a manifest.json beside it that states sizes, digests and origin.
`onnx` writes a grid model as one file with the recursion inside, for ONNX Runtime in any language;
beside its checkpoint the solver finds it, but it makes its own when it needs one. A model of texts
becomes a graph of the scores of every next token, without a key-value cache.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hrm_engine.export.onnx import Quantisation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command a format."""
    formats = parser.add_subparsers(dest="format", metavar="FORMAT", required=True)
    gguf = formats.add_parser("gguf", help="a checkpoint for llama.cpp")
    gguf.add_argument("checkpoint", help="a checkpoint's folder or name")
    gguf.add_argument("out", type=Path, help="the .gguf file to write")
    gguf.add_argument(
        "--quantise",
        choices=("f32", "f16", "q8_0", "q4_0"),
        default="f32",
        help="weights stored as",
    )
    onnx = formats.add_parser("onnx", help="a model for ONNX Runtime")
    onnx.add_argument("checkpoint", help="a checkpoint's folder or name")
    onnx.add_argument("out", type=Path, help="the folder to write model[-int8].onnx into")
    onnx.add_argument("--int8", action="store_true", help="weights in eight bits; grids alone")
    tokenizer = formats.add_parser("tokenizer", help="learn a tokeniser from a stream of dialogues")
    tokenizer.add_argument("source", help="a name in the entry point group hrm_engine.datasets")
    tokenizer.add_argument("out", type=Path, help="the tokenizer.json to write")
    tokenizer.add_argument("--size", type=int, default=2048, help="number of tokens")
    tokenizer.add_argument("--dialogues", type=int, default=20_000, help="dialogues to learn from")
    tokenizer.add_argument("--seed", type=int, default=0)


def run(args: argparse.Namespace) -> int:
    """Write the file and say what it holds. Raises HRMError."""
    return {"tokenizer": _tokenizer, "gguf": _gguf, "onnx": _onnx}[args.format](args)


def _tokenizer(args: argparse.Namespace) -> int:
    from importlib.metadata import entry_points

    import numpy as np

    from hrm_engine.errors import ConfigError
    from hrm_engine.tokens.text import TextTokenizer

    streams = entry_points(group="hrm_engine.datasets")
    if args.source not in streams.names:
        raise ConfigError(
            f"no stream of dialogues `{args.source}`", hint=f"known: {', '.join(streams.names)}"
        )
    dialogues = streams[args.source].load()(np.random.default_rng(args.seed))
    tokenizer = TextTokenizer.train(dialogues, size=args.size, limit=args.dialogues)
    tokenizer.save(args.out)
    print(f"{args.out}: {len(tokenizer.vocabulary)} tokens, {len(tokenizer.merges)} merges")
    return 0


def _gguf(args: argparse.Namespace) -> int:
    from hrm_agents.embedded.template import CHAT_TEMPLATE
    from hrm_engine.export.gguf import export_gguf

    manifest = export_gguf(
        args.checkpoint, args.out, quantise=args.quantise, chat_template=CHAT_TEMPLATE
    )
    print(
        f"{args.out}: {manifest['parameters']:,} parameters, {manifest['bytes'] / 1e6:.1f} MB,"
        f" {manifest['quantisation']}"
    )
    return 0


def _onnx(args: argparse.Namespace) -> int:
    from hrm_engine.export.checkpoint import load_checkpoint
    from hrm_engine.export.onnx import export_onnx

    loaded = load_checkpoint(args.checkpoint)
    quantise: Quantisation = "int8" if args.int8 else "none"
    if loaded.config.form == "sequence" and not args.int8:
        from hrm_engine.export.onnx_sequence import export_sequence

        path = export_sequence(loaded.sequence, args.out)
    else:
        path = export_onnx(loaded.model, args.out, quantise=quantise)
    size = sum(parameter.numel() for parameter in loaded.model.parameters())
    print(f"{path}: {size:,} parameters, {path.stat().st_size / 1e6:.1f} MB")
    return 0
