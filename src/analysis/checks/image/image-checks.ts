import {isImageReference} from '../../../core/kube/image-reference.ts';
import {listAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {asked, onContainers, onWorkloads, setTo, toldOf} from '../workload/on-containers.ts';
import type {WorkloadContainer} from '../world.ts';
import {type ImageParts, imageParts, isFrom} from './image-parts.ts';

/** What a container runs, and whether anybody can tell later what it was. */
export const imageChecks: readonly AnyCheck[] = [
	check({
		id: 'image-tag-mutable',
		family: 'image',
		title: 'Images have a tag that is a version, or a digest',
		why: 'Behind latest, or no tag at all, is another image tomorrow: no rollout brought it, and none takes it back.',
		severity: 'medium',
		...onContainers(
			(container, _workload, {tags}) =>
				ofImage(container, ({tag, digest}) =>
					digest === undefined && (tag === undefined || tags.includes(tag))
						? asked(
								`${container.path}.image`,
								'tag that is a version, or a digest',
								`container ${container.name} runs ${tag === undefined ? 'an image without a tag' : `the tag ${tag}`}`,
							)
						: undefined,
				),
			{settings: {tags: ['latest'] as readonly string[]}},
		),
	}),
	check({
		id: 'image-digest-missing',
		family: 'image',
		title: 'Images are named by digest',
		why: 'A tag can be moved to another image by whoever may write to the registry; a digest cannot.',
		severity: 'low',
		...onContainers(container =>
			ofImage(container, ({digest}) =>
				digest === undefined
					? asked(`${container.path}.image`, 'digest of the image', `container ${container.name} names its image by tag`)
					: undefined,
			),
		),
	}),
	check({
		id: 'image-registry-allowed',
		family: 'image',
		title: 'Images come from the registries that the owners of the cluster allow',
		why: 'What comes from elsewhere nobody has scanned or signed.',
		severity: 'medium',
		...onContainers(
			(container, _workload, {allowed}) =>
				allowed.length === 0
					? undefined
					: ofImage(container, image =>
							allowed.some(place => isFrom(image, place))
								? undefined
								: asked(
										`${container.path}.image`,
										`image from ${allowed.join(', ')}`,
										`container ${container.name} has its image from ${image.registry}`,
									),
						),
			{settings: {allowed: [] as readonly string[]}},
		),
	}),
	check({
		id: 'image-registry-blocked',
		family: 'image',
		title: 'Images come from no registry that the owners of the cluster forbid',
		why: 'Anybody may publish to a public registry, under names that look like known ones.',
		severity: 'medium',
		...onContainers(
			(container, _workload, {blocked}) =>
				ofImage(container, image => {
					const place = blocked.find(each => isFrom(image, each));
					return place === undefined
						? undefined
						: asked(`${container.path}.image`, 'image from another registry', `container ${container.name} has its image from ${place}`);
				}),
			{settings: {blocked: [] as readonly string[]}},
		),
	}),
	check({
		id: 'image-registry-retired',
		family: 'image',
		title: 'Images come from registries that are still kept up',
		why: 'A retired registry gets no fixes, and one day answers no more: pods that move to a new node do not start.',
		severity: 'medium',
		...onContainers(
			(container, _workload, {retired}) =>
				ofImage(container, image => {
					const place = retired.find(each => isFrom(image, each.from));
					if (place === undefined) return undefined;
					const written = textAt(container.container, 'image') ?? '';
					const evidence = `container ${container.name} has its image from ${place.from}`;
					return written.startsWith(`${place.from}/`) && place.to !== ''
						? setTo(`${container.path}.image`, `${place.to}${written.slice(place.from.length)}`, evidence)
						: asked(`${container.path}.image`, 'registry that is kept up', evidence);
				}),
			{
				settings: {
					retired: [
						{from: 'k8s.gcr.io', to: 'registry.k8s.io'},
						{from: 'gcr.io/google_containers', to: 'registry.k8s.io'},
						{from: 'gcr.io/google-containers', to: 'registry.k8s.io'},
						{from: 'quay.io/coreos', to: ''},
					],
				},
			},
		),
	}),
	check({
		id: 'image-pull-policy',
		family: 'image',
		title: 'Images whose tag can move are pulled at each start',
		why: 'A node runs the old image that it has, and starts a private one for pods that may not pull it.',
		severity: 'low',
		...onContainers(container =>
			ofImage(container, ({tag, digest}) => {
				const isMutable = digest === undefined && (tag === undefined || tag === 'latest');
				const policy = textAt(container.container, 'imagePullPolicy');
				// Where nobody says, the API server sets Always for such a tag.
				if (!isMutable || policy === undefined || policy === 'Always') return undefined;
				return setTo(
					`${container.path}.imagePullPolicy`,
					'Always',
					`container ${container.name} pulls a tag that moves ${policy === 'Never' ? 'never' : 'only if it is not present'}`,
				);
			}),
		),
	}),
	check({
		id: 'image-never-pulled',
		family: 'image',
		title: 'Images come from a registry, not from what is on a node',
		why: 'imagePullPolicy: Never runs whatever somebody put on the node under that name.',
		severity: 'low',
		...onContainers(({container, path, name}) =>
			textAt(container, 'imagePullPolicy') === 'Never'
				? setTo(`${path}.imagePullPolicy`, 'IfNotPresent', `container ${name} runs what is on its node`)
				: undefined,
		),
	}),
	check({
		id: 'image-always-pulled',
		family: 'image',
		title: 'Images are pulled with the rights of each pod',
		why: 'With IfNotPresent a pod runs a private image that another one pulled to its node, without a right to it.',
		severity: 'low',
		...onContainers(({container, path, name}) =>
			textAt(container, 'imagePullPolicy') === 'Always'
				? undefined
				: setTo(
						`${path}.imagePullPolicy`,
						'Always',
						`container ${name} has imagePullPolicy ${textAt(container, 'imagePullPolicy') ?? 'of its tag'}`,
					),
		),
	}),
	check({
		id: 'image-malformed',
		family: 'image',
		title: 'Images are named as a kubelet can read them',
		why: 'No pod with such a name starts.',
		severity: 'medium',
		...onContainers(({container, path, name}) => {
			const image = textAt(container, 'image');
			if (image !== undefined && isImageReference(image)) return undefined;
			return asked(
				`${path}.image`,
				'image',
				`container ${name} ${image === undefined || image === '' ? 'names no image' : 'names an image that cannot be read'}`,
			);
		}),
	}),
	check({
		id: 'image-registry-address',
		family: 'image',
		title: 'Registries have a name, not an address',
		why: 'No certificate stands for an address: whoever has it later, or answers on the way, hands out images.',
		severity: 'medium',
		...onContainers(container =>
			ofImage(container, ({registry}) =>
				/^\d+\.\d+\.\d+\.\d+(:\d+)?$/.test(registry) || registry.startsWith('[')
					? asked(`${container.path}.image`, 'registry with a name', `container ${container.name} has its image from ${registry}`)
					: undefined,
			),
		),
	}),
	check({
		id: 'image-of-attack-tools',
		family: 'image',
		title: 'Images are not collections of tools for attacks',
		why: 'Such an image holds scanners and exploits: in a cluster it is somebody at work, or a present for whoever breaks in.',
		severity: 'medium',
		...onContainers(
			(container, _workload, {images}) =>
				ofImage(container, ({path}) =>
					images.some(name => path === name || path.endsWith(`/${name}`))
						? toldOf([`${container.path}.image`], `container ${container.name} runs ${path}`)
						: undefined,
				),
			{
				settings: {
					images: [
						...[
							'kalilinux/kali-rolling',
							'kali-rolling',
							'parrotsec/security',
							'metasploitframework/metasploit-framework',
							'metasploit-framework',
						],
						...[
							'blackarchlinux/blackarch',
							'raesene/alpine-containertools',
							'r0binak/mtkpi',
							'xmrig',
							'xmrig/xmrig',
							'kube-hunter',
							'peirates',
							'cdk-team/cdk',
						],
					],
				},
			},
		),
	}),
	check({
		id: 'tiller',
		family: 'image',
		title: 'No Tiller of Helm 2 is in the cluster',
		why: 'Tiller takes orders from anyone in the cluster and carries them out as its own account, often with all rights.',
		severity: 'high',
		...onContainers(container =>
			ofImage(container, ({path}) =>
				/(^|[/-])tiller$/.test(path) ? toldOf([`${container.path}.image`], `container ${container.name} is Tiller`) : undefined,
			),
		),
	}),
	check({
		id: 'images-unpullable',
		family: 'image',
		title: 'Secrets to pull images with exist and hold such credentials',
		why: 'Without them the kubelet pulls as nobody, and pods that move to another node do not start.',
		severity: 'low',
		...onWorkloads(
			(workload, _settings, world) =>
				listAt(workload.podSpec, 'imagePullSecrets').flatMap((reference, index): readonly Fault[] => {
					const namespace = workload.object.metadata.namespace ?? 'default';
					const name = textAt(reference, 'name') ?? '';
					const path = `${workload.specPath}.imagePullSecrets[${index}].name`;
					const secret = world.named('Secret', namespace, name);
					if (
						secret !== undefined &&
						!['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'].includes(String(valueAt(secret, 'type')))
					) {
						return [asked(path, 'Secret of type kubernetes.io/dockerconfigjson', `Secret ${name} holds no credentials of a registry`)];
					}
					return [];
				}),
			{reads: ['Secret']},
		),
	}),
];

/** Ten checks read the image of each container. */
const imageOf = oncePerObject(({container}: WorkloadContainer): ImageParts | undefined => {
	const image = textAt(container, 'image');
	return image === undefined || image === '' ? undefined : imageParts(image);
});

function ofImage(container: WorkloadContainer, look: (image: ImageParts) => Fault | undefined): Fault | undefined {
	const image = imageOf(container);
	return image === undefined ? undefined : look(image);
}
