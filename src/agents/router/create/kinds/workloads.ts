import type {JsonObject} from '../../../../core/json.ts';
import {serviceManifest} from '../../../deploy/objects/services/service-for.ts';
import {lacksKey} from '../known-keys.ts';
import {lacking, type Made, objects} from '../made.ts';
import type {PodWish} from '../manifests/pod.ts';
import {daemonSetOf, deploymentOf, ownLabels, podOf, statefulSetOf} from '../manifests/workloads.ts';
import {portsIn} from '../pods/container-ports.ts';
import {podIn, type SpokenPod} from '../pods/pod-wish.ts';
import {replicasIn} from '../reading/counts.ts';
import {headOf} from '../reading/head.ts';
import {baseName} from '../reading/image.ts';
import {type Mention, mentionsIn} from '../reading/mentions.ts';
import {nameBeside, statedNames} from '../reading/naming.ts';
import {labelsApart} from '../reading/pairs.ts';
import {referencesIn} from '../reading/references.ts';
import {type SpokenPort, spokenPorts} from '../reading/service-ports.ts';
import {type SpokenVolume, volumesIn} from '../reading/volumes.ts';
import {wholeSources} from '../reading/whole-sources.ts';
import {segmentStart, type Wish, wishOf} from '../reading/wish.ts';
import {alreadyThere, narrowed, objectsOf, placeOf, type Scene} from '../scene.ts';
import {workloadName} from '../workload-name.ts';

export const lacksImage = (wish: Wish, kind: string, name: string | undefined): Made => {
	const what = name === undefined ? kind : `${kind} ${name}`;
	return lacking(wish, `Which image should ${what} run?`, `${what}에 어떤 이미지를 쓸까요?`);
};

/** A pod wish with its name and image. */
export const podWish = (pod: SpokenPod, container: string, image: string): PodWish => ({...pod, container: pod.called ?? container, image});

/** Nothing names the kind. */
const nowhere: Mention = {kind: 'Deployment', first: -2, last: -2};

export const mentionOf = (wish: Wish): Mention => headOf(wish)?.mention ?? nowhere;

/** Words that belong to what the pods take from others, where they stand in what is left of the wish. */
export function usedIn({wish, head}: Scene, pod: SpokenPod): ReadonlySet<number> {
	const used = pod.beside.length + pod.before.length === 0 ? pod.references.used : referencesIn(wish, head ?? nowhere).used;
	const taken = new Set([...pod.pullSecrets, ...(pod.serviceAccount === undefined ? [] : [pod.serviceAccount])]);
	const others = wish.words.flatMap(({raw}, at) => (taken.has(raw) ? [at] : []));
	// A workload may be called as its account is.
	const isAlone = (at: number) => wish.words.filter(({raw}) => raw === wish.words[at]?.raw).length === 1;
	return new Set([...used, ...others.filter(isAlone)]);
}

/** Names of ConfigMaps and Secrets that the pods take whole, where the wish does not say of which kind they are. */
export async function withWholeSources(scene: Scene, pod: SpokenPod): Promise<SpokenPod> {
	const said = wholeSources(scene.wish).flatMap(at => scene.wish.words[at]?.raw ?? []);
	const known = JSON.stringify(pod.envFrom);
	const found: JsonObject[] = [];
	for (const name of new Set(said)) {
		if (known.includes(`"${name}"`)) continue;
		for (const [kind, field] of [
			['ConfigMap', 'configMapRef'],
			['Secret', 'secretRef'],
		] as const)
			if ((await objectsOf(scene, kind, placeOf(scene))).some(({metadata}) => metadata.name === name)) found.push({[field]: {name}});
	}
	return found.length === 0 ? pod : {...pod, envFrom: [...pod.envFrom, ...found]};
}

/** `web should run web:2`, where there is `web-blue`: what runs there may be meant as well as a new one. */
const familyOf = async (name: string, scene: Scene): Promise<readonly string[]> =>
	(await objectsOf(scene, 'Deployment', placeOf(scene))).map(({metadata}) => metadata.name).filter(one => one.startsWith(`${name}-`));

const whichOfFamily = (wish: Wish, name: string, family: readonly string[]): Made =>
	lacking(
		wish,
		`No Deployment is called ${name}, but there is ${family.join(', ')}. Which one is meant, or should there be a new one?`,
		`${name}(이)라는 디플로이먼트는 없고 ${family.join(', ')}이(가) 있습니다. 어느 것을 말씀하시나요, 아니면 새로 만들까요?`,
	);

const without = (labels: SpokenPod['labels'], keys: readonly string[]) =>
	Object.fromEntries(Object.entries(labels).filter(([key]) => !keys.includes(key)));

/** Pods, Deployments and DaemonSets. */
export async function makeWorkload(whole: Scene, kind: 'Pod' | 'Deployment' | 'DaemonSet'): Promise<Made> {
	const pod = await withWholeSources(whole, podIn(whole.wish, mentionOf));
	const scene = await narrowed(whole, pod.rest, mentionOf);
	const {wish} = scene;
	const given = workloadName(scene, pod.image, usedIn(scene, pod));
	const family = (whole.head === undefined || whole.head.first < 0) && given !== undefined ? await familyOf(given, scene) : [];
	if (family.length > 0) return whichOfFamily(wish, given ?? '', family);
	if (pod.image === undefined) return lacksImage(wish, kind, given);
	const name = given ?? baseName(pod.image);
	const place = {name, namespace: placeOf(scene)};
	const there = (await alreadyThere(scene, kind, name, place.namespace)) ?? (await lacksKey(scene, place.namespace, pod.env));
	if (there !== undefined) return there;
	const apart = labelsApart(whole.wish);
	const spoken = podWish({...pod, labels: without(pod.labels, apart.object)}, name, pod.image);
	const labels = without(pod.labels, apart.pods);
	if (kind === 'Pod') return objects(podOf(place, spoken));
	if (kind === 'DaemonSet') return objects(daemonSetOf(place, spoken, labels));
	return objects(deploymentOf(place, spoken, replicasIn(wish) ?? 1, labels));
}

const namedOf = (ports: readonly {readonly name?: string | undefined}[]) => ports.filter(({name}) => name !== undefined).length;

/** The Service of its own that a StatefulSet is said to have: its words, from the kind on. */
function serviceWords(
	wish: Wish,
): {readonly name: string | undefined; readonly ports: readonly SpokenPort[]; readonly used: ReadonlySet<number>} | undefined {
	const mention = mentionsIn(wish).find(({kind}) => kind === 'Service');
	if (mention === undefined) return undefined;
	const stated = statedNames(wish).find(index => index > mention.last && index <= mention.last + 3);
	const at = nameBeside(wish, mention, () => false) ?? (wish.words[mention.last]?.stop === undefined ? stated : undefined);
	const own = at === undefined ? undefined : wish.words[at]?.raw;
	const behind = wishOf(
		wish.words
			.slice(mention.first)
			.map(({raw, stop}) => `${raw}${stop ?? ''}`)
			.join(' '),
		wish.language,
	);
	const plain = spokenPorts(behind);
	const called = portsIn(behind, () => false);
	const ports =
		called.length < plain.length || namedOf(plain) > namedOf(called)
			? plain
			: called.map(({number, name}) => ({...plain.find(({port}) => port === number), port: number, name: name === own ? undefined : name}));
	const digits = [
		...behind.words.slice(0, 6),
		...wish.words.slice(Math.max(segmentStart(wish, mention.first), mention.first - 5), mention.first),
	].find(({raw}) => /^\d{2,5}$/.test(raw))?.raw;
	const found = ports.length > 0 ? ports : digits === undefined ? [] : [{port: Number(digits)}];
	return {
		name: own,
		ports: found,
		used: new Set([mention.first, mention.last, ...(at === undefined ? [] : [at])]),
	};
}

const volumeName = (path: string, index: number) =>
	index === 0
		? 'data'
		: (path
				.split('/')
				.filter(Boolean)
				.at(-1)
				?.toLowerCase()
				.replaceAll(/[^a-z0-9-]/g, '-') ?? `data-${index}`);

/** What has to be asked before a StatefulSet can be made; undefined where all is said. */
function lacksPlace(wish: Wish, name: string, volumes: readonly SpokenVolume[], hasPort: boolean): Made | undefined {
	const open = volumes.find(({path}) => path === undefined);
	if (open !== undefined)
		return lacking(wish, `At which path should the volume of ${open.size} be mounted?`, `${open.size} 볼륨을 어느 경로에 마운트할까요?`);
	if (hasPort) return undefined;
	return lacking(wish, `At which port should the Service of ${name} answer?`, `${name} 서비스는 몇 번 포트로 받을까요?`);
}

/** A StatefulSet with its volumes, and its headless Service where it is spoken of. */
export async function makeStatefulSet(spoken: Scene): Promise<Made> {
	const classes = (await objectsOf(spoken, 'StorageClass')).map(({metadata}) => metadata.name);
	const pod = podIn(spoken.wish, mentionOf, part => volumesIn(part, classes).isInside);
	const scene = await narrowed(spoken, pod.rest, mentionOf);
	const {wish} = scene;
	const {volumes} = volumesIn(wish, classes);
	const service = serviceWords(wish);
	const given = workloadName(scene, pod.image, new Set([...usedIn(scene, pod), ...(service?.used ?? [])]));
	if (pod.image === undefined) return lacksImage(wish, 'StatefulSet', given);
	const name = given ?? service?.name ?? baseName(pod.image);
	const place = {name, namespace: placeOf(scene)};
	const there = (await alreadyThere(scene, 'StatefulSet', name, place.namespace)) ?? (await lacksKey(scene, place.namespace, pod.env));
	const called = pod.ports.map(port => (port.name === name || port.name === service?.name ? {...port, name: undefined} : port));
	const ports = called.length > 0 ? called : (service?.ports ?? []).map(({port}) => ({number: port}));
	const lacks = there ?? lacksPlace(wish, name, volumes, service === undefined || ports.length > 0);
	if (lacks !== undefined) return lacks;
	const claims = volumes.map(({path = '', name: called, ...claim}, index) => ({...claim, name: called ?? volumeName(path, index)}));
	const mounts = volumes.map(({path = '', name: called}, index) => ({name: called ?? volumeName(path, index), path, readOnly: false}));
	const governing = service?.name ?? name;
	const apart = labelsApart(spoken.wish);
	const whole = {
		...podWish({...pod, labels: without(pod.labels, apart.object)}, name, pod.image),
		ports,
		mounts: [...pod.mounts, ...mounts],
	};
	const set = statefulSetOf(place, whole, {
		replicas: replicasIn(wish) ?? 1,
		service: governing,
		claims,
		labels: without(pod.labels, apart.pods),
	});
	if (service === undefined) return objects(set);
	const isThere = await alreadyThere(scene, 'Service', governing, place.namespace);
	const told: readonly SpokenPort[] = service.ports.length > 0 ? service.ports : ports.map(({number}) => ({port: number}));
	const answers = told.map(port => ({...port, name: port.name ?? called.find(({number}) => number === port.port)?.name}));
	return isThere ?? objects(headless(place.namespace, governing, ownLabels(name), answers), set);
}

const headless = (namespace: string, name: string, selector: {readonly [key: string]: string}, ports: readonly SpokenPort[]) =>
	serviceManifest({
		name,
		namespace,
		selector,
		type: 'Headless',
		ports: ports.map(({port, name: portName}) => ({name: portName ?? `port-${port}`, port, target: port})),
	});
