import type {JsonObject} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {Shop} from './shop.ts';

const anything = {type: 'object', 'x-kubernetes-preserve-unknown-fields': true};

/** The kind of Argo Rollouts without its schema. */
const definition: KubeObject = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'rollouts.argoproj.io'},
	spec: {
		group: 'argoproj.io',
		scope: 'Namespaced',
		names: {kind: 'Rollout', plural: 'rollouts', singular: 'rollout', listKind: 'RolloutList', shortNames: ['ro']},
		versions: [{name: 'v1alpha1', served: true, storage: true, schema: {openAPIV3Schema: anything}, subresources: {status: {}}}],
	},
};

/**
 * Puts an Argo Rollout into the embedded shop, as its controller would leave it: a canary at its first pause of two, of which
 * `status` says otherwise where it is given. No controller moves it.
 */
export function addRollout({sandbox: {machine}}: Pick<Shop, 'sandbox'>, name: string, status: JsonObject = {}): void {
	if (machine.get('CustomResourceDefinition', undefined, 'rollouts.argoproj.io') === undefined) machine.create(definition);
	if (machine.get('Rollout', 'shop', name) !== undefined) return;
	const template = {metadata: {labels: {app: name}}, spec: {containers: [{name: 'main', image: `registry.example/shop/${name}:2`}]}};
	const made = machine.create({
		apiVersion: 'argoproj.io/v1alpha1',
		kind: 'Rollout',
		metadata: {name, namespace: 'shop', annotations: {'rollout.argoproj.io/revision': '2'}},
		spec: {
			replicas: 0,
			selector: {matchLabels: {app: name}},
			template,
			strategy: {canary: {steps: [{setWeight: 25}, {pause: {}}, {setWeight: 50}, {pause: {}}]}},
		},
	});
	machine.update({...made, status: {...atPause, ...status}}, 'rollouts-controller', 'status');
}

const atPause = {
	phase: 'Paused',
	message: 'CanaryPauseStep',
	controllerPause: true,
	currentPodHash: 'new',
	stableRS: 'old',
	currentStepIndex: 1,
	observedGeneration: '1',
	pauseConditions: [{reason: 'CanaryPauseStep', startTime: '2026-11-01T00:00:00Z'}],
};
