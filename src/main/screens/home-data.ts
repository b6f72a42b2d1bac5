import {systemClock} from '../../core/clock.ts';
import type {Home} from '../../tui/home/home-view.ts';
import {troubleText} from '../../tui/review-services.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import {changeRows, waitingRows} from './home-state.ts';
import {liveCell} from './live-cell.ts';
import {poll} from './poll.ts';
import type {Around} from './screen.ts';

type Rows<Part extends keyof Home> = Extract<Home[Part], {readonly state: 'known'}>['rows'];

const reading = {state: 'reading'} as const;
const nothingYet: Home = {contexts: reading, rollouts: reading, waiting: reading, changes: reading, findings: reading};

/** What lies on this machine is looked at each second: a plan that another process leaves waiting is there at once. */
const stateEveryMs = 1000;
const stateLimitMs = 5000;

/** The overview, read part by part until the signal aborts. A part that fails says why and what to do; it is tried again. */
export function homeData({call, host}: Pick<Around, 'call' | 'host'>, signal: AbortSignal): LiveData<Home> {
	const {clock} = host;
	const cell = liveCell(nothingYet);
	const follow = <Part extends keyof Home>(
		part: Part,
		read: (signal: AbortSignal) => Promise<Rows<Part>>,
		pace: {readonly everyMs: number; readonly limitMs: number},
	) =>
		void poll(
			read,
			polled => {
				const known = 'value' in polled ? {state: 'known', rows: polled.value} : {state: 'failed', why: troubleText(polled.error)};
				cell.set({...cell.current(), [part]: known});
			},
			{clock, signal, ...pace},
		);
	const state = openedState(call.options, host, signal);
	follow('waiting', async () => waitingRows(await state()), {everyMs: stateEveryMs, limitMs: stateLimitMs});
	follow('changes', async () => changeRows(await state()), {everyMs: stateEveryMs, limitMs: stateLimitMs});
	return cell;
}

/** The state folder, opened when it is first asked for, and closed when the signal aborts. */
function openedState(options: Around['call']['options'], host: Around['host'], signal: AbortSignal) {
	let opening: ReturnType<typeof import('../open-state.ts').openUserState> | undefined;
	signal.addEventListener('abort', () => void opening?.then(state => state.close()).catch(() => {}), {once: true});
	return () => {
		opening ??= import('../open-state.ts').then(({openUserState}) => openUserState(options, host, systemClock()));
		// Where it could not be opened, the next read tries again.
		opening.catch(() => {
			opening = undefined;
		});
		return opening;
	};
}
