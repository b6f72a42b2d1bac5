import {textAt} from '../../../core/kube/json-at.ts';
import {isControlPlaneName, isOwnProgram, serviceAccountOf} from '../actor.ts';
import {type AuditEvent, outcomeOf, pathOf} from '../audit-event.ts';
import {putVerbs, type Rule, rule, type Severity, type Sighting, writeVerbs} from '../rule.ts';
import {writtenObject} from '../written-object.ts';

const stolen = [{tactic: 'credential-access', technique: 'T1528'}] as const;

/** Paths that the roles of a new cluster open to everybody. */
const openPaths = /^\/(?:healthz|livez|readyz)(?:\/|$)/;
const publicPaths =
	/^\/(?:version\/?|\.well-known\/openid-configuration|openid\/v1\/jwks)$|\/namespaces\/kube-public\/configmaps\/cluster-info$/;

/** A certificate's names stand in it as plain text. */
function requestedNames(event: AuditEvent): string {
	const pem = textAt(writtenObject(event), 'spec', 'request');
	const body =
		pem === undefined
			? ''
			: Buffer.from(pem, 'base64')
					.toString('latin1')
					.replace(/-----[^-]+-----|\s/g, '');
	return Buffer.from(body, 'base64').toString('latin1');
}

/** Names and programs that scanners for attacks go by. */
const attackTools =
	/kube-?hunter|peirates|kubeletctl|kdigger|\bcdk\b|botb|kubesploit|sqlmap|nikto|nuclei|gobuster|masscan|zgrab|metasploit/i;

/** What a kubelet asks for by itself, beside reading; and where it may only make pods that mirror files of its node. */
const kubeletWrites = new Set([
	...['nodes', 'nodes/status', 'pods', 'pods/status', 'pods/eviction', 'events', 'leases', 'csinodes', 'serviceaccounts/token'],
	...[
		'certificatesigningrequests',
		'tokenreviews',
		'subjectaccessreviews',
		'selfsubjectaccessreviews',
		'resourceslices',
		'persistentvolumeclaims/status',
	],
	...['volumeattachments', 'localsubjectaccessreviews', 'runtimeclasses', 'podcertificaterequests', 'selfsubjectreviews', 'resourceclaims'],
]);

/** Tokens, names and certificates: who speaks as whom. */
export const identityRules: readonly Rule[] = [
	rule({
		id: 'anonymous-request',
		title: 'Was let through without a name',
		why: 'Whoever reaches the API server may do the same.',
		severity: 'high',
		attack: [{tactic: 'initial-access', technique: 'T1190'}],
		falsePositives: 'The version, public keys and what joining nodes read are open to everybody by default, and told as low.',
		remedy: 'Find the binding that names system:anonymous or system:unauthenticated, and delete it.',
		needs: 'Metadata',
		actors: 'everybody',
		look(event): Sighting | undefined {
			if (event.user.name !== 'system:anonymous' || event.isAllowed !== true) return undefined;
			const path = pathOf(event);
			if (openPaths.test(path)) return undefined;
			if (publicPaths.test(path)) return {detail: path, severity: 'low'};
			return {
				detail: path,
				...(writeVerbs.includes(event.verb) || event.target?.resource === 'secrets' ? {severity: 'critical' as const} : {}),
			};
		},
	}),
	rule({
		id: 'user-not-known',
		title: 'A user who is not on the list asked for something',
		why: 'A name that nobody gave out is one that somebody made.',
		severity: 'medium',
		attack: [{tactic: 'initial-access', technique: 'T1078'}],
		falsePositives: 'A new colleague.',
		remedy: 'Add the name to knownUsers, or find out who made its certificate or token.',
		needs: 'Metadata',
		setting: 'knownUsers',
		look: ({user}, {settings}) =>
			settings.knownUsers?.includes(user.name) === false && !user.name.startsWith('system:') ? {detail: `user ${user.name}`} : undefined,
	}),
	rule({
		id: 'full-admin',
		title: 'A full administrator was at work',
		why: 'An account that can do everything is for emergencies, and is the first that is stolen.',
		severity: 'low',
		attack: [{tactic: 'privilege-escalation', technique: 'T1078'}],
		falsePositives: 'Emergencies.',
		remedy: 'Work with an account of your own that has the rights of your role.',
		needs: 'Metadata',
		setting: 'fullAdmins',
		look: ({user, verb}, {settings}) => (settings.fullAdmins?.includes(user.name) ? {detail: verb} : undefined),
	}),
	rule({
		id: 'impersonation',
		title: 'Asked in the name of somebody else',
		why: 'impersonate is every right of whoever is impersonated.',
		severity: 'low',
		attack: [{tactic: 'privilege-escalation', technique: 'T1134.003'}],
		falsePositives: 'Gateways and dashboards that pass the name of whoever signed in on; kubectl --as.',
		remedy: 'Take the verb impersonate away, or bind it to the names that are needed.',
		needs: 'Metadata',
		actors: 'everybody',
		look({impersonated}): Sighting | undefined {
			if (impersonated === undefined) return undefined;
			const isStrong =
				impersonated.groups.includes('system:masters') ||
				isControlPlaneName(impersonated.name) ||
				/^system:(?:admin|node:)/.test(impersonated.name);
			return {
				detail: `as ${impersonated.name}${impersonated.groups.length === 0 ? '' : ` (${impersonated.groups.join(', ')})`}`,
				...(isStrong
					? {severity: 'high' as const}
					: serviceAccountOf(impersonated.name) === undefined
						? {}
						: {severity: 'medium' as const}),
			};
		},
	}),
	rule({
		id: 'token-made',
		title: 'Made a token of a service account',
		why: 'The token works elsewhere, with all rights of that account, and no delete of a binding is asked for it.',
		severity: 'medium',
		attack: stolen,
		falsePositives: 'kubectl create token for a dashboard or a delivery tool; vaults that hand out short tokens.',
		remedy:
			'Delete the pod or secret that it is bound to, or the service account: that ends its tokens. Take create of serviceaccounts/token away.',
		resources: ['serviceaccounts/token'],
		verbs: ['create'],
		needs: 'Metadata',
		look({target, user}): Sighting | undefined {
			const name = `${target?.namespace ?? '?'}/${target?.name ?? '?'}`;
			const account = serviceAccountOf(user.name);
			const severity: Severity = isControlPlaneName(`system:serviceaccount:${target?.namespace}:${target?.name}`)
				? 'critical'
				: target?.namespace?.startsWith('kube-') || (account !== undefined && `${account.namespace}/${account.name}` !== name)
					? 'high'
					: 'medium';
			return {detail: `of ${name}`, severity};
		},
	}),
	rule({
		id: 'lasting-token',
		title: 'Made a token of a service account that never ends',
		why: 'A Secret of type kubernetes.io/service-account-token holds a token until it is deleted.',
		severity: 'medium',
		attack: [{tactic: 'persistence', technique: 'T1098.001'}],
		falsePositives: 'Tools from outside the cluster that know no short tokens.',
		remedy: 'Delete the Secret; use kubectl create token.',
		resources: ['secrets'],
		verbs: ['create'],
		needs: 'Request',
		look: event => {
			const written = writtenObject(event);
			return textAt(written, 'type') === 'kubernetes.io/service-account-token'
				? {detail: `of ${textAt(written, 'metadata', 'annotations', 'kubernetes.io/service-account.name') ?? 'a service account'}`}
				: undefined;
		},
	}),
	rule({
		id: 'control-plane-name-misused',
		title: 'Used a name of the control plane with a program that is not it',
		why: 'Tokens of controllers, certificates of the scheduler and of nodes are taken from control plane nodes.',
		severity: 'high',
		attack: stolen,
		falsePositives: 'A distribution whose program has a name of its own.',
		remedy: 'Find out where the credential was taken from; rotate it.',
		needs: 'Metadata',
		actors: 'everybody',
		look(event): Sighting | undefined {
			if (isOwnProgram(event) || event.impersonated !== undefined) return undefined;
			const {name} = event.user;
			return isControlPlaneName(name) ? {detail: `${name} with ${event.userAgent.split(' ')[0]}`} : undefined;
		},
	}),
	rule({
		id: 'node-credential-misused',
		title: 'A node asked for what no kubelet asks for',
		why: 'The credential of a kubelet lies on its node: whoever breaks out of a pod has it.',
		severity: 'high',
		attack: stolen,
		falsePositives: 'Tools that are run by hand on a node with the kubeconfig of its kubelet.',
		remedy: 'Drain the node and make it anew; rotate its certificate and every secret that its pods could read.',
		needs: 'Metadata',
		actors: 'everybody',
		look(event): Sighting | undefined {
			const {user, target, verb, userAgent} = event;
			if (!user.name.startsWith('system:node:')) return undefined;
			const resource = target?.resource ?? '';
			if (!isOwnProgram(event)) return {detail: `${verb} ${resource} with ${userAgent.split(' ')[0]}`};
			if (['pods/exec', 'pods/attach', 'pods/portforward', 'nodes/proxy'].includes(resource)) return {detail: `${verb} ${resource}`};
			if (writeVerbs.includes(verb) && target !== undefined && !kubeletWrites.has(resource)) return {detail: `${verb} ${resource}`};
			if (resource === 'secrets' && verb === 'list' && !event.uri.includes('fieldSelector')) return {detail: 'list of secrets'};
			return undefined;
		},
	}),
	rule({
		id: 'masters-group',
		title: 'Used the group system:masters',
		why: 'No role limits that group and no rule takes its rights away: only a new authority for certificates does.',
		severity: 'low',
		attack: [{tactic: 'privilege-escalation', technique: 'T1078'}],
		falsePositives: 'The first administrator of a cluster, and add-ons that were given such a certificate.',
		remedy: 'Give people groups of their own, bound to cluster-admin where they need it.',
		needs: 'Metadata',
		look: ({user, target, verb}) =>
			user.groups.includes('system:masters') && target !== undefined && writeVerbs.includes(verb)
				? {detail: `${verb} ${target.resource}`}
				: undefined,
	}),
	rule({
		id: 'certificate-approved',
		title: 'Approved a certificate by hand',
		why: 'A certificate is a name and groups that nobody can take back until it ends.',
		severity: 'medium',
		attack: [{tactic: 'persistence', technique: 'T1098.001'}],
		falsePositives: 'A node or a person who joins.',
		remedy: 'Look at the request: its names and groups, and who made it.',
		resources: ['certificatesigningrequests/approval'],
		verbs: putVerbs,
		needs: 'Metadata',
		look: ({target}) => ({detail: target?.name ?? ''}),
	}),
	rule({
		id: 'strong-certificate',
		title: 'Asked for a certificate with a name of the control plane',
		why: 'A certificate of system:masters is every right, for as long as it lasts.',
		severity: 'high',
		attack: [{tactic: 'privilege-escalation', technique: 'T1649'}],
		falsePositives: 'Tools that set control planes up.',
		remedy: 'Deny the request, and delete it.',
		resources: ['certificatesigningrequests'],
		verbs: ['create'],
		needs: 'Request',
		look(event) {
			const signed = requestedNames(event);
			const [found] = /system:(?:masters|kube-controller-manager|kube-scheduler)|kubeadm:cluster-admins/.exec(signed) ?? [];
			if (found !== undefined) return {detail: found};
			return /system:node:/.test(signed) && !/^system:(?:node|bootstrap):/.test(event.user.name) ? {detail: 'system:node'} : undefined;
		},
	}),
	rule({
		id: 'account-in-kube-namespace',
		title: 'Made a service account in a namespace of Kubernetes',
		why: 'Accounts there are not looked at, and many rules trust them.',
		severity: 'medium',
		attack: [{tactic: 'persistence', technique: 'T1136'}],
		falsePositives: 'Add-ons that are installed there.',
		remedy: 'Delete it if nobody knows it.',
		resources: ['serviceaccounts'],
		verbs: ['create'],
		needs: 'Metadata',
		outcome: 'done',
		look: ({target}) =>
			['kube-system', 'kube-public'].includes(target?.namespace ?? '') &&
			!isControlPlaneName(`system:serviceaccount:kube-system:${target?.name}`)
				? {detail: `${target?.namespace}/${target?.name ?? '?'}`}
				: undefined,
	}),
	rule({
		id: 'cloud-identities-changed',
		title: 'Changed who of the cloud is who in the cluster',
		why: 'The ConfigMap aws-auth makes roles of the cloud administrators of the cluster.',
		severity: 'high',
		attack: [{tactic: 'persistence', technique: 'T1098'}],
		falsePositives: 'A node group or a role that is added.',
		remedy: 'Compare mapRoles and mapUsers with what you expect; use access entries.',
		resources: ['configmaps'],
		verbs: writeVerbs,
		needs: 'Metadata',
		look: ({target, verb}) =>
			target?.namespace === 'kube-system' && ['aws-auth', 'extension-apiserver-authentication'].includes(target.name ?? '')
				? {detail: `${verb} of ${target.name}`}
				: undefined,
	}),
	rule({
		id: 'attack-tool',
		title: 'A tool for attacks asked the API server',
		why: 'Its name says so.',
		severity: 'high',
		attack: [{tactic: 'discovery', technique: 'T1613'}],
		falsePositives: 'A test that was ordered.',
		remedy: 'Find out who runs it, and from where.',
		needs: 'Metadata',
		look: ({userAgent}) => (attackTools.test(userAgent) ? {detail: userAgent.slice(0, 80)} : undefined),
	}),
	rule({
		id: 'rights-asked',
		title: 'Asked for all rights that an account has',
		why: 'That is what somebody asks first who found a token.',
		severity: 'low',
		attack: [{tactic: 'discovery', technique: 'T1069.003'}],
		falsePositives: 'kubectl auth can-i --list.',
		remedy: 'None for people; of a service account, look at what its pod runs.',
		resources: ['selfsubjectrulesreviews'],
		verbs: ['create'],
		needs: 'Metadata',
		look: (event, {actor}) =>
			outcomeOf(event) === 'done'
				? {detail: 'every right', ...(actor === 'service-account' ? {severity: 'medium' as const} : {})}
				: undefined,
	}),
	rule({
		id: 'strange-program-of-account',
		title: 'Used the token of a pod with a program for people',
		why: 'Pods speak by libraries; kubectl and curl speak for somebody who sits in the pod, or has its token.',
		severity: 'low',
		attack: stolen,
		falsePositives: 'Jobs that run kubectl: learn them as exceptions.',
		remedy: 'Look at who can read the token, and what the pod runs.',
		needs: 'Metadata',
		look: ({userAgent, target}, {actor}) =>
			actor === 'service-account' &&
			target !== undefined &&
			/^(?:kubectl|curl|Wget|python-requests|PostmanRuntime|Mozilla|k9s|Lens|helm)\b/i.test(userAgent)
				? {detail: userAgent.split(' ')[0] ?? ''}
				: undefined,
	}),
];
