import {at} from '../../servers/questions.ts';
import type {Answer, Question} from '../../servers/request.ts';
import type {Asker} from '../../servers/server.ts';

/** What earlier rows were answered, by row name, parsed when JSON. */
type Seen = (row: string) => Body;
// The bodies are whatever a server says; rows reach into them by path.
export type Body = {readonly [key: string]: unknown};

export type Row = {
	readonly name: string;
	/** admin when left out. */
	readonly as?: Asker;
	readonly ask: Question | ((seen: Seen) => Question);
	/** Done, but not worth a line of the record. */
	readonly quiet?: boolean;
	/** Asks again, up to twenty seconds, until this holds; for what controllers do in their own time. */
	readonly until?: (body: Body, answer: Answer) => boolean;
};

export const version = (body: Body) => String(at(body, 'metadata', 'resourceVersion'));

const namespaced =
	(group: string, resource: string) =>
	(name?: string, rest = '') =>
		`${group}/namespaces/compare/${resource}${name === undefined ? '' : `/${name}`}${rest}`;
/** Paths of the namespace `compare`: the collection without a name. */
export const paths = {
	pods: namespaced('/api/v1', 'pods'),
	configMaps: namespaced('/api/v1', 'configmaps'),
	secrets: namespaced('/api/v1', 'secrets'),
	services: namespaced('/api/v1', 'services'),
	quotas: namespaced('/api/v1', 'resourcequotas'),
	deployments: namespaced('/apis/apps/v1', 'deployments'),
	replicaSets: namespaced('/apis/apps/v1', 'replicasets'),
	jobs: namespaced('/apis/batch/v1', 'jobs'),
	cronJobs: namespaced('/apis/batch/v1', 'cronjobs'),
	budgets: namespaced('/apis/policy/v1', 'poddisruptionbudgets'),
	autoscalers: namespaced('/apis/autoscaling/v2', 'horizontalpodautoscalers'),
};

const meta = (name: string, more: object = {}) => ({name, namespace: 'compare', ...more});
export const configMap = (name: string, data: object = {color: 'blue'}, more: object = {}) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: meta(name, more),
	data,
});
export const pod = (name: string, image = 'x:1', more: object = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: meta(name, {labels: {app: name}}),
	spec: {containers: [{name: 'main', image}], ...more},
});
/** With a readiness probe: a kubelet takes a container without one for ready. */
export const deployment = (
	name: string,
	{image = 'x:1', replicas = 1, labels = {app: name}}: {image?: string; replicas?: number; labels?: object} = {},
) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: meta(name, {labels: {app: name}}),
	spec: {
		replicas,
		selector: {matchLabels: {app: name}},
		template: {
			metadata: {labels},
			spec: {containers: [{name: 'main', image, ports: [{containerPort: 80}], readinessProbe: {httpGet: {path: '/', port: 80}}}]},
		},
	},
});
