"""The table of all operations: DeepCoder's fifteen first, then the extension.

`hrm_engine/programs/operation.py` says what a record holds; the files `*_operations.py` hold the
records. A program names an operation by its unique name.
"""

from __future__ import annotations

from hrm_engine.programs.deepcoder_operations import DEEPCODER
from hrm_engine.programs.lambdas import BY_TYPE, Lambda
from hrm_engine.programs.list_operations import LISTS
from hrm_engine.programs.operation import Operation
from hrm_engine.programs.scalar_operations import SCALARS

OPERATIONS: tuple[Operation, ...] = (*DEEPCODER, *LISTS, *SCALARS)
BY_NAME = {operation.name: operation for operation in OPERATIONS}


def lambdas_for(operation: Operation) -> tuple[Lambda, ...]:
    """The lambdas that `operation` may be given; empty when it takes none.

    An operation that combines many items takes only lambdas with a name for that, such as sum.
    """
    if operation.function is None:
        return ()
    found = BY_TYPE[operation.function]
    if "{fold}" in operation.words:
        return tuple(function for function in found if function.fold)
    return found
