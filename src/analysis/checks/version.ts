/** `v1.22.2-eks-1` → 1, 22, 2; undefined for what begins with no number. */
function versionOf(text: string): readonly number[] | undefined {
	const [, numbers] = /^[^\d]*(\d+(?:\.\d+)*)/.exec(text) ?? [];
	return numbers?.split('.').map(Number);
}

const isBefore = (a: readonly number[], b: readonly number[]): boolean => {
	const index = b.findIndex((part, at) => (a[at] ?? 0) !== part);
	return index !== -1 && (a[index] ?? 0) < (b[index] ?? 0);
};

/** From the first version to before the second: `['1.20.0', '1.20.11']`. */
export type Range = readonly [from: string, before: string];

/** Whether a version is in one of the ranges; one that cannot be read is in none. */
export function isWithin(text: string, ranges: readonly Range[]): boolean {
	const version = versionOf(text);
	if (version === undefined) return false;
	return ranges.some(([from, before]) => !isBefore(version, versionOf(from) ?? []) && isBefore(version, versionOf(before) ?? []));
}
