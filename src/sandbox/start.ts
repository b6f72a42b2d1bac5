import {type Clock, systemClock} from '../core/clock.ts';
import type {KubeObject} from '../core/kube/kube-object.ts';
import type {Tokens} from './api/identity/authenticate.ts';
import {type SandboxApi, startSandboxApi} from './api/start-sandbox-api.ts';
import {startLife} from './life/life.ts';
import {broken} from './scenarios/broken/broken.ts';
import {empty} from './scenarios/empty.ts';
import {large} from './scenarios/large.ts';
import {type PastClock, pastClock} from './scenarios/past-clock.ts';
import {type Scenario, tell} from './scenarios/scenario.ts';
import {shop} from './scenarios/shop/shop.ts';
import {metricsResources} from './traffic/metrics-api.ts';
import {startTraffic} from './traffic/traffic.ts';

/** The worlds that can be started, by name. */
export const scenarios: Readonly<Record<string, Scenario>> = {shop, broken, large, empty};

export type SandboxOptions = {
	readonly scenario: string | Scenario;
	/** The machine's clock if left out. */
	readonly clock?: Clock;
	/** How many times faster than the machine's clock, if that is used. */
	readonly speed?: number;
	/** The same seed gives the same names and uids. */
	readonly seed?: string;
	/** Port on 127.0.0.1; a free one if left out. */
	readonly listen?: number;
	/** Who may sign in; an administrator and a reader if left out. The first is the kubeconfig's current user. */
	readonly tokens?: Tokens;
	/** What becomes of images: the words of their tags tell (if left out), or every one runs. */
	readonly images?: 'by their tags' | 'all run';
	/** Pods whose status the scenario tells: their kubelets leave them alone. */
	readonly isReported?: (pod: KubeObject) => boolean;
	/** A bug of a controller; the cluster goes on without that step. */
	readonly onError?: (error: unknown) => void;
};

export type Sandbox = SandboxApi & {readonly clock: Clock};

/**
 * Starts an embedded cluster with a past: an API on loopback, controllers, kubelets and traffic. When it answers, the scenario's history has been lived through.
 * Throws RangeError for a scenario that does not exist.
 */
export async function startSandbox({
	scenario,
	clock,
	speed = 1,
	seed = 'sandbox',
	images = 'by their tags',
	isReported,
	onError,
	...given
}: SandboxOptions): Promise<Sandbox> {
	const chosen = typeof scenario === 'string' ? scenarios[scenario] : scenario;
	if (chosen === undefined) throw new RangeError(`there is no scenario "${scenario}"; there are ${Object.keys(scenarios).join(', ')}`);
	const present = clock ?? systemClock({speed, background: true});
	const startMs = present.now();
	const past = pastClock(present, startMs - Math.max(0, ...chosen.history.map(({agoMs}) => agoMs)));
	const api = await startSandboxApi({...given, clock: past, seed});
	try {
		return await inhabited(api, chosen, {past, startMs, seed, images, isReported, onError});
	} catch (error) {
		await api.stop();
		throw error;
	}
}

type Time = {
	readonly past: PastClock;
	readonly startMs: number;
	readonly seed: string;
	readonly images: 'by their tags' | 'all run';
	readonly isReported: SandboxOptions['isReported'];
	readonly onError: SandboxOptions['onError'];
};

/** Gives an empty API its life and lives through the scenario's history. */
async function inhabited(api: SandboxApi, chosen: Scenario, {past, startMs, seed, images, isReported, onError}: Time): Promise<Sandbox> {
	chosen.stage?.(api.machine, api.plant);
	api.announce('metrics.k8s.io', metricsResources);
	const traffic = startTraffic(api.machine, past);
	const {usage, http} = traffic;
	const life = startLife({
		machine: api.machine,
		clock: past,
		seed,
		images,
		usage,
		http,
		...(isReported === undefined ? {} : {isReported}),
		...(onError === undefined ? {} : {onError}),
	});
	for (const chapter of chosen.history) {
		await past.hurryTo(startMs - chapter.agoMs);
		tell(api.machine, chapter);
	}
	await past.join();
	life.beat();
	return {
		...api,
		clock: past,
		async stop() {
			life.stop();
			traffic.stop();
			await api.stop();
		},
	};
}
