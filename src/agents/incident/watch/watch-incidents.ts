import type {Alert} from '../../../analysis/alerts/alert.ts';
import type {Detection} from '../../../analysis/detection/detect.ts';
import {type Course, follow} from '../../../analysis/detection/live/course.ts';
import {makeLiveJudge} from '../../../analysis/detection/live/live-judge.ts';
import {joinAlerts, type Watched} from '../../../analysis/detection/live/watched.ts';
import type {Unread} from '../../../analysis/detection/snapshot.ts';
import {ownKinds, sharedKinds, wideKinds} from '../../../analysis/detection/snapshot-kinds.ts';
import type {Clock} from '../../../core/clock.ts';
import type {IncidentRecord} from '../../../core/incident-record.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {demandSight} from '../reading/demand-sight.ts';
import {beganMs, type RecordKeeper} from './keep-records.ts';
import {liveObjects} from './live-objects.ts';
import {lookTimer} from './look-timer.ts';
import {watchKinds} from './watch-kinds.ts';
import {type ToldNews, toldNews} from './watched-text.ts';
import {withWords} from './with-words.ts';

/** What changes of these may change what is wrong in every namespace. */
const farReaching = new Set<string>(sharedKinds);

/** Alerts as they come from elsewhere, after the cluster was seen. */
export type AlertFeed = (hear: (alerts: readonly Alert[]) => void) => void;

type Watching = {
	readonly cluster: Pick<Cluster, 'namespace' | 'typeOf' | 'watch' | 'logs'>;
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

/** Writes and tells what a look found, one after the other, and counts it. */
function newsDesk({keeper, tell, onTrouble}: Pick<Watching, 'keeper' | 'tell' | 'onTrouble'>) {
	const sums = {raised: 0, healed: 0};
	let telling = Promise.resolve();
	const pass = async ({course, news}: ReturnType<typeof follow<Watched>>) => {
		await keeper?.keep(course).catch(onTrouble);
		for (const each of news) {
			if (each.kind === 'raised' || each.kind === 'healed') sums[each.kind] += 1;
			tell(toldNews(each, {id: keeper?.idOf(each.seen.key, each.firstMs), beganMs: beganMs(each)}));
		}
	};
	return {
		hand(step: ReturnType<typeof follow<Watched>>) {
			telling = telling.then(() => pass(step));
			return telling;
		},
		async close() {
			await telling;
			return sums;
		},
	};
}

/**
 * Watches a cluster for incidents until the signal aborts, and tells each as it comes and goes. Nothing is asked of the cluster but the watches,
 * and the last lines of containers that end with an error.
 * @throws MkcoaError where nobody answers, or nothing at all may be watched
 */
export async function watchIncidents(watching: Watching): Promise<WatchSum> {
	const {cluster, namespace, clock, signal, keeper, onTrouble} = watching;
	const startMs = clock.now();
	const live = liveObjects();
	const judge = makeLiveJudge();
	const firing = new Map<string, Alert>();
	const desk = newsDesk(watching);
	const words = withWords(cluster, {
		signal,
		now: clock.now,
		onRefused: why => watching.onUnread({kind: 'Last log lines', why}),
	});
	let course: Course<Watched> = new Map();
	let leftOpen: Course<Watched> | undefined;
	let notChecked: Detection['notChecked'] = [];
	let isReady = false;

	const timer = lookTimer(clock, changed => {
		const nowMs = clock.now();
		const {survey, detection, isSettled} = judge(live.snapshot(nowMs, namespace), changed);
		const wrong = joinAlerts(detection.incidents, [...firing.values()], survey);
		if (leftOpen !== undefined) course = namespace === undefined ? leftOpen : withinSight(leftOpen, wrong, namespace);
		leftOpen = undefined;
		const step = follow(course, wrong, nowMs);
		({course} = step);
		({notChecked} = detection);
		const told = desk.hand(step);
		const dues = [...(step.dueMs === undefined ? [] : [step.dueMs]), ...detection.onTheirWay.map(({settlesAtMs}) => settlesAtMs)].filter(
			ms => ms > nowMs,
		);
		return {isSettled, told, dueMs: dues.length === 0 ? undefined : Math.min(...dues)};
	});
	await watchKinds([...ownKinds, ...sharedKinds, ...wideKinds], {
		cluster,
		namespace,
		signal,
		onObject(type, object) {
			words.pass(type, object, told => {
				if (type === 'deleted') live.remove(told);
				else if (!live.put(told)) return;
				timer.touch(told.metadata.namespace, {isFarReaching: farReaching.has(told.kind), isRemark: told.kind === 'Event'});
			});
		},
		onUnread(unread) {
			if (unread.kind === 'Pod') words.forget();
			if (unread.except === undefined) live.removeKind(unread.kind);
			live.unread(unread);
			if (isReady) watching.onUnread(unread);
			timer.touch(undefined);
		},
	});
	await words.settled();
	if (!signal.aborted) {
		const seen = live.snapshot(clock.now(), namespace);
		demandSight({objects: seen.objects.filter(({metadata}) => metadata.namespace !== undefined), unread: seen.unread});
		leftOpen = await openCourse(keeper, onTrouble);
		isReady = true;
		timer.start();
		watching.onReady({objects: seen.objects.length, notChecked});
		watching.alerts?.(alerts => {
			for (const alert of alerts) {
				if (alert.state === 'firing') firing.set(`${alert.source}/${alert.id}`, alert);
				else firing.delete(`${alert.source}/${alert.id}`);
			}
			timer.touch(undefined);
		});
		await aborted(signal);
	}
	timer.stop();
	const sums = await desk.close();
	return {watchedMs: clock.now() - startMs, ...sums, open: [...course.values()].filter(({isThere}) => isThere).map(({seen}) => seen)};
}

/** What an earlier watch left open; nothing where no records can be read. */
async function openCourse(keeper: RecordKeeper | undefined, onTrouble: (error: unknown) => void): Promise<Course<Watched>> {
	try {
		return new Map(((await keeper?.earlier()) ?? []).map(known));
	} catch (error) {
		onTrouble(error);
		return new Map();
	}
}

/** What a watch of one namespace can tell of: what lies there, and what it finds itself. Of the rest it never sees whether it healed. */
function withinSight(course: Course<Watched>, wrong: readonly Watched[], namespace: string): Course<Watched> {
	const found = new Set(wrong.map(({key}) => key));
	const liesThere = (key: string) => /^[^:]*:[^/:]+\/([^/:]+)\/[^/]/.exec(key)?.[1] === namespace;
	return new Map([...course].filter(([key]) => found.has(key) || liesThere(key)));
}

const aborted = (signal: AbortSignal) =>
	new Promise<void>(resolve => {
		if (signal.aborted) resolve();
		signal.addEventListener('abort', () => resolve(), {once: true});
	});
