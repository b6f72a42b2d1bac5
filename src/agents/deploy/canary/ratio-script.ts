import type {Stage} from '../../../analysis/canary/stages.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {count} from '../../../core/text/count.ts';
import type {Act, Script, Wait} from '../staged/act.ts';
import {deploymentRef} from '../workload.ts';
import {canaryManifest, canaryName} from './canary-manifest.ts';
import type {NewVersion} from './new-version.ts';

export type CanaryStory = {
	readonly stable: KubeObject;
	readonly version: NewVersion;
	readonly stages: readonly Stage[];
	/** Pods of the stable version before and after. */
	readonly replicas: number;
	/** An autoscaler owns the number of stable pods, so it is left alone. */
	readonly keepStable: boolean;
	readonly interval: string;
	readonly judgedBy: string;
	readonly readyWithinMs: number;
	/** Weights at which it stands still until somebody promotes. */
	readonly pauseAt: readonly number[];
};

/** The promotion replaces every pod, so it may take as long as several starts. */
export const promotionStarts = 5;

const pods = (amount: number) => count(amount, 'pod');

/** A canary whose share of the traffic is its share of the pods: it grows as the stable version shrinks, then the stable version is replaced. */
export function ratioScript(story: CanaryStory): Script {
	const {stable, version, stages, replicas, keepStable, readyWithinMs} = story;
	const {name, namespace = ''} = stable.metadata;
	const canary = canaryName(name);
	const [stableRef, canaryRef] = [deploymentRef(namespace, name), deploymentRef(namespace, canary)];
	const remove: Write = {op: 'delete', ref: canaryRef, propagation: 'Background'};
	const replaced = keepStable ? [] : [{op: 'replace', path: '/spec/replicas', value: replicas}];
	const patch = (operations: NewVersion['forward']): Write => ({
		op: 'patch',
		ref: stableRef,
		type: 'json',
		patch: [...operations, ...replaced],
	});
	const ready = (ref: typeof stableRef, least: number, withinMs: number): Wait => ({kind: 'ready', ref, pods: least, withinMs});
	const least = keepStable ? 0 : replicas;
	return {
		acts: [
			...stages.flatMap((stage, index) => stageActs(story, stage, index)),
			{
				title: `Promote: ${name} gets ${version.words} and ${pods(replicas)}`,
				writes: [patch(version.forward)],
				wait: ready(stableRef, least, readyWithinMs * promotionStarts),
				ifDies: `${name} goes over to ${version.words} by itself, and ${canary} serves beside it`,
			},
			{title: `Remove ${canary}`, writes: [remove], ifDies: `${name} runs ${version.words} alone`},
		],
		wayBack: [
			{
				title: `${name} back to ${pods(replicas)} of ${version.before}`,
				writes: [patch(version.back)],
				wait: ready(stableRef, least, readyWithinMs * promotionStarts),
				ifDies: `${name} comes back to ${version.before} by itself, and ${canary} serves beside it`,
			},
			{title: `Remove ${canary}`, writes: [remove], ifDies: `${name} runs ${version.before} alone, as before`},
		],
	};
}

/** Grow first, shrink then: at no moment fewer pods serve than before. */
function stageActs(story: CanaryStory, stage: Stage, index: number): readonly Act[] {
	const {stable, version, stages, replicas, readyWithinMs, interval, judgedBy, pauseAt} = story;
	const {name, namespace = ''} = stable.metadata;
	const canary = canaryName(name);
	const [stableRef, canaryRef] = [deploymentRef(namespace, name), deploymentRef(namespace, canary)];
	const scale = (ref: typeof stableRef, amount: number): Write => ({op: 'patch', ref, type: 'merge', patch: {spec: {replicas: amount}}});
	const before = stages[index - 1]?.stable ?? replicas;
	const serves = (beside: number) =>
		`${canary} serves ${Math.round((stage.canary / (stage.canary + beside)) * 100)} % with ${pods(stage.canary)}, ${name} the rest with ${beside}`;
	const wait: Wait = {kind: 'ready', ref: canaryRef, pods: stage.canary, withinMs: readyWithinMs};
	const grow: Act =
		index === 0
			? {
					title: `Start ${canary} with ${pods(stage.canary)} of ${version.words}`,
					writes: [{op: 'create', ref: canaryRef, manifest: canaryManifest(stable, version.template, stage.canary)}],
					wait,
					ifDies: serves(before),
				}
			: {title: `Grow ${canary} to ${pods(stage.canary)}`, writes: [scale(canaryRef, stage.canary)], wait, ifDies: serves(before)};
	const percent = (stage.share * 100).toFixed(0);
	return [
		grow,
		...(stage.stable === before
			? []
			: [
					{
						title: `Take ${name} from ${before} to ${pods(stage.stable)}`,
						writes: [scale(stableRef, stage.stable)],
						ifDies: serves(stage.stable),
					},
				]),
		{
			title: `Judge ${percent} % of the traffic for ${interval} by ${judgedBy}`,
			writes: [],
			wait: {kind: 'judge', weight: stage.weight, share: stage.share, pods: stage.canary},
			ifDies: serves(stage.stable),
		},
		...(pauseAt.includes(stage.weight)
			? [
					{
						title: `Stay at ${percent} % until somebody promotes`,
						writes: [],
						wait: {kind: 'hold', why: `Standing at ${percent} % until mkcoa deploy promote ${name} -n ${namespace}`} as const,
						ifDies: serves(stage.stable),
					},
				]
			: []),
	];
}
