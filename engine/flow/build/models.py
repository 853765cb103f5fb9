"""The models of a checked flow."""

from engine.core.models import Gating, ModelChoice, Models
from engine.flow.language.models import ModelPart
from engine.flow.language.schema import FlowPart


def models_of(part: FlowPart) -> Models:
    """Return which models answer the calls of a flow, and how they are asked."""
    return Models(
        chain=tuple(_choice(model, part) for model in part.models or ()),
        early=part.model.early,
        context_tokens=part.model.context,
        gating=Gating(part.model.tool_gating),
    )


def _choice(model: ModelPart, part: FlowPart) -> ModelChoice:
    return ModelChoice(
        name=model.name,
        base_url=model.base_url,
        api_key_env=model.api_key_env,
        headers=dict(model.headers),
        extra=dict(model.extra),
        gating=Gating(model.tool_gating or part.model.tool_gating),
        strict=model.strict,
    )
