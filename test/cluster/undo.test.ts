import {describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {configMap} from './compare/row.ts';
import {isRolledOut, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa} = real;

const manifest = `apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {password: canary-hunter2}
---
apiVersion: v1
kind: Service
metadata: {name: back}
spec: {selector: {app: back}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: back}
spec:
  replicas: 2
  selector: {matchLabels: {app: back}}
  template:
    metadata: {labels: {app: back}}
    spec: {containers: [{name: back, image: 'back:1', env: [{name: MODE, value: a}]}]}
`;

/** Does it, and answers its journal entry. */
async function done(words: string, input?: string): Promise<string> {
	const {code, outcome} = await mkcoa(words, input);
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done'}});
	expect(JSON.stringify(outcome)).not.toContain('canary-hunter2');
	return String(at(outcome, 'journal'));
}
const back = () => real.read(shop.deployments('back'));
const environment = ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'] as const;

test('what an apply created is deleted, and undo of the undo makes it again', async () => {
	const made = await done('k8s apply -f -', manifest);
	const undone = await mkcoa(`undo ${made}`);
	expect(undone).toMatchObject({
		code: 0,
		outcome: {output: {undoes: made, objects: ['Deployment shop/back', 'Service shop/back', 'Secret shop/keys']}},
	});
	await real.gone('/api/v1/namespaces/shop/services/back');
	await real.gone(shop.deployments('back'));
	await done(`undo ${at(undone.outcome, 'journal')}`);
	const secret = await real.read('/api/v1/namespaces/shop/secrets/keys');
	expect(at(secret, 'data', 'password')).toBe(Buffer.from('canary-hunter2').toString('base64'));
	await real.eventually(shop.deployments('back'), object => isRolledOut(object, 2));
});

describe('a change is taken back', () => {
	test('where nobody touched it, and what somebody else changed beside it is kept and named', async () => {
		const patch = JSON.stringify({
			spec: {replicas: 1, template: {spec: {containers: [{name: 'back', env: [{name: 'MODE', value: 'b'}]}]}}},
		});
		const changed = await done(`k8s patch deployment back --type strategic -p ${patch}`);
		await real.merge(`${shop.deployments('back')}?fieldManager=kubectl-edit`, {spec: {replicas: 3}});
		const {code, outcome} = await mkcoa(`undo ${changed}`);
		expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(JSON.stringify(at(outcome, 'plan', 'consequences'))).toContain('keeps spec.replicas (now 3)');
		expect([at(await back(), 'spec', 'replicas'), at(await back(), ...environment)]).toEqual([3, 'a']);
	});

	test('once: a second undo of the same entry says by whom it was taken back', async () => {
		const scaled = await done('k8s scale back 2');
		const first = await mkcoa(`undo ${scaled}`);
		const {code, outcome} = await mkcoa(`undo ${scaled}`);
		expect({code, outcome}).toMatchObject({
			code: 1,
			outcome: {
				error: {
					code: 'already-undone',
					what: `${scaled} was taken back already, by ${at(first.outcome, 'journal')}`,
					next: `To do it again: mkcoa undo ${at(first.outcome, 'journal')}`,
				},
			},
		});
		expect(at(await back(), 'spec', 'replicas')).toBe(3);
	});

	test('and undo without an id, twice, goes two changes back', async () => {
		await done('k8s scale back 4');
		await done('k8s patch deployment back -p {"metadata":{"labels":{"tier":"front"}}}');
		expect(await mkcoa('undo')).toMatchObject({outcome: {plan: {summary: expect.stringContaining('Patch Deployment shop/back')}}});
		expect(await mkcoa('undo')).toMatchObject({
			outcome: {plan: {summary: expect.stringContaining('Scale Deployment shop/back from 3 to 4')}},
		});
		expect([at(await back(), 'spec', 'replicas'), at(await back(), 'metadata', 'labels')]).toEqual([3, undefined]);
	});

	test('as nothing to do, when somebody else has set the old value already', async () => {
		const scaled = await done('k8s scale back 2');
		await real.merge(shop.deployments('back'), {spec: {replicas: 3}});
		expect(await mkcoa(`undo ${scaled}`)).toMatchObject({code: 0, outcome: {kind: 'nothing-to-do'}});
	});

	test('with what somebody added to an object since it was made, and the plan says so', async () => {
		const made = await done('k8s apply -f -', JSON.stringify({...configMap('grown'), metadata: {name: 'grown'}}));
		await real.merge(shop.configMaps('grown'), {data: {added: 'by hand'}});
		const {code, outcome} = await mkcoa(`undo ${made} --dry-run`);
		expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'planned'}});
		expect(JSON.stringify(at(outcome, 'plan', 'consequences'))).toContain(
			'ConfigMap shop/grown was changed since it was made, and that goes with it: data.added',
		);
	});
});

describe('nothing is taken back', () => {
	test.each([
		['of an object that is gone', 'ConfigMap shop/lost cannot be set back: it was deleted since', async () => {}],
		[
			'of another object under its name',
			'ConfigMap shop/lost stays as it is: somebody deleted it and made it again',
			() => real.create(shop.configMaps(), configMap('lost')),
		],
	])('%s, and the reason is told', async (_what, why, meanwhile) => {
		await real.remove(shop.configMaps('lost'));
		await real.create(shop.configMaps(), configMap('lost'));
		const changed = await done('k8s patch configmap lost -p {"data":{"color":"red"}}');
		await real.remove(shop.configMaps('lost'));
		await meanwhile();
		const before = real.written().length;
		expect(await mkcoa(`undo ${changed}`)).toMatchObject({code: 1, outcome: {error: {code: 'not-undoable', why}}});
		expect(real.written(before)).toEqual([]);
	});
});

test('a deleted deployment comes back and makes its pods again', async () => {
	await real.eventually(shop.deployments('back'), object => isRolledOut(object, 3));
	const gone = await done('k8s delete deployment back');
	await real.gone(shop.deployments('back'));
	expect(await mkcoa(`undo ${gone}`)).toMatchObject({code: 0, outcome: {output: {objects: ['Deployment shop/back']}}});
	await real.eventually(shop.deployments('back'), object => isRolledOut(object, 3));
});

test('a deleted job comes back under its new uid', async () => {
	const job = {
		...{apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'once'}},
		spec: {template: {metadata: {labels: {app: 'once'}}, spec: {restartPolicy: 'Never', containers: [{name: 'once', image: 'once:1'}]}}},
	};
	await done('k8s apply -f -', JSON.stringify(job));
	const path = '/apis/batch/v1/namespaces/shop/jobs/once';
	const uid = at(await real.read(path), 'metadata', 'uid');
	const gone = await done('k8s delete job once');
	await real.gone(path);
	await done(`undo ${gone}`);
	const again = await real.read(path);
	expect(at(again, 'metadata', 'uid')).not.toBe(uid);
	expect(at(again, 'spec', 'template', 'metadata', 'labels', 'app')).toBe('once');
});

/** Objects for which the server makes up values at creation: a dry run must not draw others each time. */
const madeUp: readonly (readonly [string, string])[] = [
	['service', '{apiVersion: v1, kind: Service, metadata: {name: made}, spec: {type: NodePort, selector: {a: b}, ports: [{port: 80}]}}'],
	[
		'service',
		'{apiVersion: v1, kind: Service, metadata: {name: made}, spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {a: b}, ports: [{port: 80}]}}',
	],
	['service', '{apiVersion: v1, kind: Service, metadata: {name: made}, spec: {clusterIP: None, selector: {a: b}, ports: [{port: 80}]}}'],
	['pod', '{apiVersion: v1, kind: Pod, metadata: {name: made}, spec: {containers: [{name: a, image: a}]}}'],
	['serviceaccount', '{apiVersion: v1, kind: ServiceAccount, metadata: {name: made}}'],
	[
		'pvc',
		'{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: made}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}',
	],
	[
		'cronjob',
		'{apiVersion: batch/v1, kind: CronJob, metadata: {name: made}, spec: {schedule: "0 0 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}}',
	],
	[
		'statefulset',
		'{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: made}, spec: {serviceName: made, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: a}]}}}}',
	],
	[
		'hpa',
		'{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: made}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}, maxReplicas: 2}}',
	],
	[
		'ingress',
		'{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: made}, spec: {defaultBackend: {service: {name: x, port: {number: 80}}}}}',
	],
	['networkpolicy', '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: made}, spec: {podSelector: {}}}'],
	['lease', '{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: made}, spec: {holderIdentity: a}}'],
];

test.each(madeUp)('a %s is applied, deleted and made again without drift: %s', async (kind, text) => {
	const path = `k8s get ${kind} made --path .metadata.name`;
	const absent = async () => {
		while ((await mkcoa(path)).code === 0);
	};
	await done('k8s apply -f -', text);
	const gone = await done(`k8s delete ${kind} made`);
	await absent();
	const again = await mkcoa(`undo ${gone}`);
	expect(again).toMatchObject({code: 0, outcome: {kind: 'done'}});
	await done(`undo ${at(again.outcome, 'journal')}`);
	await absent();
});
