import {isJsonObject, type JsonObject, withoutKeys} from '../json.ts';
import type {KubeObject} from '../kube/kube-object.ts';

const uidLabels = new Set(['controller-uid', 'batch.kubernetes.io/controller-uid']);

const quietTemplate = (template: JsonObject): JsonObject =>
	isJsonObject(template.metadata) && isJsonObject(template.metadata.labels)
		? {...template, metadata: {...template.metadata, labels: withoutKeys(template.metadata.labels, uidLabels)}}
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
		metadata: {...metadata, ...(labels === undefined ? {} : {labels: withoutKeys(labels, uidLabels)})},
		spec: {...withoutKeys(spec, new Set(['selector'])), ...template},
	};
}
