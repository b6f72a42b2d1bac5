import type {KubeObject} from '../../core/kube/kube-object.ts';
import {refOf, refText} from '../../core/kube/kube-object.ts';
import {lastWrite} from '../detection/changed-last.ts';
import {lastWriteOf} from './changed-by.ts';

type Place = readonly (string | number)[];

type Written = {readonly by: string; readonly atMs: number};

/** The last write of a field, or else of all that the object is meant to be. */
function writeOf(object: KubeObject, place: Place | undefined): Written {
	const own = place === undefined ? undefined : lastWriteOf(object, place);
	if (own !== undefined) return own;
	const {atMs, manager} = lastWrite(object);
	return {atMs, by: manager};
}

/** When a field, or else the whole object, was written last; 0 where nothing tells. */
export const writtenMs = (object: KubeObject, place?: Place): number => writeOf(object, place).atMs;

/** Whether one of two that contradict each other was changed after the other: then it is to blame. Not where nothing tells, or both came in one second. */
export const isChangedLater = (
	one: KubeObject,
	other: KubeObject,
	places: {readonly one?: Place | undefined; readonly other?: Place | undefined} = {},
): boolean => {
	const [first, second] = [writtenMs(one, places.one), writtenMs(other, places.other)];
	return second > 0 && first - second >= 1000;
};

/** A line of evidence: who changed it when; none where nothing tells. */
export function changeEvidence(object: KubeObject, place?: Place): readonly {readonly source: string; readonly detail: string}[] {
	const {atMs, by} = writeOf(object, place);
	if (atMs === 0) return [];
	const at = new Date(atMs).toISOString().replace('.000', '');
	return [{source: refText(refOf(object)), detail: `changed last ${at}${by === '' ? '' : ` by ${by}`}`}];
}
