import {expect, test} from 'vitest';
import {judgeHealing} from '../../../../src/agents/incident/recovery/judge-healing.ts';
import type {Detection} from '../../../../src/analysis/detection/detect.ts';
import type {Incident} from '../../../../src/analysis/detection/incident.ts';
import {surveyOf} from '../../../../src/analysis/detection/survey.ts';
import type {KubeObject, Ref} from '../../../../src/core/kube/kube-object.ts';
import {object} from '../../../support/kube-objects.ts';

const ref = (kind: string, name: string): Ref => ({apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, namespace: 'shop', name});
const web = ref('Deployment', 'web');
const service = ref('Service', 'web');

const incident = (id: Incident['cause']['id'], resource: Ref, severity: Incident['severity'] = 'high'): Incident => ({
	key: `${id}:${resource.kind}/${resource.name}`,
	family: 'pod',
	severity,
	cause: {id, resource, cause: {en: `${id} is so`, ko: ''}, evidence: [], remedies: []},
	symptoms: [],
	impact: [],
});

const pod = object('v1', 'Pod', 'web-a', {
	metadata: {labels: {app: 'web'}, ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd', controller: true}]},
});
const deployment = object('apps/v1', 'Deployment', 'web', {});
const sending = object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}}});
const slice = (ready: boolean, ports: readonly object[] = [{port: 8080}]): KubeObject =>
	object('discovery.k8s.io/v1', 'EndpointSlice', 'web-x', {
		metadata: {labels: {'kubernetes.io/service-name': 'web'}},
		endpoints: [{conditions: {ready}}],
		ports: JSON.parse(JSON.stringify(ports)),
	});

const before = incident('target-port-not-there', service);
type World = {
	readonly incidents?: readonly Incident[];
	readonly waiting?: readonly Ref[];
	readonly objects?: readonly KubeObject[];
	/** Kinds that the look could not read. */
	readonly blind?: readonly string[];
};
type Row = [string, World, string];

test.each<Row>([
	['nothing is wrong any more', {}, 'healed'],
	['the same is wrong', {incidents: [before]}, 'there'],
	['the same is wrong, and graver', {incidents: [{...before, severity: 'critical'}]}, 'worse'],
	['the same is wrong, and something else of it', {incidents: [before, incident('selector-fits-no-pod', service)]}, 'worse'],
	['it was wrong before', {incidents: [incident('paused', web, 'critical')]}, 'healed'],
	['another cause shows that was hidden', {incidents: [incident('crashes', web)]}, 'another'],
	['something graver shows', {incidents: [incident('crashes', web, 'critical')]}, 'worse'],
	['something graver shows in a pod of it', {incidents: [incident('crashes', ref('Pod', 'web-a'), 'critical')]}, 'worse'],
	['something graver shows elsewhere', {incidents: [incident('crashes', ref('Deployment', 'worker'), 'critical')]}, 'healed'],
	['it is not well, and nobody knows why', {incidents: [incident('cause-not-found', web)]}, 'on-its-way'],
	['pods have not taken up what is new', {incidents: [incident('settings-not-taken-up', web, 'low')]}, 'healed'],
	['its pods are on their way', {waiting: [web]}, 'on-its-way'],
	['others are on their way', {waiting: [ref('Deployment', 'worker')]}, 'healed'],
	['no endpoint is ready', {objects: [slice(false)]}, 'on-its-way'],
	['endpoints have no port', {objects: [slice(true, [])]}, 'on-its-way'],
	['what was read before cannot be read now', {blind: ['Deployment']}, 'on-its-way'],
	['what cannot be read could not be before', {blind: ['Secret']}, 'healed'],
	['there are no slices yet', {objects: []}, 'on-its-way'],
])('%s: %s', (_, {incidents = [], waiting = [], objects = [slice(true)], blind = []}, state) => {
	const survey = surveyOf({
		takenAt: '2026-01-01T00:00:00Z',
		namespace: 'shop',
		objects: [pod, deployment, sending, ...objects],
		unread: blind.map(kind => ({kind, why: 'the server is away'})),
	});
	const detection: Detection = {
		incidents,
		notChecked: [],
		onTheirWay: waiting.map(each => ({ref: each, settlesAtMs: 0, how: '0 of 1 pod is ready'})),
	};
	const healing = {
		key: before.key,
		incident: before,
		before: new Set([before.key, 'paused:Deployment/web']),
		unread: new Set(['Secret']),
		touched: [service, web],
	};
	expect(judgeHealing(healing, {survey, detection}).state).toBe(state);
});
