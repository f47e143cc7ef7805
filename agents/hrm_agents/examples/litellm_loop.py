"""Our tools in a LiteLLM loop of a dozen lines, with any of LiteLLM's models.

    hrm serve &
    python -m hrm_agents.examples.litellm_loop ollama_chat/qwen3 "What's the derivative of x^2?"

Nothing of the loop is ours: LiteLLM takes the tools as `Toolbox.list` gives them. What our own loop
adds (limits, repeats, broken calls, a transcript) is in `hrm_agents/loop.py`; the same model serves
it as `hrm chat --model litellm:NAME`.
"""

from __future__ import annotations

import json
import os
import sys

from hrm_agents.toolbox import build_toolbox

os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")  # no look-up of prices


def answer(model: str, question: str, server: str) -> str:
    """The model's answer, after as many calls as it makes."""
    import litellm

    toolbox = build_toolbox(server)
    messages: list[dict[str, object]] = [{"role": "user", "content": question}]
    while True:
        response = litellm.completion(model=model, messages=messages, tools=toolbox.list())
        reply = response.choices[0].message
        messages.append(reply.model_dump(exclude_none=True))
        if not reply.tool_calls:
            toolbox.close()
            return str(reply.content)
        for call in reply.tool_calls:
            result = toolbox.call(call.function.name, json.loads(call.function.arguments))
            messages.append({"role": "tool", "tool_call_id": call.id, "content": result.text})


if __name__ == "__main__":
    model, question = sys.argv[1:3]
    server = os.environ.get("HRM_SERVER", "http://127.0.0.1:8765")
    sys.stdout.write(answer(model, question, server) + "\n")
