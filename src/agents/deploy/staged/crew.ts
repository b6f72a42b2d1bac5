import {DriftError} from '../../../core/error.ts';
import type {Step, Write} from '../../../core/plan.ts';
import type {Context, Effects} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import type {Act, Script} from './act.ts';
import {type Layout, underWay} from './layout.ts';
import type {WorkloadName} from './lease/held-by.ts';
import {type Holding, holdLease} from './lease/hold-lease.ts';
import {type Patience, patience} from './patience.ts';
import {keepRecord, type RecordKeeper} from './record/keep-record.ts';
import {rolloutRefs} from './record/rollout-objects.ts';
import type {TurnBack} from './turn-back.ts';
import type {JudgeStage} from './wait-for.ts';

/** A rollout that is to be carried out, as its plan says. */
export type Staged = {
	readonly workload: WorkloadName;
	readonly script: Script;
	/** Of the approved plan: what is carried out is its own text. */
	readonly steps: readonly Step[];
	readonly layout: Layout;
	readonly judge: JudgeStage;
	/** Why it is to go back from wherever it is; left out where it goes on. */
	readonly turn?: TurnBack | undefined;
};

/** All hands of one run. */
export type Crew = Staged & {
	readonly context: Context<DeployPorts>;
	readonly effects: Pick<Effects, 'wasDone' | 'performAt' | 'tend'>;
	readonly hold: Holding;
	readonly record: RecordKeeper;
	readonly patiently: Patience;
};

/** The Lease of a rollout, for one run. */
export function holdOf(
	{workload}: Staged,
	{holder, clock, holderDied, signal, ports: {cluster}}: Context<DeployPorts>,
	effects: Effects,
): Holding {
	return holdLease({ref: rolloutRefs(workload).lease, workload, holder, cluster, effects, clock, holderDied, signal});
}

/** Gathers what a run needs that holds its Lease. @param context its signal aborts when the Lease is lost, and nothing is sent after that */
export function crewOf(staged: Staged, context: Context<DeployPorts>, effects: Effects, hold: Holding): Crew {
	effects.until(context.signal);
	const held = whileHeld(effects, hold);
	const record = keepRecord({workload: staged.workload, hold, cluster: context.ports.cluster, effects: held});
	return {...staged, script: asPlanned(staged), context, effects: held, hold, record, patiently: patience(context)};
}

/** The one place where the Lease is asked for before something is sent. */
const whileHeld = (effects: Effects, {sure}: Holding): Crew['effects'] => ({
	wasDone: effects.wasDone,
	performAt: (step, write) => sure().then(() => effects.performAt(step, write)),
	tend: (write, seen) => sure().then(() => effects.tend(write, seen)),
});

/** The script with the plan's own text in the acts that the plan holds. */
function asPlanned({script, layout, steps}: Staged): Script {
	const planned = (act: Act, step: number | undefined): Act => {
		const found = step === undefined ? undefined : steps[step];
		return found === undefined ? act : {...act, writes: found.writes};
	};
	return {
		acts: script.acts.map((act, position) => planned(act, layout.act(position))),
		wayBack: script.wayBack.map((act, position) => planned(act, layout.back(position))),
	};
}

/** Of a way that goes as planned the steps back are none. */
export function emitStep({steps, context}: Pick<Crew, 'steps' | 'context'>, index: number, {on: way, title}: Step): void {
	const of = way === 'failure' ? steps.length : steps.filter(({on}) => on !== 'failure').length;
	context.emit({kind: 'step', index, of, title: underWay(title)});
}

/** The last step, which removes the Lease too. @param failed as in `carryOutStep` */
export async function close(crew: Crew, failed?: Failed): Promise<void> {
	await crew.hold.rest();
	await carryOutStep(crew, crew.layout.close, {failed});
}

/** Gets a write that could not be done. Where it does not throw, the next one follows. */
type Failed = (write: Write, error: unknown) => void;

type Doing = {
	/** Writes that are not to be sent, because the cluster is as they would leave it. */
	readonly isDone?: readonly boolean[] | undefined;
	/** Left out, a failure ends the step. */
	readonly failed?: Failed | undefined;
};

/** Each write of a step, tried again while the server does not answer, and none without the Lease. */
export async function carryOutStep(crew: Crew, index: number, {isDone = [], failed}: Doing = {}): Promise<void> {
	const {steps, context, effects, patiently} = crew;
	const step = steps[index];
	if (step === undefined) throw new Error(`The plan has no step ${index}`);
	emitStep(crew, index, step);
	for (const [at, write] of step.writes.entries()) {
		if (isDone[at] === true) continue;
		const {op, ref} = write;
		const sent = patiently(async () => {
			try {
				await effects.performAt(index, at);
			} catch (error) {
				// Whoever deleted it, it is gone.
				if (!(error instanceof DriftError) || op !== 'delete' || (await context.ports.cluster.get(ref)) !== undefined) throw error;
			}
		});
		await (failed === undefined ? sent : sent.catch((error: unknown) => failed(write, error)));
	}
}
