import {repositoryOf} from '../../core/kube/image-reference.ts';
import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {ofKind, type Scene} from './case.ts';
import {placedContainers} from './container-place.ts';

/** An image that may be taken instead of one that cannot be pulled, and what speaks for it. */
export type KnownImage = {readonly image: string; readonly source: string; readonly detail: string};

/** Images of containers that run, or ran to a good end. */
const ofPod = (pod: KubeObject): readonly KnownImage[] =>
	listAt(pod, 'status', 'containerStatuses').flatMap(status => {
		const works = valueAt(status, 'ready') === true || numberAt(status, 'state', 'terminated', 'exitCode') === 0;
		const container = listAt(pod, 'spec', 'containers').find(each => textAt(each, 'name') === textAt(status, 'name'));
		const image = textAt(container, 'image');
		return works && image !== undefined ? [{image, source: refText(refOf(pod)), detail: `runs ${image}`}] : [];
	});

const pulled = /(?:Successfully pulled image|Container image) "([^"]+)"/;

/** The kubelet tells what it pulled, also of pods that are gone. */
const ofEvent = (event: KubeObject): readonly KnownImage[] => {
	const image = pulled.exec(textAt(event, 'message') ?? '')?.[1];
	const by = [textAt(event, 'involvedObject', 'kind'), textAt(event, 'involvedObject', 'name')].filter(Boolean).join(' ');
	return image === undefined || textAt(event, 'type') === 'Warning' ? [] : [{image, source: 'Event', detail: `${by} pulled ${image}`}];
};

/** Jobs stay longer than their pods. */
const ofJob = (job: KubeObject): readonly KnownImage[] =>
	textAt(job, 'status', 'completionTime') === undefined
		? []
		: placedContainers(job).map(({container}) => {
				const image = textAt(container, 'image') ?? '';
				return {image, source: refText(refOf(job)), detail: `went well with ${image}`};
			});

const ofNode = (node: KubeObject): readonly KnownImage[] =>
	listAt(node, 'status', 'images')
		.flatMap(each => listAt(each, 'names'))
		.flatMap(name =>
			typeof name === 'string' && !name.includes('@') ? [{image: name, source: refText(refOf(node)), detail: `has ${name}`}] : [],
		);

/** Images that nodes have had, those that run now first. */
const imagesIn = (scene: Scene): readonly KnownImage[] => [
	...ofKind(scene, 'Pod').flatMap(ofPod),
	...ofKind(scene, 'Job').flatMap(ofJob),
	...ofKind(scene, 'Event').flatMap(ofEvent),
	...ofKind(scene, 'Node').flatMap(ofNode),
];

const {compare} = new Intl.Collator('en', {numeric: true});

const registryOf = (image: string) => /^([^/]*[.:][^/]*)\//.exec(image)?.[1];

/** `2.4.0` for `2.4.0-rc.1`: what came before a version goes once that is there. */
function release(image: string): KnownImage | undefined {
	const [, version] = /:(v?\d+\.\d+\.\d+)-(?:rc|beta|alpha|pre|preview|snapshot|dev|nightly|canary|next|m\d)[\w.-]*$/i.exec(image) ?? [];
	return version === undefined
		? undefined
		: {image: `${repositoryOf(image)}:${version}`, source: image, detail: `comes before version ${version}`};
}

/** The same image of a registry whose name is nearly the one that is asked, and that others use. */
function elsewhere(image: string, known: readonly KnownImage[]): KnownImage | undefined {
	const registry = registryOf(image);
	const near =
		registry === undefined
			? []
			: nearestNames(
					registry,
					known.flatMap(each => registryOf(each.image) ?? []),
				);
	const [name] = near;
	if (registry === undefined || name === undefined || name === registry || near.length > 1) return undefined;
	const user = known.find(each => registryOf(each.image) === name);
	return {image: `${name}${image.slice(registry.length)}`, source: user?.source ?? '', detail: user?.detail ?? ''};
}

/**
 * What to try instead of an image that cannot be pulled, where no revision before tells: the newest version of it that nodes have had and that is no newer, or
 * else the same image where its registry is misspelt, or else the version that a pre-release came before. A person has to say that it was meant.
 */
export function knownImage(image: string, scene: Scene): KnownImage | undefined {
	const known = imagesIn(scene).filter(each => each.image !== image);
	const same = known.filter(each => repositoryOf(each.image) === repositoryOf(image));
	const [newest] = same.filter(each => compare(each.image, image) < 0).toSorted((a, b) => compare(b.image, a.image));
	return newest ?? same.toSorted((a, b) => compare(a.image, b.image))[0] ?? elsewhere(image, known) ?? release(image);
}
