/**
 * The order of a list after a strategic merge: items of the patch in the patch's order, items that only the server has in theirs.
 * Where the server knew both, its order decides which comes first; what is new comes before what is left.
 * @param idOf must give equal ids (===) for equal items
 */
export function mergeOrder<Item, Id>(
	items: readonly Item[],
	serverOrder: readonly Id[],
	patchOrder: readonly Id[],
	idOf: (item: Item) => Id,
): readonly Item[] {
	const byOrder = (order: readonly Id[]) => (a: Item, b: Item) => order.indexOf(idOf(a)) - order.indexOf(idOf(b));
	const patched = items.filter(item => patchOrder.includes(idOf(item))).toSorted(byOrder(patchOrder));
	const others = items.filter(item => !patchOrder.includes(idOf(item))).toSorted(byOrder(serverOrder));
	const merged: Item[] = [];
	for (const item of patched) {
		const place = serverOrder.indexOf(idOf(item));
		while (place >= 0 && others[0] !== undefined && serverOrder.indexOf(idOf(others[0])) < place) merged.push(...others.splice(0, 1));
		merged.push(item);
	}
	return [...merged, ...others];
}
