import type {JsonObject} from '../../core/json.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {type PodRule, specIn, variablesOf} from './pod-rule.ts';
import {namespaceSelector, type Scope} from './scope.ts';

export const policyName = ({id}: PodRule) => `mkcoa-${id}`;

/** Every way in which a pod spec comes into a cluster. What a controller makes of it is looked at again, as a pod. */
const resourceRules: readonly JsonObject[] = [
	{apiGroups: [''], resources: ['pods', 'replicationcontrollers'], operations: ['CREATE', 'UPDATE']},
	{apiGroups: [''], resources: ['pods/ephemeralcontainers'], operations: ['UPDATE']},
	{apiGroups: ['apps'], resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], operations: ['CREATE', 'UPDATE']},
	{apiGroups: ['batch'], resources: ['jobs', 'cronjobs'], operations: ['CREATE', 'UPDATE']},
].map(rule => ({...rule, apiVersions: ['v1']}));

/** What runs already may be scaled, labelled and deleted, finalizers and all: only another pod spec is looked at. */
const matchConditions: readonly JsonObject[] = [
	{name: 'what-runs-changes', expression: `request.operation == 'CREATE' || (${specIn('object')}) != (${specIn('oldObject')})`},
];

/** What policies of CEL have in common: variables, and what must hold. */
const celParts = ({title, offenders}: PodRule) => ({
	variables: [...variablesOf(offenders), {name: 'offenders', expression: offenders}].map(each => ({...each})),
	validations: [
		{
			expression: 'variables.offenders.size() == 0',
			message: title,
			messageExpression: `'${title}: ' + variables.offenders.join(', ')`,
			reason: 'Forbidden',
		},
	],
});

const described = ({title, why}: PodRule): JsonObject => ({'mkcoa.io/title': title, 'mkcoa.io/why': why});

/**
 * A rule as a ValidatingAdmissionPolicy, which API servers since Kubernetes 1.30 judge themselves, with its binding. An exemption that ends on a day is not
 * possible in it: its expressions know no time.
 * @see kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy
 */
export function admissionPolicy(rule: PodRule, scope: Scope): readonly [policy: KubeObject, binding: KubeObject] {
	const apiVersion = 'admissionregistration.k8s.io/v1';
	const name = policyName(rule);
	return [
		{
			apiVersion,
			kind: 'ValidatingAdmissionPolicy',
			metadata: {name, annotations: described(rule)},
			spec: {failurePolicy: 'Fail', matchConstraints: {resourceRules}, matchConditions, ...celParts(rule)},
		},
		{
			apiVersion,
			kind: 'ValidatingAdmissionPolicyBinding',
			metadata: {name},
			spec: {
				policyName: name,
				// A refusal tells already, so the server takes no warning beside it.
				validationActions: scope.deny ? ['Deny', 'Audit'] : ['Warn', 'Audit'],
				matchResources: {namespaceSelector: namespaceSelector(scope)},
			},
		},
	] as unknown as readonly [KubeObject, KubeObject];
}

/**
 * The same as Kyverno judges it since 1.17, in place of ClusterPolicy, which goes with 1.20.
 * @see kyverno.io/docs/policy-types/validating-policy
 */
export function kyvernoValidatingPolicy(rule: PodRule, scope: Scope): KubeObject {
	return {
		apiVersion: 'policies.kyverno.io/v1',
		kind: 'ValidatingPolicy',
		metadata: {name: policyName(rule), annotations: described(rule)},
		spec: {
			validationActions: scope.deny ? ['Deny'] : ['Audit', 'Warn'],
			matchConstraints: {resourceRules, namespaceSelector: namespaceSelector(scope)},
			matchConditions,
			...celParts(rule),
		},
	} as unknown as KubeObject;
}

const kyvernoKinds = [
	'Pod',
	'Pod/ephemeralcontainers',
	'ReplicationController',
	'Deployment',
	'StatefulSet',
	'DaemonSet',
	'ReplicaSet',
	'Job',
	'CronJob',
];

/**
 * The same for Kyverno 1.13 to 1.19. It lets what breaks a rule already be changed by itself (`allowExistingViolations`).
 * @see kyverno.io/docs/policy-types/cluster-policy/validate
 */
export function kyvernoClusterPolicy(rule: PodRule, {namespaces, except, deny}: Scope): KubeObject {
	const {variables, validations} = celParts(rule);
	return {
		apiVersion: 'kyverno.io/v1',
		kind: 'ClusterPolicy',
		metadata: {
			name: policyName(rule),
			annotations: {
				'policies.kyverno.io/title': rule.title,
				'policies.kyverno.io/description': rule.why,
				'policies.kyverno.io/minversion': '1.13.0',
				// Every kind is named: none is to be derived.
				'pod-policies.kyverno.io/autogen-controllers': 'none',
			},
		},
		spec: {
			background: true,
			emitWarning: !deny,
			rules: [
				{
					name: rule.id,
					match: {
						any: [
							{
								resources: {
									kinds: kyvernoKinds,
									operations: ['CREATE', 'UPDATE'],
									...(namespaces.length === 0 ? {} : {namespaces: [...namespaces]}),
								},
							},
						],
					},
					...(except.length === 0 ? {} : {exclude: {any: [{resources: {namespaces: [...except]}}]}}),
					validate: {
						failureAction: deny ? 'Enforce' : 'Audit',
						allowExistingViolations: true,
						cel: {variables, expressions: validations.map(({reason: _, ...validation}) => validation)},
					},
				},
			],
		},
	} as unknown as KubeObject;
}
