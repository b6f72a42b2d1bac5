/** An object of a namespace, by the path of its collection below `…/namespaces/NAME/`. */
type Given = {
	readonly group: string;
	readonly plural: string;
	readonly object: {readonly metadata: object; readonly [field: string]: unknown};
};

/** One way to bring a version out, told as what stands in a namespace before, and what is typed. */
export type Story = {
	readonly name: string;
	/** Made in this order in a namespace of its own, and at rest before the command begins. */
	readonly given: readonly Given[];
	/** A later version that it runs when the command begins. */
	readonly since?: string;
	/** The command without its namespace. */
	readonly words: readonly string[];
	/** Images of `web` before the command, and at its end. */
	readonly images: readonly [before: string, after: string];
};

const apps = '/apis/apps/v1';
export const oldImage = 'registry.example/web:1';
export const newImage = 'registry.example/web:2';

/** Ready a moment after its start. */
const web = (replicas: number): Given => ({
	group: apps,
	plural: 'deployments',
	object: {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web', labels: {app: 'web'}},
		spec: {
			replicas,
			selector: {matchLabels: {app: 'web'}},
			template: {
				metadata: {labels: {app: 'web'}, annotations: {'sandbox.mkcoa.dev/start-seconds': '0'}},
				spec: {containers: [{name: 'main', image: oldImage}], terminationGracePeriodSeconds: 0},
			},
		},
	},
});

const service: Given = {
	group: '/api/v1',
	plural: 'services',
	object: {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web'},
		spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}]},
	},
};

const images = [oldImage, newImage] as const;
const canary = (...more: readonly string[]) => [
	'deploy',
	'canary',
	'web',
	'--image',
	newImage,
	'--steps',
	'50,100',
	'--interval',
	'1s',
	...more,
];

export const byPods: Story = {name: 'canary by pods', given: [web(2), service], words: canary(), images};

/** One that is not asked for metrics here leaves the pods alone, and is raised and lowered by the rollout. */
const autoscaler: Given = {
	group: '/apis/autoscaling/v2',
	plural: 'horizontalpodautoscalers',
	object: {
		apiVersion: 'autoscaling/v2',
		kind: 'HorizontalPodAutoscaler',
		metadata: {name: 'web'},
		spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, minReplicas: 1, maxReplicas: 4},
	},
};

const httpRoute: Given = {
	group: '/apis/gateway.networking.k8s.io/v1',
	plural: 'httproutes',
	object: {
		apiVersion: 'gateway.networking.k8s.io/v1',
		kind: 'HTTPRoute',
		metadata: {name: 'web'},
		spec: {parentRefs: [{name: 'gateway'}], rules: [{backendRefs: [{name: 'web', port: 80}]}]},
	},
};

const virtualService: Given = {
	group: '/apis/networking.istio.io/v1',
	plural: 'virtualservices',
	object: {
		apiVersion: 'networking.istio.io/v1',
		kind: 'VirtualService',
		metadata: {name: 'web'},
		spec: {hosts: ['shop.example'], gateways: ['gateway'], http: [{route: [{destination: {host: 'web', port: {number: 80}}}]}]},
	},
};

/** Each way to bring a version out, or back. */
export const stories: readonly Story[] = [
	byPods,
	{
		name: 'canary by HTTPRoute',
		given: [web(2), service, autoscaler, httpRoute],
		words: canary('--autoscaler-after', '1s'),
		images,
	},
	{name: 'canary by VirtualService', given: [web(2), service, virtualService], words: canary('--baseline'), images},
	{
		name: 'blue-green',
		given: [web(2), service],
		words: ['deploy', 'blue-green', 'web', '--image', newImage, '--keep', '1s'],
		images,
	},
	{name: 'rolling', given: [web(2), service], words: ['deploy', 'rolling', 'web', '--image', newImage], images},
	{name: 'rollback', given: [web(2), service], since: newImage, words: ['deploy', 'rollback', 'web'], images: [newImage, oldImage]},
];
