import {listAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {forReview, keyed, namespaceOf, onObjects} from '../on-objects.ts';
import type {World} from '../world.ts';

const family = 'namespace';
const prefix = 'pod-security.kubernetes.io';
const enforce = `${prefix}/enforce`;
const levels = ['privileged', 'baseline', 'restricted'];

/** Namespaces of Kubernetes itself: what runs there needs more than any level grants. */
const settings = {except: ['kube-system', 'kube-public', 'kube-node-lease'] as readonly string[]};

const label = ({metadata}: KubeObject, key: string) => metadata.labels?.[key];
const levelOf = (namespace: KubeObject, key: string) => levels.indexOf(label(namespace, key) ?? '');

const enforced = (least: string) =>
	onObjects(['Namespace'], settings, (namespace, {except}): readonly Fault[] => {
		if (except.includes(namespace.metadata.name) || levelOf(namespace, enforce) >= levels.indexOf(least)) return [];
		const path = keyed('metadata.labels', enforce);
		return [{paths: [path], mends: [{path, value: least}], evidence: `${enforce} is ${label(namespace, enforce) ?? 'not set'}`}];
	});

/** Whether some webhook is asked about pods of namespaces: another program may then hold them to a standard. */
const isAskedElsewhere = (world: World) =>
	['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']
		.flatMap(kind => world.ofKind(`admissionregistration.k8s.io/${kind}`))
		.flatMap(configuration => listAt(configuration, 'webhooks'))
		.flatMap(webhook => listAt(webhook, 'rules'))
		.some(rule => {
			const scope = (rule as {readonly scope?: unknown}).scope ?? '*';
			return scope !== 'Cluster' && listAt(rule, 'resources').some(each => each === 'pods' || each === '*');
		});

const lacking = (kind: string, ask: string) =>
	onObjects(
		['Namespace'],
		settings,
		({metadata: {name}}, {except}, world): readonly Fault[] => {
			if (except.includes(name) || world.ofKind(kind).some(each => namespaceOf(each) === name)) return [];
			return [{paths: [], mends: [], evidence: `no ${ask} is in ${name}`}];
		},
		[kind],
	);

/** What namespaces are marked and furnished with. */
export const namespaceChecks: readonly AnyCheck[] = [
	check({
		...{id: 'pod-security-not-enforced', family, title: 'Every namespace enforces a level of Pod Security', severity: 'medium'},
		why: 'Without a level, and with no webhook that looks at pods, any pod is let in, a privileged one too.',
		...onObjects(
			['Namespace'],
			settings,
			(namespace, {except}, world) => {
				if (except.includes(namespace.metadata.name) || levelOf(namespace, enforce) >= 0 || isAskedElsewhere(world)) return [];
				const path = keyed('metadata.labels', enforce);
				return [
					{
						paths: [path],
						mends: [{path, ask: 'baseline or restricted'}],
						evidence: `${enforce} is ${label(namespace, enforce) ?? 'not set'}`,
					},
				];
			},
			['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map(kind => `admissionregistration.k8s.io/${kind}`),
		),
	}),
	check({
		...{id: 'pod-security-below-baseline', family, title: 'Every namespace enforces at least the level baseline', severity: 'medium'},
		why: 'Below baseline a pod may run privileged and use the network, processes and folders of its node.',
		...enforced('baseline'),
	}),
	check({
		...{id: 'pod-security-below-restricted', family, title: 'Every namespace enforces the level restricted', severity: 'low'},
		why: 'Below restricted a pod may run as root and keep capabilities that it does not need.',
		...enforced('restricted'),
	}),
	check({
		...{id: 'pod-security-unknown-level', family, title: 'Labels of Pod Security name a level that there is', severity: 'high'},
		why: 'A level that does not exist is not what its writer meant, and how it is taken is up to the server.',
		...onObjects(['Namespace'], {}, namespace =>
			['enforce', 'audit', 'warn'].flatMap((mode): readonly Fault[] => {
				const key = `${prefix}/${mode}`;
				const level = label(namespace, key);
				if (level === undefined || levels.includes(level)) return [];
				const path = keyed('metadata.labels', key);
				return [{paths: [path], mends: [{path, ask: levels.join(', ')}], evidence: `${key} is ${level}`}];
			}),
		),
	}),
	check({
		...{id: 'pod-security-without-warning', family, title: 'Namespaces warn of pods above the level that they enforce', severity: 'low'},
		why: 'Without warnings nobody sees what stands in the way of the next level.',
		...onObjects(['Namespace'], settings, (namespace, {except}) => {
			const isEnforced = levelOf(namespace, enforce);
			if (except.includes(namespace.metadata.name) || isEnforced < 0 || label(namespace, enforce) === 'restricted') return [];
			if (['warn', 'audit'].some(mode => levelOf(namespace, `${prefix}/${mode}`) > isEnforced)) return [];
			const path = keyed('metadata.labels', `${prefix}/warn`);
			return [{paths: [path], mends: [{path, value: 'restricted'}], evidence: `it warns of nothing above ${label(namespace, enforce)}`}];
		}),
	}),
	check({
		...{id: 'namespace-without-quota', family, title: 'Namespaces have a quota', severity: 'low'},
		why: 'Without a quota one namespace takes what the others need, by mistake or on purpose.',
		...lacking('ResourceQuota', 'ResourceQuota'),
	}),
	check({
		...{id: 'namespace-without-limits', family, title: 'Namespaces give containers limits that state none', severity: 'low'},
		why: 'Without a LimitRange a container that states no limit takes what its node has.',
		...lacking('LimitRange', 'LimitRange'),
	}),
	check({
		...{id: 'namespace-for-review', family, title: 'Namespaces divide what is to be kept apart', severity: 'low'},
		why: 'A namespace is the border of rights, policies and quotas: what shares one is not kept apart.',
		...forReview(['Namespace'], 'whether it holds what belongs together is for a person to say'),
	}),
];
