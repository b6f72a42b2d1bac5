import {expect, test} from 'vitest';
import {workloadScale} from '../../../../src/mcp/kubernetes/tools/workload-scale.ts';
import {carryOut, rehearse, told} from '../../../support/change-run.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, objectOf, pod} from '../../../support/shop-objects.ts';

const hpa = objectOf('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
	spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {kind: 'Deployment', name: 'web'}},
});

test('plans a scale with what changes and what follows', async () => {
	const plan = await rehearse(workloadScale, {workload: 'web', replicas: 5}, fakeCluster({objects: [deployment(), pod('web-1')]}));
	expect(plan).toMatchInlineSnapshot(`
		{
		  "changes": [
		    {
		      "computed": "server",
		      "fields": [
		        {
		          "after": 5,
		          "before": 3,
		          "operation": "replace",
		          "path": [
		            "spec",
		            "replicas",
		          ],
		        },
		      ],
		      "operation": "update",
		      "ref": {
		        "apiVersion": "apps/v1",
		        "kind": "Deployment",
		        "name": "web",
		        "namespace": "shop",
		      },
		    },
		  ],
		  "consequences": [
		    {
		      "id": "pods-added",
		      "ref": {
		        "apiVersion": "apps/v1",
		        "kind": "Deployment",
		        "name": "web",
		        "namespace": "shop",
		      },
		      "severity": "info",
		      "text": "2 pods are added (3 to 5)",
		    },
		  ],
		  "input": {
		    "kind": "Deployment",
		    "name": "web",
		    "namespace": "shop",
		    "replicas": 5,
		  },
		  "preconditions": [
		    {
		      "ref": {
		        "apiVersion": "apps/v1",
		        "kind": "Deployment",
		        "name": "web",
		        "namespace": "shop",
		      },
		      "uid": "uid-Deployment-web",
		      "version": "generation 1 content 8c4a7dd6d3ba42c1",
		    },
		  ],
		  "risk": {
		    "level": "low",
		    "reasons": [],
		  },
		  "steps": [
		    {
		      "title": "Scale Deployment shop/web",
		      "writes": [
		        {
		          "op": "patch",
		          "patch": {
		            "spec": {
		              "replicas": 5,
		            },
		          },
		          "ref": {
		            "apiVersion": "apps/v1",
		            "kind": "Deployment",
		            "name": "web",
		            "namespace": "shop",
		          },
		          "subresource": "scale",
		          "type": "merge",
		        },
		      ],
		    },
		  ],
		  "summary": "Scale Deployment shop/web from 3 to 5 replicas",
		  "undo": {
		    "how": "Sets 3 replicas again",
		    "possible": true,
		  },
		  "verify": [
		    "Deployment shop/web asks for 5 replicas",
		  ],
		}
	`);
});

test('warns of an autoscaler that sets the replicas back', async () => {
	const plan = await rehearse(workloadScale, {workload: 'deploy/web', replicas: 5}, fakeCluster({objects: [deployment(), hpa]}));
	expect(told(plan.consequences)).toContain(
		'warning autoscaler-owns-replicas: HorizontalPodAutoscaler web (2 to 9) owns the replicas and sets them back',
	);
});

test('scales, and can be read in the live object', async () => {
	const fake = fakeCluster({objects: [deployment()]});
	const {outcome} = await carryOut(workloadScale, {workload: 'web', replicas: 5}, fake);
	expect(outcome).toMatchObject({kind: 'done', output: {workload: 'Deployment shop/web', replicas: 5, before: 3}});
	expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 5}});
});

test('has nothing to do when the replicas are there already', async () => {
	const {outcome} = await carryOut(workloadScale, {workload: 'web', replicas: 3}, fakeCluster({objects: [deployment()]}));
	expect(outcome.kind).toBe('nothing-to-do');
});

test('drifts when somebody scales while the person reads', async () => {
	const fake = fakeCluster({objects: [deployment()]});
	const confirm = async () => {
		fake.put(deployment('web', {replicas: 7}));
		return {kind: 'approve'} as const;
	};
	const {outcome} = await carryOut(workloadScale, {workload: 'web', replicas: 5}, fake, {road: {confirm}});
	expect(outcome).toMatchObject({kind: 'drifted', moved: ['Deployment shop/web moved from generation 1 to 2']});
	expect(fake.object('Deployment', 'web')).toMatchObject({spec: {replicas: 7}});
});

test.each([
	['a kind that cannot be scaled', 'ds/agent', 'DaemonSet shop/agent cannot be scaled'],
	['a workload that does not exist', 'nothing', 'Deployment shop/nothing does not exist'],
])('refuses %s', async (_, workload, what) => {
	const fake = fakeCluster({objects: [objectOf('apps/v1', 'DaemonSet', 'agent', {spec: {}})]});
	await expect(rehearse(workloadScale, {workload, replicas: 1}, fake)).rejects.toThrow(what);
});

test('computes the change itself where the server does not allow the dry run, and says so', async () => {
	const fake = fakeCluster({
		objects: [deployment()],
		dryRun: () => ({computed: 'refused', reason: 'You may not patch deployments'}),
	});
	const plan = await rehearse(workloadScale, {workload: 'web', replicas: 5}, fake);
	expect(plan.changes[0]).toMatchObject({
		computed: 'local',
		why: 'You may not patch deployments',
		fields: [{path: ['spec', 'replicas'], before: 3, after: 5}],
	});
	expect(told(plan.consequences)).toContain('warning not-asked: The server did not compute this change: You may not patch deployments');
});

test('does not drift because a budget or an endpoint moves while the person reads', async () => {
	const budget = (disruptionsAllowed: number) =>
		objectOf('policy/v1', 'PodDisruptionBudget', 'web', {spec: {selector: {matchLabels: {app: 'web'}}}, status: {disruptionsAllowed}});
	const fake = fakeCluster({objects: [deployment(), budget(0)]});
	const confirm = async () => {
		fake.put(budget(1));
		fake.put({...deployment(), status: {readyReplicas: 2}});
		return {kind: 'approve'} as const;
	};
	expect((await carryOut(workloadScale, {workload: 'web', replicas: 5}, fake, {road: {confirm}})).outcome.kind).toBe('done');
});

test('plans zero replicas, which the server leaves out of its answer', async () => {
	const plan = await rehearse(workloadScale, {workload: 'web', replicas: 0}, fakeCluster({objects: [deployment()]}));
	expect(plan.changes[0]?.fields).toEqual([{path: ['spec', 'replicas'], operation: 'replace', before: 3, after: 0}]);
});
