import {expect, test} from 'vitest';
import {MkcoaError} from '../../../../src/core/error.ts';
import {monitoringServers} from '../../../../src/mcp/monitoring/tools/monitoring-servers.ts';
import {fakeMetrics} from '../../../support/fake-metrics.ts';
import {serverWorld} from '../../../support/server-world.ts';

test('each server is told, and why one is missing or does not answer', async () => {
	const metrics = fakeMetrics({
		flavour: () =>
			Promise.reject(
				new MkcoaError({kind: 'environment', code: 'metrics-unreachable', what: 'It does not answer', why: 'no answer in time'}),
			),
	});
	const {shown} = await serverWorld({
		monitoring: {
			metrics: async () => ({metrics}),
			use: {pods: async () => undefined, nodes: async () => [{node: 'a'}], summaries: async () => ({nodes: [], failed: []})},
		},
	});
	expect(await shown(monitoringServers, {})).toMatchInlineSnapshot(`
		"SERVER        STATE     WHERE   SAYS
		metrics       fails             It does not answer: no answer in time
		alerts        answers   test    0.28.1, ready, 1 peer
		dashboards    answers   test    12.3.0
		logs          none              none is named here
		vendor        none              none is named here
		metrics API   answers           1 node
		Servers of test are named in monitoring.yaml: see docs/monitoring-servers.md"
	`);
	expect(await shown(monitoringServers, {}, {terminal: false})).toMatchInlineSnapshot(`
		"SERVER	STATE	WHERE	SAYS
		metrics	fails		It does not answer: no answer in time
		alerts	answers	test	0.28.1, ready, 1 peer
		dashboards	answers	test	12.3.0
		logs	none		none is named here
		vendor	none		none is named here
		metrics API	answers		1 node"
	`);
});

test('what is found through the API server is only read', async () => {
	const {monitoring} = await serverWorld();
	const found = await monitoring.alertmanager();
	if ('why' in found) throw new Error(found.why);
	const {run} = await serverWorld({monitoring: {alertmanager: async () => ({port: {...found.port, readOnly: true}})}});
	expect(await run(monitoringServers, {})).toMatchObject({
		output: {
			rows: [
				{state: 'none'},
				{what: 'alerts', state: 'answers', says: '0.28.1, ready, 1 peer', changes: false},
				{changes: true},
				{},
				{},
				{},
			],
		},
	});
});
