import type {Stage} from '../../../../../analysis/canary/stages.ts';
import {type KubeObject, type Ref, refOf} from '../../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../../core/plan.ts';
import {count, someOf} from '../../../../../core/text/count.ts';
import {durationMs} from '../../../duration.ts';
import type {Act, Script, Wait} from '../../../staged/act.ts';
import {copyName, separateCopy} from '../../../traffic/copy/separate-copy.ts';
import type {Traffic} from '../../../traffic/traffic.ts';
import {deploymentRef} from '../../../workload.ts';
import {gapOf} from '../../all-at-once.ts';
import {decideAgainActs, seenActs} from '../../decide-again.ts';
import {type NewVersion, templateNow} from '../../rolling/new-version.ts';
import {standInActs} from '../../stand-in-acts.ts';
import {steadily} from '../../steady.ts';
import {type CanaryStory, newWords, oldWords, promotionStarts} from '../canary-story.ts';
import {baselineName, canaryManifest} from './canary-manifest.ts';
import {copiedScaler, pinnedScaler, unpinnedScaler} from './scaler-writes.ts';
import {judgeActs} from './stage-acts.ts';

export type RouteStory = CanaryStory & {
	readonly traffic: Traffic;
	/** Services of the namespace, which must not find the canary's pods. */
	readonly services: readonly KubeObject[];
	/** The autoscaler of the workload. */
	readonly scaler: KubeObject | undefined;
	/** How long it sees all requests again before it decides on the stable pods, as people write it. */
	readonly autoscalerAfter: string;
	/** Whether a step of 100 % was asked for: then the stable version is replaced while it serves nobody. */
	readonly whole: boolean;
	/** Whether requests are copied to the canary before it gets any of its own. */
	readonly mirrored: boolean;
};

/** Gateways learn of a route within seconds: so long the pods that lost their traffic stay. */
const longestSettleMs = 10_000;

const pods = (amount: number) => count(amount, 'pod');
const remove = (ref: Ref): Write => ({op: 'delete', ref, propagation: 'Background'});

/** A canary beside the workload whose share of the requests a route decides. The stable version keeps all its pods, and so does its autoscaler. */
export function routeScript(story: RouteStory): Script {
	const {stable, version, traffic, replicas, readyWithinMs, scaler, stages, whole, baseline} = story;
	const {name, namespace = ''} = stable.metadata;
	const stableRef = deploymentRef(namespace, name);
	const [old, fresh] = [oldWords(version), newWords(version)];
	const {manifest: _, ...canary} = copyOf(story, 1);
	// While the canary serves all, the autoscalers give it what the requests take: so many pods they have to come back to.
	const along = whole && scaler !== undefined ? {along: {of: canary, scalers: [refOf(scaler)]}} : {};
	const ready: Wait = {
		kind: 'ready',
		ref: stableRef,
		pods: scaler === undefined ? replicas : 0,
		withinMs: readyWithinMs * promotionStarts,
		...along,
	};
	const patch = (operations: NewVersion['forward']): Write => ({op: 'patch', ref: stableRef, type: 'json', patch: operations});
	const last = stages.at(-1);
	const share = whole ? 100 : (last?.weight ?? 0);
	const before: readonly Act[] = [
		...pinActs(story),
		...stages.flatMap((stage, index) => stageActs(story, stage, index)),
		...wholeActs(story),
	];
	const settle: Wait = {kind: 'keep', ms: Math.min(longestSettleMs, durationMs(story.interval)), fixed: true};
	const copies = [canary, ...(baseline ? [deploymentRef(namespace, baselineName(name))] : [])].map(ref => ref.name).join(' and ');
	const removal: Act = {
		title: `Remove ${copies}${ownOf(traffic.cleanup)}`,
		writes: [
			...(scaler === undefined ? [] : [remove({...refOf(scaler), name: canary.name})]),
			remove(canary),
			...(baseline ? [remove(deploymentRef(namespace, baselineName(name)))] : []),
			...traffic.cleanup,
		],
		ifDies: '',
	};
	const scalers = scaler === undefined ? [] : [scaler];
	const positionOf = (acts: readonly Act[], weight: number) => acts.findIndex(({title}) => title === sending(weight, canary.name, traffic));
	// Once the workload has all requests again: what carried them stands until its autoscaler has seen them too.
	const ends = (ifDies: string, since?: number): readonly Act[] => [
		...seenActs({name, copies, scalers: scalers.map(refOf), after: story.autoscalerAfter, ifDies}).map(act => ({...act, after: since})),
		{...removal, ifDies},
		// Of the way back of the first act: a guardian leaves it to a person.
		...decideAgainActs(name, scalers.map(unpinnedScaler), ifDies).map(act => ({...act, ...(since === undefined ? {} : {after: 0})})),
	];
	return {
		acts: [
			...before,
			{
				title: `Promote: ${name} gets ${fresh}${whole ? ' while it serves nobody' : ''}`,
				writes: [patch(version.forward)],
				wait: ready,
				ifDies: `${name} goes over to ${fresh} by itself, ${canary.name} serves ${share} %`,
			},
			...(whole
				? [
						{
							title: `Send 50 % of the requests to ${name}`,
							writes: traffic.toWeight(50),
							wait: settle,
							ifDies: `${name} and ${canary.name} serve ${fresh}, half each`,
						},
					]
				: []),
			{
				title: `Send all requests to ${name}: ${traffic.words} as before`,
				writes: traffic.restore,
				wait: settle,
				ifDies: `${name} serves ${fresh} alone`,
			},
			...ends(`${name} serves ${fresh} alone`),
		],
		wayBack: [
			...(whole
				? standInActs({
						workload: stable,
						copy: canary,
						replicas,
						withinMs: readyWithinMs,
						scalers: scalers.map(each => ({...refOf(each), name: canary.name})),
						over: traffic.toWeight(100),
						what: 'all requests',
						by: traffic.words,
						settle,
						after: before.length + 1,
						serves: `${name} serves ${fresh}, alone or beside ${canary.name}`,
					})
				: []),
			{
				title: `Bring ${name} back to ${old}`,
				writes: [patch(version.back)],
				wait: ready,
				ifDies: `${name} comes back to ${old} by itself${whole ? `, and ${canary.name} serves everything; if that is gone, ${name} serves meanwhile${gapOf(stable)}` : ''}`,
				after: before.length,
			},
			...(whole && scaler !== undefined
				? [
						{
							title: `See that ${name} has as many pods as the autoscaler gave ${canary.name}`,
							writes: [],
							wait: ready,
							ifDies: `${name} stands with ${old}, ${canary.name} serves ${share} %`,
							after: positionOf(before, 100),
						},
					]
				: []),
			{
				title: `Send all requests to ${name}: ${traffic.words} as before`,
				writes: traffic.restore,
				wait: settle,
				ifDies: `${name} serves ${old} alone`,
			},
			...ends(`${name} serves ${old} alone, as before`, positionOf(before, stages[0]?.weight ?? 100)),
		],
	};
}

const sending = (weight: number, to: string, {words}: Traffic) => `Send ${weight} % of the requests to ${to}: ${words}`;

/** What a route needs for the canary beside its pods: ` with its Service and DestinationRule`. */
function ownOf(writes: readonly Write[]): string {
	const kinds = [...new Set(writes.map(({ref}) => ref.kind))];
	return kinds.length === 0 ? '' : ` with its ${someOf(kinds)}`;
}

function copyOf({stable, version, services}: RouteStory, replicas: number): Ref & {readonly manifest: KubeObject} {
	const {manifest} = separateCopy(stable, services, {suffix: 'canary', template: version.template, replicas});
	return {...refOf(manifest), manifest};
}

function pinActs({stable, scaler, replicas}: RouteStory): readonly Act[] {
	if (scaler === undefined) return [];
	const {name} = stable.metadata;
	return [
		{
			title: `Keep ${name} at ${pods(replicas)} or more: minReplicas of HorizontalPodAutoscaler ${scaler.metadata.name}`,
			writes: [pinnedScaler(scaler, replicas)],
			ifDies: `${name} serves alone, with ${pods(replicas)} or more`,
		},
	];
}

/** What the cluster looks like while the canary grows, while the baseline does, and when the stage has its share. */
function standsOf({stable, baseline}: RouteStory, stage: Stage, before: Stage | undefined) {
	const {name} = stable.metadata;
	const copies = (amount: number) => (baseline && amount > 0 ? ` and ${amount} of ${baselineName(name)}` : '');
	const canary = copyName(name, 'canary');
	const growing = `${canary} serves ${before === undefined ? 'nobody' : `${before.weight} %`}, ${name} the rest with all its pods`;
	return {
		held: `${growing}${copies(before?.canary ?? 0)}`,
		based: `${growing}${copies(stage.canary)}`,
		serves:
			stage.weight === 100
				? `${canary} serves everything with ${pods(stage.canary)}, ${name} stands beside it with all its pods`
				: `${canary} serves ${stage.weight} % with ${pods(stage.canary)}, ${name} the rest with all its pods${copies(stage.canary)}`,
	};
}

/** The pods are ready before they get their share. */
function stageActs(story: RouteStory, stage: Stage, index: number): readonly Act[] {
	const {stable, version, traffic, stages, readyWithinMs, scaler, mirrored, baseline} = story;
	const {name, namespace = ''} = stable.metadata;
	const {manifest, ...ref} = copyOf(story, stage.canary);
	const fresh = deploymentRef(namespace, baselineName(name));
	const {held, based, serves} = standsOf(story, stage, stages[index - 1]);
	const wait: Wait = {kind: 'ready', ref, pods: stage.canary, withinMs: readyWithinMs};
	const grown: readonly Write[] =
		scaler === undefined
			? [{op: 'patch', ref, type: 'merge', patch: {spec: {replicas: stage.canary}}}]
			: [{op: 'patch', ref: {...refOf(scaler), name: ref.name}, type: 'merge', patch: {spec: {minReplicas: stage.canary}}}];
	const isGrown = index > 0 && stages[index - 1]?.canary === stage.canary;
	const start: readonly Act[] =
		index > 0
			? isGrown
				? []
				: [{title: `Grow ${ref.name} to ${pods(stage.canary)}`, writes: grown, wait, ifDies: held}]
			: [
					{
						title: `Start ${ref.name} with ${pods(stage.canary)} of ${newWords(version)}${ownOf(traffic.prepare)}`,
						writes: [
							...traffic.prepare,
							{op: 'create', ref, manifest},
							...(scaler === undefined ? [] : [copiedScaler(scaler, ref.name, stage.canary)]),
						],
						// Nobody has judged it when it gets its first requests, unless it got copies of them before.
						wait: {...wait, ...(mirrored ? {} : steadily({workload: stable, version}))},
						ifDies: held,
					},
					...(mirrored ? mirrorActs(story, {...stage, share: 0, weight: 0}, `${ref.name} gets copies of requests and answers none`) : []),
				];
	const base: readonly Act[] = baseline
		? [
				{
					title: `${index === 0 ? 'Start' : 'Grow'} ${fresh.name} ${index === 0 ? 'with' : 'to'} ${pods(stage.canary)} of ${oldWords(version)}`,
					writes: [
						index === 0
							? {op: 'create', ref: fresh, manifest: canaryManifest(stable, templateNow(stable), stage.canary, 'baseline')}
							: {op: 'patch', ref: fresh, type: 'merge', patch: {spec: {replicas: stage.canary}}},
					],
					wait: {kind: 'ready', ref: fresh, pods: stage.canary, withinMs: readyWithinMs},
					ifDies: based,
				},
			]
		: [];
	return [
		...start,
		...base,
		{
			title: sending(stage.weight, ref.name, traffic),
			writes: traffic.toWeight(stage.weight),
			ifDies: serves,
		},
		...judgeActs(story, stage, serves),
	];
}

const mirrorActs = (story: RouteStory, stage: Stage, ifDies: string): readonly Act[] => [
	{title: `Copy requests to ${copyOf(story, 1).name}: ${story.traffic.words}`, writes: story.traffic.toWeight(0), ifDies},
	...judgeActs({...story, pauseAt: []}, stage, ifDies),
];

/** All requests to the canary at full size, so that the stable version can be replaced without serving. */
function wholeActs(story: RouteStory): readonly Act[] {
	const {stages, replicas, whole} = story;
	if (!whole) return [];
	return stageActs(story, {weight: 100, share: 1, canary: replicas, stable: replicas}, stages.length);
}
