import type {Stage} from '../../../analysis/canary/stages.ts';
import type {Ref} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {count} from '../../../core/text/count.ts';
import {type NewVersion, templateNow} from '../rolling/new-version.ts';
import type {Act, Script, Wait} from '../staged/act.ts';
import {deploymentRef} from '../workload.ts';
import {baselineName, canaryManifest, canaryName} from './canary-manifest.ts';
import {type CanaryStory, newWords, oldWords, promotionStarts} from './canary-story.ts';
import {judgeActs} from './stage-acts.ts';

const pods = (amount: number) => count(amount, 'pod');
const scale = (ref: Ref, replicas: number): Write => ({op: 'patch', ref, type: 'merge', patch: {spec: {replicas}}});
const remove = (ref: Ref): Write => ({op: 'delete', ref, propagation: 'Background'});

const refsOf = ({stable: {metadata}}: CanaryStory) => {
	const {name, namespace = ''} = metadata;
	return {
		stable: deploymentRef(namespace, name),
		canary: deploymentRef(namespace, canaryName(name)),
		baseline: deploymentRef(namespace, baselineName(name)),
	};
};

/** A canary whose share of the traffic is its share of the pods: it grows as the stable version shrinks, then the stable version is replaced. */
export function ratioScript(story: CanaryStory): Script {
	const {stable, version, stages, replicas, keepStable, readyWithinMs, baseline} = story;
	const {name} = stable.metadata;
	const refs = refsOf(story);
	const replaced = keepStable ? [] : [{op: 'replace', path: '/spec/replicas', value: replicas}];
	const patch = (operations: NewVersion['forward']): Write => ({
		op: 'patch',
		ref: refs.stable,
		type: 'json',
		patch: [...operations, ...replaced],
	});
	const wait: Wait = {
		kind: 'ready',
		ref: refs.stable,
		pods: keepStable ? 0 : replicas,
		withinMs: readyWithinMs * promotionStarts,
	};
	const copies = [refs.canary, ...(baseline ? [refs.baseline] : [])];
	const removal = {title: `Remove ${copies.map(ref => ref.name).join(' and ')}`, writes: copies.map(remove)};
	const [old, fresh] = [oldWords(version), newWords(version)];
	return {
		acts: [
			...stages.flatMap((stage, index) => stageActs(story, stage, index)),
			{
				title: `Promote: ${name} gets ${fresh} and ${pods(replicas)}`,
				writes: [patch(version.forward)],
				wait,
				ifDies: `${name} goes over to ${fresh} by itself, and ${refs.canary.name} serves beside it`,
			},
			{...removal, ifDies: `${name} runs ${fresh} alone`},
		],
		wayBack: [
			{
				title: `Bring ${name} back to ${pods(replicas)} of ${old}`,
				writes: [patch(version.back)],
				wait,
				ifDies: `${name} comes back to ${old} by itself, and ${refs.canary.name} serves beside it`,
			},
			{...removal, ifDies: `${name} runs ${old} alone, as before`},
		],
	};
}

/** Grow first, shrink then: at no moment fewer pods serve than before. */
function stageActs(story: CanaryStory, stage: Stage, index: number): readonly Act[] {
	const {stable, stages, replicas, readyWithinMs, baseline} = story;
	const {name} = stable.metadata;
	const refs = refsOf(story);
	const left = leftOver(story, stage);
	const last = stages[index - 1];
	const before = last === undefined ? replicas : leftOver(story, last);
	const copies = baseline ? stage.canary : 0;
	const serves = (beside: number) =>
		`${refs.canary.name} serves ${Math.round((stage.canary / (stage.canary + copies + beside)) * 100)} % with ${pods(stage.canary)}, ${name} the rest with ${beside + copies}`;
	const made = copiesOf(story, stage, index);
	const grow: Act = {
		title: made.title,
		writes: made.writes,
		wait: {kind: 'ready', ref: refs.canary, pods: stage.canary, withinMs: readyWithinMs},
		ifDies: serves(before),
	};
	const fresh: readonly Act[] = baseline
		? [
				{
					title: `Wait for ${pods(stage.canary)} of ${refs.baseline.name}`,
					writes: [],
					wait: {kind: 'ready', ref: refs.baseline, pods: stage.canary, withinMs: readyWithinMs},
					ifDies: serves(before),
				},
			]
		: [];
	const shrink: readonly Act[] =
		left === before
			? []
			: [{title: `Take ${name} from ${before} to ${pods(left)}`, writes: [scale(refs.stable, left)], ifDies: serves(left)}];
	return [grow, ...fresh, ...shrink, ...judgeActs(story, stage, serves(left))];
}

/** The baseline takes its pods from the stable version, whose copy it is. */
const leftOver = ({baseline, keepStable}: CanaryStory, {stable, canary}: Stage) =>
	baseline && !keepStable ? Math.max(1, stable - canary) : stable;

function copiesOf(story: CanaryStory, stage: Stage, index: number): {readonly title: string; readonly writes: readonly Write[]} {
	const {stable, version, baseline} = story;
	const refs = refsOf(story);
	const amount = stage.canary;
	const beside = baseline ? ` and ${refs.baseline.name}` : '';
	if (index > 0)
		return {
			title: `Grow ${refs.canary.name}${beside} to ${pods(amount)}`,
			writes: [scale(refs.canary, amount), ...(baseline ? [scale(refs.baseline, amount)] : [])],
		};
	const create = (ref: Ref, manifest: ReturnType<typeof canaryManifest>): Write => ({op: 'create', ref, manifest});
	return {
		title: `Start ${refs.canary.name} with ${pods(amount)} of ${newWords(version)}${baseline ? `, and ${refs.baseline.name} with as many of ${oldWords(version)}` : ''}`,
		writes: [
			create(refs.canary, canaryManifest(stable, version.template, amount)),
			...(baseline ? [create(refs.baseline, canaryManifest(stable, templateNow(stable), amount, 'baseline'))] : []),
		],
	};
}
