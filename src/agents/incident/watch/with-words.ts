import {isNotAllowed} from '../../../core/error.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {lastLines, type Mute, mutesOf, templateKey, withMessage} from '../reading/with-last-words.ts';

/** Pods of one workload tend to say the same: what one of them said stands for the others and for its next ends for so long. */
const mutedMs = 60_000;
/** So many logs are read at once. Where more end together, the others go without: a look at one of them reads its log. */
const mostAtOnce = 24;
/** Of more ends than these the first are read again if they are told again. */
const mostKnown = 2000;

/** One end of one container: a pod is told again and again, its log is read once. */
function endOf({pod, container, state}: Mute): string {
	const status = ['initContainerStatuses', 'containerStatuses']
		.flatMap(list => listAt(pod, 'status', list))
		.find(each => textAt(each, 'name') === container);
	return [pod.metadata.uid, container, state, textAt(status, state, 'terminated', 'finishedAt')].join(' ');
}

type Words = {
	/**
	 * Passes a watched object on, in its order. A pod whose container ended with an error and left no message waits until its last lines are read, so that it is
	 * told once, with the cause; where it changes meanwhile, only what it is then goes on.
	 */
	readonly pass: (type: string, object: KubeObject, on: (object: KubeObject) => void) => void;
	/** What waits is not passed on any more. */
	readonly forget: () => void;
	/** All that waits by now was passed on. */
	readonly settled: () => Promise<void>;
};

type Asking = {
	readonly signal: AbortSignal;
	readonly now: () => number;
	/** Logs may not be read: told once, and none is asked for any more. */
	readonly onRefused: (why: string) => void;
};

/** What watched containers wrote last before they ended, as `withLastWords` reads it of a snapshot. */
export function withWords(cluster: Pick<Cluster, 'logs'>, {signal, now, onRefused}: Asking): Words {
	const recent = new Map<string, {readonly atMs: number; words: string}>();
	let isRefused = false;
	const known = new Map<string, string>();
	const latest = new Map<string, KubeObject>();
	const waiting = new Set<Promise<void>>();
	let reading = 0;

	async function read(mute: Mute): Promise<void> {
		reading++;
		const own = {atMs: now(), words: recent.get(templateKey(mute))?.words ?? ''};
		recent.set(templateKey(mute), own);
		// A log that is gone tells nothing.
		const words = await lastLines(mute, cluster, signal).catch((error: unknown) => {
			if (isNotAllowed(error) && !isRefused) {
				isRefused = true;
				onRefused(error.trouble.why ?? error.trouble.what);
			}
			return '';
		});
		reading--;
		if (known.size >= mostKnown) for (const [end] of known.entries().take(mostKnown / 2)) known.delete(end);
		if (recent.size >= mostKnown) recent.clear();
		own.words = words;
		known.set(endOf(mute), words);
	}

	const isMuted = (mute: Mute) => now() - (recent.get(templateKey(mute))?.atMs ?? Number.NEGATIVE_INFINITY) < mutedMs;

	const told = (pod: KubeObject, mutes: readonly Mute[]) =>
		mutes.reduce((each, mute) => {
			const words = known.get(endOf(mute)) ?? recent.get(templateKey(mute))?.words ?? '';
			return words === '' ? each : withMessage(each, mute, words);
		}, pod);

	return {
		pass(type, object, on) {
			const uid = object.metadata.uid ?? '';
			const mutes = type === 'deleted' || object.kind !== 'Pod' ? [] : mutesOf(object);
			const unread = isRefused ? [] : mutes.filter(mute => !known.has(endOf(mute)) && !isMuted(mute));
			latest.delete(uid);
			if (unread.length === 0 || reading + unread.length > mostAtOnce) {
				on(told(object, mutes));
				return;
			}
			latest.set(uid, object);
			const passing = Promise.all(unread.map(read)).then(() => {
				waiting.delete(passing);
				if (latest.get(uid) !== object) return;
				latest.delete(uid);
				on(told(object, mutes));
			});
			waiting.add(passing);
		},
		forget: () => latest.clear(),
		settled: async () => void (await Promise.all(waiting)),
	};
}
