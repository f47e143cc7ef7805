"""Where a conversation is shown: `rich` for people, `plain` for pipes, `jsonl` for programs."""
