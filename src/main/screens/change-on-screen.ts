import type {Confirm, Decision} from '../../core/decision.ts';
import type {Json} from '../../core/json.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import {type Change, changeAfter, endedChange, firstChange} from '../../tui/change/change.ts';
import {type ChangeAct, changeView} from '../../tui/change/change-view.ts';
import {showView} from '../../tui/view/show-view.tsx';
import type {RoadChange} from '../session-road.ts';
import {liveCell} from './live-cell.ts';
import {placeOf} from './place-of.ts';
import type {Around} from './screen.ts';

/** What a person wants changed. */
type Wish = {
	/** In one line: what stands above the screen. */
	readonly title: string;
	readonly tool: string;
	readonly input?: Json | undefined;
	/** Runs the tool, or applies an earlier plan, through the session and with this change to its road. */
	readonly run: (change: RoadChange) => Promise<AnyOutcome>;
};

const no: Decision = {kind: 'reject', feedback: ''};

/** Questions of a run, one at a time, each answered once. */
function questions(show: (asked: Change['asked']) => void, now: () => number) {
	let asked = 0;
	let answer: ((decision: Decision) => void) | undefined;
	const decide = (decision: Decision) => {
		const waiting = answer;
		answer = undefined;
		show(undefined);
		waiting?.(decision);
	};
	const confirm: Confirm = (question, signal) =>
		new Promise(resolve => {
			if (signal.aborted) return resolve(no);
			answer = resolve;
			signal.addEventListener('abort', () => decide(no), {once: true});
			asked += 1;
			show({id: asked, question, shownAt: now()});
		});
	return {confirm, decide};
}

/**
 * Carries a change out on a screen: what goes on, the plan for a yes, how it ended with its remedy and what takes it back, until a key. Nothing on any screen
 * changes but through this.
 * @returns how it ended; undefined where the person left before it had
 * @throws what `run` rejects with
 */
export async function changeOnScreen(
	{title, tool, input = {}, run}: Wish,
	{terminal, signal, open}: Pick<Around, 'terminal' | 'signal' | 'open'>,
): Promise<AnyOutcome | undefined> {
	const {clock} = terminal;
	const cell = liveCell(firstChange(title, tool, input, clock.now()));
	const set = (part: Partial<Change>) => cell.set({...cell.current(), ...part});
	const {confirm, decide} = questions(asked => set({asked}), clock.now);
	const cancelled = new AbortController();
	const broken = new AbortController();
	const stop = AbortSignal.any([signal, cancelled.signal]);
	const cancel = () => {
		set({isCancelling: true});
		cancelled.abort(new DOMException('The person cancelled', 'AbortError'));
	};
	let outcome: AnyOutcome | undefined;
	let failure: unknown;
	const going = run({confirm, signal: stop, emit: event => cell.set(changeAfter(cell.current(), event))}).then(
		ended => {
			outcome = ended;
			cell.set(endedChange(cell.current(), ended, clock.now()));
		},
		(error: unknown) => {
			failure = error;
			broken.abort();
		},
	);
	const onAct = (act: ChangeAct) => {
		if (act.kind === 'watch') return 'close';
		if (act.kind === 'decide') decide(act.decision);
		else cancel();
		return 'stay';
	};
	const until = AbortSignal.any([signal, broken.signal]);
	for (;;) {
		const act = await showView(changeView, cell, terminal, until, onAct);
		if (act.kind !== 'watch') break;
		// The change goes on below, and is shown again when that screen is left.
		await open(placeOf({name: 'rollout', argument: act.rollout}));
	}
	// Closing the terminal is a no, and who must go takes the run along to a stated end.
	const {isCancelling} = cell.current();
	if (outcome === undefined) cancel();
	if (!isCancelling) await going;
	if (broken.signal.aborted) throw failure;
	return outcome;
}
