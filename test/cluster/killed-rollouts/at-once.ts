/** Lets so many of what it is given run at once, in their order, across all callers. */
export function atOnce(most: number): <Result>(go: () => Promise<Result>) => Promise<Result> {
	let running = 0;
	const waiting: (() => void)[] = [];
	return async go => {
		if (running >= most) await new Promise<void>(resolve => waiting.push(resolve));
		else running++;
		try {
			return await go();
		} finally {
			// Whoever waits takes the place over.
			const next = waiting.shift();
			if (next === undefined) running--;
			else next();
		}
	};
}
