import {DriftError} from '../../../core/error.ts';
import type {JsonObject} from '../../../core/json.ts';
import {type Context, type Effects, StoppedError} from '../../../core/tool.ts';
import type {DeployPorts} from '../ports.ts';
import {type Crew, carryOutStep, close, crewOf, emitStep, holdOf, type Staged} from './crew.ts';
import {goBack, unlessRecordLost, type WayBack, wordsOf} from './go-back.ts';
import {goForward, judgedSoFar} from './go-forward.ts';
import {guardianActed, isEndedByGuardian} from './guardian/guardian-acted.ts';
import {anotherOne, heldBy} from './lease/held-by.ts';
import {isHeld, readLease} from './lease/lease.ts';
import {LeaseLost} from './lease/renew-beside.ts';
import {isPassing, patience} from './patience.ts';
import {ChangedRecord} from './record/changed-record.ts';
import {nothingKnown, type RolloutRecord} from './record/record.ts';
import {rolloutRefs} from './record/rollout-objects.ts';
import {tidyFrom, type Unfinished} from './tidy-up.ts';

/** How a rollout ended. `cause` is what turned it back; undefined where another run turned it. `unfinished` is cleaning up that could not be done. */
export type RolloutEnd =
	| {readonly ended: 'forward'; readonly verdicts: readonly JsonObject[]; readonly unfinished: readonly Unfinished[]}
	| ({readonly ended: 'back'; readonly verdicts: readonly JsonObject[]; readonly reason: string; readonly cause: unknown} & WayBack);

/**
 * Carries a rollout out from where its record says it is, whoever began it: forward, or on its way back. At every moment it may die and
 * be gone on with, here or elsewhere.
 * @throws LeaseLost when somebody else took over: then nothing more was written
 * @throws MkcoaError of the server when it was away too long: then the rollout rests where it is
 */
export async function runScript(staged: Staged, context: Context<DeployPorts>, effects: Effects): Promise<RolloutEnd> {
	const patiently = patience(context);
	if (await patiently(() => effects.wasDone(staged.layout.close))) return endedBefore(staged, effects);
	const hold = holdOf(staged, context, effects);
	await makeLease(staged, context, effects);
	await hold.take(patiently);
	return hold.during(signal => carriedOut(crewOf(staged, {...context, signal}, effects, hold)));
}

async function carriedOut(crew: Crew): Promise<RolloutEnd> {
	const found = await open(crew);
	if (found === 'ended') {
		await close(crew);
		return endedBefore(crew, crew.effects);
	}
	const verdicts = [...found.verdicts];
	let position = found.position;
	let cause: unknown = crew.turn;
	if (cause === undefined) await restAfterGuardian(crew, found);
	if (found.phase === 'forward' && cause === undefined) {
		try {
			const unfinished = await goForward(crew, found, {
				verdicts,
				reach(reached) {
					position = reached;
				},
			});
			return {ended: 'forward', verdicts, unfinished};
		} catch (error) {
			await restIfItMust(crew, error);
			cause = error;
		}
	}
	const reason = cause === undefined ? found.reason : wordsOf(cause);
	return {ended: 'back', verdicts, reason, cause, ...(await turned(crew, {...found, position, reason, verdicts}))};
}

/** Some failures turn a rollout back, and others leave it where it is: those are thrown again. */
async function restIfItMust({context, hold}: Crew, error: unknown): Promise<void> {
	if (error instanceof LeaseLost || context.signal.aborted || isPassing(error)) throw error;
	if (!(error instanceof ChangedRecord)) return;
	// Whoever takes it back should not have to wait.
	await hold.release().catch(() => {});
	throw error;
}

/** @throws `guardian-acted` where the way forward is over. Whoever takes it back should not have to wait. */
async function restAfterGuardian({hold, workload}: Crew, found: RolloutRecord): Promise<void> {
	if (!isEndedByGuardian(found)) return;
	await hold.release().catch(() => {});
	const left = [`what the rollout of ${workload.name} made stands still`];
	throw new StoppedError({trouble: guardianActed(workload, found).trouble, undone: [], left});
}

/** Makes the record, or finds it. `ended`: an earlier run of this plan came to its end, all but the closing. */
async function open(crew: Crew): Promise<RolloutRecord | 'ended'> {
	const {layout, effects, record, patiently, context} = crew;
	const found = await patiently(() => record.read()).catch((error: unknown) => anyPlace(crew, error));
	if (found !== undefined) return layout.record === undefined ? freshened(crew, found) : ofThisPlan(crew, layout.record, found);
	// The record goes first when a rollout closes.
	if (await effects.wasDone(layout.close, 0)) return 'ended';
	if (layout.record === undefined) return anyPlace(crew, recordGone());
	await carryOutStep(crew, layout.record);
	await patiently(async () => {
		await record.read();
		await record.write({startedAt: new Date(context.clock.now()).toISOString()});
	});
	const made = await patiently(record.read);
	if (made === undefined) throw recordGone();
	return made;
}

/** The record that a plan made, when it is gone on with. By then there may be another one of that name: of a rollout that somebody began since. */
async function ofThisPlan(
	{steps, effects, hold, workload}: Crew,
	step: number,
	found: RolloutRecord & {readonly uid?: string | undefined},
) {
	const last = (steps[step]?.writes.length ?? 0) - 1;
	const made = (await effects.wasDone(step, last)) ? await effects.performAt(step, last) : null;
	if (made !== null && made.metadata.uid === found.uid) return found;
	await hold.release().catch(() => {});
	throw new StoppedError({trouble: anotherOne(workload, found), undone: [], left: []});
}

/** What was asked of a holder that died is not asked of the one who takes over. */
async function freshened({patiently, record}: Crew, found: RolloutRecord): Promise<RolloutRecord> {
	const answered = {...found.answered, turn: found.answered.turn + 1, isDone: false};
	await patiently(() => record.write({request: null, paused: false, answered})).catch(unlessRecordLost);
	return {...found, request: undefined, paused: false};
}

/** A record that is gone or not to be believed may be of any place, and all of a way back leads from there to what was before. */
function anyPlace({turn, script}: Crew, error: unknown): RolloutRecord {
	if (turn === undefined || !(error instanceof ChangedRecord || error instanceof DriftError)) throw error;
	return {...nothingKnown, position: script.acts.length};
}

const recordGone = () => new DriftError(['the record of the rollout was deleted']);

/** Before anything is held. Of two who make the Lease at once, one finds it there. */
async function makeLease({steps, layout, workload}: Staged, context: Context<DeployPorts>, effects: Effects): Promise<void> {
	const patiently = patience(context);
	const step = steps[layout.lease];
	if (step === undefined || step.writes.length === 0) return;
	emitStep({steps, context}, layout.lease, step);
	try {
		for (const at of step.writes.keys()) await patiently(() => effects.performAt(layout.lease, at));
	} catch (error) {
		const {lease} = rolloutRefs(workload);
		const live = error instanceof DriftError ? await context.ports.cluster.get(lease) : undefined;
		if (live === undefined || !isHeld(readLease(live), context)) throw error;
		throw heldBy(workload, readLease(live), context.clock.now());
	}
}

async function turned(crew: Crew, {phase, back, position, reason, verdicts}: RolloutRecord): Promise<WayBack> {
	const from = phase === 'back' ? back : 0;
	const change = {phase: 'back', back: from, reason, ...judgedSoFar(verdicts), deadline: '', paused: false, request: null} as const;
	await crew.patiently(() => crew.record.write(change)).catch(unlessRecordLost);
	const way = await goBack(crew, from, position);
	if (way.left.length === 0) await close(crew);
	// What is left is a person's to look at, and nobody should have to wait for that.
	else await crew.hold.release().catch(() => {});
	return way;
}

/** Only the closing was left. Whether it was one way or the other, what was written tells. */
async function endedBefore(staged: Staged, effects: Pick<Effects, 'wasDone'>): Promise<RolloutEnd> {
	if ((await isThrough(staged, effects)) && !(await wasTurned(staged, effects))) return {ended: 'forward', verdicts: [], unfinished: []};
	return {ended: 'back', verdicts: [], reason: 'it was taken back before the run was interrupted', cause: undefined, undone: [], left: []};
}

/** Whether the last act before the cleaning up was carried out, in this run or before it. */
async function isThrough({layout, script}: Staged, {wasDone}: Pick<Effects, 'wasDone'>): Promise<boolean> {
	const step = layout.act(script.acts.slice(0, tidyFrom(script)).findLastIndex(({writes}) => writes.length > 0));
	return step === undefined ? layout.act(script.acts.length - 1) !== undefined : wasDone(step);
}

/** Whether anything of the way back was written. */
async function wasTurned({layout, script, steps}: Staged, {wasDone}: Pick<Effects, 'wasDone'>): Promise<boolean> {
	for (const index of script.wayBack.keys()) {
		const step = layout.back(index);
		if (step === undefined) continue;
		for (const at of steps[step]?.writes.keys() ?? []) if (await wasDone(step, at)) return true;
	}
	return false;
}
