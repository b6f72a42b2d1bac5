import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf} from '../../../../core/kube/kube-object.ts';
import type {Draft} from '../../../../core/plan.ts';
import {preconditionOf} from '../../../../core/road/precondition.ts';
import {shows} from '../../../../core/road/shows.ts';
import type {Context} from '../../../../core/tool.ts';
import {autoscalerOf} from '../../autoscaler.ts';
import type {DeployPorts} from '../../ports.ts';
import type {Act, Script} from '../act.ts';
import {draftRollout} from '../draft-rollout.ts';
import {closeStep, type Start, stepText} from '../layout.ts';
import {heldBy, holderText, workloadName} from '../lease/held-by.ts';
import {type Rollout, readRollout} from '../record/read-rollout.ts';
import {type RolloutRecord, recordPatch} from '../record/record.ts';
import {readScript, rolloutRefs} from '../record/rollout-objects.ts';
import {strategyWords} from '../strategy-words.ts';
import type {ControlInput, ControlVerb} from './control-input.ts';

type Asking = {
	readonly verb: ControlVerb;
	readonly full: boolean;
	readonly workload: KubeObject;
	readonly context: Context<DeployPorts>;
};

/**
 * Promotes, pauses, goes on with or takes back the rollout of a plain workload. The one who is at it is asked; where nobody lives, `resume`
 * and `abort` take it over.
 * @throws `no-rollout` where there is none, `nobody-at-it` where `promote` or `pause` find nobody to ask
 */
export async function planControl(
	verb: ControlVerb,
	workload: KubeObject,
	{full = false}: {readonly full?: boolean},
	context: Context<DeployPorts>,
): Promise<Draft<ControlInput>> {
	const name = workloadName(workload);
	const rollout = await readRollout(context.ports.cluster, name, context);
	const asking = {verb, full, workload, context};
	if (rollout.recordObject === undefined) return withoutRecord(asking, rollout);
	if (rollout.record === undefined) throw unreadable(rollout.recordObject);
	if (rollout.alive) return draftRequest(asking, rollout, rollout.record);
	if (verb === 'promote' || verb === 'pause') throw nobodyAtIt(asking, rollout.record);
	return draftTakeOver(asking, rollout.record);
}

const inputOf = ({verb, full, workload}: Asking, way: ControlInput['way'], start: Start): ControlInput => ({
	...workloadName(workload),
	verb,
	full,
	way,
	...start,
});

const nowhere: Start = {phase: 'forward', position: 0, back: 0};

/** A Lease or a script alone is of a rollout that had changed nothing yet, or had nothing left to change. */
async function withoutRecord(asking: Asking, {leaseObject, lease, alive}: Rollout): Promise<Draft<ControlInput>> {
	const {verb, workload, context} = asking;
	const {cluster} = context.ports;
	const {namespace, name} = workloadName(workload);
	if (lease !== undefined && alive) throw heldBy({namespace, name}, lease, context.clock.now());
	const refs = rolloutRefs(workloadName(workload));
	const script = await cluster.get(refs.script);
	if ((leaseObject === undefined && script === undefined) || verb === 'promote' || verb === 'pause') throw noRollout(asking);
	const {title, writes} = closeStep(refs);
	const there = writes.filter(({ref}) => (ref.kind === 'Lease' ? leaseObject : ref.kind === 'Secret' ? script : undefined) !== undefined);
	return {
		input: inputOf(asking, 'remove', nowhere),
		summary: `Remove what a rollout of ${namespace}/${name} left before it began or after it ended`,
		risk: {level: 'low', reasons: []},
		steps: [{title, writes: there, upkeep: [refs.lease, refs.record]}],
		changes: there.map(({ref}) => ({ref, operation: 'delete', fields: [], computed: 'local', why: "mkcoa's own, and of no use any more"})),
		consequences: [],
		preconditions: [
			preconditionOf(leaseObject, refs.lease, 'identity'),
			preconditionOf(script, refs.script, 'identity'),
			preconditionOf(undefined, refs.record, 'identity'),
		],
		verify: [],
		undo: {possible: false, how: 'nothing needs these objects'},
	};
}

/** What to do instead of `mkcoa undo`. */
const contraries = {
	promote: 'abort takes all of it back as long as it lasts',
	pause: 'resume lets it go on',
	resume: 'pause holds it again',
	abort: 'roll the version out again',
} as const;

const deeds = {
	promote: 'end the wait that it is at, and go on',
	pause: 'pause',
	resume: 'go on',
	abort: 'take it back',
} as const;

/** One line for the one who is at it. */
function draftRequest(asking: Asking, {lease, recordObject}: Rollout, record: RolloutRecord): Draft<ControlInput> {
	const {verb, full, workload, context} = asking;
	const {namespace, name} = workloadName(workload);
	const {record: ref} = rolloutRefs(workloadName(workload));
	const request = {verb: verb === 'promote' && full ? ('promote-full' as const) : verb, by: context.holder.replaceAll(/\s/g, '-')};
	const who = holderText(lease?.holder ?? '');
	return {
		input: inputOf(asking, 'ask', {phase: record.phase, position: record.position, back: record.back}),
		summary: `Ask ${who}, who carries out the ${strategyWords(record.strategy)} of ${namespace}/${name}, to ${verb === 'promote' && full ? 'promote it without another wait' : deeds[verb]}`,
		risk: {level: 'low', reasons: []},
		steps: [
			{title: `Write the request into ConfigMap ${ref.name}`, writes: [{op: 'patch', ref, type: 'merge', patch: recordPatch({request})}]},
		],
		changes: [{ref, operation: 'update', fields: [{path: ['data', 'request'], operation: 'add', after: request.verb}], computed: 'local'}],
		consequences: [{id: 'asked', severity: 'info', text: `${who} does it within seconds, and this command waits for that`}],
		preconditions: [preconditionOf(recordObject, ref, 'identity')],
		verify: [`The record of the rollout shows that it was done`],
		undo: {possible: false, how: contraries[verb]},
	};
}

/** A rollout whose holder died, from where it stands: a plan like any other. */
async function draftTakeOver(asking: Asking, record: RolloutRecord): Promise<Draft<ControlInput>> {
	const {verb, workload, context} = asking;
	const {cluster} = context.ports;
	const {namespace, name} = workloadName(workload);
	const secret = await cluster.get(rolloutRefs(workloadName(workload)).script);
	if (secret === undefined) throw unreadable(undefined);
	const whole = readScript(secret, record.digest);
	const script = await withoutDone(cluster, whole, record);
	const isBack = verb === 'abort' || record.phase === 'back';
	const start: Start = {phase: isBack ? 'back' : 'forward', position: record.position, back: record.phase === 'back' ? record.back : 0};
	const by = `${holderText(record.by)} began it`;
	return draftRollout(cluster, {
		input: inputOf(asking, 'take-over', start),
		strategy: record.strategy,
		workload,
		summary: `${isBack ? 'Take back' : 'Go on with'} the ${strategyWords(record.strategy)} of ${namespace}/${name}, which stands at ${stepText(record)}`,
		script,
		whole,
		start,
		scaled: (await autoscalerOf(cluster, workload)).scaler !== undefined,
		notes: [
			{
				id: 'taken-over',
				severity: 'info',
				text: `${by}${record.startedAt === '' ? '' : ` at ${record.startedAt}`}, and is not at it any more${record.phase === 'back' && verb === 'resume' ? '; it was on its way back already' : ''}`,
			},
		],
		verify: [isBack ? 'All is as it was before the rollout' : 'As the rollout was planned'],
		undo: {possible: true, how: `mkcoa undo takes back what this run does`},
	});
}

/** The act that was under way may be done in part: what is there already is not made again, what is gone is not deleted again. */
async function withoutDone(cluster: DeployPorts['cluster'], script: Script, {position}: RolloutRecord): Promise<Script> {
	const current = script.acts[position];
	if (current === undefined) return script;
	const isOpen = await Promise.all(
		current.writes.map(async write => {
			const live = await cluster.get(write.ref);
			if (write.op === 'create') return live === undefined || !isOurs(live, write.manifest);
			return write.op !== 'delete' || !shows(write, live, live);
		}),
	);
	const act: Act = {...current, writes: current.writes.filter((_, index) => isOpen[index])};
	return {...script, acts: script.acts.with(position, act)};
}

/** Made by this rollout: labels and annotations that nobody else would give it. */
const isOurs = (live: KubeObject, {metadata}: KubeObject) =>
	Object.entries({...metadata.labels, ...metadata.annotations}).every(
		([key, value]) => live.metadata.labels?.[key] === value || live.metadata.annotations?.[key] === value,
	);

const usage = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

const noRollout = ({verb, workload}: Asking) => {
	const {namespace, name} = workloadName(workload);
	return usage(
		'no-rollout',
		`There is no rollout of ${name} to ${verb}`,
		'mkcoa carries none out, and none was left half way',
		`See what serves with: mkcoa deploy status ${name} -n ${namespace}`,
	);
};

const nobodyAtIt = ({verb, workload}: Asking, record: RolloutRecord) => {
	const {namespace, name} = workloadName(workload);
	return usage(
		'nobody-at-it',
		`Nobody carries the rollout of ${name} out now, so nobody can ${verb} it`,
		`it rests at ${stepText(record)}: its holder died`,
		`Go on with it: mkcoa deploy resume ${name} -n ${namespace}, or take it back: mkcoa deploy abort ${name} -n ${namespace}`,
	);
};

const unreadable = (object: KubeObject | undefined) =>
	new MkcoaError({
		kind: 'environment',
		code: 'rollout-unreadable',
		what:
			object === undefined ? 'The script of the rollout is gone' : `${refOf(object).kind} ${object.metadata.name} is not what mkcoa writes`,
		why: 'somebody changed the objects in which the rollout is kept',
		next: 'Set the workload right by hand, then delete Lease, ConfigMap and Secret of that name',
	});
