/** A true group that was not found as it is. */
type MissedGroup = {readonly group: string; readonly lines: number; readonly into: number};

/**
 * Grouping accuracy of LogHub: a line is right if and only if the lines of its predicted group are exactly the lines of its true
 * group.
 * @param truth the true group of each line
 * @param predicted the predicted group of each line, told apart by identity
 * @see Zhu et al., Tools and Benchmarks for Automated Log Parsing, ICSE-SEIP 2019
 */
export function groupingAccuracy(truth: readonly string[], predicted: readonly unknown[]) {
	const trueGroups = Map.groupBy(truth.keys(), line => truth[line] ?? '');
	const sizes = new Map<unknown, number>();
	for (const group of predicted) sizes.set(group, (sizes.get(group) ?? 0) + 1);
	let right = 0;
	const missed: MissedGroup[] = [];
	for (const [group, lines] of trueGroups) {
		const into = new Set(lines.map(line => predicted[line]));
		const [only] = into;
		if (into.size === 1 && sizes.get(only) === lines.length) right += lines.length;
		else missed.push({group, lines: lines.length, into: into.size});
	}
	return {right, total: truth.length, missed};
}
