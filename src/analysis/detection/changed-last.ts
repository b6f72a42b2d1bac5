import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {oncePerObject} from '../../core/once-per-object.ts';

/** When and by whom what an object is meant to be was written last. */
export type LastWrite = {readonly atMs: number; readonly manager: string};

const nobody: LastWrite = {atMs: 0, manager: ''};

/** Fields that say what an object is meant to be: what controllers note in annotations and status says nothing of that. */
const saysWhatIsMeant = (fields: Json) =>
	Object.keys(isJsonObject(fields) ? fields : {}).some(field => !['f:metadata', 'f:status'].includes(field)) ||
	Object.keys(objectAt(fields, 'f:metadata', 'f:labels')).length > 0;

/**
 * The last write to what an object is meant to be, by its managed fields; its creation where they are not there.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export const lastWrite = (object: KubeObject | undefined): LastWrite => (object === undefined ? nobody : writtenLast(object));

const writtenLast = oncePerObject((object: KubeObject): LastWrite => {
	const created: LastWrite = {atMs: timeOf(object.metadata.creationTimestamp), manager: ''};
	return listAt(object, 'metadata', 'managedFields')
		.filter(each => valueAt(each, 'subresource') === undefined && saysWhatIsMeant(valueAt(each, 'fieldsV1') ?? {}))
		.map((each): LastWrite => ({atMs: timeOf(textAt(each, 'time')), manager: textAt(each, 'manager') ?? ''}))
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

/** `changed at 2026-11-27T09:00:00.000Z by platform-deploy`, for evidence. */
export function writeText(object: KubeObject): string {
	const {atMs, manager} = lastWrite(object);
	return `changed at ${new Date(atMs).toISOString()}${manager === '' ? '' : ` by ${manager}`}`;
}

/** Whether one object was changed after another. */
export const changedAfter = (one: KubeObject, other: KubeObject) => changedLast([one, other]) === one;

/** The last change of an object as evidence for who is at fault; none where nobody knows of one. */
export const changeEvidence = (object: KubeObject): readonly {readonly source: string; readonly detail: string}[] =>
	lastWrite(object).atMs === 0 ? [] : [{source: refText(refOf(object)), detail: writeText(object)}];
