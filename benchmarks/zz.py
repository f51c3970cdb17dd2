import sys, asyncio, time, random, tempfile, cProfile, pstats
sys.path.insert(0,'benchmarks'); sys.path.insert(0,'.')
import web_load as w
from pathlib import Path
async def go():
    with tempfile.TemporaryDirectory() as n:
        async with w.opened(Path(n),pages=False) as (app,url):
            await w.fill(app)
            films=[e.film_id for e in w.starter_films()][:400]
            async def command(number):
                film=films[number%len(films)]
                one=w.FilmCommand(f"id:{film}")
                if number%5==0: one=w.ReviewCommand(f"id:{film}",1+number%10,mine=True)
                await app.bot.handle(w.Request(f"load {id(one)} {time.perf_counter()}", w.caller_of(w.CLUB,f"m{number%25}"), one))
            for i in range(100): await command(i)
            c=time.process_time()
            for i in range(600): await command(i)
            print('ms per command', (time.process_time()-c)/600*1000)
            if '--prof' in sys.argv:
                pr=cProfile.Profile(); pr.enable()
                for i in range(400): await command(i)
                pr.disable(); pstats.Stats(pr).sort_stats('cumtime').print_stats(45)
asyncio.run(go())
