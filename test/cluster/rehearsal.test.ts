import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, beforeEach, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {httpRoute} from '../support/http-route.ts';
import {deployment} from './compare/row.ts';
import {addGatewayApi} from './gateway-api.ts';
import {deployed, imageOf, serves, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa} = real;
const sets = (name?: string) => shop.deployments(name).replace('deployments', 'statefulsets');
const routes = '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes';

/** A StatefulSet of two versions, the second of which runs: each has a ControllerRevision that the server named. */
async function twoVersions(name: string) {
	const {spec, ...rest} = deployment(name);
	const {strategy: _, progressDeadlineSeconds: __, revisionHistoryLimit: ___, ...own} = spec as {readonly [field: string]: unknown};
	await real.create(sets(), {...rest, kind: 'StatefulSet', spec: {...own, serviceName: name}});
	const isRolledOut = (object: unknown, image: string) =>
		imageOf(object) === image && at(object, 'status', 'updatedReplicas') === 1 && at(object, 'status', 'availableReplicas') === 1;
	await real.eventually(sets(name), object => isRolledOut(object, 'x:1'));
	const image = [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'x:2'}];
	await real.ask({method: 'PATCH', path: sets(name), body: image, headers: {'content-type': 'application/json-patch+json'}});
	await real.eventually(
		sets(name),
		object => isRolledOut(object, 'x:2') && at(object, 'status', 'currentRevision') === at(object, 'status', 'updateRevision'),
	);
}

beforeAll(async () => {
	await addGatewayApi(real.plane());
	await Promise.all([deployed(real, 'web', {replicas: 2}), twoVersions('db')]);
	await real.create('/api/v1/namespaces/shop/services', {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web'},
		spec: {selector: {app: 'web'}, ports: [{port: 80}]},
	});
	await real.create(routes, httpRoute('web', [{backendRefs: [{name: 'web', port: 80}]}], {}, 'shop'));
	await real.create('/apis/batch/v1/namespaces/shop/cronjobs', {
		apiVersion: 'batch/v1',
		kind: 'CronJob',
		metadata: {name: 'nightly'},
		spec: {
			schedule: '0 3 1 1 *',
			jobTemplate: {spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'x:1'}]}}}},
		},
	});
	await real.create('/api/v1/namespaces/shop/podtemplates', {
		apiVersion: 'v1',
		kind: 'PodTemplate',
		metadata: {name: 'spare'},
		template: {spec: {containers: [{name: 'main', image: 'x:1'}]}},
	});
});

/** What mkcoa itself wrote: the requests of controllers are those of others. */
let before = 0;
const mine = () => real.written().filter(({user}) => user === 'admin');
beforeEach(() => {
	before = mine().length;
});
const nothingWritten = () => {
	// The tests' own writes are in the log, so those of mkcoa would be.
	expect(before).toBeGreaterThan(5);
	expect(mine().slice(before)).toEqual([]);
};
const copied = {verdict: 'would-work', ended: 'it came to its end', unready: [], notCopied: ['1 PodTemplate']};

test('a rolling update comes to its end on a copy of what a real server keeps, and that server sees no write', async () => {
	const {code, outcome} = await mkcoa('deploy rolling web --image x:2 --rehearse');
	expect({code, outcome}).toMatchObject({code: 0, outcome: {output: copied}});
	nothingWritten();
	await serves(real, 'web', 'x:1', 2);
});

test('a canary by an HTTPRoute is rehearsed with the kinds that the real server has', async () => {
	const {code, outcome} = await mkcoa('deploy canary web --image x:2 --steps 50,100 --interval 60s --traffic httproute --rehearse');
	expect({code, outcome}).toMatchObject({code: 0, outcome: {output: copied}});
	nothingWritten();
});

test('a StatefulSet finds its way back by the revisions that the real server named', async () => {
	const {code, outcome} = await mkcoa('deploy rollback statefulset/db --rehearse');
	expect({code, outcome}).toMatchObject({code: 0, outcome: {output: copied}});
	nothingWritten();
});

test('a quota without room is found before it stands in the way', async () => {
	const spec = {hard: {pods: '3'}};
	await real.create(shop.quotas(), {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'small'}, spec});
	await real.eventually(shop.quotas('small'), object => at(object, 'status', 'used', 'pods') === '3');
	before = mine().length;
	const {code, outcome} = await mkcoa('deploy rolling web --image x:2 --ready-within 60s --rehearse');
	expect({code, outcome}).toMatchObject({code: 1, outcome: {error: {code: 'rehearsal-failed'}, output: {unready: []}}});
	expect(String(at(outcome, 'error', 'why'))).toMatch(/^ReplicaSet web-\w+ cannot make a pod: exceeded quota: small, requested: pods=1/);
	nothingWritten();
	await real.remove(shop.quotas('small'));
});

test('a kustomization gets the new version as a commit, and the real server sees no write', async () => {
	const root = join(real.folder(), 'deploy');
	mkdirSync(root);
	const git = (...args: readonly string[]) => execFileSync('git', ['-C', root, ...args], {encoding: 'utf8'}).trim();
	const manifest = {...deployment('web', {image: 'web'}), metadata: {name: 'web'}};
	writeFileSync(join(root, 'web.yaml'), JSON.stringify(manifest));
	const kustomization = 'resources: [web.yaml]\nimages:\n  - name: web # by release\n    newName: x\n    newTag: "1"\n';
	writeFileSync(join(root, 'kustomization.yaml'), kustomization);
	git('init', '-q', '-b', 'main');
	git('config', 'user.name', 'Ada');
	git('config', 'user.email', 'ada@example.com');
	git('add', '-A');
	git('commit', '-qm', 'start');
	const {code, outcome} = await mkcoa(['deploy', 'rolling', 'web', '--image', 'x:2', '--gitops', root]);
	expect({code, outcome}).toMatchObject({code: 0, outcome: {kind: 'done', output: {files: [{file: 'kustomization.yaml', line: 5}]}}});
	const branch = String(at(outcome, 'output', 'branch'));
	expect(git('show', `${branch}:kustomization.yaml`)).toBe(kustomization.replace('"1"', '"2"').trim());
	nothingWritten();
});
