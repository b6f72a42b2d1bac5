import {isJsonObject, type JsonObject} from '../json.ts';
import type {KubeObject} from '../kube/kube-object.ts';

const uidLabels = new Set(['controller-uid', 'batch.kubernetes.io/controller-uid']);

const without = <Value>(object: {readonly [key: string]: Value}, keys: ReadonlySet<string>) =>
	Object.fromEntries(Object.entries(object).filter(([key]) => !keys.has(key)));

const quietTemplate = (template: JsonObject): JsonObject =>
	isJsonObject(template.metadata) && isJsonObject(template.metadata.labels)
		? {...template, metadata: {...template.metadata, labels: without(template.metadata.labels, uidLabels)}}
		: template;

/**
 * A Job as people write it. The server binds it to its pods by labels with its uid and by a selector for them: every dry run draws another uid,
 * and a Job that carries the uid of another is refused. Other objects, and Jobs that bring a selector of their own, stay as they are.
 */
export function withoutJobUid(object: KubeObject): KubeObject {
	const {spec} = object;
	if (object.kind !== 'Job' || !isJsonObject(spec) || spec.manualSelector === true) return object;
	const {labels, ...metadata} = object.metadata;
	const template = isJsonObject(spec.template) ? {template: quietTemplate(spec.template)} : {};
	return {
		...object,
		metadata: {...metadata, ...(labels === undefined ? {} : {labels: without(labels, uidLabels)})},
		spec: {...without(spec, new Set(['selector'])), ...template},
	};
}
