import {MkcoaError} from '../../core/error.ts';
import type {JsonObject} from '../../core/json.ts';
import {imageReferenceRule, isImageReference} from '../../core/kube/image-reference.ts';
import {valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject, Ref} from '../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../mcp/kubernetes/model/fields.ts';
import {goOnWithRollout} from '../../mcp/kubernetes/model/paused-rollout.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';

/** Names a Deployment of `apps/v1`. */
export const deploymentRef = (namespace: string, name: string): Ref => ({apiVersion: 'apps/v1', kind: 'Deployment', namespace, name});

/** The live Deployment. @throws `no-such-workload` with what to do */
export async function liveDeployment(cluster: Cluster, namespace: string, name: string): Promise<KubeObject> {
	const deployment = await cluster.get(deploymentRef(namespace, name));
	if (deployment !== undefined) return deployment;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-workload',
		what: `There is no Deployment ${name} in namespace ${namespace}`,
		next: `See what is there with: mkcoa k8s list deployments -n ${namespace}`,
	});
}

/** Whether a Deployment rolls nothing out before somebody lets it. */
export const isPaused = ({kind, spec}: KubeObject) => kind === 'Deployment' && valueAt(spec, 'paused') === true;

/** A paused Deployment takes a new template and does not roll it out. @throws `paused` with what to do */
export function refusePaused(workload: KubeObject): void {
	const {name, namespace} = workload.metadata;
	if (!isPaused(workload)) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'paused',
		what: `${name} is paused, so a new version would not roll out`,
		why: 'somebody set spec.paused, mostly to collect changes',
		next: `Go on with its rollout first: ${goOnWithRollout(name, namespace)}. Or take it back: mkcoa deploy rollback ${name} -n ${namespace}`,
	});
}

/** `[CONTAINER=]IMAGE` as the person typed it. `path` is the container's, a JSON pointer. */
export type ImageChange = {readonly container: string; readonly path: string; readonly image: string; readonly before: string};

/** The containers of a pod template that have an image, those that run first included, with where each stands. */
const containersIn = (workload: KubeObject) =>
	(['containers', 'initContainers'] as const).flatMap(list =>
		objectsAt(workload, 'spec', 'template', 'spec', list).map((container, index) => ({
			name: wordAt(container, 'name'),
			image: wordAt(container, 'image'),
			path: `/spec/template/spec/${list}/${index}`,
			isFirst: list === 'initContainers',
		})),
	);

/**
 * Reads `[CONTAINER=]IMAGE` against the pod template. A container that runs before the others has to be named.
 * @throws `bad-image` for an empty or malformed image, `which-container` where the template has several and none is named
 */
export function imageChange(deployment: KubeObject, text: string): ImageChange {
	const containers = containersIn(deployment);
	const lasting = containers.filter(({isFirst}) => !isFirst);
	const split = text.indexOf('=');
	const [named, image] = split < 0 ? [undefined, text] : [text.slice(0, split), text.slice(split + 1)];
	if (!isImageReference(image)) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-image',
			what: `The image ${JSON.stringify(image)} is not an image reference`,
			why: imageReferenceRule,
			next: 'Write it as REGISTRY/NAME:TAG, or CONTAINER=REGISTRY/NAME:TAG',
		});
	}
	const container = named ?? (lasting.length === 1 ? lasting[0]?.name : undefined);
	const found = containers.find(({name}) => name === container);
	if (container === undefined || found === undefined) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'which-container',
			what:
				named === undefined
					? `${deployment.metadata.name} has ${lasting.length} containers`
					: `${deployment.metadata.name} has no container ${JSON.stringify(named)}`,
			why: `its containers are ${containers.map(({name}) => name).join(', ')}`,
			next: 'Name one: --image CONTAINER=IMAGE',
		});
	}
	return {container, path: found.path, image, before: found.image};
}

/** JSON patch that gives one container another image, and refuses where the template has moved. RFC 6902. */
export const imagePatch = ({container, path, image}: ImageChange): readonly JsonObject[] => [
	{op: 'test', path: `${path}/name`, value: container},
	{op: 'replace', path: `${path}/image`, value: image},
];
