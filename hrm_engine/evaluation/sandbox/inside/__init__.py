"""The side of the sandbox that runs beside untrusted code: standard library only.

A bare interpreter (`python -I -S`) imports this folder as the package `inside`, without the
rest of the project; so its modules import each other by relative names and nothing of ours.
Read `zygote.py` first (one process that forks), then `job.py` (one candidate), then the three
locks: `namespaces.py`, `landlock.py`, `seccomp.py`; `weak.py` is what other systems get.
"""
