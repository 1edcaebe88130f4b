"""Records by the million are not searched for cycles, neither while they are made nor afterwards."""

from __future__ import annotations

import gc

from innograph.graph.without_cycles import without_cycles


def test_what_was_made_is_old_at_once_and_new_things_are_searched_again() -> None:
    with without_cycles():
        made: list[list[int]] = [[number] for number in range(3)]
    old = {id(one) for one in gc.get_objects(generation=2)}
    assert gc.isenabled()
    assert {id(one) for one in made} <= old
    assert gc.get_freeze_count() == 0


def test_inside_another_block_the_search_stays_off() -> None:
    with without_cycles():
        with without_cycles():
            pass
        assert not gc.isenabled()
