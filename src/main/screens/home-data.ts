import {oneLine} from '../../core/text/one-line.ts';
import type {State} from '../../state/state.ts';
import type {Home} from '../../tui/home/home-rows.ts';
import {troubleText} from '../../tui/review-services.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import type {Follow} from './follow.ts';
import {followCluster} from './home-cluster.ts';
import {changeRows, waitingRows} from './home-state.ts';
import {liveCell} from './live-cell.ts';
import {openedState} from './opened-state.ts';
import {type Polled, poll} from './poll.ts';
import type {Around} from './screen.ts';

/** The overview, and the cluster that it looks at. */
type HomeData = LiveData<Home> & {
	/** Where screens open that are about the cluster. */
	readonly shown: () => Around;
	/** Looks at another context from now on. */
	readonly look: (context: string) => void;
};

const reading = {state: 'reading'} as const;

/** What lies on this machine is looked at each second: a plan that another process leaves waiting is there at once. */
const ofState = {everyMs: 1000, limitMs: 5000};

/** A part that was read, or why it was not and what to do. */
const partOf = <Row>(polled: Polled<readonly Row[]>) =>
	'value' in polled
		? ({state: 'known', rows: polled.value} as const)
		: ({state: 'failed', why: oneLine(troubleText(polled.error))} as const);

/** The overview, read part by part until the signal aborts. A part that fails says why and what to do, and the others stay. */
export function homeData(around: Around, signal: AbortSignal): HomeData {
	const {host, call} = around;
	const cell = liveCell<Home>({contexts: reading, rollouts: reading, waiting: reading, changes: reading, findings: reading});
	const set = (part: Partial<Home>) => cell.set({...cell.current(), ...part});
	const follow: Follow = (read, tell, pace, until) =>
		void poll(read, polled => set(tell(polled)), {clock: host.clock, signal: until, ...pace});

	let shown = around;
	let stop = new AbortController();
	const begin = () => followCluster(shown, follow, AbortSignal.any([signal, stop.signal]));
	const first = () => {
		followState(openedState(call.options, host, signal), follow, signal);
		begin();
	};
	let hasBegun = false;
	return {
		current: cell.current,
		subscribe(changed) {
			// What reads is loaded when the first picture is drawn: whoever subscribes draws at once.
			if (!hasBegun) host.clock.schedule(0, () => !signal.aborted && first());
			hasBegun = true;
			return cell.subscribe(changed);
		},
		shown: () => shown,
		look(context) {
			stop.abort();
			stop = new AbortController();
			shown = around.at({context});
			set({rollouts: reading, findings: reading});
			begin();
		},
	};
}

/** What waits and what was changed. */
function followState(state: () => Promise<State>, follow: Follow, signal: AbortSignal): void {
	follow(
		async () => waitingRows(await state()),
		polled => ({waiting: partOf(polled)}),
		ofState,
		signal,
	);
	follow(
		async () => changeRows(await state()),
		polled => ({changes: partOf(polled)}),
		ofState,
		signal,
	);
}
