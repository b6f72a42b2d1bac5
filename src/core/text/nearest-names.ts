/** Changes of one letter (add, drop, replace, swap with its neighbour) that turn one word into the other. */
function editDistance(from: string, to: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({length: to.length + 1}, (_, index) => index);
	for (let row = 1; row <= from.length; row++) {
		const next = [row];
		for (let column = 1; column <= to.length; column++) {
			const same = from[row - 1] === to[column - 1];
			const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			next.push(
				Math.min(
					(last[column] ?? 0) + 1,
					(next[column - 1] ?? 0) + 1,
					(last[column - 1] ?? 0) + (same ? 0 : 1),
					swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
				),
			);
		}
		beforeLast = last;
		last = next;
	}
	return last[to.length] ?? 0;
}

/** Up to three names that the person may have meant, nearest first: a third of the letters may differ, or one holds the other. */
export function nearestNames(word: string, names: readonly string[]): readonly string[] {
	const wanted = word.toLowerCase();
	const allowed = Math.max(1, Math.floor(wanted.length / 3));
	return [...new Set(names)]
		.map(name => {
			const tried = name.toLowerCase();
			// As many letters as one has more are changed at least: most names are done with by their length.
			const distance = Math.abs(tried.length - wanted.length) > allowed ? Number.POSITIVE_INFINITY : editDistance(wanted, tried);
			const holds = wanted.length >= 3 && tried.includes(wanted);
			return {name, distance: holds ? Math.min(distance, allowed) : distance};
		})
		.filter(({distance}) => distance <= allowed)
		.sort((a, b) => a.distance - b.distance)
		.slice(0, 3)
		.map(({name}) => name);
}
