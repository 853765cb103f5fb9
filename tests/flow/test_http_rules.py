"""What is wrong with a tool over HTTP is said when the flow is loaded, with its place and how to mend it."""

from pathlib import Path

import pytest

from engine.core.flow import Flow
from engine.core.tool_source import Argument, HttpRequest, StatusRule
from engine.flow.load import loads
from tests.conftest import inspect
from tests.support.files import loaded, wrong
from tests.support.small_flow import problems
from tests.support.sub_flow import verify

SHOP = """
flow: shop
initial: hello
slots: {order: {type: text, ask: "Which order?"}, party: {type: number, ask: "For how many?"}}
tools:
  look:
    http: {url: "https://shop.example/orders/{order}", query: {detail: "{detail}"}}
    effect: read
    outcomes: [shipped, open, gone]
    outcome:
      200: {path: status, is: {SENT: shipped}, else: open}
      404: gone
    parameters: {detail: {type: text, optional: true, about: "What they want to know."}}
  pay:
    http: {method: POST, url: "${SHOP_URL}/pay", headers: {Authorization: "Bearer ${TOKEN}"}, body: {order: "{order}", for: ["{party}"]}}
    effect: write
    needs: nothing
    outcomes: [paid]
    happened: [paid]
    key: [order]
    resolve: lookup
    lookup:
      http: "${SHOP_URL}/pay/{idempotency_key}"
      outcome: {200: paid}
states:
  hello: {say: "Hello.", collect: [order, party], tools: [look], transitions: {collected: work}}
  work: {run: pay, transitions: {paid: bye, error: bye, unknown: bye}}
  bye: {say: "Goodbye.", hang_up: true}
"""


def broken(before: str, after: str) -> list[str]:
    """Return what is wrong with the shop's flow once a part of it is another."""
    assert before in SHOP, before
    return problems(SHOP.replace(before, after))


@pytest.fixture
def flow() -> Flow:
    return loads(SHOP, inspect)


def test_a_request_is_compiled_as_it_is_written(flow: Flow) -> None:
    """A slot or a parameter for each place; what the model gives is offered to it."""
    look = flow.tools["look"]
    assert look.source == HttpRequest(
        "GET", "https://shop.example/orders/{order}", query=(("detail", "{detail}"),),
        arguments=(
            Argument("order", "text", '{"type": "string", "maxLength": 1000, "description": "What the caller said, in their own words"}'),
            Argument("detail", "text", '{"type": "string", "maxLength": 1000, "description": "What they want to know."}', required=False),
        ),
        outcomes=(("200", StatusRule(("status",), (("SENT", "shipped"),), "open")), ("404", StatusRule(otherwise="gone"))),
    )  # fmt: skip
    assert (look.slots, look.optional) == (("order",), frozenset())
    assert [(p.name, p.required) for p in look.parameters] == [("detail", False)]


def test_a_tool_with_one_outcome_has_it_whenever_all_went_well(flow: Flow) -> None:
    """Nothing more need be written."""
    pay = flow.tools["pay"].source
    assert isinstance(pay, HttpRequest)
    assert pay.outcomes == (("2xx", StatusRule(otherwise="paid")),)
    assert pay.writes


def test_a_look_up_is_a_request_that_changes_nothing(flow: Flow) -> None:
    """It sends no key of its own, and is found by the key of the write."""
    find = flow.tools["pay"].lookup
    assert isinstance(find, HttpRequest)
    assert (find.method, find.writes, find.arguments) == ("GET", False, ())


def test_a_place_with_a_question_mark_can_be_done_without() -> None:
    """It is left out of the request when the slot is not set."""
    flow = loads(SHOP.replace('for: ["{party}"]', 'for: "{party?}"'), inspect)
    assert flow.tools["pay"].optional == {"party"}


def over_http(url: str) -> dict[str, str]:
    """Return a desk whose sub-flow looks for the caller over HTTP."""
    request = f'http: "{url}", outcome: {{200: found, 404: nobody}}'
    return verify('python: "clinic:forgetful"', request)


def test_a_request_of_a_sub_flow_takes_the_slots_of_its_own_file(tmp_path: Path) -> None:
    """Its places keep the names that its author gave them; the flow's own slot of that name is another."""
    tool = loaded(tmp_path, over_http("https://shop.example/born/{day}")).tools["who_search"]
    assert (tool.slots, tool.parameter_of) == (("who_day",), {"who_day": "day"})
    assert isinstance(tool.source, HttpRequest)
    assert [(argument.name, argument.kind) for argument in tool.source.arguments] == [("day", "date")]
    assert str(tool.place).endswith("verify.yaml:5:18")


def test_a_request_of_a_sub_flow_knows_no_other_slots(tmp_path: Path) -> None:
    """Those of the flow that includes it may have any names."""
    assert wrong(tmp_path, over_http("https://shop.example/born/{who_day}")) == [
        "verify.yaml:5:18: `{who_day}` is neither a slot nor a parameter; did you mean `day`? [tool-request]"
    ]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        # what is called
        ('    http: {url: "https://shop.example/orders/{order}", query: {detail: "{detail}"}}\n', "",
         "x.yaml:6:3: nothing says where look comes from; add `python:` or `http:` or `knowledge:` [no-function]"),
        ("    effect: read\n", '    python: "clinic:weather"\n    effect: read\n',
         "x.yaml:7:5: look can not come from `python` and `http` at once; keep one of them [no-function]"),
        ("method: POST, ", "method: FETCH, ", "`FETCH` is not possible here; did you mean `PATCH`? [language]"),
        ("method: POST, ", "methd: POST, ", "there is no key `methd` here; did you mean `method`? [language]"),
        ('url: "https://shop.example/orders/{order}", ', "", "`url` is missing; add `url:` here [language]"),
        # where it goes
        ("https://shop.example/orders", "ftp://shop.example/orders", "x.yaml:7:17: this is no address on the web; write one such as"),
        ("https://shop.example/orders/{order}", "{order}/orders", "this is no address on the web"),
        ("https://shop.example/orders/{order}", "https://shop{order}.example/x", "would be a part of the host; begin with the host, then /"),
        ("${SHOP_URL}/pay\"", "${SHOP_URL}{order}\"", "would be a part of the host"),
        ("/orders/{order}", "/orders/{order}#top", "a server is never sent what stands behind #"),
        ("/orders/{order}", "/orders/{order?}", "without `order` there would be a gap in the URL; put it under `query:`"),
        ("/orders/{order}", "/orders/{order}/{detail}", "without `detail` there would be a gap in the URL"),
        # what is filled in
        ("orders/{order}", "orders/{oder}", "x.yaml:7:17: `{oder}` is neither a slot nor a parameter; did you mean `order`? [tool-request]"),
        ('["{party}"]', '["{pary}"]', "`{pary}` is neither a slot nor a parameter; did you mean `party`? [tool-request]"),
        ('"{detail}"', '"{detail"', "`{` names nothing; write {order} for a slot, ${NAME} for the environment"),
        ("${TOKEN}", "${token}", "`${token}` names nothing"),
        ("query: {detail: \"{detail}\"}", "query: {}", "`detail` is never sent; put {detail} into the request [tool-request]"),
        ("parameters: {detail:", "parameters: {order: {type: text}, detail:", "`order` is a slot, and what it holds is taken"),
        ("{detail: {type: text,", "{detail: {type: choice,", "a choice needs its options; add `options: [a, b]` [tool-request]"),
        ("{detail: {type: text,", "{detail: {type: text, options: [a],", "only a choice has options"),
        ("{detail: {type: text,", "{detail: {type: words,", "`words` is not possible here"),
        ("key: [order]", "key: [ordr]", "pay takes no argument `ordr`; did you mean `order`? [tool-arguments]"),
        # what may be sent
        ("http: {url: \"https", "http: {method: DELETE, url: \"https", "a DELETE changes something, and this tool reads"),
        ("{method: POST, url", "{url", "a GET changes nothing, and this tool writes; write `method: POST`"),
        ("query: {detail: \"{detail}\"}", "body: {detail: \"{detail}\"}", "a GET sends no body; write `method: POST`"),
        ("headers: {Auth", "headers: {X Shop: a, Auth", "`X Shop` is no name of a header"),
        ("headers: {Auth", "headers: {Host: a, Auth", "`Host` is written when the request is sent; remove it [tool-request]"),
        ("headers: {Auth", "headers: {authorization: \"${T}\", Auth", "`Authorization` stands here twice"),
        ("headers: {Auth", "headers: {X-Shop: \"a\\nb\", Auth", "`X-Shop` has a line break in it"),
        # secrets
        ("Bearer ${TOKEN}", "Bearer abcdef", "a secret seems to stand in `Authorization`; write ${NAME} in its place, and set NAME"),
        ("Bearer ${TOKEN}", "Bearer ${TOKEN:-sk-aaaabbbbccccdddd}", "a secret seems to stand in `Authorization`"),
        ("headers: {Auth", "headers: {X-Api-Key: a1, Auth", "a secret seems to stand in `X-Api-Key`"),
        ("headers: {Auth", "headers: {X-Shop: ghp_aaaaaaaaaabbbbbbbbbbcccccc, Auth", "a secret seems to stand in `X-Shop`"),
        ("https://shop.example", "https://maria:hunter2@shop.example", "a secret seems to stand in `url`"),
        ("/orders/{order}", "/orders/{order}?access_token=hunter2", "a secret seems to stand in `url`"),
        ("body: {order", "body: {password: hunter2, order", "a secret seems to stand in `password`"),
        # what an answer means
        ("else: open}", "else: opn}", "x.yaml:11:54: there is no outcome `opn`; did you mean `open`? [tool-request]"),
        ("{SENT: shipped}", "{SENT: shiped}", "there is no outcome `shiped`; did you mean `shipped`? [tool-request]"),
        ("404: gone", "404: [gone]", "x.yaml:12:12: a list is no name; write one name, without brackets [language]"),
        ("404: gone", "44: gone", "`44` is no status; write one such as 404, or 2xx"),
        ("404: gone", "404: {}", "this means no outcome; name one of the tool's outcomes [tool-request]"),
        ("[shipped, open, gone]", "[shipped, open, gone, late]", "x.yaml:9:37: no answer ever means `late`; name it in `outcome`, or remove it [tool-request]"),
        ("path: status, ", "", "nothing says what must be one of these; add `path:`"),
        (", is: {SENT: shipped}", "", "nothing says what may be there; add `is: {VALUE: outcome}` [tool-request]"),
        ("path: status", "path: \"$.orders[0]\"", "`$.orders[0]` is no path; write names and numbers with dots"),
        ("      outcome: {200: paid}\n", "", "nothing says which answer means which outcome"),
        ("{200: paid}", "{200: payed}", "there is no outcome `payed`; did you mean `paid`? [tool-request]"),
        # look-ups
        ("/pay/{idempotency_key}", "/pays", "x.yaml:23:7: this look-up asks for no write in particular; put {idempotency_key}"),
        ("/pay/{idempotency_key}", "/pay/{amount}", "`{amount}` is neither a slot nor a parameter"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_how_to_mend_it(
    before: str, after: str, problem: str
) -> None:
    """One planted mistake, one message; and no secret is repeated."""
    found = broken(before, after)
    assert any(problem in line for line in found), found
    assert len(found) == 1, found
    assert not any("hunter2" in line or "sk-aaaa" in line for line in found)


def test_a_tool_with_more_outcomes_says_which_answer_means_which() -> None:
    """Nobody can guess how a server declines."""
    found = broken("outcomes: [paid]", "outcomes: [paid, declined]")
    assert found[0] == (
        "x.yaml:14:3: nothing says which answer means which outcome; add `outcome: {200: ..., 404: ...}` [tool-request]"
    )


def test_an_outcome_is_not_called_what_a_look_up_says_of_nothing() -> None:
    """Nobody could tell them apart."""
    outcomes = "outcomes: [paid, none]\n    outcome: {200: paid, 410: none}\n"
    text = SHOP.replace("outcomes: [paid]\n", outcomes).replace("{paid: bye,", "{paid: bye, none: bye,")
    assert problems(text) == [
        "x.yaml:18:22: `none` says of a look-up that it found nothing; give the outcome another name [tool-request]"
    ]


def test_a_function_says_itself_what_it_takes_and_how_it_ended() -> None:
    """Those keys belong to requests."""
    before = '    http: {url: "https://shop.example/orders/{order}", query: {detail: "{detail}"}}\n'
    assert broken(before, '    python: "clinic:weather"\n') == [
        "x.yaml:10:5: `python` says itself how it ended; remove `outcome`, or call a server with `http` [tool-request]",
        "x.yaml:13:5: `python` says itself what it takes; remove `parameters` [tool-request]",
    ]
