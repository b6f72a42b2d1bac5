import {isJsonObject, type Json, type JsonObject} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {serviceAccountOf} from '../actor.ts';
import type {AuditEvent} from '../audit-event.ts';
import {putVerbs, type Rule, rule, type Sighting, writeVerbs} from '../rule.ts';
import {writtenObject} from '../written-object.ts';

const roles = ['roles', 'clusterroles'] as const;
const bindings = ['rolebindings', 'clusterrolebindings'] as const;
const givingRights = [{tactic: 'privilege-escalation', technique: 'T1098.006'}] as const;
const installers = 'Installing an operator or an add-on, which brings its roles along.';

const texts = (value: Json | undefined, field: string) => listAt(value, field).filter((each): each is string => typeof each === 'string');

const rulesOf = (event: AuditEvent) => listAt(writtenObject(event), 'rules').filter(isJsonObject);

/** What of a role makes more of its holder than it says. */
const dangerous: readonly {readonly resources: readonly string[]; readonly verbs: readonly string[]; readonly means: string}[] = [
	{resources: ['roles', 'clusterroles'], verbs: ['escalate'], means: 'gives itself any right (escalate)'},
	{resources: ['roles', 'clusterroles'], verbs: ['bind'], means: 'binds any role (bind)'},
	{resources: ['users', 'groups', 'serviceaccounts', 'userextras'], verbs: ['impersonate'], means: 'speaks as others (impersonate)'},
	{resources: ['serviceaccounts/token'], verbs: ['create'], means: 'makes tokens of service accounts'},
	{resources: ['nodes/proxy'], verbs: ['get', 'create'], means: 'runs commands by kubelets (nodes/proxy)'},
	{resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'], means: 'approves certificates'},
	{
		resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
		verbs: ['create', 'update', 'patch'],
		means: 'reads and alters every request (webhooks)',
	},
];

/** `*` stands for anything; a role on one subresource of everything is written so as well. */
const names = (given: readonly string[], wanted: readonly string[]) => wanted.some(each => given.includes(each) || given.includes('*'));

function dangersIn(event: AuditEvent): readonly string[] {
	const found = rulesOf(event).flatMap(each =>
		dangerous
			.filter(({resources, verbs}) => names(texts(each, 'resources'), resources) && names(texts(each, 'verbs'), verbs))
			.map(({means}) => means),
	);
	return [...new Set(found)];
}

/** Whose rights a binding widens, as `ServiceAccount shop/web`. */
const subjectText = (subject: JsonObject) =>
	[textAt(subject, 'kind') ?? '?', [textAt(subject, 'namespace'), textAt(subject, 'name')].filter(Boolean).join('/')].join(' ');

const subjectsOf = (event: AuditEvent) => listAt(writtenObject(event), 'subjects').filter(isJsonObject);

const roleOf = (event: AuditEvent) => textAt(writtenObject(event), 'roleRef', 'name');

const everybody = new Set(['system:anonymous', 'system:unauthenticated', 'system:authenticated', 'system:serviceaccounts']);

/** Whether a subject is who asks, by name, group or account. */
function isOneself(subject: JsonObject, {user}: AuditEvent): boolean {
	const name = textAt(subject, 'name');
	if (textAt(subject, 'kind') === 'ServiceAccount') {
		const account = serviceAccountOf(user.name);
		return account?.name === name && account?.namespace === textAt(subject, 'namespace');
	}
	if (textAt(subject, 'kind') === 'Group') return name !== undefined && user.groups.includes(name) && !everybody.has(name);
	return name === user.name;
}

const boundText = (event: AuditEvent) => `${roleOf(event) ?? 'a role'} to ${subjectsOf(event).map(subjectText).join(', ') || 'nobody'}`;

const strongRoles = new Set(['cluster-admin', 'admin', 'edit']);

/** Roles and bindings: who gives rights to whom. */
export const rightsRules: readonly Rule[] = [
	rule({
		id: 'cluster-admin-bound',
		title: 'Gave somebody cluster-admin',
		why: 'cluster-admin may do everything; bound in a namespace, everything there.',
		severity: 'high',
		attack: givingRights,
		falsePositives: 'Setting a cluster up, and tools that demand it.',
		remedy: 'Delete the binding; give a role that holds what is needed.',
		resources: bindings,
		verbs: putVerbs,
		needs: 'Request',
		look: (event): Sighting | undefined =>
			roleOf(event) === 'cluster-admin'
				? {detail: boundText(event), ...(event.target?.resource === 'clusterrolebindings' ? {severity: 'critical' as const} : {})}
				: undefined,
	}),
	rule({
		id: 'strong-role-bound',
		title: 'Gave somebody a strong role',
		why: 'admin and edit read all secrets of a namespace and start pods as any of its service accounts.',
		severity: 'medium',
		attack: givingRights,
		falsePositives: 'A team that is given its namespace.',
		remedy: 'Ask who asked for it; delete the binding if nobody did.',
		resources: bindings,
		verbs: putVerbs,
		needs: 'Request',
		look(event) {
			const role = roleOf(event);
			if (role === undefined || role === 'cluster-admin') return undefined;
			return strongRoles.has(role) || (role.startsWith('system:') && event.verb === 'create') ? {detail: boundText(event)} : undefined;
		},
	}),
	rule({
		id: 'bound-to-self',
		title: 'Gave a role to oneself',
		why: 'Whoever binds roles to himself climbs.',
		severity: 'high',
		attack: givingRights,
		falsePositives: 'An administrator who sets himself up.',
		remedy: 'Delete the binding; look at all that was done with it since.',
		resources: bindings,
		verbs: putVerbs,
		needs: 'Request',
		look: event => (subjectsOf(event).some(each => isOneself(each, event)) ? {detail: boundText(event)} : undefined),
	}),
	rule({
		id: 'bound-to-everybody',
		title: 'Gave a role to everybody',
		why: 'Whoever reaches the API server, or any pod of the cluster, has those rights then.',
		severity: 'critical',
		attack: givingRights,
		falsePositives: 'Roles that only let read what is public, bound to system:authenticated.',
		remedy: 'Delete the binding.',
		resources: bindings,
		verbs: putVerbs,
		needs: 'Request',
		look(event) {
			const all = subjectsOf(event).filter(each => everybody.has(textAt(each, 'name') ?? ''));
			if (all.length === 0) return undefined;
			const isNobody = all.some(each => /anonymous|unauthenticated/.test(textAt(each, 'name') ?? ''));
			return {detail: boundText(event), ...(isNobody ? {} : {severity: 'high' as const})};
		},
	}),
	rule({
		id: 'role-bound',
		title: 'Gave somebody a role',
		why: 'Each binding widens what its subject may do; where the log holds no bodies, nothing tells to what.',
		severity: 'low',
		attack: givingRights,
		falsePositives: installers,
		remedy: 'Look at the binding: mkcoa k8s get.',
		resources: bindings,
		verbs: ['create'],
		needs: 'Metadata',
		outcome: 'done',
		look: event => ({detail: event.request === undefined ? 'the log does not hold which role' : boundText(event)}),
	}),
	rule({
		id: 'binding-in-kube-system',
		title: 'Gave somebody a role in a namespace of Kubernetes',
		why: 'The secrets and service accounts of kube-system lead to the whole cluster.',
		severity: 'medium',
		attack: givingRights,
		falsePositives: installers,
		remedy: 'Look at the binding; delete it if nobody knows it.',
		resources: ['rolebindings'],
		verbs: ['create'],
		needs: 'Metadata',
		look: event => (event.target?.namespace === 'kube-system' ? {detail: boundText(event)} : undefined),
	}),
	rule({
		id: 'wildcard-role',
		title: 'Made a role with a wildcard',
		why: '* among resources or verbs grants what nobody thought of, also what is still to come.',
		severity: 'medium',
		attack: givingRights,
		falsePositives: installers,
		remedy: 'Write the resources and verbs out that are needed.',
		resources: roles,
		verbs: putVerbs,
		needs: 'Request',
		look: event =>
			rulesOf(event).some(each => texts(each, 'resources').includes('*') || texts(each, 'verbs').includes('*'))
				? {detail: `* in ${event.target?.name ?? 'a role'}`}
				: undefined,
	}),
	rule({
		id: 'dangerous-role',
		title: 'Made a role that leads to more than it says',
		why: 'escalate, bind, impersonate, tokens, nodes/proxy, approvals and webhooks are ways to every other right.',
		severity: 'high',
		attack: givingRights,
		falsePositives: installers,
		remedy: 'Take those verbs out of the role.',
		resources: roles,
		verbs: putVerbs,
		needs: 'Request',
		look(event) {
			const dangers = dangersIn(event);
			// A role of everything is told as that.
			return dangers.length === 0 || dangers.length === dangerous.length ? undefined : {detail: dangers.join('; ')};
		},
	}),
	rule({
		id: 'writing-role',
		title: 'Made a role that lets write',
		why: 'Who may write may break or take over what he writes to.',
		severity: 'low',
		attack: givingRights,
		falsePositives: installers,
		remedy: 'Look at the role.',
		resources: roles,
		verbs: ['create'],
		needs: 'Request',
		look(event) {
			const verbs = new Set(rulesOf(event).flatMap(each => texts(each, 'verbs').filter(verb => writeVerbs.includes(verb))));
			return verbs.size === 0 ? undefined : {detail: [...verbs].join(', ')};
		},
	}),
	rule({
		id: 'exec-role',
		title: 'Made a role that lets run commands in pods',
		why: 'pods/exec is every right that a pod of the namespace has.',
		severity: 'medium',
		attack: givingRights,
		falsePositives: installers,
		remedy: 'Take pods/exec out of the role.',
		resources: roles,
		verbs: putVerbs,
		needs: 'Request',
		look: event =>
			rulesOf(event).some(each => texts(each, 'resources').some(resource => resource === 'pods/exec' || resource === 'pods/attach'))
				? {detail: 'pods/exec'}
				: undefined,
	}),
	rule({
		id: 'secret-reading-role',
		title: 'Made a role that reads all secrets of the cluster',
		why: 'Secrets hold the tokens and keys of everybody else.',
		severity: 'medium',
		attack: givingRights,
		falsePositives: 'Operators of certificates and secrets.',
		remedy: 'Give a Role in the namespaces that it needs, or name the secrets.',
		resources: ['clusterroles'],
		verbs: putVerbs,
		needs: 'Request',
		look: event =>
			rulesOf(event).some(
				each =>
					texts(each, 'resources').includes('secrets') &&
					texts(each, 'resourceNames').length === 0 &&
					names(texts(each, 'verbs'), ['get', 'list', 'watch']),
			)
				? {detail: 'secrets'}
				: undefined,
	}),
	rule({
		id: 'system-role-changed',
		title: 'Changed a role of Kubernetes itself',
		why: 'Roles named system: are bound to the control plane, to nodes and to everybody.',
		severity: 'high',
		attack: [{tactic: 'persistence', technique: 'T1098.006'}],
		falsePositives: 'Bringing Kubernetes up to date, which the API server does by itself; DNS and certificate add-ons.',
		remedy: 'Restore it: the API server does so on its start where rbac.authorization.kubernetes.io/autoupdate is true.',
		resources: roles,
		verbs: writeVerbs,
		needs: 'Metadata',
		look: ({target, verb}) =>
			target?.name?.startsWith('system:') && !['system:coredns', 'system:managed-certificate-controller'].includes(target.name)
				? {detail: `${verb} of ${target.name}`}
				: undefined,
	}),
];
