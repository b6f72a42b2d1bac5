/** An object of a namespace, by the path of its collection below `…/namespaces/NAME/`. */
export type Given = {
	readonly group: string;
	readonly plural: string;
	readonly object: {readonly metadata: object; readonly [field: string]: unknown};
};

/** One way to bring a version out, told as what stands in a namespace before, and what is typed. */
export type Story = {
	readonly name: string;
	/** Made in this order in a namespace of its own, and at rest before the command begins. */
	readonly given: readonly Given[];
	/** The command without its namespace. */
	readonly words: readonly string[];
	/** Image of the workload `web` where the command comes to its end. */
	readonly promoted: string;
};

const apps = '/apis/apps/v1';
export const oldImage = 'registry.example/web:1';
export const newImage = 'registry.example/web:2';

/** Ready a moment after its start. */
export const web = (replicas: number): Given => ({
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

export const service: Given = {
	group: '/api/v1',
	plural: 'services',
	object: {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'web'},
		spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}]},
	},
};

export const byPods: Story = {
	name: 'canary by pods',
	given: [web(2), service],
	words: ['deploy', 'canary', 'web', '--image', newImage, '--steps', '50,100', '--interval', '1s'],
	promoted: newImage,
};
