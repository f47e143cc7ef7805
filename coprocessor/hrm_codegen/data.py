"""Data sets for text models: raw JSON, token files, MBPP."""

from __future__ import annotations

from hrm_engine.codegen.text_mbpp import Mbpp, MbppTasks, prepare_mbpp
from hrm_engine.data.code import Pairs
from hrm_engine.data.shards import Shard, convert_raw_to_bin

__all__ = ["Mbpp", "MbppTasks", "Pairs", "Shard", "convert_raw_to_bin", "prepare_mbpp"]
