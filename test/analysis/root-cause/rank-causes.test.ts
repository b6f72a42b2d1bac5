import {expect, test} from 'vitest';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {graphOf} from '../../../src/analysis/detection/graph/dependents.ts';
import {rankCauses} from '../../../src/analysis/root-cause/rank-causes.ts';
import {beginOf} from '../../../src/analysis/root-cause/setting.ts';
import {timelineOf} from '../../../src/analysis/timeline/timeline.ts';
import {refText} from '../../../src/core/kube/kube-object.ts';
import {surveyIn} from '../detection/cluster-in-yaml.ts';

const owner = (kind: string, name: string) =>
	`ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`;
const at = (time: string) => `"2026-11-27T${time}Z"`;

/** A Deployment with its ReplicaSets and one pod; `down` since a time where one is given. */
const workload = (
	name: string,
	{
		env = '',
		image = 'app:1',
		before,
		down,
		wrote,
	}: {readonly env?: string; readonly image?: string; readonly before?: string; readonly down?: string; readonly wrote?: string} = {},
) => {
	const template = (its: string) =>
		`template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: main, image: "${its}", env: [${env}]}]}}`;
	const ready = down === undefined;
	return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop, creationTimestamp: ${at('01:00:00')}${wrote === undefined ? '' : `, managedFields: [{manager: kubectl-edit, time: ${at(wrote)}, fieldsV1: {f:spec: {f:template: {}}}}]`}}
spec: {replicas: 1, selector: {matchLabels: {app: ${name}}}, ${template(image)}}
status: {replicas: 1, updatedReplicas: 1, readyReplicas: ${ready ? 1 : 0}, availableReplicas: ${ready ? 1 : 0}, conditions: [{type: Available, status: "${ready ? 'True' : 'False'}", lastTransitionTime: ${at(down ?? '01:00:10')}}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: ${name}-2, namespace: shop, creationTimestamp: ${at(wrote ?? '01:00:00')}, annotations: {deployment.kubernetes.io/revision: "2"}, ${owner('Deployment', name)}}
spec: {${template(image)}}
status: {replicas: 1, readyReplicas: ${ready ? 1 : 0}}
${
	before === undefined
		? ''
		: `---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: ${name}-1, namespace: shop, creationTimestamp: ${at('01:00:00')}, annotations: {deployment.kubernetes.io/revision: "1"}, ${owner('Deployment', name)}}
spec: {${template(before)}}
status: {replicas: 1, readyReplicas: 1}
`
}---
apiVersion: v1
kind: Pod
metadata: {name: ${name}-2-a, namespace: shop, creationTimestamp: ${at(wrote ?? '01:00:00')}, labels: {app: ${name}}, ${owner('ReplicaSet', `${name}-2`)}}
spec: {nodeName: n1, containers: [{name: main, image: "${image}"}]}
status: {phase: Running, conditions: [{type: Ready, status: "${ready ? 'True' : 'False'}", lastTransitionTime: ${at(down ?? '01:00:10')}}]${ready ? '' : `, containerStatuses: [{name: main, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, reason: Error, finishedAt: ${at('11:50:00')}}}}]`}}
`;
};
const service = (name: string, app = name, wrote?: string) =>
	`{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop, creationTimestamp: ${at('01:00:00')}${wrote === undefined ? '' : `, managedFields: [{manager: eve, time: ${at(wrote)}, fieldsV1: {f:spec: {f:selector: {f:app: {}}}}}]`}}, spec: {clusterIP: 10.0.0.9, selector: {app: ${app}}, ports: [{port: 80}]}}`;
const settings = (wrote: string) =>
	`{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop, creationTimestamp: ${at('01:00:00')}, managedFields: [{manager: ann, time: ${at(wrote)}, fieldsV1: {f:data: {f:MODE: {}}}}]}, data: {MODE: x}}`;
const usesSettings = '{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: MODE}}}';
const asksDb = '{name: DB_URL, value: "http://db:80"}';

const rank = (documents: readonly string[], name: string, lines: readonly string[] = []) => {
	const survey = surveyIn(documents.join('\n---\n'), {takenAt: '2026-11-27T12:00:00.000Z'});
	const target = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name};
	const graph = graphOf(survey);
	const happenings = timelineOf(target, {survey, graph, journal: []});
	const beganMs = beginOf(happenings, survey.nowMs - 86_400_000);
	const words = lines.length === 0 ? [] : [{origin: 'pod shop/x, container main', lines}];
	return rankCauses({target, survey, graph, incidents: detect(survey).incidents, happenings, beganMs, words});
};
const names = (suspects: ReturnType<typeof rank>) =>
	suspects.map(({kind, resource, incident}) => `${incident?.cause.id ?? kind} ${refText(resource)}`);

test('what the target leans on and is found wrong comes before what its own program does', () => {
	const suspects = rank([workload('web', {env: asksDb, down: '11:30:00'}), workload('db'), service('db', 'dbb', '11:29:30')], 'web', [
		'dial tcp 10.0.0.9:80: refused',
	]);
	expect(names(suspects)).toEqual(['selector-fits-no-pod Service shop/db', 'crashes Deployment shop/web']);
	expect(suspects[0]?.for.map(({detail}) => detail)).toEqual(
		expect.arrayContaining([
			'Deployment shop/web leans on Service shop/db: asks it, named in DB_URL',
			'changed 30s before the symptom was first seen: eve wrote spec.selector.app',
			'dial tcp 10.0.0.9:80: refused',
		]),
	);
	expect(suspects.at(-1)?.against).toContainEqual({source: 'crashes', detail: 'it says what happens, and not why'});
});

test('a rollout whose pods fail while those before are ready is suspected first', () => {
	const suspects = rank([workload('web', {image: 'app:2', before: 'app:1', wrote: '11:29:50', down: '11:30:00'})], 'web');
	expect(names(suspects)[0]).toBe('change Deployment shop/web');
	expect(suspects[0]?.text).toBe(
		'Deployment shop/web was changed 10s before the symptom was first seen: rolled out as revision 2: containers[main].image: app:1 → app:2',
	);
	expect(suspects[0]?.for).toContainEqual({
		source: 'Deployment shop/web',
		detail: '0 of 1 pod of revision 2 are ready, 1 of 1 of revision 1',
	});
	expect(suspects[0]?.refutedBy).toContain('mkcoa deploy rollback web');
});

test('settings that were edited just before are suspected, and others that run well with them speak against it', () => {
	const alone = rank([workload('web', {env: usesSettings, down: '11:30:00'}), settings('11:29:00')], 'web');
	expect(names(alone)[0]).toBe('settings-break-start ConfigMap shop/settings');
	const beside = rank(
		[workload('web', {env: usesSettings, down: '11:30:00'}), workload('api', {env: usesSettings}), settings('11:29:00')],
		'web',
	);
	const edit = beside.find(({resource}) => resource.kind === 'ConfigMap');
	expect(edit?.against).toEqual([{source: 'graph', detail: 'Deployment shop/api leans on it too, and is well'}]);
	expect(edit?.weight).toBeLessThan(alone[0]?.weight ?? 0);
});

test.each([
	['hours before', '06:00:00'],
	['long after', '11:50:00'],
])('settings that were edited %s are no suspect', (_, time) => {
	expect(names(rank([workload('web', {env: usesSettings, down: '11:30:00'}), settings(time)], 'web'))).toEqual([
		'crashes Deployment shop/web',
	]);
});

test('two that may both be why are kept apart, each with what would refute it', () => {
	const suspects = rank(
		[workload('web', {env: `${asksDb}, ${usesSettings}`, down: '11:30:00'}), settings('11:29:00'), workload('db'), service('db', 'dbb')],
		'web',
	);
	expect(names(suspects)).toEqual(['settings-break-start ConfigMap shop/settings', 'selector-fits-no-pod Service shop/db']);
	expect(new Set(suspects.map(({refutedBy}) => refutedBy)).size).toBe(2);
});

test('of what is well, changes of the last hour are told as what might be, and that nothing tells when it began', () => {
	const suspects = rank([workload('web', {env: usesSettings}), settings('11:50:00')], 'web');
	const edit = suspects.find(({kind}) => kind === 'change');
	expect(edit?.text).toBe('ConfigMap shop/settings was changed 10m ago: ann wrote data.MODE');
	expect(edit?.against).toContainEqual({source: 'the symptom', detail: 'nothing that was looked at tells when it began'});
});

test('what is wrong elsewhere is no suspect', () => {
	expect(names(rank([workload('web'), workload('db'), service('db', 'dbb')], 'web'))).toEqual([]);
});
