import time, os
from collections import Counter
from tests.oracle import county
from tests.oracle.campaign import Campaign
from tests.oracle.documents import documents
from graph.store import Store

async def test_try(campaign, request) -> None:
    t=time.time()
    if os.environ.get("SPOIL"): campaign = await (await __import__("asyncio").sleep(0) or _sp(campaign))
    c=campaign
    docs = list(documents(c.ground(), int(os.environ.get("SEED","1")), int(os.environ.get("N","100"))))
    print("docs", time.time()-t, sum(len(d.text) for d in docs)/len(docs)); t=time.time()
    for d in docs[:int(os.environ.get("SHOW","0"))]: print(d.text, d.bindings, d.cursors); print()
    import cProfile
    found = await c.differing(docs)
    print("run", time.time()-t, c.executions, c.seen); t=time.time()
    c2=c.again()
    await c2.differing(docs)
    print("again", time.time()-t, c2.executions, c2.seen)
    print(len(found))
    kinds=Counter()
    for f in found[:int(os.environ.get("MAX","3"))]:
        s=str(f); print(s[:4000]); print('-----')
    bad=Counter()
    for (text,_,_),(p,l) in c._kept.items():
        for e in p.errors:
            if e["extensions"]["code"] in ("BAD_REQUEST","BAD_DATA"): bad[e["message"][:110]]+=1
    for k,v in bad.most_common(40): print(v,k)

async def _sp(c):
    await county.spoil(c.store)
    return await Campaign.on(c.store, county.TODAY)
