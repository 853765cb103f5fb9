"""Retell's custom-LLM WebSocket (docs.retellai.com/api-references/llm-websocket)."""
