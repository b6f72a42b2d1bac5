import {isJsonObject, type Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';

/** One condition of an object. Some controllers leave out all but type and status. */
export type Condition = {
	readonly type: string;
	readonly status: string;
	readonly reason: string;
	readonly message: string;
	readonly severity: string;
	readonly observedGeneration: number | undefined;
};

function conditionsIn(value: Json | undefined): readonly Condition[] {
	return listAt(value, 'conditions')
		.filter(isJsonObject)
		.map(condition => ({
			type: textAt(condition, 'type') ?? '',
			// YAML written by hand has a boolean here, at times in lower case.
			status: String(condition.status ?? '').replace(/^[a-z]/, letter => letter.toUpperCase()),
			reason: textAt(condition, 'reason') ?? '',
			message: textAt(condition, 'message') ?? '',
			severity: textAt(condition, 'severity') ?? '',
			observedGeneration: typeof condition.observedGeneration === 'number' ? condition.observedGeneration : undefined,
		}))
		.filter(({status}) => status !== '');
}

/** The conditions of the object itself; some keep them one level deeper. */
export function conditionsOf(object: Json): readonly Condition[] {
	const own = conditionsIn(valueAt(object, 'status'));
	return own.length > 0 ? own : conditionsIn(valueAt(object, 'status', 'conditionedStatus'));
}

/** A listener, ancestor, parent or rule that the status lists, with conditions of its own. */
export type Part = {readonly name: string; readonly conditions: readonly Condition[]};

const nameOf = (part: Json) =>
	textAt(part, 'name') ?? textAt(part, 'ancestorRef', 'name') ?? textAt(part, 'parentRef', 'name') ?? textAt(part, 'host') ?? '';

/** Parts of the status that have conditions, of any kind. */
export const partsOf = (object: Json): readonly Part[] =>
	Object.values(objectAt(object, 'status'))
		.flatMap(value => (Array.isArray(value) ? value : []))
		.map(item => ({name: nameOf(item), conditions: conditionsIn(item)}))
		.filter(({conditions}) => conditions.length > 0);

export const conditionOfType = (object: Json, type: string): Condition | undefined =>
	conditionsOf(object).find(condition => condition.type === type);
