"""MBPP: how many small Python programs a generator gets right, judged in the sandbox.

    problems ──► generators ──► judging ──► harness ──► report
    (cases)      (system,       (oracles)   (ledger)    (pass_at_k)
                  retrieval,
                  enumeration)

Read `cases.py` first: it keeps what runs and what is expected apart. Then `harness.measure`.
"""

from hrm_engine.evaluation.mbpp.generators import Generator, from_file, reference
from hrm_engine.evaluation.mbpp.harness import Plan, measure
from hrm_engine.evaluation.mbpp.judging import Examiner
from hrm_engine.evaluation.mbpp.ledger import Judged, Ledger
from hrm_engine.evaluation.mbpp.pass_at_k import pass_at_k
from hrm_engine.evaluation.mbpp.problems import MbppTask, Problem, read_tasks, split
from hrm_engine.evaluation.mbpp.report import MbppReport, score
from hrm_engine.evaluation.mbpp.retrieval import retrieval

__all__ = [
    "Examiner",
    "Generator",
    "Judged",
    "Ledger",
    "MbppReport",
    "MbppTask",
    "Plan",
    "Problem",
    "from_file",
    "measure",
    "pass_at_k",
    "read_tasks",
    "reference",
    "retrieval",
    "score",
    "split",
]
