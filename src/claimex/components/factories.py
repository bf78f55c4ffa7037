"""Every component under its factory name: the one list that spaCy's entry points lead to."""

from __future__ import annotations

from spacy.language import Language

from claimex.components import (
    attribution,
    claims,
    coreference,
    dates,
    entities,
    factuality,
    quantities,
    reader,
    treaties,
)

claimex_reader = Language.factory(
    "claimex_reader",
    default_config={"model": None, "parse": "all"},
    assigns=["token.tag", "token.dep", "token.head", "token.lemma", "doc.ents", "doc.sents", "doc._.words"],
    func=reader.create,
)
claimex_quantities = Language.factory(
    "claimex_quantities", requires=["token.tag"], assigns=["doc._.quantities"], func=quantities.create
)
claimex_dates = Language.factory("claimex_dates", requires=["doc.ents"], assigns=["doc._.dates"], func=dates.create)
claimex_entities = Language.factory(
    "claimex_entities", requires=["doc.ents"], assigns=["doc._.entity_mentions"], func=entities.create
)
claimex_treaties = Language.factory(
    "claimex_treaties", requires=["token.dep"], assigns=["doc._.treaties"], func=treaties.create
)
claimex_coreference = Language.factory(
    "claimex_coreference", requires=["token.dep"], assigns=["doc._.coreferences"], func=coreference.create
)
claimex_attribution = Language.factory(
    "claimex_attribution", requires=["token.dep"], assigns=["doc._.attributions"], func=attribution.create
)
claimex_factuality = Language.factory(
    "claimex_factuality", requires=["token.dep"], assigns=["token._.factuality"], func=factuality.create
)
claimex_claims = Language.factory("claimex_claims", assigns=["doc._.claims"], func=claims.create)
