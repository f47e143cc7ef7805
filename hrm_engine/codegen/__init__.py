"""From a request to code that was run before it is returned.

    Request ─► stages, each proposing candidates ─► sandbox and judge ─► Generated
               library, network, guided search, enumeration, executor

Read `request.py`, then `cascade.py`.
"""
