"""`zaoxue seed`."""

from __future__ import annotations

from seeds.loader import load_sample
from server.cli.telling import counted, progress, say
from server.opening import open_graph
from server.settings import Settings


async def seed(settings: Settings, number: int, scale: int) -> int:
    """Load the sample of `scale` alliances made from seed `number`; done twice, the second adds nothing."""
    async with open_graph(settings, "zaoxue seed") as store:
        with progress("样例 sample") as step:
            loaded = await load_sample(store, seed=number, scale=scale, progress=step)
    say(
        f"样例联盟 {len(loaded.alliances)} 个，本次新增 {len(loaded.added)} 个",
        f"{counted(len(loaded.alliances), 'sample alliance')}, {len(loaded.added)} of them new",
    )
    return 0
