import {listAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {Case} from './case.ts';
import {lastWriteOf} from './changed-by.ts';
import type {PlacedContainer} from './container-place.ts';
import {presentSince} from './earlier-revision.ts';
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

/** Whether a pod runs another image than the template says now. */
export const runsAnother = (pod: KubeObject, {name, container}: PlacedContainer): boolean =>
	listAt(pod, 'spec', 'containers').some(each => textAt(each, 'name') === name && textAt(each, 'image') !== textAt(container, 'image'));

const dayMs = 24 * 60 * 60_000;

/**
 * The change of a program after which it began to use more than it is given: what did so before the release came, or had run for longer than a day before it did,
 * was not brought by it.
 * @param whenMs when it was seen to use too much, milliseconds since 1970
 */
export function releaseToBlame(
	given: Case,
	change: TemplateChange | undefined,
	placed: PlacedContainer | undefined,
	whenMs: number,
): Exchange | undefined {
	const {workload, pods} = given;
	if (workload === undefined || placed === undefined) return undefined;
	const [first] = programChanges(change?.exchanges ?? [], placed);
	if (first === undefined) return undefined;
	const present = pods.filter(pod => !runsAnother(pod, placed));
	const oldest = Math.min(...present.map(({metadata}) => Date.parse(metadata.creationTimestamp ?? '') || 0));
	// Managers write the time of all their fields at once, a controller that of each template: the latter first.
	const sinceMs = Math.min(presentSince(given) ?? (lastWriteOf(workload, first.path)?.atMs || oldest), oldest);
	return whenMs >= sinceMs && whenMs - sinceMs < dayMs ? first : undefined;
}
