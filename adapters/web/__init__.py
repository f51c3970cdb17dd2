"""The club's window: pages, pictures and feeds, served by aiohttp and rendered by Jinja."""
