import {sleep} from '../../../../core/clock.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {ApprovedPlan} from '../../../../core/plan.ts';
import {type Context, type Effects, StoppedError} from '../../../../core/tool.ts';
import {plainLine} from '../../../../mcp/kubernetes/model/untrusted-text.ts';
import type {DeployPorts} from '../../ports.ts';
import {stepOfPlan} from '../layout.ts';
import {commandWords, holderText} from '../lease/held-by.ts';
import {patience} from '../patience.ts';
import {readRollout} from '../record/read-rollout.ts';
import {type Answer, type RolloutRecord, readRecord} from '../record/record.ts';
import {requestEveryMs} from '../steer.ts';
import type {ControlInput, ControlOutput} from './control-input.ts';

const longest = 300;

/**
 * Writes a request into the record, and waits until the one who is at it has answered it.
 * @throws `nobody-at-it`, `goes-back`, `request-unheard` where it came to nothing
 */
export async function ask({input}: ApprovedPlan<ControlInput>, context: Context<DeployPorts>, effects: Effects): Promise<ControlOutput> {
	const {verb} = input;
	const {clock, signal, emit, ports} = context;
	const patiently = patience(context);
	const made = await effects.performAt(0, 0);
	const turn = (made === null ? undefined : readRecord(made))?.answered.turn ?? 0;
	let last: RolloutRecord | undefined;
	for (;;) {
		const {record, recordObject, alive} = await patiently(() => readRollout(ports.cluster, input, context));
		if (recordObject === undefined) return ended(input, last);
		last = record;
		if (record?.phase === 'back' && verb !== 'abort') throw inVain(goesBack(input, record));
		if (record !== undefined && record.answered.turn > turn) return answered(input, record, context.holder);
		if (!alive) throw inVain(holderDied(input));
		emit({kind: 'progress', text: record?.phase === 'back' ? `Going back: ${record.title}` : 'Waiting for the one who is at it'});
		await sleep(clock, requestEveryMs, signal);
	}
}

function stepOf({acts}: RolloutRecord, {position, title}: Pick<Answer, 'position' | 'title'>) {
	const {step: number, of} = stepOfPlan({position, acts});
	return {number, of, title: plainLine(title, longest)};
}

/** An abort is done when nothing is left of the rollout. */
function ended({name, namespace, kind, verb}: ControlInput, last: RolloutRecord | undefined): ControlOutput {
	const output = {name, namespace, reason: '', undone: [], next: [`mkcoa deploy status ${commandWords({name, namespace, kind})}`]};
	if (verb !== 'abort' || last?.phase !== 'back') return {...output, result: 'over'};
	return {...output, result: 'taken-back', reason: plainLine(last.reason, longest), step: stepOf(last, {...last, title: ''})};
}

const results = {pause: 'paused', resume: 'going-on', promote: 'let-through', abort: 'taken-back'} as const;

/** What the holder made of the request, if it was this one that it answered. */
function answered(input: ControlInput, record: RolloutRecord, holder: string): ControlOutput {
	const {name, namespace, kind, verb, full} = input;
	const {answered: answer} = record;
	const isMine = answer.by === holder.replaceAll(/\s/g, '-') && answer.verb === (verb === 'promote' && full ? 'promote-full' : verb);
	if (!isMine || !answer.isDone) throw inVain(unheard(input, answer));
	const words = commandWords({name, namespace, kind});
	const step = stepOf(record, answer);
	return {
		name,
		namespace,
		result: verb === 'promote' && full ? 'promoted-in-full' : results[verb],
		reason: '',
		step,
		...(verb === 'pause' ? {} : {after: plainLine(answer.after, longest)}),
		undone: [],
		next: [verb === 'pause' ? `mkcoa deploy resume ${words}` : `mkcoa deploy status ${words}`, `mkcoa deploy abort ${words}`],
	};
}

/** A request that came to nothing changed nothing, so there is nothing of it to take back or to go on with. */
const inVain = ({trouble: why}: MkcoaError) => new StoppedError({trouble: why, undone: [], left: []});

const trouble = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'environment', code, what, why, next});

const holderDied = ({verb, ...workload}: ControlInput) =>
	trouble(
		'nobody-at-it',
		`Whoever carried the rollout of ${workload.name} out died before it could ${verb}`,
		'its Lease has run out',
		`Go on with it: mkcoa deploy resume ${commandWords(workload)}, or take it back: mkcoa deploy abort ${commandWords(workload)}`,
	);

/** A rollout on its way back cannot be turned round. */
export const goesBack = (
	{verb, ...workload}: Pick<ControlInput, 'verb' | 'name' | 'namespace' | 'kind'>,
	{reason}: Pick<RolloutRecord, 'reason'>,
) =>
	trouble(
		'goes-back',
		`The rollout of ${workload.name} goes back, so nobody can ${verb} it`,
		plainLine(reason, longest) || 'it did not hold',
		`See how far it is: mkcoa deploy status ${commandWords(workload)}`,
	);

const unheard = ({verb, ...workload}: ControlInput, {verb: other, by}: Answer) =>
	trouble(
		'request-unheard',
		`The request to ${verb} the rollout of ${workload.name} was not done`,
		`another one came first: ${holderText(by)} asked to ${plainLine(other, longest)}`,
		`See how it stands, then ask again: mkcoa deploy status ${commandWords(workload)}`,
	);
