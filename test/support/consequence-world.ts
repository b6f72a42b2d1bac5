import {consequencesOf} from '../../src/core/consequences/consequences.ts';
import type {Surroundings} from '../../src/core/consequences/question.ts';
import {diffObjects} from '../../src/core/diff/diff.ts';
import type {JsonObject} from '../../src/core/json.ts';
import {type KubeObject, refOf} from '../../src/core/kube/kube-object.ts';
import {deployment, object, schema} from './kube-objects.ts';

/** Objects around a change, and what is said of it: `severity: text`, the gravest first. */
export type World = Surroundings;

export function told(before: KubeObject | null, after: KubeObject | null, surroundings: World = {}): readonly string[] {
	const either = after ?? before;
	if (either === null) return [];
	const operation = before === null ? 'create' : after === null ? 'delete' : 'update';
	const fields = diffObjects(before, after, schema);
	return consequencesOf({ref: refOf(either), before, after, operation, fields, surroundings}).map(
		({severity, text}) => `${severity}: ${text}`,
	);
}

export const pods = (amount: number, labels: JsonObject = {app: 'web'}, more: JsonObject = {}): readonly KubeObject[] =>
	Array.from({length: amount}, (_, index) =>
		object('v1', 'Pod', `${Object.values(labels).join('-')}-${index}`, {metadata: {labels}, ...more}),
	);
export const service = (spec: JsonObject = {}, name = 'web') =>
	object('v1', 'Service', name, {spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}], ...spec}});
export const hpa = object('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
	spec: {minReplicas: 2, maxReplicas: 10, scaleTargetRef: {kind: 'Deployment', name: 'web'}},
});
export const pdb = (allowed: number) =>
	object('policy/v1', 'PodDisruptionBudget', 'web', {spec: {selector: {matchLabels: {app: 'web'}}}, status: {disruptionsAllowed: allowed}});
export const newer = (parts: Parameters<typeof deployment>[0] = {}) =>
	deployment({...parts, container: {image: 'registry.example.com/shop/web:2.0', ...parts?.container}});
export const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({
	strategy: {rollingUpdate: {maxSurge, maxUnavailable}},
});
export const stateful = (spec: JsonObject, image: string) =>
	object('apps/v1', 'StatefulSet', 'db', {
		spec: {
			replicas: 3,
			selector: {matchLabels: {app: 'db'}},
			template: {metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'db', image: `r.io/${image}`}]}},
			...spec,
		},
	});
export const daemon = (spec: JsonObject, image: string) => ({
	...object('apps/v1', 'DaemonSet', 'agent', {
		spec: {selector: {matchLabels: {app: 'agent'}}, template: {spec: {containers: [{name: 'agent', image: `r.io/${image}`}]}}, ...spec},
	}),
	status: {desiredNumberScheduled: 10},
});
export const claim = (spec: JsonObject) => object('v1', 'PersistentVolumeClaim', 'data', {spec});
export const node = (spec: JsonObject) => object('v1', 'Node', 'node-1', {spec});
export const user = (name: string, spec: JsonObject) => {
	const [pod] = pods(1, {app: name, 'pod-template-hash': 'abc'}, {spec});
	return {
		...object('v1', 'Pod', name, {
			spec,
			metadata: {
				labels: pod?.metadata.labels ?? {},
				ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-abc`, uid: 'u', controller: true}],
			},
		}),
	};
};
export const reading = user('api', {containers: [{name: 'a', envFrom: [{configMapRef: {name: 'settings'}}]}]});
