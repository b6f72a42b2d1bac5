/**
 * Sorts items whose ids are in `order` as they come there; every other item keeps its place behind the one it followed.
 * @param idOf must give equal ids (===) for equal items
 */
export function inGivenOrder<Item, Id>(items: readonly Item[], order: readonly Id[], idOf: (item: Item) => Id): readonly Item[] {
	const places = new Map(order.map((id, index) => [id, index]));
	const place = (item: Item) => places.get(idOf(item)) ?? -1;
	const sorted = items.filter(item => place(item) >= 0).toSorted((a, b) => place(a) - place(b));
	for (const [index, item] of items.entries()) {
		if (place(item) >= 0) continue;
		const before = items[index - 1];
		sorted.splice(before === undefined ? 0 : sorted.indexOf(before) + 1, 0, item);
	}
	return sorted;
}
