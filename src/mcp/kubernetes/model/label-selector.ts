import type {Json, JsonObject} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import {expressionText} from '../../../core/kube/selector.ts';
import {objectsAt, textMapAt} from './fields.ts';

/** A LabelSelector as the `labelSelector` parameter of a list; undefined where there is none or it is empty. */
export function selectorText(selector: Json | undefined): string | undefined {
	const labels = Object.entries(textMapAt(selector, 'matchLabels')).map(([key, value]) => `${key}=${value}`);
	const parts = [...labels, ...objectsAt(selector, 'matchExpressions').map(expressionText)];
	return parts.length === 0 ? undefined : parts.join(',');
}

/** The selector by which a workload finds its pods: a LabelSelector, or the flat map of a ReplicationController. */
export function podSelectorText(workload: JsonObject): string | undefined {
	const selector = valueAt(workload, 'spec', 'selector');
	if (workload.kind !== 'ReplicationController') return selectorText(selector);
	return selectorText(selector === undefined ? undefined : {matchLabels: selector});
}
