import {writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {at} from '../../servers/questions.ts';
import {startChild} from '../../support/child.ts';
import {printedOn} from '../command-line.ts';
import {imageOf, isRolledOut} from '../in-shop.ts';
import type {OnePlane} from '../one-plane.ts';
import {type Fate, type SeenRequest, writeGate} from '../write-gate.ts';
import type {Story} from './story.ts';

const leases = (namespace: string) => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/mkcoa-rollout-web`;

/** What a namespace holds: told as one text each, so that two can be compared. */
export type Held = readonly string[];

/** The writes that reached the server, and the exit code, null where the process was killed. */
export type Played = {readonly writes: readonly string[]; readonly code: number | null; readonly said: string};

/** One namespace in which a story is told once. */
export type Stage = {
	readonly held: () => Promise<Held>;
	/** The command through a gate. @param killAfter kills the process when so many writes have reached the server, or this one for the so manyth time; its answer is lost */
	readonly played: (killAfter?: number | {readonly write: string; readonly time: number}) => Promise<Played>;
	/** Any command of somebody on a machine of their own, through a gate that decides on each request. */
	readonly through: (who: string, words: readonly string[], fateOf: (seen: SeenRequest, kill: () => void) => Fate) => Promise<Played>;
	/** Lets the time pass after which a holder that says nothing has died. */
	readonly leaseRunsOut: () => Promise<void>;
	/** `mkcoa deploy resume|abort web` of another person on another machine. */
	readonly from: (verb: 'resume' | 'abort') => Promise<{readonly code: number; readonly said: string}>;
	readonly hasRecord: () => Promise<boolean>;
	/** Takes the namespace away: the nodes have room for a few hundred pods. */
	readonly leave: () => Promise<unknown>;
};

/** A renewal comes when its time has come, and is no step. */
const isStep = ({isWrite, method, path}: SeenRequest) => isWrite && !(method === 'PATCH' && /\/leases\//.test(path));
const stepText = ({method, path}: SeenRequest) => `${method} ${path.replace(/^.*\/namespaces\/[^/]+\//, '')}`;

export async function stageOf(real: OnePlane, story: Story, namespace: string): Promise<Stage> {
	const {plane, create, eventually, ask, merge} = real;
	const json = async (path: string): Promise<unknown> => JSON.parse((await ask({path})).text);
	const in_ = (group: string, plural: string, name?: string) =>
		`${group}/namespaces/${namespace}/${plural}${name === undefined ? '' : `/${name}`}`;
	await create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}} as never);
	for (const {group, plural, object} of story.given) await create(in_(group, plural), object);
	const web = in_('/apis/apps/v1', 'deployments', 'web');
	await rested();
	if (story.since !== undefined) {
		await merge(web, {spec: {template: {spec: {containers: [{name: 'main', image: story.since}]}}}});
		await rested();
	}
	function rested() {
		return eventually(web, object => isRolledOut(object, Number(at(object, 'spec', 'replicas'))));
	}
	const folder = (who: string) => join(real.folder(), `${namespace}-${who}`);

	const itemsOf = async (path: string) => {
		const list = await json(path);
		const items = at(list, 'items');
		return Array.isArray(items) ? items : [];
	};

	const through: Stage['through'] = async (who, words, fateOf) => {
		const writes: string[] = [];
		let kill = () => {};
		const gate = await writeGate(plane(), seen => {
			const fate = fateOf(seen, () => kill());
			if (isStep(seen) && (fate === 'pass' || fate === 'lose')) writes.push(stepText(seen));
			return fate;
		});
		const kubeconfig = join(real.folder(), `${namespace}-${who}.kubeconfig`);
		const text = await readFile(plane().kubeconfig, 'utf8');
		writeFileSync(kubeconfig, text.replaceAll(plane().url, gate.url).replaceAll(/^.*certificate-authority.*\n/gm, ''));
		const child = startChild([...words, '-n', namespace, '--kubeconfig', kubeconfig, '--yes'], folder(who));
		kill = () => child.kill('SIGKILL');
		const {code, out, err} = await child.ended();
		await gate.close();
		return {writes, code, said: out + err};
	};

	return {
		async held() {
			const collections = [
				in_('/apis/apps/v1', 'deployments'),
				in_('/api/v1', 'services'),
				in_('/api/v1', 'configmaps'),
				in_('/api/v1', 'secrets'),
				in_('/apis/coordination.k8s.io/v1', 'leases'),
				in_('/apis/autoscaling/v2', 'horizontalpodautoscalers'),
				...new Set(story.given.map(({group, plural}) => in_(group, plural))),
			];
			const all = await Promise.all([...new Set(collections)].map(itemsOf));
			return all
				.flat()
				.map(toldOf)
				.filter(text => !text.startsWith('kube-root-ca.crt') && !text.startsWith('mkcoa-bundle-'))
				.toSorted();
		},
		played: killAfter => {
			let times = 0;
			return through('holder', story.words, (seen, kill) => {
				const {write = stepText(seen), time} = typeof killAfter === 'object' ? killAfter : {time: killAfter};
				if (!isStep(seen) || stepText(seen) !== write || ++times !== time) return 'pass';
				kill();
				return 'lose';
			});
		},
		through,
		async leaseRunsOut() {
			const {status} = await ask({path: leases(namespace)});
			if (status === 404) return;
			await merge(leases(namespace), {spec: {renewTime: '2020-01-01T00:00:00.000000Z'}});
		},
		async from(verb) {
			const words = ['deploy', verb, 'web', '-n', namespace, '--yes'];
			const {code, out, err} = await printedOn(plane().kubeconfig, folder('other'))(words);
			return {code, said: out + err};
		},
		leave: () => real.remove(`/api/v1/namespaces/${namespace}`),
		hasRecord: async () => (await ask({path: in_('/api/v1', 'configmaps', 'mkcoa-rollout-web')})).status === 200,
	};
}

/** What of an object a rollout may have changed. */
function toldOf(object: unknown): string {
	const spec = at(object, 'spec');
	const parts = [
		at(object, 'metadata', 'name'),
		imageOf(object),
		at(spec, 'replicas'),
		at(spec, 'minReplicas'),
		JSON.stringify(at(spec, 'selector')),
		JSON.stringify(at(spec, 'rules')),
		JSON.stringify(at(spec, 'http')),
	];
	return parts.filter(part => part !== undefined).join(' ');
}
