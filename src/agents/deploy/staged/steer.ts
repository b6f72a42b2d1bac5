import {sleep} from '../../../core/clock.ts';
import {DriftError} from '../../../core/error.ts';
import type {Context} from '../../../core/tool.ts';
import type {Script} from './act.ts';
import {holderText} from './lease/held-by.ts';
import type {Patience} from './patience.ts';
import type {KeptRecord, RecordKeeper} from './record/keep-record.ts';
import type {Answer, Request, RequestVerb} from './record/record.ts';
import {TurnBack} from './turn-back.ts';
import {whatIsAsked} from './what-is-asked.ts';

/** Between two looks for a request while nothing else is to do. */
export const requestEveryMs = 2000;

/** Somebody promoted by hand: what is waited for counts as passed. */
export class Skipped extends Error {
	override readonly name = 'Skipped';
}

const deeds = {pause: 'paused it', resume: 'lets it go on', promote: 'promoted it', 'promote-full': 'promoted it in full'} as const;

const unsigned = 'it is not signed with the key of this rollout, or was made before another request was answered';

/** What makes a rollout no less safe, so that it needs no signature. */
const isSafe = (verb: RequestVerb) => verb === 'pause' || verb === 'abort';

/** How other terminals reach the one that carries a rollout out. */
export type Steering = {
	/** Does what was asked meanwhile; stays while the rollout is paused. @throws TurnBack, LeaseLost */
	readonly pulse: () => Promise<void>;
	/** The same, in a wait that may be skipped. @throws Skipped too */
	readonly pulseOrSkip: () => Promise<void>;
};

type Needs = {
	readonly script: Script;
	readonly record: RecordKeeper;
	readonly patiently: Patience;
	readonly context: Pick<Context<unknown>, 'clock' | 'signal' | 'emit'>;
};

/** Reads the requests that other terminals wrote into the record, and answers each once. */
export function steer({script, record, patiently, context: {clock, signal, emit}}: Needs): Steering {
	let skippedBy: string | undefined;

	async function look(): Promise<KeptRecord> {
		const now = await patiently(record.read);
		if (now === undefined) throw new DriftError(['the record of the rollout was deleted']);
		return now;
	}

	async function answer(request: Request, {isSigned, answered, position}: KeptRecord): Promise<void> {
		const {verb, by} = request;
		const who = isSigned ? holderText(by) : `somebody in the name of ${holderText(by)}`;
		if (verb === 'abort') throw new TurnBack('asked', `${who} asked for it`);
		const isDone = isSigned || isSafe(verb);
		const given: Answer = {turn: answered.turn + 1, verb, by, isDone, ...whatIsAsked(script, position, verb)};
		if (!isDone) {
			await patiently(() => record.write({request: null, answered: given}));
			return emit({kind: 'note', text: `${who} asked to ${verb}: ignored, since ${unsigned}`});
		}
		const isFull = verb === 'promote-full';
		await patiently(() => record.write({paused: verb === 'pause', request: null, answered: given, ...(isFull ? {full: true} : {})}));
		if (isFull || verb === 'promote') skippedBy = who;
		emit({kind: 'note', text: `${who} ${deeds[verb]}`});
	}

	async function pulse(): Promise<void> {
		for (;;) {
			const now = await look();
			const {request, paused, full} = now;
			if (full) skippedBy ??= 'hand, in full';
			if (request !== undefined) await answer(request, now);
			else if (!paused) return;
			else {
				emit({kind: 'progress', text: 'Paused'});
				await sleep(clock, requestEveryMs, signal);
			}
		}
	}

	return {
		pulse,
		async pulseOrSkip() {
			await pulse();
			if (skippedBy === undefined) return;
			const by = skippedBy;
			skippedBy = undefined;
			throw new Skipped(`promoted by ${by}`);
		},
	};
}
