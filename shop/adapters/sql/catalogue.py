"""Products in SQL."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.rows import (
    BATCH,
    Values,
    batches,
    money_values,
    parts,
    replace_parts,
    upsert,
)
from shop.adapters.sql.tables import products, variants
from shop.model import Money, Product, Variant


class SqlCatalogue:
    """The products within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, ids: Sequence[str]) -> list[Product]:
        """Returns the products with these ids in the order asked for."""
        found: dict[str, Product] = {}
        for batch in batches(ids):
            rows = await self._connection.execute(select(products).where(products.c.id.in_(batch)))
            found.update((product.id, product) for product in await self._complete(rows.all()))
        return [found[each] for each in ids if each in found]

    async def all(self) -> AsyncIterator[Product]:
        """Yields every product, by id."""
        last = ""
        query = select(products).order_by(products.c.id).limit(BATCH)
        while rows := (await self._connection.execute(query.where(products.c.id > last))).all():
            for product in await self._complete(rows):
                yield product
            last = rows[-1].id

    async def count(self) -> int:
        """Returns how many products there are."""
        return await self._connection.scalar(select(func.count()).select_from(products)) or 0

    async def categories(self) -> dict[str, int]:
        """Returns how many products each category has, the largest category first."""
        size = func.count()
        query = select(products.c.category, size).group_by(products.c.category)
        rows = await self._connection.execute(query.order_by(size.desc(), products.c.category))
        return {row[0]: row[1] for row in rows}

    async def page(self, category: str | None, *, offset: int, limit: int) -> list[Product]:
        """Returns some products by id, of one category or of all, after the first `offset`."""
        query = select(products).order_by(products.c.id).offset(offset).limit(limit)
        if category is not None:
            query = query.where(products.c.category == category)
        return await self._complete((await self._connection.execute(query)).all())

    async def save(self, products_: Iterable[Product]) -> int:
        """Inserts or replaces the products by id; returns how many differed from what was kept."""
        changed = 0
        for batch in batches(products_):
            changed += await self._save({product.id: product for product in batch})
        return changed

    async def _save(self, batch: dict[str, Product]) -> int:
        kept = {product.id: product for product in await self.find(list(batch))}
        new = [product for product in batch.values() if kept.get(product.id) != product]
        await upsert(self._connection, products, [_product_values(each) for each in new])
        await replace_parts(
            self._connection,
            variants,
            [product.id for product in new],
            [values for product in new for values in _variant_values(product)],
        )
        return len(new)

    async def _complete(self, rows: Sequence[Row[Any]]) -> list[Product]:
        found = await parts(self._connection, variants, [row.id for row in rows])
        return [_product(row, found[row.id]) for row in rows]


def _product(row: Row[Any], variants_: Sequence[Row[Any]]) -> Product:
    return Product(
        id=row.id,
        title=row.title,
        description=row.description,
        brand=row.brand,
        category=row.category,
        attributes=row.attributes,
        image=row.image,
        link=row.link,
        variants=tuple(
            Variant(
                id=each.id,
                options=each.options,
                price=Money(each.price_minor, each.currency),
                stock=each.stock,
            )
            for each in variants_
        ),
    )


def _product_values(product: Product) -> Values:
    return {
        "id": product.id,
        "title": product.title,
        "description": product.description,
        "brand": product.brand,
        "category": product.category,
        "attributes": dict(product.attributes),
        "image": product.image,
        "link": product.link,
    }


def _variant_values(product: Product) -> list[Values]:
    return [
        {
            "product_id": product.id,
            "position": position,
            "id": variant.id,
            "options": dict(variant.options),
            **money_values("price_minor", variant.price),
            "stock": variant.stock,
        }
        for position, variant in enumerate(product.variants)
    ]
