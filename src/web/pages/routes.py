"""The pages that read."""

from fastapi import APIRouter

from web.pages import items, lists, overview, people, search, yearly

router = APIRouter()
for each in (overview, lists, search, people, yearly, items):
    router.include_router(each.router)
