import {expect, test} from 'vitest';
import {specialists} from '../../src/agents/loop/specialists.ts';
import {servedTool} from '../../src/core/served-tool.ts';
import {toolNamed} from '../../src/main/tool-groups.ts';
import {everyTool} from '../support/every-tool.ts';

/** Names that scripts, models and other programs use. A name is added here, and never renamed. */
const promised = {
	read: `analyze_environment api_resources_list contexts_list deployment_status events_list generate_k8s_config namespaces_list permissions_check pod_logs resource_describe
		resource_get resource_list resource_usage rollout_history`,
	change: `auto_recovery configmap_update deployment_abort deployment_blue_green deployment_canary deployment_create deployment_pause deployment_promote deployment_resume
		deployment_rollback deployment_update ingress_configure node_cordon optimize_resources resource_apply resource_patch secret_manage
		service_create workload_restart workload_scale`,
	destructive: 'node_drain pod_evict pod_exec resource_delete undo',
};

test.each(Object.entries(promised))('the tools that %s are those that were promised', (effect, names) => {
	const present = everyTool.filter(tool => tool.effect === effect).map(({name}) => name);
	expect(present).toEqual(expect.arrayContaining(names.split(/\s+/)));
});

test('every tool is found by its name, as plans and the journal name it', async () => {
	for (const tool of everyTool) expect(await toolNamed(tool.name)).toBe(tool);
	expect(await toolNamed('no_such_tool')).toBeUndefined();
});

/** Bytes of JSON per token, on the careful side. */
const bytesPerToken = 4;

/** What a model pays to know tools. */
const tokensOf = (tools: typeof everyTool) => JSON.stringify(tools.map(servedTool)).length / bytesPerToken;

test('knowing the tools of its specialist costs a model at most 10,000 tokens, and the Kubernetes server at most 6,000', () => {
	for (const {name, toolsets} of specialists) {
		const own = everyTool.filter(({command}) => toolsets.includes(command[0] ?? ''));
		expect(tokensOf(own), name).toBeLessThanOrEqual(10_000);
	}
	expect(tokensOf(everyTool.filter(({command}) => command[0] === 'k8s'))).toBeLessThanOrEqual(6000);
});
