import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {mayBeEnded, type Wait} from './act.ts';
import {type Crew, carryOutStep, close} from './crew.ts';
import {keepEvidence} from './keep-evidence.ts';
import {commandWords} from './lease/held-by.ts';
import type {RecordChange, RolloutRecord} from './record/record.ts';
import {lastEvidence} from './record/record-evidence.ts';
import {Skipped, steer} from './steer.ts';
import {strictly, tidily, tidyFrom, type Unfinished} from './tidy-up.ts';
import {TurnBack, type TurnReason} from './turn-back.ts';
import {type StageVerdict, waitFor} from './wait-for.ts';

type Told = {
	/** Gets the verdict of each stage that was judged. */
	readonly verdicts: JsonObject[];
	/** Called with each act before it begins. */
	readonly reach: (position: number) => void;
};

/**
 * Every act from where the record is to the last, each written into the record before it begins, and the closing.
 * @returns what of the cleaning up could not be done
 * @throws TurnBack, and what a write throws
 */
export async function goForward(crew: Crew, found: RolloutRecord, {verdicts, reach}: Told): Promise<readonly Unfinished[]> {
	const {script, layout, record, patiently, context} = crew;
	const unfinished: Unfinished[] = [];
	const steered = steer(crew);
	const [strict, tidy] = [strictly(steered), tidily(crew, steered, unfinished)];
	const tidiesFrom = tidyFrom(script);
	for (const [position, {title, wait}] of script.acts.entries()) {
		const step = layout.act(position);
		if (position < found.position) continue;
		if (step === undefined) throw new Error(`The plan has no act ${position}`);
		const manner = position < tidiesFrom ? strict : tidy;
		reach(position);
		await manner.steering.pulse();
		// A time that began to run before goes on; a deadline for pods to get ready does not.
		const runs = position === found.position && wait?.kind === 'keep' && found.deadline !== '';
		const deadline = runs ? found.deadline : deadlineOf(wait, context.clock.now());
		const before = position === found.position && wait?.kind === 'judge' ? found.since : '';
		const since = wait?.kind === 'judge' ? before || (await timeNow(crew)) : '';
		await patiently(() => record.write({position, title, deadline, since, ...judgedSoFar(verdicts)})).catch(manner.record);
		await carryOutStep(crew, step, {failed: manner.write});
		if (wait === undefined) continue;
		tellWays(crew, wait);
		const {steering} = manner;
		const verdict = await passed(() =>
			waitFor(wait, {
				beganMs: before === '' ? undefined : Date.parse(before),
				steering,
				patiently,
				judge: crew.judge,
				context,
				effects: crew.effects,
				seen: wait.kind === 'judge' ? keepEvidence(crew, wait) : undefined,
				deadlineMs: Date.parse(deadline),
			}),
		).catch((error: unknown): undefined => void manner.wait(title, error));
		if (wait.kind !== 'judge' || verdict === undefined) continue;
		verdicts.push({weight: wait.weight, share: wait.share, verdict});
		if (verdict.verdict !== 'pass') throw new TurnBack(turnOf(verdict), verdict.reason);
	}
	reach(script.acts.length);
	await patiently(() =>
		record.write({
			position: script.acts.length,
			title: 'Remove what the rollout kept in the cluster',
			deadline: '',
			...judgedSoFar(verdicts),
		}),
	).catch(tidy.record);
	await close(crew, tidy.write);
	return unfinished;
}

/** By the clock of the judge; empty where it cannot be asked: whoever goes on with the stage begins it anew then. */
async function timeNow({judge, context: {clock}}: Crew): Promise<string> {
	const nowMs = judge.now === undefined ? clock.now() : await judge.now();
	return nowMs === undefined ? '' : new Date(nowMs).toISOString();
}

/** Shorter waits are over before anybody could act. */
const longWaitMs = 15_000;

/** A person who watches reads here what ends the wait, both ways. */
function tellWays({workload, context: {emit}}: Crew, wait: Wait): void {
	if (wait.kind !== 'hold' && (wait.kind !== 'keep' || wait.ms < longWaitMs)) return;
	const words = commandWords(workload);
	const end = mayBeEnded(wait) ? `. End this wait: mkcoa deploy promote ${words}` : '';
	emit({kind: 'note', text: `Take it back at once: mkcoa deploy abort ${words}${end}`});
}

function turnOf({verdict, uncounted, noSeries}: StageVerdict): TurnReason {
	if (verdict === 'fail') return 'verdict';
	if (uncounted === true) return 'no-numbers';
	return noSeries === true ? 'no-series' : 'no-data';
}

/** As the record keeps it: every verdict, and the evidence of the last one. */
export function judgedSoFar(verdicts: readonly JsonObject[]): Pick<RecordChange, 'verdicts' | 'evidence'> {
	const evidence = lastEvidence(verdicts);
	return {verdicts: verdicts.map(slim), ...(evidence === undefined ? {} : {evidence})};
}

/** What a verdict rests on is for the one who watches: a record must not grow with it. */
function slim({verdict, ...stage}: JsonObject): JsonObject {
	if (!isJsonObject(verdict)) return stage;
	const {evidence: _, ...kept} = verdict;
	return {...stage, verdict: kept};
}

function deadlineOf(wait: Wait | undefined, nowMs: number): string {
	const lasts = wait === undefined ? undefined : wait.kind === 'keep' ? wait.ms : 'withinMs' in wait ? wait.withinMs : undefined;
	return lasts === undefined ? '' : new Date(nowMs + lasts).toISOString();
}

/** A wait that somebody ended by promoting counts as passed, and says who it was. */
async function passed(go: () => Promise<StageVerdict | undefined>): Promise<StageVerdict | undefined> {
	try {
		return await go();
	} catch (error) {
		if (error instanceof Skipped) return {verdict: 'pass', reason: error.message, judgedBy: []};
		throw error;
	}
}
