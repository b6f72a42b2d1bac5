import {expect, test} from 'vitest';
import {overview} from '../../../../src/agents/router/diagnose/overview.ts';
import {liveWorld} from '../../../../src/agents/router/live-world.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';
import {MkcoaError} from '../../../../src/core/error.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {Cluster} from '../../../../src/mcp/kubernetes/port.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {thing} from '../../../support/router-world.ts';

const nowMs = Date.parse('2026-11-26T12:00:00Z');
const surroundings = {file: async () => undefined, hasVariable: () => false};
const objects = [
	thing('Namespace', 'shop'),
	thing('Namespace', 'qa'),
	thing('Service', 'shop/till', {spec: {selector: {app: 'tlil'}, ports: [{port: 80}]}}),
];

/** A cluster in which one kind is listed otherwise. */
function clusterWith(plural: string, each: () => AsyncGenerator<KubeObject, void>, more: readonly KubeObject[] = []): Cluster {
	const {cluster} = fakeCluster({objects: [...objects, ...more]});
	return {...cluster, each: query => (query.type.plural === plural ? each() : cluster.each(query))};
}

async function told(request: string, cluster: Cluster, signal = new AbortController().signal): Promise<string> {
	const understood = await overview(clauseOf(request), liveWorld(cluster, surroundings, signal), nowMs);
	return understood?.kind === 'answer' ? understood.text : JSON.stringify(understood);
}

test('one kind that fails leaves what the others tell, and is told', async () => {
	async function* failing(): AsyncGenerator<KubeObject, void> {
		yield* [];
		throw new MkcoaError({kind: 'environment', code: 'server-error', what: 'The list of ConfigMaps is too large for etcd'});
	}
	const text = await told('What is broken?', clusterWith('configmaps', failing));
	expect(text).toContain('shop/till');
	expect(text).toContain('Not checked: ConfigMap: The list of ConfigMaps is too large for etcd.');
});

test('of a kind without end so much is read as a detection reads, and that there is more is told', async () => {
	let given = 0;
	async function* endless(): AsyncGenerator<KubeObject, void> {
		for (;;) yield thing('Event', `shop/e${++given}`, {type: 'Normal', reason: 'Pulled', message: 'Image was there'});
	}
	const text = await told('What is broken?', clusterWith('events', endless));
	expect(given).toBe(20_001);
	expect(text).toContain('Event: there are more than 20000, and the rest was not read');
});

test('of one namespace nothing is listed elsewhere', async () => {
	const asked: (string | undefined)[] = [];
	const {cluster} = fakeCluster({objects});
	const watched: Cluster = {
		...cluster,
		each(query) {
			if (query.type.kind === 'Pod') asked.push(query.namespace);
			return cluster.each(query);
		},
	};
	expect(await told('What is broken in shop?', watched)).toContain('shop/till');
	expect(asked).toEqual(['shop']);
});

test('others have their turn while it looks, and whoever leaves stops it', async () => {
	const many = Array.from({length: 50}, (_, index) =>
		thing('Service', `shop/s${index}`, {spec: {selector: {app: `a${index}`}, ports: [{port: 80}]}}),
	);
	const leaving = new AbortController();
	const {cluster} = fakeCluster({objects: [...objects, ...many]});
	const looking = told('What is broken?', cluster, leaving.signal);
	setImmediate(() => leaving.abort(new Error('left')));
	await expect(looking).rejects.toThrow('left');
});
