import type {Finding} from '../../core/finding.ts';
import type {Findings} from '../findings/findings-view.ts';
import type {Incident} from '../findings/incident-view.ts';
import {sampleNow} from './sample-now.ts';

const pod = (name: string) => ({apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name});

const unreachable: Finding = {
	id: 'service-without-endpoints',
	status: 'fail',
	severity: 'critical',
	resource: {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'},
	evidence: [{source: 'EndpointSlice shop/web-x2x1', detail: '0 of 3 endpoints are ready'}],
	cause: 'No pod behind it is ready',
};

const pullFailed: Finding = {
	id: 'image-pull-failed',
	status: 'fail',
	severity: 'high',
	resource: pod('web-7d9f5c-x2x1'),
	evidence: [
		{source: 'event of Pod shop/web-7d9f5c-x2x1', detail: 'Failed to pull image "registry.example/shop/web:1.43": not found'},
		{source: 'ReplicaSet shop/web-7d9f5c, revision 43', detail: 'image: registry.example/shop/web:1.43'},
	],
	cause: 'The registry has no image shop/web:1.43',
	path: 'spec.containers[web].image',
	impact: [{apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web'}],
	remedy: {
		tool: 'auto_recovery',
		input: {incident: 'image-pull-failed:Pod/shop/web-7d9f5c-x2x1'},
		text: 'Roll web back to revision 42, image 1.42.0',
		command: 'mkcoa incident fix image-pull-failed:Pod/shop/web-7d9f5c-x2x1',
	},
};

const notReady: Finding = {
	id: 'pods-not-ready',
	status: 'fail',
	severity: 'high',
	resource: {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'},
	evidence: [{source: 'status of Deployment shop/web', detail: 'readyReplicas: 0 of 3'}],
	cause: '3 of 3 pods of revision 43 do not start',
};

const fullVolume: Finding = {
	id: 'volume-nearly-full',
	status: 'fail',
	severity: 'medium',
	resource: {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: '주문-데이터'},
	evidence: [{source: 'kubelet_volume_stats_available_bytes', detail: '7.2 % free, falling by 1.1 % a day'}],
	cause: 'It is full in about 6 days',
	remedy: {tool: 'volume_resize', input: {name: '주문-데이터'}, text: 'Grow it from 20Gi to 30Gi'},
};

const unchecked: Finding = {
	id: 'certificate-expiry',
	status: 'not-checked',
	severity: 'medium',
	evidence: [],
	cause: 'Certificates were not looked at',
	why: 'secrets in namespace shop may not be read',
};

const passed: Finding = {id: 'node-pressure', status: 'pass', severity: 'low', evidence: [], cause: 'No node is short of memory or disk'};

export const sampleFindings: Findings = {
	about: 'prod, namespace shop',
	readAt: sampleNow,
	findings: [passed, fullVolume, unchecked, pullFailed, unreachable],
};

export const sampleIncident: Incident = {
	title: 'Service shop/web answers nobody',
	since: '2025-12-31T23:48:00Z',
	readAt: sampleNow,
	chain: [unreachable, notReady, pullFailed],
	others: [fullVolume, unchecked],
};
