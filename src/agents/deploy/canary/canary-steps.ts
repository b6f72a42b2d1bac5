import type {Stage} from '../../../analysis/canary/stages.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Step, Write} from '../../../core/plan.ts';
import {count} from '../../../core/text/count.ts';
import {deploymentRef, type ImageChange, imagePatch} from '../workload.ts';
import {canaryManifest, canaryName} from './canary-manifest.ts';

/** Where in `plan.steps` each act of the story stands. */
export type CanaryScript = {
	readonly steps: readonly Step[];
	/** Pods of the stable version before and after. */
	readonly replicas: number;
	readonly stages: readonly {readonly stage: Stage; readonly grow: number; readonly shrink: number | undefined; readonly judge: number}[];
	readonly promote: number;
	readonly removeCanary: number;
	/** Missing where the stable version keeps its pods. */
	readonly restore: number | undefined;
	readonly discard: number;
};

type Story = {
	readonly stable: KubeObject;
	readonly namespace: string;
	readonly change: ImageChange;
	readonly stages: readonly Stage[];
	readonly replicas: number;
	readonly interval: string;
	readonly judgedBy: string;
};

const pods = (amount: number) => count(amount, 'pod');
const scale = (namespace: string, name: string, replicas: number): Write => ({
	op: 'patch',
	ref: deploymentRef(namespace, name),
	type: 'merge',
	patch: {spec: {replicas}},
});

/** Every write of the canary, the good way and the way back, before anything happens. */
export function canaryScript(story: Story): CanaryScript {
	const {stable, namespace, change, replicas} = story;
	const name = stable.metadata.name;
	const canary = canaryName(name);
	const steps: Step[] = [];
	const add = (title: string, writes: readonly Write[], on?: 'failure') =>
		steps.push({title, writes, ...(on === undefined ? {} : {on})}) - 1;
	const remove: Write = {op: 'delete', ref: deploymentRef(namespace, canary), propagation: 'Background'};

	const stages = story.stages.map((stage, index) => {
		const grow =
			index === 0
				? add(`Start ${canary} with ${pods(stage.canary)} of ${change.image}`, [
						{op: 'create', ref: deploymentRef(namespace, canary), manifest: canaryManifest(stable, change, stage.canary)},
					])
				: add(`Grow ${canary} to ${pods(stage.canary)}`, [scale(namespace, canary, stage.canary)]);
		const before = story.stages[index - 1]?.stable ?? replicas;
		const shrink =
			stage.stable === before
				? undefined
				: add(`Take ${name} from ${before} to ${pods(stage.stable)}`, [scale(namespace, name, stage.stable)]);
		const judge = add(`Judge ${(stage.share * 100).toFixed(0)} % of the traffic for ${story.interval} by ${story.judgedBy}`, []);
		return {stage, grow, shrink, judge};
	});
	const promotion: Write = {
		op: 'patch',
		ref: deploymentRef(namespace, name),
		type: 'json',
		patch: [
			...imagePatch(change),
			...(stages.at(-1)?.stage.stable === replicas ? [] : [{op: 'replace', path: '/spec/replicas', value: replicas}]),
		],
	};
	const promote = add(`Promote: ${name} gets ${change.image} and ${pods(replicas)}`, [promotion]);
	const removeCanary = add(`Remove ${canary}`, [remove]);
	const restore = stages.every(({shrink}) => shrink === undefined)
		? undefined
		: add(`If the verdict is bad: ${name} back to ${pods(replicas)}`, [scale(namespace, name, replicas)], 'failure');
	const discard = add(`If the verdict is bad: remove ${canary}`, [remove], 'failure');
	return {steps, replicas, stages, promote, removeCanary, restore, discard};
}
