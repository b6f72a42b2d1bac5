import * as z from 'zod';
import {surveyOf, workloadKinds as topKinds} from '../../../analysis/detection/survey.ts';
import {isOver} from '../../../analysis/policies/blocked.ts';
import {isWithin, ownNamespaces, type Scope} from '../../../analysis/policies/scope.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {numberAt, textAt} from '../../../core/kube/json-at.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {refuseMissingNamespace} from '../../../mcp/kubernetes/read-neighbours.ts';
import {deploymentInput, nameText} from '../../deploy/inputs.ts';
import {prometheusNamespaces} from '../../deploy/objects/manifests/prometheus-namespaces.ts';
import {readObjects} from '../../incident/reading/read-objects.ts';
import type {Made} from '../policies/made.ts';
import {networkPolicies} from '../policies/network-policies.ts';
import {hardeningPatches, pinnedVersion, podSecurityPolicies} from '../policies/pod-security-policies.ts';
import {policiesSchema, policiesText, policyFindings, toldPolicies} from '../policies/policies-output.ts';
import {chosenRules, type Engine, engines, rulePolicies} from '../policies/rule-policies.ts';
import type {SecurityPorts} from '../ports.ts';

const kinds = ['admission', 'kyverno', 'kyverno-cel', 'pod-security', 'network', 'hardening'] as const;
const isEngine = (kind: (typeof kinds)[number]): kind is Engine => engines.some(engine => engine === kind);

/** What tells who asks whom. What is in Secrets is not read. */
const flowKinds = [
	...['Service', 'ConfigMap', 'Ingress', 'HTTPRoute', 'GRPCRoute', 'ServiceMonitor', 'PodMonitor', 'APIService'],
	...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
];

const input = z
	.object({
		kind: z.enum(kinds).default('admission').describe('What to make; hardening: security contexts for workloads'),
		namespace: deploymentInput.shape.namespace.describe('The only namespace; all of them if left out'),
		rules: z
			.array(checkedText(40, /^[a-z][a-z0-9-]*$/, 'a rule or a set'))
			.default(['baseline', 'restricted', 'practice'])
			.describe('Rules, or sets: baseline, restricted, practice, strict'),
		registries: z
			.array(checkedText(255, /^[a-z0-9][\w.:/-]*$/i, 'expected HOST[/PATH]'))
			.default([])
			.describe('Where images may come from, which makes a rule of it'),
		except: z
			.array(nameText.max(63))
			.default([...ownNamespaces])
			.describe('Namespaces to leave out'),
		deny: z.boolean().default(false).describe('Refuses; otherwise they warn and are audited'),
		egress: z.boolean().default(false).describe('Limits what pods ask, too (network)'),
		flows: z
			.string()
			.max(20_000_000)
			.optional()
			.describe('What the network saw: hubble observe -o json, or lines NS/NAME -> NS/NAME:PORT')
			.meta({from: 'file', flag: 'flows'}),
		yaml: z.boolean().default(false).describe('Manifests to apply'),
	})
	.meta({
		examples: [
			'mkcoa security policies admission --rules baseline',
			'mkcoa security policies network -n shop --yaml > policies.yaml',
			'mkcoa security policies pod-security',
		],
	});

export const generateSecurityPolicies = readTool({
	name: 'generate_security_policies',
	summary:
		'Writes policies, tried before they are shown, with the running workloads they would refuse: CEL admission, Kyverno, Pod Security labels, NetworkPolicy, security contexts; apply by resource_apply',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['security', 'policies'],
	positionals: ['kind'],
	input,
	output: policiesSchema,
	findings: policyFindings,
	text: policiesText,

	async run(
		{kind, namespace, rules, registries, except, deny, egress, flows, yaml}: z.output<typeof input>,
		context: Context<SecurityPorts>,
	) {
		const {
			ports: {cluster},
			clock,
			signal,
			emit,
		} = context;
		const chosen = chosenRules(rules, registries);
		const scope: Scope = {namespaces: namespace === undefined ? [] : [namespace], except: except.filter(each => each !== namespace), deny};
		emit({kind: 'progress', text: 'Looking at what runs'});
		// Who asks a workload may be in any namespace.
		const where = {namespace: kind === 'network' ? undefined : namespace, signal};
		const [{context: name}, read] = await Promise.all([
			cluster.target(namespace),
			readObjects(cluster, [...topKinds, 'Namespace', ...(kind === 'network' ? flowKinds : [])], where),
		]);
		const survey = surveyOf({takenAt: new Date(clock.now()).toISOString(), objects: read.objects, unread: read.unread});
		const running = survey.workloads().filter(each => !isOver(each) && isWithin(scope, each.metadata.namespace ?? ''));
		if (namespace !== undefined && running.length === 0) await refuseMissingNamespace(cluster, namespace);
		const made = await (async (): Promise<Made> => {
			if (isEngine(kind)) return rulePolicies(kind, chosen, {scope, running});
			if (kind === 'network')
				return networkPolicies(survey, {scope, egress, observed: flows, scrapers: await prometheusNamespaces(cluster)});
			if (kind === 'hardening') return hardeningPatches(running);
			const namespaces = survey.all('Namespace').filter(({metadata}) => isWithin(scope, metadata.name));
			const version = await cluster.raw('/version');
			const minor = Number.parseInt(textAt(version, 'minor') ?? String(numberAt(version, 'minor') ?? ''), 10);
			return podSecurityPolicies(namespaces, running, pinnedVersion(Number.isNaN(minor) ? undefined : minor));
		})();
		return {
			...toldPolicies(made, {context: name, kind, namespace}, yaml),
			notChecked: read.unread.map(({kind: what, why}) => ({what, why})),
		};
	},
});
