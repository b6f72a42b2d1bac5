import {writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {at} from '../../servers/questions.ts';
import {startChild} from '../../support/child.ts';
import {printedOn} from '../command-line.ts';
import {isRolledOut} from '../in-shop.ts';
import type {OnePlane} from '../one-plane.ts';
import {type Fate, type SeenRequest, writeGate} from '../write-gate.ts';
import {isHold, isStep, type Moment, stepText, waitsFor} from './steps.ts';
import type {Story} from './story.ts';
import {collections, type Held, told} from './told.ts';

/** The writes that the server did, and the exit code, null where the process was killed. */
export type Played = {readonly writes: readonly string[]; readonly code: number | null; readonly said: string};

/** What somebody at a machine of their own makes of each request; `kill` ends their process. */
type FateOf = (seen: SeenRequest, kill: () => void) => Fate;

const pass: FateOf = () => 'pass';

/** What becomes of a process: nothing, if left out. */
type Fated = {readonly fateOf?: FateOf; readonly killAt?: Moment | undefined};

/** What is known of a rollout that is half way. */
export type Rest = {readonly phase: unknown};

/** One namespace in which a story is told once. */
export type Stage = {
	/** What stood in it at first, where the story tells of an earlier day. */
	readonly atFirst: Held | undefined;
	readonly held: () => Promise<Held>;
	/** The story's command through a gate. @param killAt kills the process when the server has done this write; its answer is lost */
	readonly played: (killAt?: Moment) => Promise<Played>;
	/** Any command of somebody, in a process of its own, through a gate that decides on each request. Who it is waits for gets promoted. */
	readonly through: (who: string, words: readonly string[], fateOf: FateOf) => Promise<Played>;
	/** `mkcoa deploy VERB web` of another person, whom nobody kills. */
	readonly from: (verb: Verb) => Promise<{readonly code: number; readonly said: string}>;
	/** Lets the time pass after which a holder that says nothing has died. */
	readonly leaseRunsOut: () => Promise<void>;
	/** The rollout that is half way; undefined where there is none, or no more. */
	readonly rest: () => Promise<Rest | undefined>;
	/** Takes away what was given: the nodes have room for a few hundred pods. The namespace stays: to empty one costs hundreds of requests. */
	readonly leave: () => Promise<unknown>;
};

export type Verb = 'resume' | 'abort';

/** Names of the one workload of a story, as its path, its commands and mkcoa's own objects have it. */
function namesOf({given}: Story) {
	const workload = given.find(({group}) => group === '/apis/apps/v1');
	if (workload === undefined) throw new Error('a story has a workload');
	const word = workload.plural.replace(/s$/, '');
	const {plural} = workload;
	return word === 'deployment'
		? {plural, target: 'web', own: 'mkcoa-rollout-web'}
		: {plural, target: `${word}/web`, own: `mkcoa-rollout-${word}.web`};
}

/** All its pods are of its newest version and available. */
function isAtRest(plural: string, object: unknown): boolean {
	const status = (field: string) => Number(at(object, 'status', field) ?? 0);
	if (plural !== 'daemonsets') return isRolledOut(object, Number(at(object, 'spec', 'replicas')));
	const wanted = status('desiredNumberScheduled');
	const isSeen = status('observedGeneration') === at(object, 'metadata', 'generation');
	return isSeen && wanted > 0 && ['updatedNumberScheduled', 'numberAvailable'].every(field => status(field) === wanted);
}

/** Makes a namespace with what a story is given, and lets its earlier day pass. */
export async function stageOf(real: OnePlane, story: Story, namespace: string): Promise<Stage> {
	const {plane, create, eventually, ask, answered, merge} = real;
	const names = namesOf(story);
	const in_ = (group: string, plural: string, name?: string) =>
		`${group}/namespaces/${namespace}/${plural}${name === undefined ? '' : `/${name}`}`;
	const lease = in_('/apis/coordination.k8s.io/v1', 'leases', names.own);
	const record = in_('/api/v1', 'configmaps', names.own);
	const folder = (who: string) => join(real.folder(), `${namespace}-${who}`);
	const inProcess = (kubeconfig: string, who: string, words: readonly string[]) =>
		printedOn(kubeconfig, folder(who))([...words, '-n', namespace, '--yes']);

	async function held(): Promise<Held> {
		const standing = await Promise.all(
			collections.map(async ([group, plural]) => {
				// Not every control plane has the kinds of routes, and those that are new are not served at once.
				const {status, text} = await answered({path: in_(group, plural)}, answer => answer.status === 200 || answer.status === 404);
				return status === 404 ? [] : told(plural, JSON.parse(text).items);
			}),
		);
		const stays = ['configmaps/kube-root-ca.crt', ...story.keeps.map(name => `secrets/${name}`)];
		return standing
			.flat()
			.filter(text => !stays.some(name => text.startsWith(`${name} `)))
			.map(text => text.replaceAll(namespace, 'NAMESPACE'))
			.toSorted();
	}

	const atRest = () => eventually(in_('/apis/apps/v1', names.plural, 'web'), object => isAtRest(names.plural, object));

	async function prepared(): Promise<Held | undefined> {
		await create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}});
		for (const {group, plural, object} of story.given) await create(in_(group, plural), object);
		await atRest();
		if (story.since === undefined) return undefined;
		const first = await held();
		const {code, out, err} = await inProcess(plane().kubeconfig, 'somebody', story.since.words);
		if (code !== 0) throw new Error(`${story.since.words.join(' ')}: ${out}${err}`);
		for (const {group, plural} of story.given) {
			const change = story.since.changes[plural];
			if (change !== undefined) await merge(in_(group, plural, 'web'), change);
		}
		await atRest();
		return first;
	}

	/** Somebody promotes when the record says that this is waited for. */
	async function promote() {
		await eventually(record, object => isHold(`record: ${at(object, 'data', 'title')}`));
		const {code, out, err} = await inProcess(plane().kubeconfig, 'visitor', ['deploy', 'promote', names.target]);
		if (code !== 0) throw new Error(`deploy promote: ${out}${err}`);
	}

	type Running = {
		readonly kill: () => void;
		readonly ended: Promise<{readonly code: number | null; readonly out: string; readonly err: string}>;
	};

	/**
	 * Runs a command through a gate of its own. A write counts when the server has done it: a controller may have written meanwhile, and the one
	 * who hears of the conflict tries again.
	 */
	async function gated(who: string, {fateOf = pass, killAt}: Fated, start: (kubeconfig: string) => Running): Promise<Played> {
		const writes: string[] = [];
		const promotions: Promise<void>[] = [];
		const isNow = killAt === undefined ? () => false : waitsFor(killAt);
		let kill = () => {};
		const done = (text: string) => {
			writes.push(text);
			if (isNow(text)) {
				kill();
				return 'lose';
			}
			if (isHold(text) && promotions.length === 0) promotions.push(promote());
			return 'pass';
		};
		const gate = await writeGate(plane(), seen => {
			const fate = fateOf(seen, () => kill());
			if (fate !== 'pass' || !isStep(seen)) return fate;
			return {by: status => (status < 300 ? done(stepText(seen)) : 'pass')};
		});
		const kubeconfig = join(real.folder(), `${namespace}-${who}.kubeconfig`);
		const text = await readFile(plane().kubeconfig, 'utf8');
		writeFileSync(kubeconfig, text.replaceAll(plane().url, gate.url).replaceAll(/^.*certificate-authority.*\n/gm, ''));
		const running = start(kubeconfig);
		kill = running.kill;
		const {code, out, err} = await running.ended;
		await gate.close();
		await Promise.all(promotions);
		return {writes, code, said: out + err};
	}

	const inChild = (who: string, words: readonly string[], fated: Fated) =>
		gated(who, fated, kubeconfig => {
			const child = startChild([...words, '-n', namespace, '--kubeconfig', kubeconfig, '--yes'], folder(who));
			return {kill: () => child.kill('SIGKILL'), ended: child.ended()};
		});

	const atFirst = await prepared();
	return {
		atFirst,
		held,
		through: (who, words, fateOf) => inChild(who, words, {fateOf}),
		played: killAt => inChild('holder', story.words, {killAt}),
		async from(verb) {
			const words = ['deploy', verb, names.target];
			const {code, said} = await gated('other', {}, kubeconfig => ({kill: () => {}, ended: inProcess(kubeconfig, 'other', words)}));
			return {code: code ?? 1, said};
		},
		async leaseRunsOut() {
			const {status} = await ask({path: lease});
			if (status !== 404) await merge(lease, {spec: {renewTime: '2020-01-01T00:00:00.000000Z'}});
		},
		async rest() {
			const {status, text} = await ask({path: record});
			return status === 404 ? undefined : {phase: at(JSON.parse(text), 'data', 'phase')};
		},
		leave: () => Promise.all(story.given.map(({group, plural, object}) => real.remove(in_(group, plural, object.metadata.name)))),
	};
}
