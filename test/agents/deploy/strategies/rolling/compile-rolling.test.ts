import {describe, expect, test} from 'vitest';
import type {Act} from '../../../../../src/agents/deploy/staged/act.ts';
import {compileRolling, holdSeconds} from '../../../../../src/agents/deploy/strategies/rolling/compile-rolling.ts';
import {newVersion} from '../../../../../src/agents/deploy/strategies/rolling/new-version.ts';
import {politenessOf} from '../../../../../src/agents/deploy/strategies/rolling/polite-strategy.ts';
import type {Pace} from '../../../../../src/agents/deploy/strategies/rolling/rolling.ts';
import {isJsonObject, type JsonObject} from '../../../../../src/core/json.ts';
import {type KubeObject, refKey, refOf} from '../../../../../src/core/kube/kube-object.ts';
import {deployment, object} from '../../../../support/kube-objects.ts';
import {leftBy, worldOf} from '../../../../support/written-world.ts';

const template = {metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'db', image: 'registry.example.com/shop/db:1.0'}]}};
const set = (kind: 'StatefulSet' | 'DaemonSet', spec: JsonObject, status: JsonObject = {}) =>
	object('apps/v1', kind, 'db', {spec: {selector: {matchLabels: {app: 'db'}}, template, ...spec}, status});
const stateful = (replicas: number, spec: JsonObject = {}) =>
	set('StatefulSet', {replicas, updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 0}}, ...spec});

const plain: Pace = {judgedBy: undefined, withinMs: 60_000};
const judged: Pace = {...plain, judgedBy: '30s by restarts'};
const compiled = (workload: KubeObject, pace: Pace = plain) =>
	compileRolling({workload, version: newVersion(workload, {image: 'registry.example.com/shop/x:2.0'}), pace});

/** What the writes of acts leave of a workload. */
const left = (workload: KubeObject, acts: readonly Act[]) => leftBy(acts, worldOf([workload])).get(refKey(refOf(workload))) ?? workload;
const specOf = ({spec}: KubeObject): JsonObject => (isJsonObject(spec) ? spec : {});
const told = (acts: readonly Act[]) => acts.map(({title, wait}) => [title, wait?.kind ?? '']);

describe('a Deployment', () => {
	const web = deployment({replicas: 8, spec: {strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: 1}}}});

	test('rolls at its own pace where nothing judges it', () => {
		const {acts, wayBack} = compiled(web);
		expect(told([...acts, ...wayBack])).toEqual([
			['Give web registry.example.com/shop/x:2.0, pod after pod as its strategy says', 'ready'],
			['Give web its former pod template again', 'ready'],
		]);
		expect(left(web, [...acts, ...wayBack])).toEqual(web);
	});

	test('is held at its first batch by Kubernetes itself while that is judged, and let go', () => {
		const {acts, wayBack} = compiled(web, judged);
		expect(told(acts)).toEqual([
			['Give web registry.example.com/shop/x:2.0, and hold it at its first 3 pods', 'batch'],
			['Judge 3 new pods of web for 30s by restarts', 'judge'],
			['Let web replace its other pods', 'ready'],
		]);
		expect(acts[0]?.wait).toMatchObject({kind: 'batch', pods: 3});
		expect(acts[1]?.wait).toEqual({kind: 'judge', weight: 38, share: 3 / 8, pods: 3});
		expect(specOf(left(web, acts.slice(0, 1)))).toMatchObject({minReadySeconds: holdSeconds, progressDeadlineSeconds: holdSeconds + 600});
		expect(specOf(left(web, acts))).toMatchObject({minReadySeconds: 0, progressDeadlineSeconds: 600});
		expect(specOf(left(web, [...acts.slice(0, 1), ...wayBack]))).toMatchObject({
			...specOf(web),
			minReadySeconds: 0,
			progressDeadlineSeconds: 600,
		});
	});

	test('keeps the time that its own pods must be ready', () => {
		const slow = deployment({spec: {minReadySeconds: 20, progressDeadlineSeconds: 90}});
		expect(left(slow, [...compiled(slow, judged).acts, ...compiled(slow, judged).wayBack])).toEqual(slow);
	});

	test('is kept to what its disruption budgets let go, and gets its own strategy back', () => {
		const budget = (spec: JsonObject) => object('policy/v1', 'PodDisruptionBudget', 'web', {spec});
		const polite = politenessOf(web, [budget({minAvailable: '100%'}), budget({maxUnavailable: 3})]);
		const {acts, wayBack} = compiled(web, {...judged, ...(polite === undefined ? {} : {polite})});
		expect(told(acts).map(([title]) => title)).toEqual([
			'Give web registry.example.com/shop/x:2.0, and hold it at its first 2 pods',
			'Judge 2 new pods of web for 30s by restarts',
			'Let web replace its other pods',
			'Give web its own strategy again',
		]);
		expect(specOf(left(web, acts.slice(0, 1))).strategy).toEqual({type: 'RollingUpdate', rollingUpdate: {maxSurge: 2, maxUnavailable: 0}});
		expect(specOf(left(web, acts)).strategy).toEqual(specOf(web).strategy);
		expect(specOf(left(web, [...acts.slice(0, 1), ...wayBack])).strategy).toEqual(specOf(web).strategy);
	});

	test.each([[{minAvailable: 7}], [{minAvailable: '80%'}], [{maxUnavailable: 1}]])('with a budget of %j keeps its strategy', spec => {
		expect(politenessOf(web, [object('policy/v1', 'PodDisruptionBudget', 'web', {spec})])).toBeUndefined();
	});

	test('that is recreated has no first batch to judge', () => {
		const recreated = deployment({spec: {strategy: {type: 'Recreate'}}});
		expect(told(compiled(recreated, judged).acts)).toHaveLength(1);
	});

	test.each([
		[{maxSurge: 0, maxUnavailable: 0}, 10, 1],
		[{maxSurge: '25%', maxUnavailable: '25%'}, 10, 5],
		[{maxSurge: 1, maxUnavailable: 0}, 10, 1],
		[{maxSurge: '100%', maxUnavailable: '100%'}, 3, 3],
		[{}, 1, 1],
	])('with %j of %d pods holds at %d', (rollingUpdate, replicas, pods) => {
		const {acts} = compiled(deployment({replicas, spec: {strategy: {type: 'RollingUpdate', rollingUpdate}}}), judged);
		expect(acts[0]?.wait).toMatchObject({kind: 'batch', pods});
	});
});

describe('a StatefulSet', () => {
	test('is updated one batch at a time, from the highest pod down, and each rests by itself', () => {
		const db = stateful(5);
		const {acts, wayBack} = compiled(db, {...plain, batch: 2});
		expect(told(acts)).toEqual([
			['Give db registry.example.com/shop/x:2.0, and replace db-4 to db-3', 'ready'],
			['Go on, and replace db-2 to db-1', 'ready'],
			['Go on, and replace db-0', 'ready'],
		]);
		const partitions = acts.map((_, index) => Object(specOf(left(db, acts.slice(0, index + 1))).updateStrategy).rollingUpdate.partition);
		expect(partitions).toEqual([3, 1, 0]);
		expect(acts[0]?.ifDies).toBe('2 of 5 pods of db are of the new version, and Kubernetes goes no further');
		for (const [index] of acts.entries()) expect(left(db, [...acts.slice(0, index + 1), ...wayBack])).toEqual(db);
	});

	test('is judged between two batches, not after the last', () => {
		expect(told(compiled(stateful(2), judged).acts).map(([, wait]) => wait)).toEqual(['ready', 'judge', 'ready']);
	});

	test.each([
		['ten batches at most', stateful(50), undefined, [45, 40, 35, 30, 25, 20, 15, 10, 5, 0]],
		['its own partition stays', stateful(4, {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 2}}}), undefined, [3, 2]],
		['numbers that begin elsewhere', stateful(3, {ordinals: {start: 7}}), undefined, [9, 8, 0]],
		['a batch as large as the whole', stateful(3), 9, [0]],
		['a partition above its pods', stateful(2, {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 5}}}), undefined, [5]],
	])('%s', (_, db, batch, expected) => {
		const {acts} = compiled(db, {...plain, batch});
		const partitions = acts.map((__, index) => Object(specOf(left(db, acts.slice(0, index + 1))).updateStrategy).rollingUpdate.partition);
		expect(partitions).toEqual(expected);
	});
});

describe('a DaemonSet', () => {
	test('rolls at its own pace: pods younger than a hold would count as broken, and go all at once', () => {
		const agent = set(
			'DaemonSet',
			{updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 2}}},
			{desiredNumberScheduled: 6},
		);
		const {acts, wayBack} = compiled(agent, judged);
		expect(told(acts)).toEqual([['Give db registry.example.com/shop/x:2.0, pod after pod as its strategy says', 'ready']]);
		expect(left(agent, [...acts, ...wayBack])).toEqual(agent);
	});

	test('that waits for deletion gets its template, and says what happens then', () => {
		const {acts} = compiled(set('DaemonSet', {updateStrategy: {type: 'OnDelete'}}), judged);
		expect(told(acts)).toEqual([['Give db registry.example.com/shop/x:2.0; its pods take it when they are deleted (OnDelete)', '']]);
	});
});

describe('new pods that nothing asks whether they serve', () => {
	const probed = (spec: JsonObject, ...probes: readonly JsonObject[]) =>
		deployment({
			spec: {
				...spec,
				template: {
					spec: {containers: probes.map((probe, index) => ({name: `c${index}`, image: 'registry.example.com/shop/x:1.0', ...probe}))},
				},
			},
		});
	const probe = {httpGet: {path: '/', port: 80}};
	const steady = (workload: KubeObject) => {
		const script = compileRolling({workload, version: newVersion(workload, {image: 'c0=registry.example.com/shop/x:2.0'}), pace: plain});
		return [...script.acts, ...script.wayBack].map(({wait}) => (wait?.kind === 'ready' ? wait.steadyMs : undefined));
	};

	test.each([
		['have to run for a while without a restart', probed({}, {}), 10_000],
		['one of them as well', probed({}, {readinessProbe: probe}, {}), 10_000],
		['not where each container is asked', probed({}, {readinessProbe: probe}, {startupProbe: probe}), undefined],
		['as long as the workload does not wait itself', probed({minReadySeconds: 4}, {}), 6000],
		['nor where it waits longer', probed({minReadySeconds: 30}, {}), undefined],
	])('%s', (_, workload, ms) => {
		// What comes back has served before.
		expect(steady(workload)).toEqual([ms, undefined]);
	});

	test('of a StatefulSet each batch, before the next one is replaced', () => {
		const {acts} = compiled(stateful(3));
		expect(acts.map(({wait}) => (wait?.kind === 'ready' ? wait.steadyMs : undefined))).toEqual([10_000, 10_000, 10_000]);
	});
});
