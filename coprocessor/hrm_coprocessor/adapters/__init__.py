"""One file for each surface that offers the tools, under 60 lines, without domain code.

Each maps a `ToolSpec` to a description and an `Outcome` to an answer; `hrm_tools.invoke`
does all that comes between, so no two surfaces can differ.
"""
