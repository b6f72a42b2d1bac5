import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import {lastWriteOf, type Written} from './changed-by.ts';

const nobody: Written = {atMs: 0, by: ''};

/** Fields that say what an object is meant to be: what controllers note in annotations and status says nothing of that. */
const saysWhatIsMeant = (fields: Json) =>
	Object.keys(isJsonObject(fields) ? fields : {}).some(field => !['f:metadata', 'f:status'].includes(field)) ||
	Object.keys(objectAt(fields, 'f:metadata', 'f:labels')).length > 0;

/**
 * The last write to what an object is meant to be, by its managed fields; its creation where they are not there.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export const lastWrite = (object: KubeObject | undefined): Written => (object === undefined ? nobody : writtenLast(object));

const writtenLast = oncePerObject((object: KubeObject): Written => {
	const created: Written = {atMs: timeOf(object.metadata.creationTimestamp), by: ''};
	return listAt(object, 'metadata', 'managedFields')
		.filter(each => valueAt(each, 'subresource') === undefined && saysWhatIsMeant(valueAt(each, 'fieldsV1') ?? {}))
		.map((each): Written => ({atMs: timeOf(textAt(each, 'time')), by: textAt(each, 'manager') ?? ''}))
		.reduce((last, each) => (each.atMs >= last.atMs ? each : last), created);
});

const timeOf = (text: string | undefined) => (text === undefined ? 0 : Date.parse(text) || 0);

/** Whether an object was changed since it was made: times count whole seconds, and a manifest is applied in one of them. */
export const isChangedSinceMade = (object: KubeObject) => lastWrite(object).atMs > timeOf(object.metadata.creationTimestamp) + 1000;

const dayMs = 24 * 60 * 60_000;

/** Whether an object was changed within a day, and not only when it was made: what has stood for long was mostly meant so. */
export const isChangedLately = (object: KubeObject, nowMs: number) => isChangedSinceMade(object) && nowMs - lastWrite(object).atMs < dayMs;

/** Of objects that contradict each other the one that was changed last, as long as the others were not changed in the same second: it brought the contradiction. */
export function changedLast<Item extends KubeObject>(objects: readonly Item[]): Item | undefined {
	const [newest, next] = objects.map(object => ({object, atMs: lastWrite(object).atMs})).toSorted((a, b) => b.atMs - a.atMs);
	return newest === undefined || (next !== undefined && newest.atMs - next.atMs < 1000) ? undefined : newest.object;
}

type Place = readonly (string | number)[];

/** The last write of a field, or else of all that the object is meant to be. */
const writeOf = (object: KubeObject, place: Place | undefined): Written =>
	(place === undefined ? undefined : lastWriteOf(object, place)) ?? lastWrite(object);

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

/** `changed last 2026-11-27T09:00:00Z by platform-deploy`, for evidence. */
export function writeText(object: KubeObject, place?: Place): string {
	const {atMs, by} = writeOf(object, place);
	const at = new Date(atMs).toISOString().replace('.000', '');
	return `changed last ${at}${by === '' ? '' : ` by ${by}`}`;
}

/** The last change of a field or an object as evidence for who is at fault; none where nobody knows of one. */
export const changeEvidence = (object: KubeObject, place?: Place): readonly {readonly source: string; readonly detail: string}[] =>
	writtenMs(object, place) === 0 ? [] : [{source: refText(refOf(object)), detail: writeText(object, place)}];
