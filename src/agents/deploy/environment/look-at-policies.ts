import {enforcedStandard} from '../../../analysis/coherence/reference-check.ts';
import {listAt, objectAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {textMapAt, textsAt} from '../../../mcp/kubernetes/model/fields.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type Look, type Part, type Remark, readFor, type Unseen} from './look.ts';

const ofNamespace = ['resourcequotas', 'limitranges', 'networkpolicies.networking.k8s.io'];
const ofCluster = [
	'mutatingwebhookconfigurations.admissionregistration.k8s.io',
	'validatingwebhookconfigurations.admissionregistration.k8s.io',
	'validatingadmissionpolicies.admissionregistration.k8s.io',
	'mutatingadmissionpolicies.admissionregistration.k8s.io',
];

const part = (topic: string, {metadata}: KubeObject, detail: string): Part => ({
	topic,
	name: plainLine(metadata.name, 100),
	detail: plainLine(detail, 200),
});

/** `requests.cpu 3260m of 8` */
function quotaText(quota: KubeObject): string {
	const used = textMapAt(quota, 'status', 'used');
	return Object.entries(textMapAt(quota, 'spec', 'hard'))
		.map(([what, hard]) => `${what} ${used[what] ?? '?'} of ${hard}`)
		.join(', ');
}

function rangeText(range: KubeObject): string {
	return listAt(range, 'spec', 'limits')
		.map(limit => {
			const parts = ['defaultRequest', 'default', 'min', 'max'].flatMap(field => {
				const amounts = Object.entries(objectAt(limit, field)).map(([what, amount]) => `${what} ${String(amount)}`);
				return amounts.length === 0 ? [] : [`${field} ${amounts.join(' ')}`];
			});
			return `${textAt(limit, 'type') ?? ''}: ${parts.join('; ')}`;
		})
		.join(', ');
}

function policyPart(policy: KubeObject): Part {
	const labels = Object.entries(textMapAt(policy, 'spec', 'podSelector', 'matchLabels')).map(([key, value]) => `${key}=${value}`);
	const isAll = Object.keys(objectAt(policy, 'spec', 'podSelector')).length === 0;
	const types = textsAt(policy, 'spec', 'policyTypes');
	const denied = types
		.filter(type => listAt(policy, 'spec', type.toLowerCase()).length === 0)
		.map(type => `denies all ${type.toLowerCase()}`);
	return part(
		'network policy',
		policy,
		[isAll ? 'all pods' : labels.join(',') || 'some pods', ...(denied.length > 0 ? denied : [types.join(' and ')])].join(', '),
	);
}

/** A pod that nobody lets ask DNS resolves no name: the commonest surprise after a policy that denies all. */
function webhookPart(configuration: KubeObject): Part {
	const hooks = listAt(configuration, 'webhooks');
	const closed = hooks.filter(hook => (textAt(hook, 'failurePolicy') ?? 'Fail') === 'Fail').length;
	const kinds = [...new Set(hooks.flatMap(hook => listAt(hook, 'rules').flatMap(rule => textsAt(rule, 'resources'))))];
	const detail = `${count(hooks.length, 'webhook')} on ${someOf(kinds, 4) || 'nothing'}${closed === 0 ? '' : `; ${closed} refuse${closed === 1 ? 's' : ''} everything while it cannot be reached`}`;
	return part(configuration.kind === 'MutatingWebhookConfiguration' ? 'mutating webhook' : 'validating webhook', configuration, detail);
}

function partOf(object: KubeObject): Part {
	switch (object.kind) {
		case 'ResourceQuota':
			return part('quota', object, quotaText(object));
		case 'LimitRange':
			return part('limit range', object, rangeText(object));
		case 'NetworkPolicy':
			return policyPart(object);
		case 'MutatingWebhookConfiguration':
		case 'ValidatingWebhookConfiguration':
			return webhookPart(object);
		default:
			return part('admission policy', object, object.kind);
	}
}

async function namespacePart(
	cluster: Cluster,
	name: string,
): Promise<{readonly parts: readonly Part[]; readonly remarks: readonly Remark[]; readonly unseen: readonly Unseen[]}> {
	const live = await cluster.get({apiVersion: 'v1', kind: 'Namespace', name});
	if (live === undefined) return {parts: [], remarks: [], unseen: [{what: `namespace ${name}`, why: 'it does not exist'}]};
	const level = enforcedStandard({namespace: name, objects: [live], scrapers: [], unread: new Map()})?.level;
	const warns = live.metadata.labels?.['pod-security.kubernetes.io/warn'];
	const parts = [part('pod security', live, `enforces ${level}${warns === undefined ? '' : `, warns of ${warns}`}`)];
	if (level !== 'privileged') return {parts, remarks: [], unseen: []};
	const remark: Remark = {
		id: 'no-pod-security',
		severity: 'low',
		object: `Namespace ${name}`,
		cause: 'it lets pods do everything that their node can',
		fix: `Label it with pod-security.kubernetes.io/enforce: baseline, or restricted`,
	};
	return {parts, remarks: [remark], unseen: []};
}

/** What limits a deployment into a namespace: quota, limits, levels, network, and who else has a say at admission. */
export async function lookAtPolicies(cluster: Cluster, namespace: string): Promise<Look> {
	const [own, wide, level] = await Promise.all([
		readFor(cluster, `policies of namespace ${namespace}`, ofNamespace, namespace),
		readFor(cluster, 'admission webhooks and policies', ofCluster),
		namespacePart(cluster, namespace),
	]);
	return {
		parts: [...level.parts, ...own.objects.map(partOf), ...wide.objects.map(partOf)],
		remarks: level.remarks,
		unseen: [...own.unseen, ...wide.unseen, ...level.unseen],
	};
}
