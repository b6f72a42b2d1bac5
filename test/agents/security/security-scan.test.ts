import {expect, test} from 'vitest';
import {scanFindings} from '../../../src/agents/security/scan/scan-output.ts';
import {securityScan} from '../../../src/agents/security/tools/security-scan.ts';
import type {Exception} from '../../../src/analysis/scan/exceptions.ts';
import {absentCluster} from '../../../src/main/absent-cluster.ts';
import type {Cluster} from '../../../src/mcp/kubernetes/port.ts';
import {fakeCluster} from '../../support/fake-cluster.ts';
import {deployment} from '../../support/kube-objects.ts';
import {securityPorts} from '../../support/security-ports.ts';
import {toolContext} from '../../support/tool-context.ts';

const privileged = deployment({container: {securityContext: {privileged: true}}});
const wide = {width: 80, terminal: true, nowMs: 0};
const refuse = () => Promise.reject(new Error('the cluster was asked'));
const nobody = absentCluster(refuse);

async function scanned(
	cluster: Cluster,
	asked: object = {},
	exceptions: readonly Exception[] = [],
	answerCharacters = Number.POSITIVE_INFINITY,
) {
	const {context} = toolContext(cluster);
	const ports = securityPorts(cluster, {exceptions: async () => exceptions});
	return securityScan.output.parse(await securityScan.run(securityScan.input.parse(asked), {...context, ports, answerCharacters}));
}

const yaml = `
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: web, namespace: shop, annotations: {meta.helm.sh/release-name: web, meta.helm.sh/release-namespace: shop}}
    spec: {containers: [{name: web, image: 'web:1', securityContext: {privileged: true}}]}
---
replicas: 3
---
apiVersion: v1
kind: Pod
metadata: {name: api}
spec: {containers: [{name: api, image: 'api:1'}]}
`;

test('manifests are scanned without a cluster, and what is no object is told', async () => {
	expect(securityScan.needsCluster?.({...securityScan.input.parse({manifests: yaml})})).toBe(false);
	const told = await scanned(nobody, {manifests: yaml, check: 'privileged-container'});
	expect(told).toMatchObject({where: 'the manifests', objects: 2, score: 50, more: 0});
	expect(told.notChecked).toEqual([{what: 'document 2, line 10', why: 'it has no apiVersion and kind'}]);
	expect(told.failures).toMatchObject([
		{
			id: 'privileged-container',
			resource: {kind: 'Pod', namespace: 'shop', name: 'web'},
			paths: ['spec.containers[0].securityContext.privileged'],
			keeper: 'Helm release shop/web',
			remedy: {tool: 'resource_patch', input: {kind: 'Pod', name: 'web', namespace: 'shop', type: 'json'}},
		},
	]);
});

test('a list as an API server prints it is opened', async () => {
	const items = [{metadata: {name: 'web'}, spec: {containers: [{name: 'web', securityContext: {privileged: true}}]}}];
	const manifests = JSON.stringify({apiVersion: 'v1', kind: 'PodList', items});
	expect((await scanned(nobody, {manifests, check: 'privileged-container'})).failures).toHaveLength(1);
});

test('what may not be read is not checked, with the reason, and a finding in the rest counts', async () => {
	const {cluster} = fakeCluster({objects: [privileged], denied: ['pods', 'statefulsets']});
	const told = await scanned(cluster, {check: 'privileged-container'});
	expect(told.results).toMatchObject([{state: 'fail', failed: 1, why: ['not read: Pod, apps/StatefulSet']}]);
	expect(told.notChecked.map(({what}) => what)).toEqual(expect.arrayContaining(['Pod', 'apps/StatefulSet']));
	const found = scanFindings(told);
	expect(found.map(({status}) => status)).toEqual(expect.arrayContaining(['fail', 'not-checked']));
	expect(found).not.toContainEqual(expect.objectContaining({status: 'pass'}));
	expect(securityScan.text(told, wide)).toContain('may not be listed');
});

test('nothing that may be read is an error, not a clean scan', async () => {
	const {cluster} = fakeCluster({objects: [privileged]});
	const {cluster: closed} = fakeCluster({objects: [privileged], denied: (await cluster.types()).map(({plural}) => plural)});
	await expect(scanned(closed, {check: 'privileged-container'})).rejects.toMatchObject({
		trouble: {code: 'nothing-to-scan', why: expect.stringContaining('kinds could not be read')},
	});
});

test('an earlier scan tells what is new and what is fixed', async () => {
	const before = await scanned(fakeCluster({objects: [privileged]}).cluster, {check: 'privileged-container'});
	const other = deployment({container: {securityContext: {privileged: true}}}, 'api');
	const {cluster} = fakeCluster({objects: [deployment(), other]});
	const after = await scanned(cluster, {check: 'privileged-container', since: JSON.stringify(before)});
	const field = 'spec.template.spec.containers[0].securityContext.privileged';
	expect(after.diff).toEqual({
		...{since: before.takenAt, score: 0, unchanged: 0},
		fresh: [`privileged-container Deployment shop/api ${field}`],
		fixed: [`privileged-container Deployment shop/web ${field}`],
	});
	expect(securityScan.text(after, wide)).toContain('1 new, 1 fixed, 0 unchanged');
	await expect(scanned(cluster, {since: JSON.stringify(before)})).rejects.toMatchObject({trouble: {code: 'bad-saved-scan'}});
	await expect(scanned(cluster, {since: '{}'})).rejects.toMatchObject({trouble: {code: 'bad-saved-scan'}});
});

const exception = {
	check: 'privileged-container',
	object: 'Deployment/shop/web',
	owner: 'ops',
	reason: 'drives a device',
	expires: '2999-01-01',
};

test('exceptions of the person and of the call hold both, and those that match nothing are told', async () => {
	const {cluster} = fakeCluster({objects: [privileged]});
	const text = JSON.stringify({exceptions: [{...exception, object: 'Pod/shop/gone'}]});
	const told = await scanned(cluster, {check: 'privileged-container', exceptions: text}, [exception]);
	expect(told.failures).toMatchObject([{exception: {owner: 'ops'}}]);
	expect(told.exceptions.unmatched).toMatchObject([{object: 'Pod/shop/gone'}]);
	expect(scanFindings(told).filter(({status}) => status === 'fail')).toEqual([]);
	const wrong = JSON.stringify({exceptions: [{...exception, owner: undefined}]});
	await expect(scanned(cluster, {exceptions: wrong})).rejects.toMatchObject({trouble: {code: 'bad-exceptions'}});
});

test('an answer with a budget holds the gravest, and says how many it leaves out', async () => {
	const many = Array.from({length: 40}, (_, index) => deployment({container: {securityContext: {privileged: true}}}, `web-${index}`));
	const told = await scanned(fakeCluster({objects: many}).cluster, {check: 'privileged-container'}, [], 4000);
	expect(JSON.stringify(told.failures).length).toBeLessThanOrEqual(4000);
	expect(told.failures.length + told.more).toBe(40);
	expect(securityScan.text(told, wide)).toContain(`and ${told.more} more`);
});

test('for models, checks in which nothing is wrong are counted', async () => {
	const told = await scanned(nobody, {manifests: yaml});
	const compact = securityScan.compact?.output.parse(securityScan.compact.of(told));
	expect(compact).toMatchObject({checks: {fail: {'privileged-container': 1}, notChecked: []}});
});

test('a check that is not there is refused with those near it', async () => {
	await expect(scanned(nobody, {manifests: yaml, check: 'privileged-containers'})).rejects.toMatchObject({
		trouble: {code: 'unknown-check', why: expect.stringContaining('privileged-container')},
	});
});

test.each([80, 40])('the first screen fits %i columns', async width => {
	const told = await scanned(nobody, {manifests: yaml});
	const lines = securityScan.text(told, {...wide, width}).split('\n');
	expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(width);
	if (width === 80) expect(lines.length).toBeLessThanOrEqual(24);
});

test('one object and one check are told as one', async () => {
	const {context, events} = toolContext(nobody);
	const manifests = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: x}]}\n';
	await securityScan.run(securityScan.input.parse({manifests, check: 'privileged-container'}), {...context, ports: securityPorts(nobody)});
	expect(events).toContainEqual({kind: 'progress', text: 'Judging 1 object by 1 check'});
});
