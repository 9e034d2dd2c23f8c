"""An order is followed through its replacements, from whichever of its names one knows."""

from __future__ import annotations

import pytest
from tests.fix_tools.samples import message

from kairos.fix_tools.chains import Chain
from kairos.fix_tools.fields import FieldList

LOG = [
    "35=D|49=C|56=B|11=A1|",
    "35=8|49=B|56=C|11=A1|37=17|",
    "35=D|49=C|56=B|11=X1|",
    "35=8|49=B|56=C|11=X1|37=18|",
    "35=G|49=C|56=B|11=A2|41=A1|",
    "35=8|49=B|56=C|11=A2|41=A1|37=17|",
    "35=D|49=OTHER|56=B|11=A1|",
    "35=8|49=B|56=OTHER|11=A1|37=17|",
    "35=F|49=C|56=B|11=A3|41=A2|37=NONE|",
    "35=9|49=B|56=C|11=X2|41=X1|37=NONE|",
    "35=0|49=C|56=B|",
]
FIELDS = [FieldList(message(text)) for text in LOG]


def followed(*order_ids: str) -> list[int]:
    chain = Chain(order_ids)
    while chain.follow(FIELDS):
        pass
    return [place for place, fields in enumerate(FIELDS) if chain.concerns(fields)]


@pytest.mark.parametrize("order_id", ["A2", "A3"])
def test_every_name_of_an_order_leads_to_all_of_it(order_id: str) -> None:
    assert followed(order_id) == [0, 1, 4, 5, 8]


def test_the_same_name_between_other_parties_is_another_order() -> None:
    assert followed("A1") == [0, 1, 4, 5, 6, 7, 8]
    assert followed("17") == [0, 1, 4, 5, 6, 7, 8]
    assert followed("18") == [2, 3, 9]


def test_orders_without_an_id_are_not_one_order() -> None:
    """OrderID(37) NONE stands for no order, so it links none."""
    assert followed("X2") == [2, 3, 9]
    assert followed("NONE") == []


def test_an_unknown_name_leads_nowhere() -> None:
    assert followed("nobody") == []
