import {consequencesOf} from '../../../core/consequences/consequences.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import type {Consequence} from '../../../core/plan.ts';
import type {Cluster} from '../port.ts';
import type {Prediction} from './predict.ts';
import {type ListName, readSurroundings} from './read-surroundings.ts';

/**
 * What follows from predicted writes, computed from the live objects around them. Only reads. What could not be read is said.
 * @param unwanted lists that are left out, and of which nothing is told then
 */
export async function consequencesFor(
	cluster: Cluster,
	predictions: readonly Prediction[],
	unwanted: readonly ListName[] = [],
): Promise<readonly Consequence[]> {
	if (predictions.length === 0) return [];
	const {surroundings: live, notChecked} = await readSurroundings(cluster, predictions, unwanted);
	const made = predictions.flatMap(({before, after}) => (before === undefined && after !== null ? [after] : []));
	const surroundings = {...live, coming: made.filter(object => templatePath(object) !== undefined)};
	const told = predictions.flatMap(({write, before, after, change}) =>
		consequencesOf({ref: write.ref, before: before ?? null, after, operation: change.operation, fields: change.fields, surroundings}),
	);
	return [...told, ...unread(notChecked)];
}

/** Silence about what could not be read would look like a pass. */
export const unread = (notChecked: readonly string[]): readonly Consequence[] =>
	notChecked.map(text => ({id: 'not-checked', severity: 'warning', text: `Not checked: ${text}`}));
