import {isJsonObject} from '../../../core/json.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import {outcomeOf} from '../audit-event.ts';
import {type Rule, rule, type Sighting, writeVerbs} from '../rule.ts';
import {writtenObject} from '../written-object.ts';

const impairing = [{tactic: 'defense-evasion', technique: 'T1562.001'}] as const;
const operators = 'Installing, updating and removing operators; certificate managers that renew what a webhook trusts are told as low.';

/** Kinds by which other products refuse what they do not allow. */
const policyGroups =
	/^(?:kyverno\.io|policies\.kyverno\.io|constraints\.gatekeeper\.sh|templates\.gatekeeper\.sh|policies\.kubewarden\.io)$/;
const nativePolicies = new Set([
	...['validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'],
]);

/** What extends, guards and holds a cluster together: webhooks, kinds, nodes, policies, its traces. */
export const clusterRules: readonly Rule[] = [
	rule({
		id: 'webhook-changed',
		title: 'Changed a webhook of admission',
		why: 'A mutating webhook reads every secret that is written and may alter every pod; without a validating one its rules are gone.',
		severity: 'medium',
		attack: [{tactic: 'persistence', technique: 'T1546'}],
		falsePositives: operators,
		remedy: 'Look at where it calls; delete it if nobody knows it, restore it if it is gone.',
		resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
		verbs: writeVerbs,
		needs: 'Metadata',
		look: ({verb, target}, {actor}): Sighting => ({
			detail: `${verb} of ${target?.resource}`,
			...(actor === 'service-account' && (verb === 'update' || verb === 'patch') ? {severity: 'low' as const} : {}),
		}),
	}),
	rule({
		id: 'admission-policy-changed',
		title: 'Changed or deleted a policy of admission',
		why: 'What it refused is let in afterwards.',
		severity: 'high',
		attack: impairing,
		falsePositives: 'A policy that is brought up to date.',
		remedy: 'Restore the policy; look at what was made while it was gone.',
		verbs: ['update', 'patch', 'delete', 'deletecollection'],
		needs: 'Metadata',
		outcome: 'done',
		look({target, verb}, {actor}): Sighting | undefined {
			if (target === undefined || target.resource.includes('/')) return undefined;
			if (!nativePolicies.has(target.resource) && !policyGroups.test(target.group)) return undefined;
			if (actor === 'service-account' && !verb.startsWith('delete')) return undefined;
			return {detail: `${verb} of ${target.resource}`, ...(verb.startsWith('delete') ? {} : {severity: 'medium' as const})};
		},
	}),
	rule({
		id: 'kind-changed',
		title: 'Changed the definition of a kind, or who serves it',
		why: 'Deleting the definition deletes all its objects; who serves a group of the API sees the tokens of its callers.',
		severity: 'low',
		attack: [{tactic: 'persistence', technique: 'T1546'}],
		falsePositives: operators,
		remedy: 'Look at who did it; restore the definition and the objects from a backup if they are gone.',
		resources: ['customresourcedefinitions', 'apiservices'],
		verbs: writeVerbs,
		needs: 'Metadata',
		look({verb, target}, {actor}): Sighting | undefined {
			if (verb.startsWith('delete')) return {detail: `${verb} of ${target?.resource}`, severity: 'high'};
			if (actor === 'service-account' && verb !== 'create') return undefined;
			return {detail: `${verb} of ${target?.resource}`, ...(target?.resource === 'apiservices' ? {severity: 'medium' as const} : {})};
		},
	}),
	rule({
		id: 'events-deleted',
		title: 'Deleted events',
		why: 'Events tell what happened to pods: whoever deletes them hides it.',
		severity: 'medium',
		attack: [{tactic: 'defense-evasion', technique: 'T1070'}],
		falsePositives: 'Tests that clean up; a namespace that is deleted takes its events along, which the control plane does.',
		remedy: 'The audit log still has the requests: look at what the same actor did before.',
		resources: ['events'],
		verbs: ['delete', 'deletecollection'],
		needs: 'Metadata',
		look: ({verb}) => ({detail: verb, ...(verb === 'deletecollection' ? {severity: 'high' as const} : {})}),
	}),
	rule({
		id: 'node-joined',
		title: 'A node that is not on the list joined',
		why: 'A node is given pods, and with them their secrets.',
		severity: 'medium',
		attack: [{tactic: 'persistence', technique: 'T1543'}],
		falsePositives: 'A node that is added.',
		remedy: 'Add it to knownNodes, or drain and delete it and end its certificate.',
		resources: ['nodes'],
		verbs: ['create'],
		needs: 'Metadata',
		outcome: 'done',
		setting: 'knownNodes',
		actors: 'everybody',
		look: ({target}, {settings}) =>
			settings.knownNodes?.includes(target?.name ?? '') === false ? {detail: `node ${target?.name ?? '?'}`} : undefined,
	}),
	rule({
		id: 'node-refused',
		title: 'A node that is not on the list tried to join in vain',
		why: 'Somebody has a token that nodes join with.',
		severity: 'medium',
		attack: [{tactic: 'initial-access', technique: 'T1078'}],
		falsePositives: 'A node that registers again before it is allowed to.',
		remedy: 'End the bootstrap tokens: delete the secrets bootstrap-token-* of kube-system.',
		resources: ['nodes'],
		verbs: ['create'],
		needs: 'Metadata',
		setting: 'knownNodes',
		actors: 'everybody',
		look: (event, {settings}) =>
			outcomeOf(event) !== 'done' && settings.knownNodes?.includes(event.target?.name ?? '') === false
				? {detail: `node ${event.target?.name ?? '?'}: answer ${event.code ?? '?'}`}
				: undefined,
	}),
	rule({
		id: 'node-deleted',
		title: 'Deleted a node',
		why: 'Its pods are deleted with it.',
		severity: 'low',
		attack: [{tactic: 'impact', technique: 'T1489'}],
		falsePositives: 'Autoscalers of nodes, and people who take a node away.',
		remedy: 'Start its kubelet again: it registers itself.',
		resources: ['nodes'],
		verbs: ['delete', 'deletecollection'],
		needs: 'Metadata',
		outcome: 'done',
		look: ({target, verb}, {actor}) => (actor === 'service-account' ? undefined : {detail: `${verb} ${target?.name ?? ''}`.trim()}),
	}),
	rule({
		id: 'names-hijacked',
		title: 'Changed how names are resolved in the cluster',
		why: 'Whoever writes the settings of the DNS sends every Service where he wants.',
		severity: 'high',
		attack: [{tactic: 'credential-access', technique: 'T1557'}],
		falsePositives: 'A zone that is added for a network of the company.',
		remedy: 'Compare the Corefile with what you expect.',
		resources: ['configmaps'],
		verbs: writeVerbs,
		needs: 'Metadata',
		outcome: 'done',
		look: ({target, verb}) =>
			target?.namespace === 'kube-system' && ['coredns', 'coredns-custom', 'kube-dns', 'node-local-dns'].includes(target.name ?? '')
				? {detail: `${verb} of ${target.name}`, ...(verb === 'create' ? {severity: 'low' as const} : {})}
				: undefined,
	}),
	rule({
		id: 'guard-removed',
		title: 'Deleted a NetworkPolicy',
		why: 'Traffic that it held back flows afterwards.',
		severity: 'medium',
		attack: impairing,
		falsePositives: 'Removing a program together with its policies.',
		remedy: 'Restore it.',
		resources: [
			'networkpolicies',
			'ciliumnetworkpolicies',
			'ciliumclusterwidenetworkpolicies',
			'globalnetworkpolicies',
			'adminnetworkpolicies',
		],
		verbs: ['delete', 'deletecollection'],
		needs: 'Metadata',
		outcome: 'done',
		look: ({target, verb}) => ({detail: `${verb} of ${target?.resource}`}),
	}),
	rule({
		id: 'policy-opened',
		title: 'Wrote a NetworkPolicy that lets everything through',
		why: 'Policies add up: one that allows all undoes the others.',
		severity: 'low',
		attack: impairing,
		falsePositives: 'Namespaces that are meant to be open.',
		remedy: 'Name the peers that are needed.',
		resources: ['networkpolicies'],
		verbs: ['create', 'update', 'patch'],
		needs: 'Request',
		look(event) {
			const spec = objectAt(writtenObject(event), 'spec');
			const isOpen = ['ingress', 'egress'].some(side =>
				listAt(spec, side).some(each => isJsonObject(each) && Object.keys(each).length === 0),
			);
			return isOpen ? {detail: `${textAt(writtenObject(event), 'metadata', 'name') ?? 'a policy'} allows all`} : undefined;
		},
	}),
];
