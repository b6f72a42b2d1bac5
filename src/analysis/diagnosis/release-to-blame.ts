import type {Case} from './case.ts';
import {lastWriteOf} from './changed-by.ts';
import type {PlacedContainer} from './container-place.ts';
import type {Exchange} from './patch-remedy.ts';
import type {TemplateChange} from './template-change.ts';

/** Fields of a container that say what is run in it. */
const program = ['image', 'command', 'args', 'env', 'envFrom'];

/** What of a container's program changed, most telling first: its image, then how it is started. */
export function programChanges(exchanges: readonly Exchange[], {place}: PlacedContainer): readonly Exchange[] {
	const rank = ({path}: Exchange) => program.indexOf(String(path[place.length]));
	return exchanges
		.filter(each => place.every((step, index) => each.path[index] === step) && rank(each) !== -1)
		.toSorted((a, b) => rank(a) - rank(b));
}

const dayMs = 24 * 60 * 60_000;

/**
 * The change of a program after which it began to use more than it is given: what had run for longer than a day before it did so was not brought by a release.
 * @param whenMs when it was seen to use too much, milliseconds since 1970
 */
export function releaseToBlame(
	{workload, pods}: Pick<Case, 'workload' | 'pods'>,
	change: TemplateChange | undefined,
	placed: PlacedContainer | undefined,
	whenMs: number,
): Exchange | undefined {
	if (workload === undefined || placed === undefined) return undefined;
	const [first] = programChanges(change?.exchanges ?? [], placed);
	if (first === undefined) return undefined;
	const oldest = Math.min(...pods.map(({metadata}) => Date.parse(metadata.creationTimestamp ?? '') || 0));
	const sinceMs = lastWriteOf(workload, first.path)?.atMs || oldest;
	return whenMs - sinceMs < dayMs ? first : undefined;
}
