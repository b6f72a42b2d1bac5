import {stringify} from 'yaml';

const labelled = (app: string, namespace?: string) => ({labels: {app}, ...(namespace === undefined ? {} : {namespace})});

const deployment = (name: string, {image, replicas, namespace}: {image: string; replicas: number; namespace?: string}) => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name, ...labelled(name, namespace)},
	spec: {
		replicas,
		selector: {matchLabels: {app: name}},
		template: {
			metadata: labelled(name),
			spec: {
				containers: [
					{
						name: 'app',
						image,
						ports: [{name: 'http', containerPort: 8080}],
						env: [
							{name: 'LOG_LEVEL', value: 'info'},
							{name: 'CONFIG', valueFrom: {configMapKeyRef: {name, key: 'config.yaml', optional: true}}},
						],
						resources: {requests: {cpu: '100m', memory: '128Mi'}, limits: {memory: '256Mi'}},
						readinessProbe: {httpGet: {path: '/readyz', port: 'http'}},
					},
				],
			},
		},
	},
});

/** The Deployment that is described and planned for, and the same with another image and one more replica. */
export const [standing, wanted] = [
	{image: 'web:1.4.2', replicas: 3},
	{image: 'web:1.5.0', replicas: 4},
].map(differs => stringify(deployment('web', {...differs, namespace: 'shop'}))) as [string, string];

const configMap = (name: string) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, ...labelled(name)},
	data: {'config.yaml': 'listen: ":8080"\nlog:\n  level: info\n  format: json\nupstreams:\n  - name: users\n    address: users:8080\n'},
});

const service = (name: string) => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name, ...labelled(name)},
	spec: {selector: {app: name}, ports: [{name: 'http', port: 80, targetPort: 'http'}]},
});

const account = (name: string) => ({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name, ...labelled(name)}});

const budget = (name: string) => ({
	apiVersion: 'policy/v1',
	kind: 'PodDisruptionBudget',
	metadata: {name, ...labelled(name)},
	spec: {maxUnavailable: 1, selector: {matchLabels: {app: name}}},
});

/** Ten services of five objects each, without a namespace of their own. They have no replicas: starting pods is not what is measured. */
export const fiftyManifests: string = Array.from({length: 10}, (_, index) => `service-${index}`)
	.flatMap(name => [account(name), configMap(name), service(name), deployment(name, {image: 'api:3.0.1', replicas: 0}), budget(name)])
	.map(object => stringify(object))
	.join('---\n');
