import {watchRollout} from '../../agents/deploy/watch/watch-rollout.ts';
import {type Clock, sleep} from '../../core/clock.ts';
import {type Trouble, troubleOf} from '../../core/error.ts';
import type {RolloutPicture} from '../../core/rollout-picture.ts';
import type {LiveData} from '../../tui/view/show-view.tsx';
import {lifeOf} from '../life-of.ts';
import type {Session} from '../session.ts';
import {liveCell} from './live-cell.ts';

/** A workload as a person names it; `kind/name` where two kinds share the name. */
export type Watched = {readonly name: string; readonly namespace?: string | undefined};

type Needs = {
	/** Connects; rejects with what to do, and then is asked again. */
	readonly session: () => Promise<Pick<Session, 'cluster' | 'runs' | 'redact'>>;
	readonly clock: Clock;
	readonly user: string;
	/** Ends it. */
	readonly signal: AbortSignal;
	/** Where it is, for whoever names no namespace: that of the context otherwise. Asked again after it has rejected. */
	readonly place?: (() => Promise<Place>) | undefined;
};

type Place = {readonly name: string; readonly namespace: string};

const retryMs = 5000;

/** What another try may change. */
const passing = new Set(['unreachable', 'server-error', 'too-many-requests', 'timed-out', 'signed-out', 'expired']);

const nothingYet = ({name}: Watched): RolloutPicture => ({
	summary: `Rollout of ${name}`,
	target: 'connecting',
	state: 'running',
	progress: {text: 'looking at the cluster'},
	weights: [],
	metrics: [],
	tree: [],
	told: [],
});

const notThere = (watched: Watched, {what, why, next}: Trouble): RolloutPicture => ({
	...nothingYet(watched),
	target: watched.namespace === undefined ? '' : `namespace ${watched.namespace}`,
	state: 'failed',
	progress: undefined,
	reason: why === undefined ? what : `${what}: ${why}`,
	...(next === undefined ? {} : {next: [next]}),
});

/** What a run of this process told last is newer than what its record keeps. */
function withRun(seen: RolloutPicture, run: RolloutPicture | undefined): RolloutPicture {
	if (run === undefined) return seen;
	// What its looks say stands with the charts, once there are some.
	const texts = [seen.progress?.text, seen.metrics.length + run.metrics.length === 0 ? run.progress?.text : undefined];
	const progress = run.progress === undefined ? seen.progress : {...run.progress, text: texts.filter(Boolean).join('; ')};
	const judged = run.metrics.length === 0 ? {} : {metrics: run.metrics, verdict: run.verdict};
	return {...seen, ...judged, progress};
}

/** A rollout for a screen: there at once, followed as soon as the cluster answers, until the signal aborts. Never rejects: what fails stands in the picture. */
export function rolloutData(watched: Watched, {session: connect, clock, user, signal, place: placed}: Needs): LiveData<RolloutPicture> {
	const cell = liveCell(nothingYet(watched));
	const beganMs = clock.now();
	const begin = async () => {
		const {cluster, runs, redact} = await connect();
		const {holderDied} = lifeOf(user);
		const place = (await placed?.()) ?? {name: watched.name, namespace: watched.namespace ?? cluster.namespace};
		const watch = await watchRollout(place, {cluster, clock, holderDied, signal});
		const show = () => cell.set(redact(withRun(watch.current(), runs.of(place))));
		watch.subscribe(show);
		const stop = runs.subscribe(show);
		const close = () => {
			stop();
			watch.close();
		};
		signal.addEventListener('abort', close, {once: true});
		if (signal.aborted) close();
		show();
	};
	const follow = async () => {
		for (;;) {
			try {
				return await begin();
			} catch (error) {
				signal.throwIfAborted();
				const trouble = troubleOf(error);
				if (!passing.has(trouble.code)) return cell.set(notThere(watched, trouble));
				cell.set({...nothingYet(watched), away: {since: beganMs, why: trouble.what}});
			}
			await sleep(clock, retryMs, signal);
		}
	};
	// It ends with the signal, and nobody waits for it.
	follow().catch(() => {});
	return cell;
}
