import {listAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {quantityOf} from '../../../../core/kube/quantity.ts';
import {oneLine} from '../../../../core/text/one-line.ts';
import {shortLine} from '../../../../core/text/short-line.ts';
import type {Cause} from '../../../diagnosis/cause.ts';
import {podSpecPlace} from '../../../diagnosis/container-place.ts';
import {fieldPath} from '../../../diagnosis/field-path.ts';
import {type Exchange, exchange} from '../../../diagnosis/patch-remedy.ts';
import {releaseToBlame} from '../../../diagnosis/release-to-blame.ts';
import {backRemedy, changeEvidence, changesAt} from '../../../diagnosis/template-change.ts';
import type {Survey} from '../../survey.ts';
import {type Subject, subjectsOf} from '../subject.ts';
import {isBelowBlock} from './small-units.ts';

const recentMs = 60 * 60_000;
const dayMs = 24 * recentMs;

/** The last time that is known of a pod which is over. */
const endOf = (pod: KubeObject) =>
	Math.max(
		...[
			...listAt(pod, 'status', 'conditions').map(each => textAt(each, 'lastTransitionTime')),
			textAt(pod, 'status', 'startTime'),
			pod.metadata.creationTimestamp,
		].map(time => Date.parse(time ?? '') || 0),
	);

type Spot = {
	readonly path: readonly (string | number)[];
	readonly what: string;
	/** What of the template takes back the cause, where that is not the spot itself. */
	readonly changed?: readonly Exchange[];
	/** What the spot should hold. */
	readonly to?: string | undefined;
};

/** Which limit the kubelet says was passed. */
function spotOf({workload, podSpec, containers}: Subject, message: string): Spot | undefined {
	const volume = /emptyDir volume "([^"]+)" exceeds the limit/i.exec(message)?.[1];
	const index = listAt(podSpec, 'volumes').findIndex(each => textAt(each, 'name') === volume);
	if (volume !== undefined && index !== -1)
		return {path: [...podSpecPlace(workload), 'volumes', index, 'emptyDir', 'sizeLimit'], what: `the size limit of volume ${volume}`};
	const named = /Container (\S+) exceeded its local ephemeral storage limit/i.exec(message)?.[1];
	const limited = containers.filter(({container}) => valueAt(container, 'resources', 'limits', 'ephemeral-storage') !== undefined);
	const placed =
		limited.find(({name}) => name === named) ?? (/exceeds the total limit of containers/i.test(message) ? limited[0] : undefined);
	if (placed !== undefined)
		return {
			path: [...placed.place, 'resources', 'limits', 'ephemeral-storage'],
			what: `the ephemeral storage limit of container ${placed.name}`,
		};
	return undefined;
}

const doubled = (value: unknown): string | undefined => {
	const match = typeof value === 'string' ? /^(\d+)([A-Za-z]*)$/.exec(value) : null;
	return match === null || quantityOf(match[0]) === undefined ? undefined : `${Number(match[1]) * 2}${match[2]}`;
};

const hungry = /low on resource: ([a-z-]+)\..*?Container (\S+) was using ([0-9A-Za-z]+)/;

const isPressed = (node: KubeObject | undefined) =>
	listAt(node, 'status', 'conditions').some(each => (textAt(each, 'type') ?? '').endsWith('Pressure') && textAt(each, 'status') === 'True');

/**
 * Who takes what a node has: several pods of the present template were thrown out, each told what its container used. A release brought it, or its request
 * says less than it uses: the kubelet spares who uses what it asks for. Of a node that is short of it still the node is told.
 */
function hogOf({survey, containers, given, change}: Subject, pods: readonly KubeObject[]): Spot | undefined {
	const told = pods.flatMap(pod => {
		const [, resource, name, used] = hungry.exec(textAt(pod, 'status', 'message') ?? '') ?? [];
		const placed = containers.find(each => each.name === name);
		const own = listAt(pod, 'spec', 'containers').find(each => textAt(each, 'name') === name);
		const isPresent = textAt(own, 'image') === textAt(placed?.container, 'image');
		return resource === undefined || placed === undefined || !isPresent ? [] : [{pod, resource, placed, used}];
	});
	const last = told.at(-1);
	if (last === undefined) return undefined;
	const {pod, placed, resource, used} = last;
	const livedMs = endOf(pod) - (Date.parse(pod.metadata.creationTimestamp ?? '') || 0);
	// Once may be the bad luck of who stood beside, but of what was started anew a moment before.
	if (told.length < 2 && livedMs > recentMs) return undefined;
	const what = `the node has left of ${resource} (container ${placed.name})`;
	const release = releaseToBlame(given(), change(), placed, endOf(pod));
	if (release !== undefined) return {path: release.path, what, changed: change()?.exchanges ?? []};
	const isLimited = valueAt(placed.container, 'resources', 'limits', resource) !== undefined;
	return told.length < 2 || isLimited || isPressed(survey.find('Node', undefined, textAt(pod, 'spec', 'nodeName') ?? ''))
		? undefined
		: {
				path: [...placed.place, 'resources', 'requests', resource],
				what,
				to: valueAt(placed.container, 'resources', 'requests') === undefined ? undefined : used,
			};
}

/** A pod that nothing keeps running: thrown out, it stays away. */
const evictedAlone = (pod: KubeObject, nowMs: number): Cause => {
	const name = refText(refOf(pod));
	const message = oneLine(textAt(pod, 'status', 'message') ?? '').trim();
	const resource = /low on resource: ([a-z-]+)/.exec(message)?.[1];
	return {
		id: 'pod-evicted',
		resource: refOf(pod),
		// What has lain there for days nobody misses.
		...(nowMs - endOf(pod) > dayMs ? {severity: 'low' as const} : {}),
		cause: {
			en: `${name} was evicted${resource === undefined ? '' : `: its node had no ${resource} left`}, and nothing starts it again`,
			ko: `${name}이(가) 축출되었고${resource === undefined ? '' : `(노드의 ${resource} 부족)`} 다시 시작할 주체가 없습니다`,
		},
		evidence: [{source: name, detail: `Evicted: ${shortLine(message, 240)}`}],
		remedies: [],
		noRemedy: {
			en: 'A pod that no workload keeps is made again by whoever made it: give it a Deployment or a Job',
			ko: '워크로드가 관리하지 않는 파드는 만든 사람이 다시 만들어야 합니다',
		},
	};
};

/** Pods that the kubelet threw out within the last hour, because they used more disk than they were given; and those alone, however long ago. */
export function evictionFaults(survey: Survey): readonly Cause[] {
	const evicted = survey.all('Pod').filter(pod => textAt(pod, 'status', 'reason') === 'Evicted' && survey.nowMs - endOf(pod) < recentMs);
	const alone = survey
		.all('Pod')
		.filter(pod => textAt(pod, 'status', 'reason') === 'Evicted' && (pod.metadata.ownerReferences ?? []).length === 0);
	if (evicted.length === 0) return alone.map(pod => evictedAlone(pod, survey.nowMs));
	const byTop = Map.groupBy(evicted, pod => survey.topOf(pod));
	const ofWorkloads = subjectsOf(survey).flatMap((subject): readonly Cause[] => {
		const {workload, given, change, gravity} = subject;
		const pods = byTop.get(workload) ?? [];
		const message = textAt(pods.at(-1), 'status', 'message') ?? '';
		const spot = spotOf(subject, message) ?? hogOf(subject, pods);
		if (pods.length === 0 || spot === undefined) return [];
		const changed = spot.changed ?? changesAt(change(), spot.path);
		const held = spot.path.reduce<unknown>(
			(here, step) => (typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined),
			workload,
		);
		const from = typeof held === 'string' ? held : undefined;
		// Of a unit that is wrong its own cause tells.
		if (isBelowBlock(from)) return [];
		const to = spot.to ?? doubled(from);
		return [
			{
				id: 'pod-evicted',
				resource: refOf(workload),
				path: fieldPath(workload, spot.path),
				severity: gravity('medium'),
				cause: {
					en: `Pods of ${refText(refOf(workload))} are evicted: they use more than ${spot.what}`,
					ko: `${refText(refOf(workload))}의 파드가 축출됩니다: 디스크를 제한(${spot.what})보다 많이 씁니다`,
				},
				evidence: [
					...pods.slice(-3).map(pod => ({
						source: refText(refOf(pod)),
						detail: `Evicted: ${shortLine(textAt(pod, 'status', 'message') ?? '', 240)}`,
					})),
					...changeEvidence(given(), change(), changed),
				],
				remedies:
					changed.length > 0
						? // Who was thrown out may have stood beside the one that took it all.
							backRemedy(given(), change(), changed, spot.changed === undefined)
						: to === undefined
							? []
							: [
									exchange(workload, [{path: spot.path, from, to}], {
										side: 'workload',
										sure: false,
										amount: to,
										text: {
											en: `Set ${fieldPath(workload, spot.path)} of ${refText(refOf(workload))} to ${to}`,
											ko: `${refText(refOf(workload))}의 ${fieldPath(workload, spot.path)}을(를) ${to}로 바꿉니다`,
										},
									}),
								],
			},
		];
	});
	return [...ofWorkloads, ...alone.map(pod => evictedAlone(pod, survey.nowMs))];
}
