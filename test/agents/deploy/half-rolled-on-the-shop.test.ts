import {describe, expect, test} from 'vitest';
import {deploymentRollback} from '../../../src/agents/deploy/tools/deployment-rollback.ts';
import {deploymentUpdate} from '../../../src/agents/deploy/tools/deployment-update.ts';
import type {JsonObject} from '../../../src/core/json.ts';
import {numberAt} from '../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {shopRoad} from '../../support/shop-road.ts';

const {run, sandbox} = await shopRoad({speed: 120});
const {machine} = sandbox;

type Place = {readonly kind: string; readonly namespace: string; readonly name: string};
const live = ({kind, namespace, name}: Place): KubeObject => {
	const found = machine.get(kind, namespace, name);
	if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
	return found;
};
const templateOf = (place: Place): JsonObject => Object(Object(live(place).spec).template);
const snapshots = ({namespace, name}: Place) =>
	machine
		.list('Secret', namespace)
		.flatMap(({metadata}) => (metadata.name.startsWith('mkcoa-bundle') && metadata.name.includes(name) ? [metadata.name] : []));

/** Resolves when the controller has seen the last change, and replaced as many pods at least. */
async function seen(place: Place, least: number): Promise<void> {
	const isSeen = () => {
		const object = live(place);
		const updated = numberAt(object, 'status', 'updatedReplicas') ?? numberAt(object, 'status', 'updatedNumberScheduled') ?? 0;
		return numberAt(object, 'status', 'observedGeneration') === object.metadata.generation && updated >= least;
	};
	while (!isSeen())
		await new Promise<void>(resolve => {
			const stop = machine.watch(() => {
				stop();
				resolve();
			});
		});
}

/** Another tool gives the workload a version whose image does not exist, so that its pods never get ready. */
async function colleagueRolls(place: Place, tag: string, least: number): Promise<void> {
	const object = live(place);
	const spec = Object(object.spec);
	const [container, ...others] = spec.template.spec.containers;
	const image = `${String(container.image).replace(/:[^:]*$/, '')}:${tag}-missing`;
	const template = {...spec.template, spec: {...spec.template.spec, containers: [{...container, image}, ...others]}};
	machine.update({...object, spec: {...spec, template}} as KubeObject, 'colleague');
	await seen(place, least);
}

const warned = (outcome: AnyOutcome) => ('plan' in outcome ? outcome.plan?.consequences.find(({id}) => id === 'never-whole') : undefined);

const places: readonly Place[] = [
	{kind: 'Deployment', namespace: 'shop', name: 'catalog'},
	{kind: 'StatefulSet', namespace: 'shop', name: 'redis'},
	{kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy'},
];

describe.each(places)('a $kind that somebody else is rolling out', place => {
	const {kind, namespace, name} = place;
	const asked = {name: `${kind.toLowerCase()}/${name}`, namespace};

	test('takes no rolling update, and comes back to what serves though two versions were tried since', async () => {
		const before = templateOf(place);
		await colleagueRolls(place, '9.1', 1);
		// A StatefulSet waits for its broken pod before it makes one of the next version.
		await colleagueRolls(place, '9.2', kind === 'StatefulSet' ? 0 : 1);
		const now = String(Object(templateOf(place).spec).containers[0].image);
		for (const image of ['registry.example/fixed:1', now]) {
			const {outcome} = await run(deploymentUpdate, {...asked, image});
			expect(outcome).toMatchObject({
				kind: 'failed',
				error: {
					code: 'rolling-already',
					what: `${name} is in the middle of a rollout`,
					why: expect.stringMatching(/^[01] of its \d pods (is|are) of the newest version$/),
					next: expect.stringMatching(
						new RegExp(
							`^Wait for it.*mkcoa deploy status .*${name} -n ${namespace}. Or .*mkcoa deploy rollback .*${name} -n ${namespace}$`,
						),
					),
				},
			});
		}
		const planned = (await run(deploymentRollback, asked, {mode: 'plan'})).outcome;
		expect(warned(planned)).toMatchObject({
			severity: 'warning',
			text: expect.stringMatching(
				/^Revision \d+, which .* has now, never became ready as a whole: only [01] of \d pods (?:is|are) of it. No snapshot/,
			),
		});
		const {outcome} = await run(deploymentRollback, asked);
		expect(outcome).toMatchObject({kind: 'done', output: {result: 'rolled-out'}});
		expect(templateOf(place)).toEqual(before);
		expect(snapshots(place)).toEqual([]);
	});
});

test('a version that replaced every pod and never got ready may be followed by another, and is not kept for a later rollback', async () => {
	const place = {kind: 'Deployment', namespace: 'shop', name: 'worker'};
	const object = live(place);
	const spec = Object(object.spec);
	machine.update({...object, spec: {...spec, strategy: {type: 'Recreate'}}} as KubeObject, 'colleague');
	await colleagueRolls(place, '9.1', 2);
	const planned = (await run(deploymentUpdate, {name: 'worker', image: 'registry.example/shop/worker:9.2'}, {mode: 'plan'})).outcome;
	expect(warned(planned)?.text).toMatch(
		/: 0 of \d pods are ready\. No snapshot of it is kept; if what this plan does is taken back, that leads to it again$/,
	);
	const {outcome} = await run(deploymentUpdate, {name: 'worker', image: 'registry.example/shop/worker:9.2'});
	expect(outcome).toMatchObject({kind: 'done', output: {result: 'rolled-out'}});
	expect(snapshots(place)).toEqual([]);
});

describe.each([
	['after its first pods', false],
	['before the new version came', true],
])('a Deployment that a colleague paused %s', (_, isFirst) => {
	test('comes back to what serves, and is not paused any more', async () => {
		const place = {kind: 'Deployment', namespace: 'shop', name: 'cart'};
		const before = templateOf(place);
		const pause = () => machine.update({...live(place), spec: {...Object(live(place).spec), paused: true}} as KubeObject, 'colleague');
		if (isFirst) pause();
		await colleagueRolls(place, '9.3', isFirst ? 0 : 1);
		if (!isFirst) pause();
		const {outcome} = await run(deploymentRollback, {name: 'cart', namespace: 'shop'});
		expect(outcome, JSON.stringify(outcome)).toMatchObject({kind: 'done', output: {result: 'rolled-out'}});
		expect(templateOf(place)).toEqual(before);
		expect(Object(live(place).spec).paused ?? false).toBe(false);
	});
});
