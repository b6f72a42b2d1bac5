export type DiffLine = {readonly sign: '-' | '+' | ' '; readonly text: string};

const context = 2;

/** Beyond it (some 1,000 lines on each side that are not the same at once) all of them are shown as removed and added. */
const mostPairs = 1_000_000;

const signed = (sign: DiffLine['sign'], lines: readonly string[]): readonly DiffLine[] => lines.map(text => ({sign, text}));

/** What changes between two lists of lines: every change with two lines around it, and `⋮` where more of what stays the same is left out. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
	const shortest = Math.min(before.length, after.length);
	let head = 0;
	while (head < shortest && before[head] === after[head]) head += 1;
	let tail = 0;
	while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
	return withContext([
		...signed(' ', before.slice(0, head)),
		...middleDiff(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
		...signed(' ', before.slice(before.length - tail)),
	]);
}

/** By a longest common subsequence of lines; what goes stands before what comes. */
function middleDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
	if (before.length * after.length > mostPairs) return [...signed('-', before), ...signed('+', after)];
	const common = commonLengths(before, after);
	const width = after.length + 1;
	const lines: DiffLine[] = [];
	let [left, right] = [0, 0];
	while (left < before.length && right < after.length) {
		const [gone, come] = [before[left] ?? '', after[right] ?? ''];
		if (gone === come) {
			lines.push({sign: ' ', text: gone});
			left += 1;
			right += 1;
		} else if ((common[(left + 1) * width + right] ?? 0) >= (common[left * width + right + 1] ?? 0)) {
			lines.push({sign: '-', text: gone});
			left += 1;
		} else {
			lines.push({sign: '+', text: come});
			right += 1;
		}
	}
	return [...lines, ...signed('-', before.slice(left)), ...signed('+', after.slice(right))];
}

/** Of each pair of rests, from line `i` and from line `j` on, how many lines they have in common: at `i * (after.length + 1) + j`. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
	const width = after.length + 1;
	const common = new Uint32Array((before.length + 1) * width);
	for (let left = before.length - 1; left >= 0; left -= 1) {
		for (let right = after.length - 1; right >= 0; right -= 1) {
			const at = left * width + right;
			common[at] =
				before[left] === after[right] ? (common[at + width + 1] ?? 0) + 1 : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
		}
	}
	return common;
}

function withContext(lines: readonly DiffLine[]): readonly DiffLine[] {
	const isNear = lines.map((_, at) => lines.slice(Math.max(0, at - context), at + context + 1).some(({sign}) => sign !== ' '));
	return lines.flatMap((line, at) => {
		if (isNear[at]) return [line];
		// One mark for each stretch between two changes; none before the first and after the last.
		const isBetween = isNear[at - 1] === true && isNear.indexOf(true, at) !== -1;
		return isBetween ? [{sign: ' ' as const, text: '⋮'}] : [];
	});
}
