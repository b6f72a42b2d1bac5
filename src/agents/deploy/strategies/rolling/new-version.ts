import {diffObjects} from '../../../../core/diff/diff.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {jsonPatch} from '../../../../core/patch/json-patch.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {readManifests} from '../../../../mcp/kubernetes/plan/read-manifests.ts';
import {imageChange, imagePatch} from '../../workload.ts';

/** What a rollout changes of a workload: its pod template, by one image or as a whole. */
export type NewVersion = {
	/** The whole new pod template. */
	readonly template: JsonObject;
	/** Operations of a JSON patch that bring it, and those that bring back what is there now. RFC 6902. */
	readonly forward: readonly JsonObject[];
	readonly back: readonly JsonObject[];
	/** For people: `registry/web:1 → registry/web:2`, or `the pod template of the manifest`. */
	readonly words: string;
	/** The image that serves then: the changed one, or that of the first container. */
	readonly image: string;
	/** `[CONTAINER=]IMAGE` with its container named; undefined for a whole template. */
	readonly imageInput?: string;
};

/**
 * Reads what a person gives: an image, or a manifest with a whole new pod template.
 * @param workload the live Deployment, StatefulSet or DaemonSet
 * @throws MkcoaError `what-version` where neither or both are given, `not-its-template` for a manifest of something else, and as `imageChange`
 */
export function newVersion(
	workload: KubeObject,
	{image, manifest}: {readonly image?: string | undefined; readonly manifest?: string | undefined},
): NewVersion {
	if (image !== undefined && manifest === undefined) return ofImage(workload, image);
	if (manifest !== undefined && image === undefined) return ofManifest(workload, manifest);
	throw new MkcoaError({
		kind: 'usage',
		code: 'what-version',
		what: image === undefined ? 'Nothing says what the new version is' : 'An image and a manifest are two new versions',
		next: 'Give either --image [CONTAINER=]IMAGE or --file MANIFEST',
	});
}

/** Whether the workload has this pod template already, defaults and the order of fields aside. */
export async function runsAlready(workload: KubeObject, {template}: NewVersion): Promise<boolean> {
	const {kubeSchema} = await import('../../../../mcp/kubernetes/plan/loaded-schema.ts');
	return diffObjects(workload, {...workload, spec: {...objectAt(workload, 'spec'), template}}, kubeSchema).length === 0;
}

/** The pod template that a workload has. */
export function templateNow(workload: KubeObject): JsonObject {
	const template = valueAt(workload, 'spec', 'template');
	if (!isJsonObject(template)) throw new Error(`A ${workload.kind} without a pod template`);
	return template;
}

function ofImage(workload: KubeObject, text: string): NewVersion {
	const change = imageChange(workload, text);
	const {container, before, image} = change;
	const forward = imagePatch(change);
	return {
		// A patch of an object answers an object.
		template: templateNow(jsonPatch(workload, forward) as KubeObject),
		forward,
		back: imagePatch({...change, image: before}),
		words: `${before} → ${image}`,
		image,
		imageInput: `${container}=${image}`,
	};
}

function ofManifest(workload: KubeObject, manifest: string): NewVersion {
	const template = templateIn(workload, manifest);
	const [container] = objectsAt(template, 'spec', 'containers');
	return {
		template,
		forward: [{op: 'replace', path: '/spec/template', value: template}],
		back: [{op: 'replace', path: '/spec/template', value: templateNow(workload)}],
		words: 'the pod template of the manifest',
		image: wordAt(container, 'image'),
	};
}

/** The template of the one object that the text holds: the workload itself, or a PodTemplate. */
function templateIn({kind, metadata: {name}}: KubeObject, text: string): JsonObject {
	const [first, ...others] = readManifests(text);
	const object = first?.object ?? {};
	const own = object.kind === kind && wordAt(object, 'metadata', 'name') === name;
	const template = object.kind === 'PodTemplate' ? object.template : own ? valueAt(object, 'spec', 'template') : undefined;
	if (others.length === 0 && isJsonObject(template) && isJsonObject(template.spec)) return template;
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-its-template',
		what: `The manifest holds no pod template of ${kind} ${name} alone`,
		why:
			others.length > 0
				? `it holds ${others.length + 1} objects`
				: `it holds ${wordAt(object, 'kind') || 'an object without a kind'} ${wordAt(object, 'metadata', 'name')}`.trimEnd(),
		next: `Give one document: ${kind} ${name}, or a PodTemplate; apply other objects first with mkcoa k8s apply`,
	});
}
