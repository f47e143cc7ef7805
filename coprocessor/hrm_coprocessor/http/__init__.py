"""The HTTP application: its routes, its errors, its OpenAPI document. Start with `http_app.py`."""
