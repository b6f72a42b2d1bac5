import {expect, test} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {rolloutHistory} from '../../../../src/mcp/kubernetes/tools/rollout-history.ts';
import {fakeCluster} from '../../../support/fake-cluster.ts';
import {deployment, objectOf, ownedBy} from '../../../support/shop-objects.ts';
import {toolContext} from '../../../support/tool-context.ts';

const web = deployment('web', {image: 'web:2'});

const revision = (number: number, image: string, replicas: number) => {
	const {spec} = deployment('web', {image});
	const labels = {app: 'web', 'pod-template-hash': `h${number}`};
	const template = {...(spec as {template: object}).template, metadata: {labels}};
	const annotations = {
		'deployment.kubernetes.io/revision': String(number),
		...(number === 2 ? {'kubernetes.io/change-cause': 'ticket\u001b[31m 7'} : {}),
	};
	return objectOf('apps/v1', 'ReplicaSet', `web-h${number}`, {
		spec: {template} as never,
		status: {replicas},
		metadata: {...ownedBy(web), annotations},
	});
};

async function history(workload: string, objects: readonly KubeObject[], limit = 20) {
	const output = await rolloutHistory.run(
		rolloutHistory.input.parse({workload, limit}),
		toolContext(fakeCluster({objects}).cluster).context,
	);
	return rolloutHistory.text(output, {width: 100, terminal: true, nowMs: 0});
}

test('lists the revisions of a deployment, newest last', async () => {
	const other = objectOf('apps/v1', 'ReplicaSet', 'other', {metadata: {annotations: {'deployment.kubernetes.io/revision': '9'}}});
	expect(await history('web', [web, revision(2, 'web:2', 3), revision(1, 'web:1', 0), other])).toMatchInlineSnapshot(`
		"Deployment shop/web
		REVISION             PODS   AGE   IMAGES      CAUSE
		       1                0         web=web:1
		       2   current      3         web=web:2   ticket 7"
	`);
});

test('says how many older revisions it left out', async () => {
	expect(await history('deploy/web', [web, revision(1, 'web:1', 0), revision(2, 'web:2', 3)], 1)).toContain('1 older ones left out');
});

test('lists the revisions of a stateful set', async () => {
	const db = objectOf('apps/v1', 'StatefulSet', 'db', {
		spec: {},
		status: {currentRevision: 'db-a', updateRevision: 'db-b', currentReplicas: 2, updatedReplicas: 1},
	});
	const part = (name: string, number: number, image: string) =>
		objectOf('apps/v1', 'ControllerRevision', name, {
			revision: number,
			data: {spec: {template: {spec: {containers: [{name: 'db', image}]}}}},
			metadata: ownedBy(db),
		});
	expect(await history('sts/db', [db, part('db-a', 1, 'db:1'), part('db-b', 2, 'db:2')])).toMatchInlineSnapshot(`
		"StatefulSet shop/db
		REVISION             PODS   AGE   IMAGES    CAUSE
		       1                2         db=db:1
		       2   current      1         db=db:2"
	`);
});

test('says which kinds keep no revisions', async () => {
	await expect(history('job/x', [objectOf('batch/v1', 'Job', 'x')])).rejects.toThrow(
		'Job shop/x keeps no revisions: only Deployments, StatefulSets and DaemonSets do',
	);
});
