"""One file for each surface that offers the tools. None holds domain code or catches errors itself.

Each maps a `ToolSpec` to a description and an `Outcome` to an answer; `hrm_tools.invoke`
does all that comes between.
"""
