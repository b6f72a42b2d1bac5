import {DriftError} from '../../../../core/error.ts';
import type {ApprovedPlan} from '../../../../core/plan.ts';
import type {Context, Effects} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import {stagesIn} from '../../strategies/canary/judging/judged-stage.ts';
import {rolloutEnded} from '../end-of-rollout.ts';
import {judgeOf} from '../judges.ts';
import {layoutOf, stepOfPlan} from '../layout.ts';
import {commandWords, endedElsewhere, holderText} from '../lease/held-by.ts';
import {ChangedRecord} from '../record/changed-record.ts';
import {nothingKnown} from '../record/record.ts';
import {recordSeal} from '../record/record-seal.ts';
import {readScript, rolloutRefs} from '../record/rollout-objects.ts';
import {type RolloutEnd, runScript} from '../run-script.ts';
import {TurnBack} from '../turn-back.ts';
import {ask} from './ask.ts';
import type {ControlInput, ControlOutput} from './control-input.ts';
import {removed} from './removed.ts';

/** Carries out what `planControl` planned. @throws StoppedError where a rollout that is taken over ends another way than it was to */
export async function applyControl(
	plan: ApprovedPlan<ControlInput>,
	context: Context<DeployPorts>,
	effects: Effects,
	judge: typeof judgeOf = judgeOf,
): Promise<ControlOutput> {
	const {way} = plan.input;
	if (way === 'ask') return ask(plan, context, effects);
	if (way === 'take-over') return takenOver(plan, context, effects, judge);
	return removed(plan, context, effects);
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
	if (secret === undefined || (object === undefined && input.lost !== true)) throw endedElsewhere(workload);
	const isAbort = verb === 'abort';
	const sealed = object === undefined ? undefined : recordSeal(secret)?.opened(object);
	if (object !== undefined && sealed === undefined && !isAbort) throw new ChangedRecord(workload, object);
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
	const known = {name, namespace, next: [`mkcoa deploy status ${commandWords(workload)}`]};
	const output = (ended: RolloutEnd) => (ended.ended === 'back' && !isAbort ? {...known, ...wentBack(ended)} : undefined);
	const ending = {workload, strategy: record.strategy, signal: context.signal, wantsBack: isAbort, output};
	const end = await rolloutEnded(ending, () => runScript(staged, context, effects));
	const {step: number, of} = stepOfPlan({position, acts: script.acts.length});
	if (end.ended === 'back') return {...known, ...wentBack(end), result: 'taken-back'};
	return {...known, result: 'promoted', reason: '', step: {number, of, title: ''}, undone: [], ...stagesIn(end)};
}

const wentBack = (end: Extract<RolloutEnd, {ended: 'back'}>) => ({
	result: end.left.length === 0 ? ('went-back' as const) : ('stuck' as const),
	reason: end.reason,
	undone: [...end.undone],
	...stagesIn(end),
});
