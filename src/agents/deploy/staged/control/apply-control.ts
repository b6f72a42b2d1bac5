import {sleep} from '../../../../core/clock.ts';
import {DriftError, MkcoaError} from '../../../../core/error.ts';
import type {ApprovedPlan} from '../../../../core/plan.ts';
import type {Context, Effects} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import {rolloutEnded} from '../end-of-rollout.ts';
import {judgeOf} from '../judges.ts';
import {layoutOf} from '../layout.ts';
import {endedElsewhere, holderText} from '../lease/held-by.ts';
import {patience} from '../patience.ts';
import {ChangedRecord} from '../record/changed-record.ts';
import {readRollout} from '../record/read-rollout.ts';
import {nothingKnown, type RolloutRecord} from '../record/record.ts';
import {recordSeal} from '../record/record-seal.ts';
import {readScript, rolloutRefs} from '../record/rollout-objects.ts';
import {runScript} from '../run-script.ts';
import {requestEveryMs} from '../steer.ts';
import {TurnBack} from '../turn-back.ts';
import type {ControlInput, ControlOutput} from './control-input.ts';

/** Carries out what `planControl` planned. @throws StoppedError where a rollout that is taken over ends another way than it was to */
export async function applyControl(
	plan: ApprovedPlan<ControlInput>,
	context: Context<DeployPorts>,
	effects: Effects,
	judge: typeof judgeOf = judgeOf,
): Promise<ControlOutput> {
	const {way, name, namespace} = plan.input;
	if (way === 'ask') return asked(plan, context, effects);
	if (way === 'take-over') return takenOver(plan, context, effects, judge);
	for (const at of plan.steps[0]?.writes.keys() ?? []) await effects.performAt(0, at);
	return {name, namespace, result: 'removed', reason: '', undone: []};
}

async function takenOver(
	{input, steps}: ApprovedPlan<ControlInput>,
	context: Context<DeployPorts>,
	effects: Effects,
	judge: typeof judgeOf,
): Promise<ControlOutput> {
	const {name, namespace, kind, verb, phase, position, back} = input;
	const workload = {namespace, name, kind};
	const {cluster} = context.ports;
	const refs = rolloutRefs(workload);
	const [object, secret] = await Promise.all([cluster.get(refs.record), cluster.get(refs.script)]);
	if (object === undefined || secret === undefined) throw endedElsewhere(workload);
	const isAbort = verb === 'abort';
	const sealed = recordSeal(secret)?.opened(object);
	if (sealed === undefined && !isAbort) throw new ChangedRecord(workload, object);
	if (sealed !== undefined && phase === 'forward' && (sealed.phase !== phase || sealed.position !== position))
		throw new DriftError([`the rollout of ${name} went on meanwhile`]);
	const record = sealed ?? nothingKnown;
	const script = readScript(secret, sealed?.digest);
	const staged = {
		workload,
		script,
		steps,
		layout: layoutOf(script, {phase, position, back}, false),
		// It does not choose whose pods an operator with more rights looks at.
		judge: judge({...record, input: {...record.input, name, namespace}}, context),
		turn: isAbort ? new TurnBack('asked', `${holderText(context.holder)} asked for it`) : undefined,
	};
	const end = await rolloutEnded({workload: staged.workload, strategy: record.strategy, signal: context.signal, wantsBack: isAbort}, () =>
		runScript(staged, context, effects),
	);
	if (end.ended === 'forward') return {name, namespace, result: 'promoted', reason: '', undone: []};
	return {name, namespace, result: 'taken-back', reason: end.reason, undone: [...end.undone]};
}

/** What the record shows once the holder did what it was asked for. */
const results: {readonly [verb in ControlInput['verb']]: ControlOutput['result']} = {
	pause: 'paused',
	resume: 'going-on',
	promote: 'going-on',
	abort: 'taken-back',
};

async function asked({input}: ApprovedPlan<ControlInput>, context: Context<DeployPorts>, effects: Effects): Promise<ControlOutput> {
	const {name, namespace, kind, verb} = input;
	const {clock, signal, emit, ports} = context;
	const patiently = patience(context);
	await effects.performAt(0, 0);
	const answer = (reason: string): ControlOutput => ({name, namespace, result: results[verb], reason, undone: []});
	for (;;) {
		const {record, recordObject, alive} = await patiently(() => readRollout(ports.cluster, {namespace, name, kind}, context));
		if (recordObject === undefined) return answer(verb === 'abort' ? '' : 'the rollout has come to its end');
		if (record !== undefined && isDone(verb, record)) return answer('');
		if (!alive) throw holderDied(input);
		emit({kind: 'progress', text: record?.phase === 'back' ? `Going back: ${record.title}` : 'Waiting for the one who is at it'});
		await sleep(clock, requestEveryMs, signal);
	}
}

/** An abort is done when nothing is left of the rollout. */
const isDone = (verb: ControlInput['verb'], {request}: RolloutRecord) => verb !== 'abort' && request === undefined;

const holderDied = ({name, namespace, verb}: ControlInput) =>
	new MkcoaError({
		kind: 'environment',
		code: 'nobody-at-it',
		what: `Whoever carried the rollout of ${name} out died before it could ${verb}`,
		why: 'its Lease has run out',
		next: `Go on with it: mkcoa deploy resume ${name} -n ${namespace}, or take it back: mkcoa deploy abort ${name} -n ${namespace}`,
	});
