import {expect, test} from 'vitest';
import type {DeployPorts} from '../../../../../src/agents/deploy/ports.ts';
import {deploymentPromote} from '../../../../../src/agents/deploy/tools/deployment-promote.ts';
import type {JsonObject} from '../../../../../src/core/json.ts';
import {valueAt} from '../../../../../src/core/kube/json-at.ts';
import type {KubeObject} from '../../../../../src/core/kube/kube-object.ts';
import {applyPlan, runTool} from '../../../../../src/core/road/run-tool.ts';
import type {Effector} from '../../../../../src/core/tool.ts';
import {hastyClock} from '../../../../support/change-run.ts';
import {fakeCluster} from '../../../../support/fake-cluster.ts';
import {memoryRoad} from '../../../../support/memory-road.ts';
import {withRolloutKinds} from '../../../../support/rollout-kinds.ts';

const target: KubeObject = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', namespace: 'shop', uid: 'uid-web'},
	...{spec: {selector: {matchLabels: {app: 'web'}}, template: {spec: {containers: [{name: 'main', image: 'web:2'}]}}}},
};
const canary: KubeObject = {
	apiVersion: 'flagger.app/v1beta1',
	kind: 'Canary',
	metadata: {name: 'web', namespace: 'shop', uid: 'uid-canary', generation: 3},
	...{
		spec: {
			targetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'},
			analysis: {interval: '10s', maxWeight: 50, stepWeight: 10, threshold: 2},
		},
		status: {phase: 'Progressing', canaryWeight: 20, failedChecks: 0, iterations: 0, lastAppliedSpec: '5c8b6d7f8c'},
	},
};
/** As Flagger 1.36 leaves a promotion whose primary does not get ready. */
const failed = {
	phase: 'Failed',
	canaryWeight: 0,
	failedChecks: 0,
	iterations: 0,
	lastAppliedSpec: '5c8b6d7f8c',
	lastTransitionTime: '2026-01-01T00:01:00Z',
	conditions: [{type: 'Promoted', status: 'False', reason: 'Failed', message: 'Canary analysis failed, Deployment scaled to zero.'}],
};
const succeeded = {...failed, phase: 'Succeeded', conditions: [{type: 'Promoted', status: 'True', reason: 'Succeeded'}]};

/** A Flagger that comes to its end as soon as it may skip the analysis. `isCut`: whether the connection to mkcoa's machine is gone. */
function flagger(end: JsonObject) {
	const fake = fakeCluster({kinds: withRolloutKinds, objects: [target, canary]});
	const sent: unknown[] = [];
	let isCut = false;
	const effector: Effector = {
		...fake.effector,
		async send(write, live, signal) {
			if (isCut) throw new Error('the machine is off');
			const answer = await fake.effector.send(write, live, signal);
			sent.push(write.op === 'patch' ? write.patch : write.op);
			const now = fake.object('Canary', 'web');
			if (now !== undefined && valueAt(now, 'spec', 'skipAnalysis') === true) fake.put({...now, status: end} as KubeObject);
			return answer;
		},
	};
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const made = memoryRoad(ports, effector, {clock: hastyClock(), target: fake.cluster.target});
	const promote = (more: JsonObject = {}) => runTool(deploymentPromote, {name: 'web', namespace: 'shop', full: true, ...more}, made.road);
	const cut = (value: boolean) => {
		isCut = value;
	};
	return {...made, sent, promote, cut, skips: () => valueAt(fake.object('Canary', 'web') ?? null, 'spec', 'skipAnalysis')};
}

const both = [{spec: {skipAnalysis: true}}, {spec: {skipAnalysis: false}}];

test('a full promotion sets the analysis of later versions back when it is through', async () => {
	const {promote, sent} = flagger(succeeded);
	expect(await promote()).toMatchObject({kind: 'done', output: {progress: {phase: 'Succeeded'}}});
	expect(sent).toEqual(both);
});

test('one that fails sets it back, too, and says so', async () => {
	const {promote, sent, skips} = flagger(failed);
	expect(await promote()).toMatchObject({
		kind: 'failed',
		error: {code: 'rollout-failed', what: expect.stringMatching(/Canary analysis failed, Deployment scaled to zero/)},
		undone: ['Let later versions be analysed again'],
	});
	expect([sent, skips()]).toEqual([both, false]);
});

test('one that fails and cannot be set back says what is left, and mkcoa resume does it', async () => {
	const {sent, cut, skips, trail, road} = flagger(failed);
	const watched: typeof road = {...road, emit: event => (event.kind === 'progress' ? cut(true) : road.emit(event))};
	const outcome = await runTool(deploymentPromote, {name: 'web', namespace: 'shop', full: true}, watched);
	expect(outcome).toMatchObject({
		kind: 'failed',
		left: [expect.any(String), expect.stringMatching(/^Let later versions be analysed again \(not done: /)],
	});
	expect(skips()).toBe(true);
	cut(false);
	const [entry] = trail.entries;
	if (entry === undefined) throw new Error('nothing was journaled');
	const resume = {journal: entry.id, effects: trail.effects.get(entry.id) ?? []};
	expect(await applyPlan(deploymentPromote, {plan: entry.plan, digest: entry.digest, sealed: {}, resume}, road)).toMatchObject({
		kind: 'failed',
		undone: ['Let later versions be analysed again'],
	});
	expect([sent, skips()]).toEqual([both, false]);
});

test('is not left to the controller alone, which would see neither', async () => {
	const {promote, sent} = flagger(succeeded);
	expect(await promote({detach: true})).toMatchObject({
		kind: 'failed',
		error: {code: 'not-possible', next: 'Run it without --detach, and wait'},
	});
	expect(sent).toEqual([]);
});
