import {onTestFinished} from 'vitest';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {type SandboxApi, type SandboxApiOptions, startSandboxApi} from '../../../../src/sandbox/api/start-sandbox-api.ts';
import {type ManualClock, manualClock} from '../../../support/manual-clock.ts';

type Reply = {readonly status: number; readonly headers: Headers; readonly body: KubeObject & {readonly [key: string]: unknown}};

/** A server of its own and a plain HTTP client for it; both end with the test. */
export type ApiUnderTest = {
	readonly api: SandboxApi;
	readonly clock: ManualClock;
	readonly call: (method: string, path: string, options?: CallOptions) => Promise<Reply>;
};
type CallOptions = {
	readonly body?: unknown;
	readonly type?: string;
	readonly token?: string;
	readonly headers?: {readonly [name: string]: string};
};

export async function startApi(options: Partial<SandboxApiOptions> = {}): Promise<ApiUnderTest> {
	const clock = manualClock();
	const api = await startSandboxApi({clock, ...options});
	onTestFinished(() => api.stop());
	return {
		api,
		clock,
		async call(method, path, {body, type = 'application/json', token = 'admin', headers = {}} = {}) {
			const response = await fetch(`${api.url}${path}`, {
				method,
				headers: {
					authorization: `Bearer ${token}`,
					'user-agent': 'test/1',
					...(body === undefined ? {} : {'content-type': type}),
					...headers,
				},
				...(body === undefined ? {} : {body: typeof body === 'string' ? body : JSON.stringify(body)}),
			});
			const text = await response.text();
			return {status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {text}};
		},
	};
}

export const deployments = '/apis/apps/v1/namespaces/default/deployments';
export const configMaps = '/api/v1/namespaces/default/configmaps';

export const deployment = (name: string, replicas = 1) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name, labels: {app: name}},
	spec: {
		replicas,
		selector: {matchLabels: {app: name}},
		template: {metadata: {labels: {app: name}}, spec: {containers: [{name: 'main', image: 'registry.example/web:1'}]}},
	},
});

export const configMap = (name: string, data: {readonly [key: string]: string} = {}, labels: {readonly [key: string]: string} = {}) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, labels},
	data,
});

export const pod = (name: string, more: {readonly [key: string]: unknown} = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'default', labels: {app: name}},
	spec: {containers: [{name: 'main', image: 'registry.example/web:1'}], ...more},
});
