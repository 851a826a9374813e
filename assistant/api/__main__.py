"""`python -m assistant.api`: the specification of the API, as it is served at /v1/openapi.json."""

import json
import sys
from contextlib import closing

from assistant.api.app import build_api
from kb import settings
from kb.knowledge_base import open_knowledge_base

with closing(open_knowledge_base(settings.load())) as kb:
    json.dump(build_api(kb).openapi(), sys.stdout, ensure_ascii=False, indent=1)
