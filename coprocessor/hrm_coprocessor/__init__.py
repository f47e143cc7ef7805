"""Every front door of the co-processor: MCP, HTTP and the command line.

Read `adapters/mcp.py` first, then `http/http_app.py`; what can be asked is in `hrm_tools`.
"""
