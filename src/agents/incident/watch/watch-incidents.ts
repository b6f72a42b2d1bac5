import type {Alert} from '../../../analysis/alerts/alert.ts';
import {type Course, follow} from '../../../analysis/detection/live/course.ts';
import {type Changed, makeLiveJudge} from '../../../analysis/detection/live/live-judge.ts';
import {joinAlerts, type Watched} from '../../../analysis/detection/live/watched.ts';
import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import type {Clock} from '../../../core/clock.ts';
import type {IncidentRecord} from '../../../core/incident-record.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {demandSight} from '../reading/demand-sight.ts';
import {beganMs, type RecordKeeper} from './keep-records.ts';
import {liveObjects} from './live-objects.ts';
import {watchKinds} from './watch-kinds.ts';
import {type ToldNews, toldNews} from './watched-text.ts';

/** From the first event to the look that tells of it: what comes with it is looked at together. */
const debounceMs = 100;
/** Where a look takes long, so much time is left between two. */
const longestPauseMs = 300;
/** What lies in another namespace than what changed, and what is only a matter of time, is looked at so often: no request is made for it. */
const wholeMs = 60_000;

/** What changes here may change what is wrong in every namespace. */
const farReaching = new Set<string>([...sharedKinds, ...wideKinds, 'Gateway']);

/** Alerts as they come from elsewhere, after the cluster was seen. */
export type AlertFeed = (hear: (alerts: readonly Alert[]) => void) => void;

type Watching = {
	readonly cluster: Pick<Cluster, 'namespace' | 'typeOf' | 'watch'>;
	/** The only namespace to watch; all of them if left out. */
	readonly namespace?: string | undefined;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly keeper?: RecordKeeper | undefined;
	/** Called in order, one after the other. */
	readonly tell: (news: ToldNews) => void;
	/** Everything that exists was looked at for the first time. */
	readonly onReady: (seen: {
		readonly objects: number;
		readonly notChecked: readonly {readonly what: string; readonly why: string}[];
	}) => void;
	/** A kind is not watched any more. */
	readonly onUnread: (unread: Unread) => void;
	/** Records cannot be kept: the watch goes on without. */
	readonly onTrouble: (error: unknown) => void;
	readonly alerts?: AlertFeed | undefined;
};

/** What a watch saw, when it is over. */
export type WatchSum = {readonly watchedMs: number; readonly raised: number; readonly healed: number; readonly open: readonly Watched[]};

/** What an earlier watch left open, as it goes on. */
const known = ({key, severity, detectedAt, title, times}: IncidentRecord) => {
	const firstMs = Date.parse(detectedAt);
	const seen: Watched = {key, severity, title, alerts: []};
	return [key, {seen, firstMs, isThere: true, turnedMs: firstMs, times, told: 'nothing', toldSeverity: severity, isKnown: true}] as const;
};

/**
 * Watches a cluster for incidents until the signal aborts, and tells each as it comes and goes. Nothing is asked of the cluster but the watches.
 * @throws MkcoaError where nobody answers, or nothing at all may be watched
 */
export async function watchIncidents(watching: Watching): Promise<WatchSum> {
	const {cluster, namespace, clock, signal, keeper, tell, onTrouble} = watching;
	const startMs = clock.now();
	const live = liveObjects();
	const judge = makeLiveJudge();
	const firing = new Map<string, Alert>();
	const sums = {raised: 0, healed: 0};
	let course: Course<Watched> = new Map();
	let changed: Set<string> | 'all' = 'all';
	let isReady = false;
	let lookMs = 0;
	let cancelLook: (() => void) | undefined;
	let cancelDue = () => {};
	let telling = Promise.resolve();

	/** Looks soon; what comes until then is looked at together. */
	const touch = (where: string | 'all') => {
		if (where === 'all') changed = 'all';
		else if (changed !== 'all') changed.add(where);
		if (isReady) cancelLook ??= clock.schedule(Math.min(longestPauseMs, Math.max(debounceMs, lookMs)), look);
	};
	const look = () => {
		cancelLook?.();
		cancelLook = undefined;
		cancelDue();
		if (signal.aborted) return undefined;
		const nowMs = clock.now();
		const part: Changed = changed;
		changed = new Set();
		const {survey, detection} = judge(live.snapshot(nowMs, namespace), part);
		const step = follow(course, joinAlerts(detection.incidents, [...firing.values()], survey), nowMs);
		({course} = step);
		lookMs = clock.now() - nowMs;
		const dues = [step.dueMs, ...detection.onTheirWay.map(({settlesAtMs}) => settlesAtMs)].filter(ms => ms !== undefined && ms > nowMs);
		cancelDue = clock.schedule(Math.min(wholeMs, ...dues.map(ms => (ms ?? 0) - nowMs)), () => {
			changed = 'all';
			look();
		});
		const {course: reached} = step;
		telling = telling.then(async () => {
			await keeper?.keep(reached).catch(onTrouble);
			for (const news of step.news) {
				if (news.kind === 'raised') sums.raised += 1;
				if (news.kind === 'healed') sums.healed += 1;
				tell(toldNews(news, {id: keeper?.idOf(news.seen.key, news.firstMs), beganMs: beganMs(news)}));
			}
		});
		return detection;
	};

	const watches = watchKinds([...ownKinds, ...sharedKinds, ...wideKinds], {
		cluster,
		namespace,
		signal,
		onObject(type, object) {
			const place = object.metadata.namespace;
			if (type === 'deleted') live.remove(object);
			else if (!live.put(object)) return;
			touch(place === undefined || farReaching.has(object.kind) ? 'all' : place);
		},
		onUnread(unread) {
			if (unread.except === undefined) live.removeKind(unread.kind);
			live.unread(unread);
			if (isReady) watching.onUnread(unread);
			touch('all');
		},
	});
	await watches;
	if (!signal.aborted) {
		const seen = live.snapshot(clock.now(), namespace);
		demandSight({objects: seen.objects.filter(({metadata}) => metadata.namespace !== undefined), unread: seen.unread});
		const open = await (keeper?.earlier() ?? Promise.resolve([])).catch(error => {
			onTrouble(error);
			return [];
		});
		course = new Map(open.map(known));
		isReady = true;
		watching.onReady({objects: seen.objects.length, notChecked: look()?.notChecked ?? []});
		watching.alerts?.(news => {
			for (const alert of news) {
				const key = `${alert.source}/${alert.id}`;
				if (alert.state === 'firing') firing.set(key, alert);
				else firing.delete(key);
			}
			touch('all');
		});
		await aborted(signal);
	}
	cancelLook?.();
	cancelDue();
	await telling;
	return {watchedMs: clock.now() - startMs, ...sums, open: [...course.values()].filter(({isThere}) => isThere).map(({seen}) => seen)};
}

const aborted = (signal: AbortSignal) =>
	new Promise<void>(resolve => {
		if (signal.aborted) resolve();
		signal.addEventListener('abort', () => resolve(), {once: true});
	});
