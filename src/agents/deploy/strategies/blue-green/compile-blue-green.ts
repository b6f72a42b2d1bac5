import {numberAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {count} from '../../../../core/text/count.ts';
import type {Act, Along, Script} from '../../staged/act.ts';
import type {SeparateCopy} from '../../traffic/copy/separate-copy.ts';
import {gapOf} from '../all-at-once.ts';
import {decideAgainActs, seenActs} from '../decide-again.ts';
import type {NewVersion} from '../rolling/new-version.ts';
import {standInActs} from '../stand-in-acts.ts';
import {steadily} from '../steady.ts';
import {companionsOf} from './companions.ts';
import type {Switch} from './switch.ts';

/** What a person may ask of a blue-green rollout. */
export type Wishes = {
	/** A path that must answer with success at the preview, and the port of its Service. */
	readonly check?: {readonly path: string; readonly port: string} | undefined;
	/** For how long and by what the preview is judged where it has traffic: `30s by error ratio`. */
	readonly judgedBy?: string | undefined;
	/** Waits for a person before the switch. */
	readonly pauseAtPreview: boolean;
	/** How long the old pods stay at full size after the switch, and the same as people write it. */
	readonly keepMs: number;
	readonly keepText: string;
	/** How long an autoscaler sees the requests again before it decides on the old pods, as people write it. */
	readonly autoscalerAfter: string;
	readonly withinMs: number;
};

type BlueGreen = {
	readonly workload: KubeObject;
	readonly version: NewVersion;
	readonly copy: SeparateCopy;
	readonly traffic: Switch;
	readonly scalers: readonly KubeObject[];
	readonly budgets: readonly KubeObject[];
	readonly wishes: Wishes;
};

/** Clients and proxies learn of a switch within seconds; until then nothing that they may still use goes away. Who keeps the old pods for less waits less. */
const settleMs = ({wishes: {keepMs}}: BlueGreen) => Math.min(5000, keepMs);

/**
 * A blue-green rollout as acts: the new version stands at full size beside the old one, gets all traffic at once, and hands it back to the
 * workload itself after that was rolled without traffic. After every act a full set of ready pods serves: as many as autoscalers gave the side that
 * served before. Pure.
 */
export function compileBlueGreen(plan: BlueGreen): Script {
	const {workload, copy, traffic, scalers, budgets} = plan;
	const names = namesOf(plan);
	const {make, remove, pin, unpin, scalers: grown} = companionsOf(copy, scalers, budgets, names.replicas);
	const serves = `${names.name} serves everything with ${names.all}`;
	const seen = seenActs({
		name: names.name,
		copies: names.preview,
		scalers: grown.stable,
		after: plan.wishes.autoscalerAfter,
		ifDies: `${serves}; ${names.preview} stands beside it without traffic`,
	});
	const ends = [
		removeAct(names, [...remove, ...traffic.cleanup, deletionOf(copy.manifest)]),
		...decideAgainActs(names.name, unpin, serves),
	];
	const preview = {object: copy.manifest, of: workload, scalers: grown.preview};
	const stable = {object: workload, of: copy.manifest, scalers: grown.stable};
	const before = [
		...pinAct(names, pin),
		previewAct(plan, names, make),
		...checkActs(plan, names),
		...evenAct(plan, preview, untouched(names.name, names.preview)),
	];
	const away = `${names.preview} serves everything with ${names.all}`;
	const over: Act = {
		title: `Send all traffic to ${names.preview} by ${traffic.words}, and keep ${names.name} at full size for ${plan.wishes.keepText}`,
		writes: traffic.over,
		wait: {kind: 'keep', ms: plan.wishes.keepMs, leastMs: settleMs(plan), ...alongOf(stable)},
		ifDies: `${away}; ${names.name} stands beside it at full size with the old version`,
	};
	const roll: Act = {
		title: `Roll ${names.name} to the new version while it has no traffic`,
		writes: [patchOf(workload, plan.version.forward)],
		wait: {...readyOf(workload, plan, names.replicas), ...alongOf(stable)},
		ifDies: `${away}; Kubernetes goes on replacing the pods of ${names.name}, which have no traffic`,
	};
	const switchBack: Act = {
		title: `Send all traffic to ${names.name} again by ${traffic.words}`,
		writes: traffic.back,
		wait: {kind: 'keep', ms: settleMs(plan), fixed: true},
		ifDies: `${serves}; ${names.preview} stands beside it without traffic`,
	};
	const acts = [...before, over, roll, switchBack, ...seen, ...ends];
	const rollBack: Act = {
		title: `Give ${names.name} its former pod template again`,
		writes: [patchOf(workload, plan.version.back)],
		wait: {...readyOf(workload, plan, names.replicas), ...alongOf(stable)},
		ifDies: `Kubernetes goes on bringing the former pods of ${names.name} back, and ${away}; if that is gone, ${names.name} serves meanwhile${gapOf(workload)}`,
		after: acts.indexOf(roll),
	};
	const even = evenAct(plan, stable, `${away}; ${names.name} stands beside it`);
	const backs = [...even, switchBack, ...seen].map(act => ({...act, after: acts.indexOf(over)}));
	const standIn = standInActs({
		workload,
		copy: refOf(copy.manifest),
		replicas: names.replicas,
		withinMs: plan.wishes.withinMs,
		scalers: grown.preview,
		over: traffic.over,
		what: 'all traffic',
		by: traffic.words,
		settle: {kind: 'keep', ms: settleMs(plan), fixed: true},
		after: acts.indexOf(switchBack),
		serves: `${names.name} serves everything with the new version`,
	});
	return {acts, wayBack: [...standIn, rollBack, ...backs, ...ends]};
}

/** One side, which gets the traffic next, and the other, which has it and by which it is measured. */
type Side = {readonly object: KubeObject; readonly of: KubeObject; readonly scalers: readonly Ref[]};

const alongOf = ({of, scalers}: Side): {readonly along?: Along} => (scalers.length === 0 ? {} : {along: {of: refOf(of), scalers}});

/** Before a switch, where an autoscaler may have moved since. */
function evenAct(plan: BlueGreen, side: Side, ifDies: string): readonly Act[] {
	const {object, of, scalers} = side;
	if (scalers.length === 0) return [];
	const wait = {...readyOf(object, plan, namesOf(plan).replicas), ...alongOf(side)};
	return [
		{title: `See that ${object.metadata.name} has as many pods as the autoscaler gave ${of.metadata.name}`, writes: [], wait, ifDies},
	];
}

type Names = {readonly name: string; readonly preview: string; readonly replicas: number; readonly all: string};

function namesOf({workload, copy}: BlueGreen): Names {
	const replicas = numberAt(workload, 'spec', 'replicas') ?? 1;
	return {name: workload.metadata.name, preview: copy.manifest.metadata.name, replicas, all: count(replicas, 'pod')};
}

const patchOf = (workload: KubeObject, patch: NewVersion['forward']): Write => ({op: 'patch', ref: refOf(workload), type: 'json', patch});
const deletionOf = (manifest: KubeObject): Write => ({op: 'delete', ref: refOf(manifest), propagation: 'Background'});
const readyOf = (object: KubeObject, {wishes: {withinMs}}: BlueGreen, pods: number) => ({
	kind: 'ready' as const,
	ref: refOf(object),
	pods,
	withinMs,
});

const pinAct = ({name}: Names, writes: readonly Write[]): readonly Act[] =>
	writes.length === 0
		? []
		: [
				{
					title: `Keep the autoscaler of ${name} from taking pods away while others serve`,
					writes,
					ifDies: `${name} serves as before, and its autoscaler takes none of its present pods away`,
				},
			];

const previewAct = (plan: BlueGreen, {name, preview, replicas, all}: Names, companions: readonly Write[]): Act => ({
	title: `Start ${preview} with ${all} of the new version, reached by Service ${plan.traffic.preview.name}`,
	writes: [...plan.traffic.prepare, {op: 'create', ref: refOf(plan.copy.manifest), manifest: plan.copy.manifest}, ...companions],
	// It gets everything at once, so a program that ends after a second must not count as ready.
	wait: {...readyOf(plan.copy.manifest, plan, replicas), ...steadily(plan)},
	ifDies: untouched(name, preview),
});

const untouched = (name: string, preview: string) => `${name} serves as before; ${preview} stands beside it without traffic`;

/** What is looked at before anything is sent to the preview. */
function checkActs(
	{traffic: {preview: service}, wishes: {check, judgedBy, pauseAtPreview, withinMs}}: BlueGreen,
	{name, preview, replicas}: Names,
) {
	const ifDies = untouched(name, preview);
	const acts: Act[] = [];
	if (check !== undefined)
		acts.push({
			title: `Check that ${check.path} answers at Service ${service.name}, port ${check.port}`,
			writes: [],
			wait: {kind: 'check', service, port: check.port, path: check.path, withinMs: Math.min(withinMs, 60_000)},
			ifDies,
		});
	if (judgedBy !== undefined)
		acts.push({
			title: `Judge ${preview} by the traffic that it gets, for ${judgedBy}`,
			writes: [],
			wait: {kind: 'judge', weight: 0, share: 0, pods: replicas},
			ifDies,
		});
	if (pauseAtPreview)
		acts.push({
			title: `Wait until somebody promotes ${name}`,
			writes: [],
			wait: {kind: 'hold', why: `${preview} waits to be looked at`},
			ifDies,
		});
	return acts;
}

const removeAct = ({name, preview}: Names, writes: readonly Write[]): Act => ({
	title: `Remove ${preview} and what was made for it`,
	writes,
	ifDies: `${name} serves everything; of ${preview} something may be left`,
});
