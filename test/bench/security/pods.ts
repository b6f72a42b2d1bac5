import type {Json, JsonObject} from '../../../src/core/json.ts';

/** Pods of one Deployment. */
const podsEach = 4;

/** Half of them are hardened, so that scanners find something to say and something to pass. */
const container = (name: string, isHardened: boolean): JsonObject => ({
	name: 'web',
	image: `registry.example.com/shop/${name}:1.${name.length}`,
	ports: [{containerPort: 8080, name: 'http'}],
	env: [
		{name: 'LOG_LEVEL', value: 'info'},
		{name: 'REGION', value: 'eu'},
	],
	...(isHardened
		? {
				resources: {requests: {cpu: '100m', memory: '128Mi'}, limits: {cpu: '500m', memory: '256Mi'}},
				readinessProbe: {httpGet: {path: '/ready', port: 8080}},
				livenessProbe: {httpGet: {path: '/live', port: 8080}},
				securityContext: {
					...{allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 10001, privileged: false},
					...{capabilities: {drop: ['ALL']}, seccompProfile: {type: 'RuntimeDefault'}},
				},
			}
		: {}),
});

/** The objects of one service, its pods among them as a cluster would tell them. */
function serviceObjects(index: number): readonly JsonObject[] {
	const name = `web-${index}`;
	const namespace = `team-${index % 25}`;
	const labels = {app: name, 'app.kubernetes.io/name': name};
	const spec = {
		containers: [container(name, index % 2 === 0)],
		volumes: [{name: 'tmp', emptyDir: {}}],
		serviceAccountName: name,
		...(index % 10 === 0 ? {hostNetwork: true} : {}),
	};
	const object = (apiVersion: string, kind: string, more: JsonObject, own = name): JsonObject => ({
		...{apiVersion, kind, metadata: {name: own, namespace, labels}},
		...more,
	});
	const pods = Array.from({length: podsEach}, (_, pod) => object('v1', 'Pod', {spec}, `${name}-${pod}`));
	return [
		object('apps/v1', 'Deployment', {
			spec: {replicas: podsEach, selector: {matchLabels: {app: name}}, template: {metadata: {labels}, spec}},
		}),
		object('v1', 'Service', {spec: {selector: {app: name}, ports: [{port: 80, targetPort: 8080}]}}),
		object('v1', 'ServiceAccount', {}),
		object('v1', 'ConfigMap', {data: {'app.properties': 'level=info'}}),
		object('networking.k8s.io/v1', 'NetworkPolicy', {
			spec: {podSelector: {matchLabels: {app: name}}, policyTypes: ['Ingress'], ingress: [{from: [{podSelector: {}}]}]},
		}),
		...pods,
	];
}

/** Manifests of so many pods with the objects around them; no two services are alike in name, namespace or hardening. */
export const manifestsOf = (pods: number): readonly Json[] =>
	Array.from({length: Math.ceil(pods / podsEach)}, (_, index) => serviceObjects(index)).flat();
