"""The pages that read."""

from fastapi import APIRouter

from web.pages import items, lists, overview, people, search

router = APIRouter()
for each in (overview, lists, search, people, items):
    router.include_router(each.router)
