"""Running: an export goes on beside everything else, and a message says when it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.indexing.export.order import Exported, Order
from app.ui.deeds import Offer
from app.ui.desk import Desk
from app.ui.exporting.wording import ended, tr
from app.ui.photos import files


def carry_out(desk: Desk, order: Order) -> None:
    """Let photos go out as files; the message leads to the folder. One export follows the other."""
    deeds, collection_id = desk.deeds, desk.album.collection_id

    def work(stop: Callable[[], bool]) -> Exported:
        return desk.chores().export(order, desk.source.darkroom(), collection_id, stop)

    def tell(done: Exported) -> None:
        show = partial(files.show_in_file_manager, order.into)
        deeds.offered.emit(ended(done), Offer(tr("Open folder"), show))

    desk.background.labour(deeds, work, tell, deeds.refused.emit)
