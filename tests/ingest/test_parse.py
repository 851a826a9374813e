"""The whole way from a file to its rows: what holds for every row of every document."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import pytest
from conftest import Numbered  # placeholder
