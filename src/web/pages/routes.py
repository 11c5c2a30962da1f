"""The pages that read."""

from fastapi import APIRouter

from web.pages import items, lists, overview, search

router = APIRouter()
for each in (overview, lists, search, items):
    router.include_router(each.router)
