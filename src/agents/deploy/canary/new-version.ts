import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {objectsAt} from '../../../mcp/kubernetes/model/fields.ts';
import {type ImageChange, imageChange, imagePatch} from '../workload.ts';

/** What a workload is to run, and the patches of its template there and back. JSON patches, RFC 6902. */
export type NewVersion = {
	readonly template: JsonObject;
	/** For people: the image, mostly. */
	readonly words: string;
	/** The same for what runs now. */
	readonly before: string;
	readonly forward: readonly JsonObject[];
	readonly back: readonly JsonObject[];
};

/** The pod template of a workload. */
export function templateOf(workload: KubeObject): JsonObject {
	const template = valueAt(workload, 'spec', 'template');
	if (!isJsonObject(template) || !isJsonObject(template.spec)) throw new Error('A workload without a pod template');
	return template;
}

/** The workload with another image in one container. @throws as `imageChange` */
export function withImage(stable: KubeObject, text: string): NewVersion & {readonly change: ImageChange} {
	const change = imageChange(stable, text);
	const template = templateOf(stable);
	const containers = objectsAt(template, 'spec', 'containers').map(
		(container, at): JsonObject => (at === change.index ? {...container, image: change.image} : container),
	);
	return {
		change,
		template: {...template, spec: {...(isJsonObject(template.spec) ? template.spec : {}), containers}},
		words: change.image,
		before: change.before,
		forward: imagePatch(change),
		back: imagePatch({...change, image: change.before}),
	};
}
