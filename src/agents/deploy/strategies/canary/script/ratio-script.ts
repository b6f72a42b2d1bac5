import type {Split} from '../../../../../analysis/canary/replicas/approximate-weight.ts';
import type {Stage} from '../../../../../analysis/canary/stages.ts';
import type {Ref} from '../../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../../core/plan.ts';
import {count} from '../../../../../core/text/count.ts';
import type {Act, Script, Wait} from '../../../staged/act.ts';
import {deploymentRef} from '../../../workload.ts';
import {type NewVersion, templateNow} from '../../rolling/new-version.ts';
import {type CanaryStory, newWords, oldWords, promotionStarts} from '../canary-story.ts';
import {baselineName, canaryManifest, canaryName} from './canary-manifest.ts';
import {splitPath} from './split-path.ts';
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
	const names = copies.map(ref => ref.name).join(' and ');
	const removal = {title: `Remove ${names}`, writes: copies.map(remove)};
	const [old, fresh] = [oldWords(version), newWords(version)];
	return {
		acts: [
			...stages.flatMap((stage, index) => stageActs(story, stage, index)),
			{
				title: `Promote: ${name} gets ${fresh} and ${pods(replicas)}`,
				writes: [patch(version.forward)],
				wait,
				ifDies: `${name} goes over to ${fresh} by itself, and ${names} ${baseline ? 'serve' : 'serves'} beside it`,
			},
			{...removal, ifDies: `${name} runs ${fresh} alone`},
		],
		wayBack: [
			{
				title: `Bring ${name} back to ${pods(replicas)} of ${old}`,
				writes: [patch(version.back)],
				wait,
				ifDies: `${name} comes back to ${old} by itself, and ${names} ${baseline ? 'serve' : 'serves'} beside it`,
			},
			{...removal, ifDies: `${name} runs ${old} alone, as before`},
		],
	};
}

/** From one size to the next, and at the end of each stage its judge. Grow first where there is room: fewer pods never serve without need. */
function stageActs(story: CanaryStory, stage: Stage, index: number): readonly Act[] {
	const {stages, replicas, baseline, keepStable, maxSurge: surge = Number.POSITIVE_INFINITY} = story;
	const last = stages[index - 1];
	let at: Split = last === undefined ? {canary: 0, stable: replicas} : {canary: last.canary, stable: leftOver(story, last)};
	const target = {canary: stage.canary, stable: leftOver(story, stage)};
	const acts: Act[] = [];
	for (const next of splitPath(at, target, {replicas, surge, baseline: baseline && !keepStable})) {
		acts.push(...(next.canary === at.canary ? [shrinkAct(story, at, next)] : growActs(story, at, next)));
		at = next;
	}
	return [...acts, ...judgeActs(story, stage, serves(story, target))];
}

/** What the cluster looks like with these sizes. */
function serves(story: CanaryStory, {canary, stable}: Split): string {
	const refs = refsOf(story);
	const {name} = refs.stable;
	if (canary === 0) return `${name} serves alone with ${pods(stable)}`;
	const fresh = story.baseline ? canary : 0;
	const share = Math.round((canary / (canary + stable + fresh)) * 100);
	const compared = fresh === 0 ? '' : `, ${refs.baseline.name} as much`;
	return `${refs.canary.name} serves ${share} % with ${pods(canary)}${compared}, ${name} the rest with ${stable}`;
}

function shrinkAct(story: CanaryStory, from: Split, to: Split): Act {
	const refs = refsOf(story);
	return {
		title: `Take ${refs.stable.name} from ${from.stable} to ${pods(to.stable)}`,
		writes: [scale(refs.stable, to.stable)],
		ifDies: serves(story, to),
	};
}

function growActs(story: CanaryStory, from: Split, to: Split): readonly Act[] {
	const {readyWithinMs, baseline} = story;
	const refs = refsOf(story);
	const ready = (ref: Ref): Wait => ({kind: 'ready', ref, pods: to.canary, withinMs: readyWithinMs});
	const ifDies = serves(story, to);
	const grow: Act = {...copiesOf(story, to.canary, from.canary === 0), wait: ready(refs.canary), ifDies};
	if (!baseline) return [grow];
	return [grow, {title: `Wait for ${pods(to.canary)} of ${refs.baseline.name}`, writes: [], wait: ready(refs.baseline), ifDies}];
}

/** The baseline takes its pods from the stable version, whose copy it is. */
const leftOver = ({baseline, keepStable}: CanaryStory, {stable, canary}: Stage) =>
	baseline && !keepStable ? Math.max(1, stable - canary) : stable;

function copiesOf(story: CanaryStory, amount: number, isFirst: boolean): {readonly title: string; readonly writes: readonly Write[]} {
	const {stable, version, baseline} = story;
	const refs = refsOf(story);
	const beside = baseline ? ` and ${refs.baseline.name}` : '';
	if (!isFirst)
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
