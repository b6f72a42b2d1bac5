import type {Clock} from '../../../src/core/clock.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {Pod} from '../../../src/sandbox/life/pod-shapes.ts';
import type {RemoveOptions} from '../../../src/sandbox/machine.ts';
import type {ApiClient, Reply} from './api-client.ts';

/** Requests under way at once. */
const width = 32;
/** Events that find so many others waiting are dropped, as client-go drops them. */
const longestQueue = 1000;
const retryMs = 1000;

/** Not allowed in a namespace that is going away; not there any more; another object of that name by now. */
const refusedForGood = new Set([403, 404, 409]);

type Job = () => Promise<Reply>;

/**
 * Sends what kubelets write. About one object one request is under way at a time, and of those that wait only the latest is sent:
 * a status replaces the one before it, and what failed is sent again only while nothing newer has come. An object that has gone meanwhile needs nothing any more.
 */
export class WriteBack {
	readonly #api: ApiClient;
	readonly #clock: Pick<Clock, 'schedule'>;
	readonly #onError: (error: unknown) => void;
	readonly #waiting = new Map<string, Job>();
	readonly #busy = new Set<string>();
	/** The last thing to send about each object that is not sent yet. */
	readonly #latest = new Map<string, Job>();
	readonly #events = new Map<string, {readonly object: KubeObject; readonly isSent: boolean}>();

	/** @param onError told of each failure; where it is no refusal, its words are `… is sent again: …` */
	constructor(api: ApiClient, clock: Pick<Clock, 'schedule'>, onError: (error: unknown) => void) {
		this.#api = api;
		this.#clock = clock;
		this.#onError = onError;
	}

	/** Conditions of others stay: the server merges them by type. */
	status(pod: Pod): void {
		const {namespace, name, uid} = pod.metadata;
		const path = `/api/v1/namespaces/${namespace}/pods/${name}/status?fieldManager=kubelet`;
		const conditions = pod.status?.conditions?.map(condition => ({reason: null, message: null, ...condition}));
		const body = {metadata: {uid}, status: {...pod.status, conditions}};
		this.#put(`Pod ${namespace}/${name}`, () => this.#api.send('PATCH', path, body, 'application/strategic-merge-patch+json'));
	}

	remove(namespace: string | undefined, name: string, {uid, graceSeconds = 0}: RemoveOptions): void {
		const body = {apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: graceSeconds, preconditions: {uid}};
		this.#put(`Pod ${namespace}/${name}`, () => this.#api.send('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, body));
	}

	/** Creates it, or changes the one of that name. */
	event(object: KubeObject): void {
		const {namespace, name} = object.metadata;
		const key = `Event ${namespace}/${name}`;
		if (this.#waiting.size > longestQueue && !this.#waiting.has(key)) return;
		this.#events.set(key, {object, isSent: this.#events.get(key)?.isSent === true});
		const path = `/api/v1/namespaces/${namespace}/events`;
		this.#put(key, async () => {
			const latest = this.#events.get(key);
			if (latest?.isSent) return this.#api.send('PATCH', `${path}/${name}`, latest.object, 'application/merge-patch+json');
			const reply = await this.#api.send('POST', path, latest?.object ?? object);
			if (reply.status === 201) this.#events.set(key, {object: this.#events.get(key)?.object ?? object, isSent: true});
			return reply;
		});
	}

	/** An event that was written here, as it was told last. */
	eventOf(namespace: string | undefined, name: string): KubeObject | undefined {
		return this.#events.get(`Event ${namespace}/${name}`)?.object;
	}

	#put(key: string, job: Job) {
		this.#latest.set(key, job);
		this.#waiting.set(key, job);
		this.#pump();
	}

	#pump() {
		for (const [key, job] of this.#waiting) {
			if (this.#busy.size >= width) return;
			if (this.#busy.has(key)) continue;
			this.#waiting.delete(key);
			this.#busy.add(key);
			void this.#send(key, job);
		}
	}

	async #send(key: string, job: Job) {
		try {
			const {status, text} = await job();
			if (status === 429 || status >= 500) throw new Error(`${status} ${text.trim()}`);
			if (status >= 400 && !refusedForGood.has(status)) this.#onError(new Error(`${key}: ${status} ${text.trim()}`));
			if (this.#latest.get(key) === job) this.#latest.delete(key);
		} catch (error) {
			this.#onError(new Error(`${key} is sent again: ${error}`));
			this.#clock.schedule(retryMs, () => this.#latest.get(key) === job && this.#put(key, job));
		}
		this.#busy.delete(key);
		this.#pump();
	}
}
