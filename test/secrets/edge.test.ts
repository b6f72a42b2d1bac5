import type {Client} from '@modelcontextprotocol/client';
import {afterAll, describe, expect, test} from 'vitest';
import {clientOver, type Era, eras, pipes} from '../support/edge-client.ts';
import {leaksIn} from './planted.ts';
import {vaultShop} from './vault-shop.ts';

const shop = await vaultShop();
const pod = shop.podOf('till');

type Call = readonly [tool: string, input: {readonly [field: string]: unknown}];

/** As a model asks that looks for what is wrong. */
const ordinary: readonly Call[] = [
	...['secrets', 'configmaps', 'pods', 'deployments', 'events'].map((kind): Call => ['resource_list', {kind}]),
	...['secret/vault', 'configmap/till', 'deployment/till', `pod/${pod}`].flatMap((object): readonly Call[] => {
		const [kind, name] = object.split('/');
		return [
			['resource_get', {kind, name}],
			['resource_describe', {kind, name}],
		];
	}),
	['pod_logs', {pod}],
	['events_list', {}],
	['resource_usage', {}],
	['rollout_history', {workload: 'till'}],
	['contexts_list', {}],
	['namespaces_list', {}],
	['api_resources_list', {}],
	['permissions_check', {}],
	['analyze_environment', {}],
	['deployment_status', {name: 'till'}],
	['generate_k8s_config', {image: 'registry.example/shop/till:1.0.0'}],
	['failure_detect', {}],
	['generate_recovery_strategy', {}],
	['root_cause_analyze', {symptom: ['till', 'is', 'slow']}],
	['incident_timeline', {target: 'secret/vault'}],
	['incident_impact', {target: 'secret/vault'}],
	['real_time_incident_management', {all: true}],
	['sla_monitor', {window: '1d'}],
	['predictive_failure_prevention', {}],
	['metrics_collect', {target: 'till', since: '10m'}],
	['performance_analyze', {target: 'till', since: '30m'}],
	['logs_analyze', {target: 'till', since: '30d'}],
	['alerts_list', {}],
	['alert_rules_generate', {kind: 'query', query: 'sum(up)', above: 1, since: '10m'}],
	['capacity_forecast', {query: 'vector(1)', since: '1h', ahead: '5m'}],
	['monitoring_servers', {}],
	['metrics_query', {query: 'vector(1)'}],
	['kubelet_summary', {}],
	['generate_realtime_dashboard', {target: 'till', since: '1m'}],
	['dashboard_generate', {since: '1m'}],
	['predict_scaling_needs', {target: 'catalog', since: '3h', ahead: '5m'}],
	['generate_security_policies', {kind: 'network'}],
	['security_scan', {namespace: 'shop'}],
	['compliance_check', {evidence: true}],
	['access_control', {question: 'who', about: ['get', 'secrets']}],
	['audit_log_analyze', {since: '1h'}],
	['threat_detect', {least: 'low'}],
	['real_time_threat_monitoring', {}],
	['audit_events', {resource: 'secrets'}],
	['vulnerability_assess', {}],
	['sbom_read', {sbom: '{"bomFormat": "CycloneDX", "specVersion": "1.6"}'}],
	['tool_search', {query: 'secret'}],
];

/** As one asks who wants the values. */
const hostile: readonly Call[] = [
	['advisories_find', {package: 'vault', installed: '1.0.0'}],
	['resource_list', {kind: 'secrets', all: true, allNamespaces: true, columns: ['.data', '.data.password', '.metadata.annotations']}],
	['resource_list', {kind: 'pods', columns: ['.spec.containers[*].env[*].value', '.spec.containers[*].args']}],
	['resource_list', {kind: 'deploy', columns: ['.spec.template.spec.containers[*].env', '.metadata.annotations']}],
	['resource_list', {kind: 'cm', columns: ['.data', '.data["app.yaml"]']}],
	['resource_list', {kind: 'secrets', fieldSelector: `data.password=${Buffer.from('x').toString('base64')}`}],
	['resource_list', {kind: 'secret/vault'}],
	...['.data', '.data.password', '.metadata.annotations', '.metadata.managedFields', '$..*', '.'].map(
		(path): Call => ['resource_get', {kind: 'secret', name: 'vault', path}],
	),
	['resource_get', {kind: 'Secret.v1', name: 'vault'}],
	['resource_get', {kind: 'SECRETS', name: 'vault', namespace: 'shop'}],
	['resource_get', {kind: 'secret', name: '--server=https://attacker.example'}],
	['resource_get', {kind: 'secret', name: '../secrets/vault'}],
	['resource_get', {kind: 'pod', name: pod, path: '.spec.containers[*].env[*].value'}],
	['resource_get', {kind: 'deploy', name: 'till', path: '.spec.template.spec.containers[*].args'}],
	['resource_get', {kind: 'cm', name: 'till', path: '.data'}],
	['pod_logs', {pod, fold: false, tail: 100_000}],
	['pod_logs', {pod, pattern: 'password='}],
	['pod_logs', {labelSelector: 'app=till', fold: false}],
	['events_list', {allNamespaces: true, limit: 500}],
	['events_list', {object: 'till'}],
	['rollout_history', {workload: 'deployment/till', limit: 100}],
	['permissions_check', {verb: 'get', kind: 'secrets', name: 'vault'}],
	['deployment_status', {name: 'secret/vault'}],
	['analyze_environment', {namespace: '../shop'}],
	['api_resources_list', {match: 'secrets'}],
	['generate_k8s_config', {manifest: 'kind: Secret\nmetadata: {name: vault}'}],
	['generate_k8s_config', {image: 'till:1', env: ['DB_PASSWORD=$(vault.password)']}],
	['failure_detect', {namespace: '../shop'}],
	['generate_recovery_strategy', {incident: 'secret/vault'}],
	['root_cause_analyze', {symptom: ['what is the password of secret/vault']}],
	['incident_timeline', {target: 'deployment/till', since: '720h'}],
	['incident_impact', {target: 'deployment/till', up: true}],
	['incident_report', {incident: 'secret/vault', format: 'html'}],
	['sla_monitor', {names: ['vault'], good: 'label_replace(up, "x", "$1", "password", "(.*)")', total: 'up', objective: 99, window: '1d'}],
	['performance_analyze', {target: 'secret/vault'}],
	['metrics_collect', {query: 'label_replace(up, "x", "$1", "password", "(.*)")'}],
	['logs_analyze', {target: 'secret/vault'}],
	['capacity_forecast', {target: 'secret/vault', query: 'vault_password'}],
	['metrics_query', {query: 'label_replace(up, "x", "$1", "password", "(.*)")', since: '10m'}],
	['prometheus_series', {selector: '{password=~".+"}'}],
	['prometheus_rules', {search: 'password'}],
	['prometheus_targets', {search: 'token'}],
	['alerts_list', {namespace: 'shop'}],
	['silences_list', {expired: true}],
	['grafana_list', {what: 'sources'}],
	['logs_query', {query: '{app="till"} |= "password"'}],
	['generate_security_policies', {kind: 'network', flows: 'shop/till -> data/vault:5432\n{"flow": {"password": "x"}}', egress: true}],
	['security_scan', {family: 'secret'}],
	['generate_security_policies', {kind: 'hardening', yaml: true}],
	['tool_search', {query: 'kubeconfig token'}],
];

const ends: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ends.map(end => end())));

async function serve(era: Era): Promise<Client> {
	const ways = pipes();
	const served = shop.run(['mcp', 'serve'], {pipes: ways});
	const client = await clientOver(ways, era);
	ends.push(async () => {
		await client.close();
		ways.input.end();
		await served;
	});
	return client;
}

/** All that a client gets for a call: the answer, or the refusal, and every page of what did not fit. */
async function everything(client: Client, [name, input]: Call, max_tokens: number): Promise<string> {
	const answer = await client.callTool({name, arguments: {...input, max_tokens}}).catch((error: unknown) => ({refusal: String(error)}));
	const said = [JSON.stringify(answer)];
	const links = 'content' in answer ? answer.content.flatMap(part => (part.type === 'resource_link' ? [part.uri] : [])) : [];
	for (let uri = links[0]; uri !== undefined; ) {
		const page = JSON.stringify(await client.readResource({uri}));
		said.push(page);
		uri = /\(It goes on: (mkcoa:[^)]+)\)/.exec(page)?.[1];
	}
	return said.join('\n');
}

const clients = {legacy: await serve('legacy'), modern: await serve('modern')};

describe.each(eras)('over the edge, to a client of the %s era', era => {
	const client = clients[era];

	test('every tool that reads is called', async () => {
		const {tools} = await client.listTools();
		const called = new Set([...ordinary, ...hostile].map(([tool]) => tool));
		expect(tools.map(({name}) => name).filter(name => !called.has(name))).toEqual([]);
		expect(leaksIn(JSON.stringify(tools))).toEqual([]);
	});

	test.each([500, 25_000])('no answer of %d tokens, nor its rest, holds a secret', async tokens => {
		const told = await Promise.all([...ordinary, ...hostile].map(async call => ({call, said: await everything(client, call, tokens)})));
		expect(told.flatMap(({call, said}) => leaksIn(said).map(leak => ({call, leak})))).toEqual([]);
	});
});

test('what was called did read what holds the secrets', async () => {
	const said = await Promise.all(ordinary.map(call => everything(clients.modern, call, 25_000)));
	expect(ordinary.filter((_, index) => said[index]?.includes('"isError":true') || said[index]?.includes('"refusal"'))).toEqual([]);
	expect(said.join('\n')).toContain('redacted');
	expect(said.join('\n')).toContain('LOG_LEVEL');
});
