"""Blocks → placed blocks: under which titles each stands, and what part of the report it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.layout import Block, BlockKind
from ingest.markdown import is_poster_title
from ingest.quotes import Quotation, quotations
from ingest.themes import theme_of_title
from kb.model import Part, PassageKind, Track
from kb.sentences import sentences
from kb.speakers import is_person_name

# A title's part by the words in it; the first that matches wins. MIXED: the text below tells knel and kiem apart.
MIXED = "mixed"
_PART_TITLES: tuple[tuple[str, Part | str], ...] = (
    (r"proces\s*observaties|^reacties van de", Part.PROCES),
    (r"^slotronde|^verder met|^conclusie", Part.SLOT),
    (r"inleiding$|: de kern$|^op zoek naar|als thema\?$|^thema[:\s]|dialogen$|^centrale focus", Part.KADER),
    (r"^de aanpak van|^methode|^leeswijzer|^voorwoord|^inhoud|^bijlagen|^wie zaten aan tafel", Part.KADER),
    (r"\bknel.*kiem|\bknel.*ontkiemd", MIXED),
    (r"\bknel|\bleed\b|\bverliezers\b|\bongelijkheden\b", Part.KNEL),
    (r"kiem", Part.KIEM),
    (r"^dromen|gewenste toekomst|naar de toekomst na", Part.DROOM),
    (
        r"ideeën|eerste stappen|^aan de slag|aanpakken\?$|nu nodig|^wie is aan zet|^vervolgacties|weg naar herstel",
        Part.STAP,
    ),
)
# In a text whose titles name no part, a quotation has the part that its own words name, if any.
_WORDED_PARTS = (
    (re.compile(r"\bik droom\b|\bdroom is\b|\bmijn (?:droom|wens)\b|\bik (?:hoop|wens)\b", re.IGNORECASE), Part.DROOM),
    (re.compile(r"\bkiem|ontkiemd|\bvast(?: willen)? ?houden\b", re.IGNORECASE), Part.KIEM),
    (re.compile(r"\bin de knel\b|\bzorgen\b", re.IGNORECASE), Part.KNEL),
    (re.compile(r"\b(?:ons|mijn) idee\b", re.IGNORECASE), Part.STAP),
)
_TOP_TITLES = re.compile(
    r"^\w+ ideeën$|^knel en kiem|^wie zaten aan tafel|^enkele proces|^dromen$|inleiding$|: de kern$|^de aanpak van|"
    r"^slotronde",
    re.IGNORECASE,
)
# A text box that holds all paragraphs up to the next title; other boxes hold one.
_THEME_BOX = re.compile(r"^thema[:\s]", re.IGNORECASE)
# In a summary box a pull-quote stands below these observations without being one of them.
_BOX_OBSERVATIONS = re.compile(r"^enkele proces", re.IGNORECASE)
_TABLE_TITLE = re.compile(r"^wie zaten aan tafel", re.IGNORECASE)
_IDEAS_TITLE = re.compile(r"^\w+ ideeën$", re.IGNORECASE)
_LIST_INTRODUCTION = re.compile(
    r"^(?:deelnemers waren afkomstig|aan tafel zaten|vanuit de overheid namen deel)", re.IGNORECASE
)
_LIST_SEQUEL = re.compile(r"^wat deze (?:partijen|deelnemers|organisaties) ", re.IGNORECASE)
_ANNOUNCES_BOXES = re.compile(
    r"onderstaande? (?:tekst)?kaders?\b|\bin de kaders\b|tekstbox|praktijkvoorbeeld|"
    r"volgende overzicht|succesfactoren|succesingrediënten",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(r"^concluderend", re.IGNORECASE)
_KNEL_CUE = re.compile(r"\bknel", re.IGNORECASE)
_KIEM_CUE = re.compile(r"kiem|\bpositieve (?:dingen|ontwikkelingen)\b", re.IGNORECASE)
_WISH_CUE = re.compile(r"\bwens je\b|\btoewens", re.IGNORECASE)
_BOTH_CUE = re.compile(r"\b(?:beide|twee) kanten\b", re.IGNORECASE)
_UNNUMBERED_LEVEL = 3
_BOX_TITLE_MAX = 60
_POSTER_LINE_MAX = 60


@dataclass(frozen=True)
class Placed:
    """One or more blocks that make a passage, with their place; `quotes` are positions in the text of a lone block."""

    kind: PassageKind
    blocks: tuple[Block, ...]
    headings: tuple[str, ...]
    part: Part
    theme: str | None
    quotes: tuple[Quotation, ...] = ()


@dataclass
class _Title:
    level: int
    text: str
    part: Part | str | None
    theme: str | None


@dataclass
class _State:
    """Where the walk through a report is."""

    track: Track
    report_theme: str | None
    default: Part
    is_bundled: bool
    has_numbers: bool
    titles: list[_Title] = field(default_factory=list)
    announced: bool = False
    boxed: bool = False
    in_box: bool = False
    title_stands_alone: bool = False
    box_filled: bool = False
    goes_on: bool = False
    mixed_part: Part = Part.KADER
    asks_wishes: bool = False
    concluded: bool = False

    def path(self) -> tuple[str, ...]:
        return tuple(title.text for title in self.titles)

    def part(self) -> Part | str:
        if self.concluded:
            return Part.SLOT
        return next((title.part for title in reversed(self.titles) if title.part), self.default)

    def theme(self) -> str | None:
        return next((title.theme for title in reversed(self.titles) if title.theme), self.report_theme)


def outline(blocks: Sequence[Block], *, track: Track, theme: str | None, is_bundled: bool) -> list[Placed]:
    """The blocks of one report in their places. `is_bundled` tells that it is a dialogue report out of a bundle."""
    numbered = any(block.kind is BlockKind.HEADING and block.number for block in blocks)
    state = _State(track, theme, Part.KADER if is_bundled else Part.OVERIG, is_bundled, numbered)
    placed: list[Placed] = []
    before = ""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        taken = _list_length(blocks, index)
        poster = _poster_length(blocks, index) if numbered and not is_bundled else 0
        if taken:
            placed.append(_list(state, blocks[index : index + taken]))
        elif poster:
            placed.extend(_poster(state, blocks[index : index + poster]))
        elif _is_title(state, block) or _is_box_title(state, blocks, index):
            _enter(state, block)
        else:
            placed.append(_place(state, block, tuple(quotations(block, before))))
        before = block.text
        index += taken or poster or 1
    return placed


def _is_title(state: _State, block: Block) -> bool:
    """Whether a heading is one: not an idea in the list of a summary box, nor a label with a person's name."""
    is_idea = block.number and state.titles and _IDEAS_TITLE.match(state.titles[-1].text)
    names_person = is_person_name(block.text.partition(": ")[2])
    return block.kind is BlockKind.HEADING and not is_idea and not names_person


def _is_box_title(state: _State, blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line with a colon is the title of a text box that holds a list."""
    block = blocks[index]
    is_short_label = block.kind is BlockKind.TEXT and block.text.endswith(":") and len(block.text) <= _BOX_TITLE_MAX
    leads_list = index + 1 < len(blocks) and blocks[index + 1].kind is BlockKind.BULLET
    return is_short_label and leads_list and state.is_bundled and (state.announced or state.boxed)


def part_of_title(title: str) -> Part | str | None:
    """The part that a title names, MIXED for knel and kiem together; None when it names none."""
    return next((part for pattern, part in _PART_TITLES if re.search(pattern, title, re.IGNORECASE)), None)


def _enter(state: _State, block: Block) -> None:
    title = block.text.removesuffix(":")
    level = _level(block)
    if state.title_stands_alone and state.titles[-1].level == level >= _UNNUMBERED_LEVEL:
        level += 1
    if state.is_bundled and (not state.has_numbers or (block.number and level < _UNNUMBERED_LEVEL)):
        state.default = Part.OVERIG
    state.titles = [above for above in state.titles if above.level < level]
    has_theme = state.is_bundled or any(above.theme for above in state.titles)
    part = part_of_title(title)
    if level < _UNNUMBERED_LEVEL:
        state.boxed = state.in_box = state.concluded = False
        state.mixed_part = Part.KADER
    elif state.is_bundled:
        state.boxed = state.boxed or state.announced
        state.in_box = state.boxed and (part is not Part.KADER or _THEME_BOX.match(title) is not None)
    if state.in_box and not _THEME_BOX.match(title):
        part = None
    state.titles.append(_Title(level, title, part, None if has_theme else theme_of_title(title)))
    state.box_filled = state.goes_on = state.announced = False
    state.title_stands_alone = block.text.endswith(":")


def _level(block: Block) -> int:
    if block.number:
        return min(block.number.count(".") + 1, _UNNUMBERED_LEVEL - 1)
    if _TOP_TITLES.search(block.text):
        return 1
    return _UNNUMBERED_LEVEL + (block.marker in ("#####", "•"))


def _place(state: _State, block: Block, quotes: tuple[Quotation, ...]) -> Placed:
    is_quote = any(quote.fills_block for quote in quotes)
    state.title_stands_alone = False
    if block.kind is BlockKind.TEXT and not is_quote:
        _read_prose(state, block)
    part, path = state.part(), state.path()
    if part == MIXED:
        part = _marked_part(block) or state.mixed_part
    elif _LIST_SEQUEL.match(block.text):
        part = Part.KADER
    elif is_quote and state.asks_wishes:
        part = Part.DROOM
    elif is_quote and state.titles and _BOX_OBSERVATIONS.match(state.titles[-1].text):
        part, path = Part.OVERIG, path[:-1]
    if is_quote and part is Part.OVERIG and not state.is_bundled:
        part = next((worded for cue, worded in _WORDED_PARTS if cue.search(block.text)), part)
    theme = state.theme()
    if theme is None and block.kind is BlockKind.BULLET:
        theme = theme_of_title(block.text.split(".")[0])
    state.goes_on = block.goes_on
    state.box_filled = state.box_filled or state.in_box
    return Placed(_kind(state, block, is_quote=is_quote), (block,), path, Part(part), theme, quotes)


def _read_prose(state: _State, block: Block) -> None:
    """What a paragraph tells about its place: it closes a text box, concludes, announces boxes, turns to kiem."""
    state.announced = _ANNOUNCES_BOXES.search(block.text) is not None
    state.asks_wishes = _WISH_CUE.search(block.text) is not None
    holds_all = bool(state.titles) and _THEME_BOX.match(state.titles[-1].text) is not None
    if state.in_box and state.box_filled and not state.goes_on and not holds_all:
        state.titles.pop()
        state.in_box = False
        state.concluded = state.track is Track.BURGERS and state.part() is Part.STAP
    if _CONCLUDES.match(block.text):
        state.concluded = True
    if state.part() != MIXED:
        return
    if _BOTH_CUE.search(block.text):
        state.mixed_part = Part.OVERIG
        return
    for sentence in reversed(sentences(block.text)):
        names_knel, names_kiem = (cue.search(sentence) is not None for cue in (_KNEL_CUE, _KIEM_CUE))
        if names_knel != names_kiem:
            state.mixed_part = Part.KNEL if names_knel else Part.KIEM
            return


def _marked_part(block: Block) -> Part | None:
    """In a summary box a dash marks knel and a plus marks kiem."""
    if block.kind is not BlockKind.BULLET:
        return None
    return {"+": Part.KIEM, "–": Part.KNEL}.get(block.marker)


def _kind(state: _State, block: Block, *, is_quote: bool) -> PassageKind:
    if is_quote:
        return PassageKind.QUOTE
    if state.in_box:
        return PassageKind.BOX
    is_item = block.kind in (BlockKind.BULLET, BlockKind.NUMBERED) or block.number
    return PassageKind.BULLET if is_item else PassageKind.PARAGRAPH


def _list_length(blocks: Sequence[Block], index: int) -> int:
    """How many blocks from `index` on list who took part; 0 when none does."""
    block = blocks[index]
    if block.kind is BlockKind.HEADING and _TABLE_TITLE.match(block.text):
        following = (position for position in range(index + 1, len(blocks)) if _ends_table(blocks[position]))
        return next(following, len(blocks)) - index
    if block.kind is not BlockKind.TEXT or not _LIST_INTRODUCTION.match(block.text):
        return 0
    length = 1
    wanted = blocks[index + 1].kind if index + 1 < len(blocks) else None
    if wanted is BlockKind.TEXT:
        return 2
    while index + length < len(blocks) and blocks[index + length].kind is BlockKind.BULLET:
        length += 1
    return length


def _ends_table(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and part_of_title(block.text) is not None


def _poster_length(blocks: Sequence[Block], index: int) -> int:
    """How many blocks from `index` on make a poster: its title, a paragraph, and short lines or bold titles after."""
    if not is_poster_title(blocks[index]) or part_of_title(blocks[index].text):
        return 0
    length = 2
    while index + length < len(blocks):
        block, previous = blocks[index + length], blocks[index + length - 1]
        is_line = block.kind is BlockKind.TEXT and len(block.text) <= _POSTER_LINE_MAX
        is_bold = block.kind is BlockKind.HEADING and block.marker == "**"
        refers = block.kind is BlockKind.TEXT and block.text.startswith("Voor meer informatie")
        if not (is_line or is_bold or refers or (previous.marker == "**" and block.kind is BlockKind.TEXT)):
            break
        length += 1
    return length


def _list(state: _State, blocks: Sequence[Block]) -> Placed:
    """A list of who took part, with its introduction, as one passage."""
    path = (blocks[0].text,) if blocks[0].kind is BlockKind.HEADING else state.path()
    return Placed(PassageKind.LIST, tuple(blocks), path, Part.KADER, state.theme())


def _poster(state: _State, blocks: Sequence[Block]) -> Iterator[Placed]:
    """The paragraphs of a poster under its title, and its short lines together."""
    path = (*state.path(), blocks[0].text)
    title: tuple[str, ...] = ()
    lines = [block for block in blocks[1:] if block.kind is BlockKind.TEXT and len(block.text) <= _POSTER_LINE_MAX]
    for block in blocks[1:]:
        if block.kind is BlockKind.HEADING:
            title = (block.text,)
        elif block not in lines:
            yield Placed(PassageKind.BOX, (block,), (*path, *title), Part.OVERIG, state.theme())
    if lines:
        yield Placed(PassageKind.LIST, tuple(lines), path, Part.OVERIG, state.theme())


def titled_runs(placed: Sequence[Placed]) -> Iterator[tuple[tuple[str, ...], Part, list[Placed]]]:
    """Runs of placed blocks under the same titles and in the same part."""
    run: list[Placed] = []
    for item in placed:
        if run and (item.headings, item.part) != (run[0].headings, run[0].part):
            yield run[0].headings, run[0].part, run
            run = []
        run.append(item)
    if run:
        yield run[0].headings, run[0].part, run
